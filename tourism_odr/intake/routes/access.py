"""The ways into one's own case: a new link and code, a link for a helper, another contact."""

from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug.exceptions import NotFound

from tourism_odr.cases.models import Case
from tourism_odr.clock import now
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import access as commands
from tourism_odr.intake.forms.choices import ContactChangeForm, ContactCodeForm, RenewForm
from tourism_odr.intake.forms.sent import SavedForm
from tourism_odr.intake.queries import choices
from tourism_odr.intake.routes.choices import MINE
from tourism_odr.intake.routes.sent import case_address, link_address, sheet
from tourism_odr.intake.routes.visitor import Page
from tourism_odr.people import codes, contacts, limits, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import DetailKind
from tourism_odr.text import N_
from tourism_odr.web.codes import WRONG, code_checked
from tourism_odr.web.guard import reads_case
from tourism_odr.web.identity import begin_session, signed_in

PURPOSE = "case.identify-person"  # renewing by oneself agrees to what an officer else does for somebody
NEW, LENT = "new-access", "lent-link"


@bp.route("/cases/<uuid:case_id>/access", methods=["GET", "POST"])
@reads_case(*MINE)
def access(case: Case) -> Page:
    """The link that one has, those that are lent, and a new one when it was lost or seen."""
    actor, at = _myself(), now()
    form = RenewForm()
    if form.submitted() and code_checked(form, actor, PURPOSE, case.id, at, "renew"):
        with form.refusals():
            new = commands.renew_access(case.id, by=actor, at=at, device=request.headers.get("User-Agent", ""))
            begin_session(new.token)
            session[NEW] = {"case": str(case.id), "link": new.link, "code": new.code}
            return redirect(url_for("intake.new_access", case_id=case.id), 303)
    assert actor.person_id is not None  # noqa: S101 - a tourist is a person
    lent = session.pop(LENT, None)
    return render_template(
        "intake/access.html", form=form, case=case, back_to=case_address(case.id), purpose=PURPOSE,
        helpers=choices.helpers_links(actor.person_id, case.id), lent=link_address(lent) if lent else "",
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/access/new", methods=["GET", "POST"])
@reads_case(*MINE)
def new_access(case: Case) -> Page:
    """The new link and code, until they are saved."""
    new = _new(case)
    form = SavedForm()
    if form.submitted():
        session.pop(NEW)
        return redirect(case_address(case.id), 303)
    return render_template("intake/new_access.html", form=form, case=case, link=link_address(new["link"]), code=new["code"])


@bp.get("/cases/<uuid:case_id>/access/recovery-code.pdf")
@reads_case(*MINE)
def new_recovery_sheet(case: Case) -> Page:
    """The new code on a sheet to print."""
    person_id = _myself().person_id
    assert person_id is not None  # noqa: S101 - a tourist is a person
    return sheet(case.number, _new(case)["code"], person_id)


def _myself() -> Actor:
    """The tourist; to a helper, who only reads the case, these pages do not exist."""
    known = signed_in()
    if known is None or known.living.read_only or known.actor.seat:
        raise NotFound
    return known.actor


def _new(case: Case) -> dict[str, str]:
    new: dict[str, str] = session.get(NEW, {})
    if new.get("case") != str(case.id):
        raise NotFound
    return new


@bp.post("/cases/<uuid:case_id>/access/lend")
@reads_case(*MINE)
def lend(case: Case) -> Page:
    """A link for a helper; shown on the next page, once."""
    session[LENT] = commands.lend_link(case.id, by=_myself(), at=now())
    return redirect(url_for("intake.access", case_id=case.id), 303)


@bp.post("/cases/<uuid:case_id>/access/<uuid:link_id>/take-back")
@reads_case(*MINE)
def take_back(case: Case, link_id: UUID) -> Page:
    """The helper's link opens nothing any more."""
    commands.take_link_back(case.id, link_id, by=_myself(), at=now())
    flash(N_("The helper's link is taken back."), "success")
    return redirect(url_for("intake.access", case_id=case.id), 303)


@bp.route("/cases/<uuid:case_id>/contact", methods=["GET", "POST"])
@reads_case(*MINE)
def change_contact(case: Case) -> Page:
    """Another phone number or address, with a code to the old one."""
    actor, at = _myself(), now()
    form = ContactChangeForm()
    if form.submitted() and code_checked(form, actor, PURPOSE, case.id, at, "contact"):
        with form.refusals():
            phone = contacts.phone(form.phone.data) if form.phone.data else None
            email = contacts.email(form.email.data) if form.email.data else None
            commands.change_contact(commands.ChangeContact(case.id, phone, email), by=actor, at=at)
            flash(N_("The contact is changed. Confirm it with a code, so that codes can go there."), "success")
            return redirect(url_for("intake.change_contact", case_id=case.id), 303)
    assert actor.person_id is not None  # noqa: S101 - a tourist is a person
    return render_template(
        "intake/change_contact.html", form=form, case=case, known=choices.contacts_of(actor.person_id),
        purpose=PURPOSE, back_to=case_address(case.id),
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/contact/<any('phone', 'e-mail'):kind>", methods=["GET", "POST"])
@reads_case(*MINE)
def confirm_contact(case: Case, kind: str) -> Page:
    """Enter the code that was sent to the contact."""
    actor, at, which = _myself(), now(), DetailKind(kind)
    assert actor.person_id is not None  # noqa: S101 - a tourist is a person
    value = persons.details(actor.person_id).get(which)
    if value is None:
        raise NotFound
    form = ContactCodeForm()
    if form.submitted():
        code_id = _fitting(actor.person_id, f"{which}|{value}", form.contact_code.data or "")
        if code_id is not None:
            with form.refusals():
                commands.verify_contact(which, code_id, by=actor, at=at)
                flash(N_("The contact is confirmed."), "success")
                return redirect(url_for("intake.change_contact", case_id=case.id), 303)
        else:
            form.refuse("contact_code", WRONG)
    shown = contacts.masked(which, value)
    return render_template("intake/confirm_contact.html", form=form, case=case, kind=kind, shown=shown)


@bp.post("/cases/<uuid:case_id>/contact/<any('phone', 'e-mail'):kind>/send")
@reads_case(*MINE)
def send_contact_code(case: Case, kind: str) -> Page:
    """Send the code, three times an hour at most."""
    actor, at = _myself(), now()
    if limits.within("send-code", str(actor.person_id), at, limits.SEND_CODE):
        commands.send_contact_code(DetailKind(kind), by=actor, at=at)
        flash(N_("A code is on its way to you. It is good for ten minutes."), "success")
    else:
        flash(N_("Too many tries. Wait an hour, then try again."), "error")
    return redirect(url_for("intake.confirm_contact", case_id=case.id, kind=kind), 303)


def _fitting(person_id: UUID, subject: str, typed: str) -> UUID | None:
    if not limits.within("confirm-code", str(person_id), now(), limits.CONFIRM_CODE):
        return None
    return codes.check_code(person_id, commands.NEW_CONTACT, subject, typed, now())
