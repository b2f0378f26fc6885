"""After sending: number, link, QR code and recovery code, all to be saved before the case is opened."""

from io import BytesIO
from uuid import UUID

import segno
from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from tourism_odr import documents
from tourism_odr.cases.models import Clock
from tourism_odr.cases.rendering import file_of
from tourism_odr.clock import local_day, now
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands.drafts import discard
from tourism_odr.intake.commands.lodging import enter, mail_link
from tourism_odr.intake.forms.sent import SavedForm
from tourism_odr.intake.queries import lodging
from tourism_odr.intake.queries.drafts import OpenDraft
from tourism_odr.intake.routes import visitor
from tourism_odr.intake.routes.visitor import Page
from tourism_odr.people import contacts, limits, persons
from tourism_odr.people.models import DetailKind
from tourism_odr.rulebooks import by_version, zone_of
from tourism_odr.text import N_, say
from tourism_odr.web.evidence import attach
from tourism_odr.web.identity import actor_or_none, begin_session
from tourism_odr.web.locale import current_locale, say_here
from tourism_odr.web.policy import public

PDF = "application/pdf"


@bp.route("/complain/sent", methods=["GET", "POST"])
@public
def sent() -> Page:
    """The confirmation; it stays until the visitor says that link and code are saved."""
    draft = visitor.any_draft()
    if draft is None or draft.case_id is None:
        return redirect(url_for("intake.start"), 303)
    form = SavedForm()
    if form.submitted():
        return _leave(draft, draft.case_id)
    return render_template("intake/sent.html", form=form, **_handed(draft, draft.case_id))


def _leave(draft: OpenDraft, case_id: UUID) -> Page:
    """Saved: the secrets are erased here, and the case opens."""
    if actor_or_none() is None:
        token = enter(draft.handed.get("link", ""), now(), request.headers.get("User-Agent", ""))
        if token is not None:
            begin_session(token)
    discard(draft.secret)
    return visitor.forget(redirect(case_address(case_id), 303))


def case_address(case_id: UUID) -> str:
    """The page of the case, which another slice draws."""
    return f"/{current_locale()}/cases/{case_id}"


def link_address(secret: str) -> str:
    """The whole secret link, as it is copied, printed and scanned."""
    return visitor.settings().base_url + url_for("account.link", secret=secret)


def _handed(draft: OpenDraft, case_id: UUID) -> dict[str, object]:
    known = persons.details(UUID(draft.handed["person"])) if draft.handed else {}
    email = known.get(DetailKind.EMAIL)
    return {
        "number": draft.handed.get("number", ""),
        "link": link_address(draft.handed["link"]) if draft.handed else "",
        "code": draft.handed.get("code", ""),
        "email": contacts.masked(DetailKind.EMAIL, email) if email else "",
        "dates": [(clock, _title(clock), zone_of(clock.derivation)) for clock in lodging.dates_of(case_id)],
        "receipt": lodging.receipt_of(case_id) is not None,
        "case": case_address(case_id),
    }


def _title(clock: Clock) -> str:
    return by_version(clock.version).rule(clock.name).title


def _held() -> tuple[OpenDraft, UUID]:
    """What this device may still collect; to any other it does not exist."""
    draft = visitor.any_draft()
    if draft is None or draft.case_id is None or not draft.handed:
        raise NotFound
    return draft, draft.case_id


@bp.get("/complain/sent/link.svg")
@public
def qr_code() -> Page:
    """The secret link as a QR code, for another device."""
    draft, _case = _held()
    picture = BytesIO()
    segno.make(link_address(draft.handed["link"]), error="m", micro=False).save(picture, kind="svg", border=2, scale=4)
    return Response(picture.getvalue(), mimetype="image/svg+xml")


@bp.get("/complain/sent/recovery-code.pdf")
@public
def recovery_sheet() -> Page:
    """The recovery code on a sheet to print; made on the spot and kept nowhere."""
    draft, _case = _held()
    return sheet(draft.handed["number"], draft.handed["code"], UUID(draft.handed["person"]))


def sheet(number: str, code: str, person_id: UUID) -> Response:
    """The recovery code as a PDF: made on the spot, kept nowhere."""
    at = now()
    data = {
        "issuer": {"zh": visitor.settings().service_name, "en": visitor.settings().service_name},
        "number": "",
        "case_number": number,
        "locale": current_locale(),
        "date": local_day(at).isoformat(),
        "holder": persons.names_of([person_id])[person_id],
        "code": code,
        "issued_at": at.isoformat(),
        "address": visitor.settings().base_url + url_for("account.recovery"),
        "verify_url": "",
        "next": [{"step": "keep", "until": None}],
        "basis": [],
        "signatures": [],
    }
    made = documents.render("recovery-code", documents.with_stand_ins(data), demo=visitor.settings().demo)
    return _file(made, f"{number}-recovery-code.pdf")


@bp.get("/complain/sent/receipt.pdf")
@public
def receipt() -> Page:
    """The receipt that the body hands out for the complaint."""
    draft, case_id = _held()
    document = lodging.receipt_of(case_id)
    if document is None:
        raise NotFound
    return _file(file_of(document, current_locale(), now()), f"{draft.handed['number']}-receipt.pdf")


@bp.post("/complain/sent/mail")
@public
def send_link() -> Page:
    """The link to the address that was given, three times an hour at most."""
    draft, case_id = _held()
    at = now()
    person_id = UUID(draft.handed["person"])
    email = persons.details(person_id).get(DetailKind.EMAIL)
    if email is None or not limits.within("send-code", email, at, limits.SEND_CODE):
        flash(N_("The link was not sent: there is no address, or it was sent several times already."), "warning")
    else:
        mail_link(person_id, case_id, draft.handed["link"], at)
        shown = contacts.masked(DetailKind.EMAIL, email)
        flash(say_here(N_("The link is on its way to %(address)s."), address=shown), "success")
    return redirect(url_for("intake.sent"), 303)


@bp.get("/complain/sent/dates.ics")
@public
def calendar() -> Page:
    """The dates of the case for a calendar."""
    draft, case_id = _held()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tourism-odr//complaint//EN"]
    for clock in lodging.dates_of(case_id):
        title = f"{draft.handed['number']}: {say(_title(clock), current_locale())}"
        lines += [
            "BEGIN:VEVENT", f"UID:{clock.id}@tourism-odr", f"DTSTAMP:{clock.started_at:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{clock.day:%Y%m%d}", f"SUMMARY:{title}", "END:VEVENT",
        ]  # fmt: skip
    text = "\r\n".join([*lines, "END:VCALENDAR", ""])
    answer = Response(text, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{draft.handed["number"]}.ics"'
    return answer


def _file(content: bytes, name: str) -> Response:
    return attach(Response(content, mimetype=PDF), name)
