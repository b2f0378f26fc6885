"""The last page before sending: everything once more, each with its way back, and the consent."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tourism_odr.cases.items import Words
from tourism_odr.cases.models import Case
from tourism_odr.cases.opening import Complaint
from tourism_odr.clock import now
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands.lodging import (
    DraftGoneError,
    LodgeComplaint,
    TooManyError,
    Visitor,
    send_draft,
)
from tourism_odr.intake.forms.lodging import FORMS, SendForm, chosen_ids, filled
from tourism_odr.intake.queries import lodging
from tourism_odr.intake.queries.drafts import PAGES, OpenDraft, files_of
from tourism_odr.intake.queries.lodging import Body
from tourism_odr.intake.routes import visitor
from tourism_odr.intake.routes.answers import Whole, answers_of
from tourism_odr.intake.routes.visitor import Page
from tourism_odr.people import contacts
from tourism_odr.people.roles import Role
from tourism_odr.text import N_, M
from tourism_odr.web.identity import actor_or_none, begin_session
from tourism_odr.web.languages import language_of
from tourism_odr.web.locale import current_locale
from tourism_odr.web.policy import public

WEB = "web"


@bp.route("/complain/check", methods=["GET", "POST"])
@public
def check() -> Page:
    """Check answers, agree, send."""
    draft = visitor.any_draft()
    if draft is None:
        return redirect(url_for("intake.problem"), 303)
    if draft.case_id is not None:
        return redirect(url_for("intake.sent"), 303)
    whole = _whole(draft)
    if isinstance(whole, str):
        flash(N_("Something is missing on this page. Everything else is kept."), "warning")
        return redirect(url_for(f"intake.{whole}", then="check"), 303)
    form = SendForm()
    form.has_files = bool(whole.files)
    if form.submitted():
        return _send(form, whole) or _shown(form, whole)
    return _shown(form, whole)


def _whole(draft: OpenDraft) -> Whole | str:
    """The draft as a whole, or the first page that is not right."""
    known = lodging.bodies()
    forms: dict[str, Any] = {}
    for page in PAGES:
        forms[page] = form = filled(FORMS[page], draft.page(page).typed)
        if page == "trip":
            form.set_bodies(known, current_locale())
        if not draft.page(page).done or (page != "whom" and not form.validate()):
            return page
    ids = chosen_ids(draft.page("whom").typed)
    found = lodging.operators(ids)
    operators = [found[id] for id in ids if id in found]
    body = lodging.body_for(known, forms["trip"].place.data or "", [row.territory for row in operators])
    return Whole(draft, forms, operators, body, files_of(draft.id))


def _send(form: SendForm, whole: Whole) -> Page | None:
    """Lodge once, however often the button was pressed, and let the tourist in."""
    at = now()
    if whole.body is None:
        form.refuse(None, M("No complaint body is set up yet. Call the hotline instead."))
        return None
    sender = Visitor(visitor.address(), request.headers.get("User-Agent", ""))
    try:
        lodged = send_draft(whole.draft.secret, command(whole, form, whole.body), at=at, visitor=sender)
    except TooManyError:
        form.refuse(None, M("Too many complaints came from your connection in one hour. Nothing is lost: send it later."))
        return None
    except DraftGoneError:
        return redirect(url_for("intake.start"), 303)
    if lodged.token is not None:
        begin_session(lodged.token)
    answer: Response = redirect(url_for("intake.sent"), 303)
    return visitor.remember(answer, whole.draft.secret, at)


def command(whole: Whole, form: SendForm, body: Body) -> LodgeComplaint:
    """The frozen command out of all pages."""
    trip, wish, contact = whole.form("trip"), whole.form("wish"), whole.form("contact")
    story = whole.form("story").story.data
    complaint = Complaint(
        body_id=body.id,
        jurisdiction=body.jurisdiction,
        category=whole.form("problem").category.data,
        market=trip.market.data,
        channel=WEB,
        locale=contact.language.data,
        statement=Words(story, language_of(story, current_locale())),
        respondents=whole.named,
        claims=wish.claims(),
        currency=trip.currency.data,
        travellers=trip.travellers.data or 1,
        trip={**trip.trip(), **wish.trip()},
        mediation=wish.mediation.data == "yes",
        consents=_consents(form, whole),
    )
    phone = contacts.phone(contact.phone.data) if contact.phone.data else None
    email = contacts.email(contact.email.data) if contact.email.data else None
    return LodgeComplaint(complaint, name=contact.name.data, phone=phone, email=email)


def _consents(form: SendForm, whole: Whole) -> tuple[str, ...]:
    given = {
        "sharing": True,
        "sensitive": bool(form.sensitive.data),
        "e-service": True,
        "e-service-contact": whole.form("contact").served.data == "contact",
    }
    return tuple(kind for kind, agreed in given.items() if agreed)


def _shown(form: SendForm, whole: Whole) -> str:
    return render_template(
        "intake/check.html", form=form, answers=answers_of(whole), body=whole.body, earlier=_earlier(whole)
    )


def _earlier(whole: Whole) -> list[Case]:
    """Cases of the tourist who is signed in that look like this one; to a stranger nothing is told."""
    actor = actor_or_none()
    if actor is None or actor.role is not Role.TOURIST or actor.person_id is None:
        return []
    ids = {row.id for row in whole.operators}
    return lodging.earlier_cases(actor.person_id, ids, whole.form("trip").order.data or "")
