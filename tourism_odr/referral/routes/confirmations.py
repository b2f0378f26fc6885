"""Judicial confirmation for those who apply: the application, its answers, and what may follow."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.confirming import can_be_asked_for, courts_for, findings, missed_payments, window
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.models import Agreement, Applicant, Case, Subject
from tourism_odr.cases.queries import subject_for
from tourism_odr.cases.relations import party_of
from tourism_odr.cases.rendering import title_of
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.people.roles import COMPLAINANT, RESPONDENT
from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.commands import confirmations as commands
from tourism_odr.referral.forms import confirmations as forms
from tourism_odr.referral.queries import confirmations as queries
from tourism_odr.text import N_
from tourism_odr.web.codes import code_checked
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.forms import Form
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.steps_map import actions_for

Page = str | Response
ONE = "/cases/<uuid:case_id>/confirmations/<uuid:subject_id>"
DONE = {
    "sign": N_("You have signed the application."),
    "decline": N_("You do not join. Nothing goes to the court."),
    "submit": N_("The application is with the court."),
    "withdraw": N_("Your side has withdrawn the application. It ends once every side has."),
    "enforce": N_("The application for enforcement is with the court."),
}


def here(subject: Subject) -> Response:
    """Back to the page of the confirmation."""
    return redirect(url_for("referral.confirmation", case_id=subject.case_id, subject_id=subject.id), 303)


@bp.get(ONE)
@reads_case(*COMPLAINANT, *RESPONDENT)
def confirmation(case: Case, subject: Subject) -> Page:
    """Where the application stands, who signed it, what the court wrote, and what can be done now."""
    if subject.kind != "confirmation":
        raise NotFound
    session, actor, at = db.session(), current_actor(), now()
    view = queries.view(session, case, subject, actor, at)
    mine = party_of(session, case.id, actor)
    line = next((side.line for side in view.sides if mine and side.party.id == mine.id), None)
    actions = [action for action in actions_for(case, subject, actor) if _mine(action.step.verb, line, view)]
    return render_template(
        "referral/confirmation.html", case=case, view=view, stage=stage_title("confirmation", subject.stage), actions=actions,
        deadlines=[deadline_of(clock, at) for clock in view.clocks], document_title=title_of,
    )  # fmt: skip


def _mine(verb: str, line: Applicant | None, view: queries.View) -> bool:
    """What one's own side has done already is not offered again, and enforcement only where something was missed."""
    if line is None:
        return False
    done = {"sign": line.signed_at, "decline": line.signed_at, "withdraw": line.withdrawn_at}
    return not done.get(verb) and (verb != "enforce" or bool(missed_payments(db.session(), view.agreement.id, line.party_id)))


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:agreement_id>/confirm", methods=["GET", "POST"])
@takes_step("confirmation.invite")
def invite_to_confirm(case: Case, agreement_id: UUID) -> Page:
    """Sign an application for one's own side and ask the others to join, while the window lasts."""
    session, actor, at = db.session(), current_actor(), now()
    subject = subject_for(session, agreement_id, case.id, actor, at)
    if subject is None or subject.kind != "agreement":
        raise NotFound
    agreement = session.get_one(Agreement, subject.id)
    courts = courts_for(session, case, agreement, local_day(at))
    form = forms.JoinForm()
    if form.submitted() and code_checked(form, actor, "confirmation.invite", subject.id, at):
        with form.refusals():
            made = commands.invite(agreement_id, case.id, by=actor, at=at, code_checked=True)
            flash(N_("You have signed. The other side is asked to join."), "success")
            return redirect(url_for("referral.confirmation", case_id=case.id, subject_id=made), 303)
    court = courts[0] if courts else None
    return render_template(
        "referral/confirmation_invite.html", form=form, case=case, subject=subject, court=court,
        closed=can_be_asked_for(session, case, agreement, at), until=window(case, agreement),
        findings=findings(session, case, agreement, court),
    )  # fmt: skip


@bp.route(f"{ONE}/sign", methods=["GET", "POST"])
@takes_step("confirmation.sign")
def sign_confirmation(case: Case, subject: Subject) -> Page:
    """Read the application, then join it."""
    return _click("sign", forms.JoinForm(seen=subject.version), case, subject)


@bp.route(f"{ONE}/decline", methods=["GET", "POST"])
@takes_step("confirmation.decline")
def decline_confirmation(case: Case, subject: Subject) -> Page:
    """Not join it."""
    return _click("decline", forms.ClickForm(seen=subject.version), case, subject, asks=False)


@bp.route(f"{ONE}/submit", methods=["GET", "POST"])
@takes_step("confirmation.submit")
def submit_confirmation(case: Case, subject: Subject) -> Page:
    """Hand it in before the day that was signed for."""
    return _click("submit", forms.ClickForm(seen=subject.version), case, subject)


@bp.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@takes_step("confirmation.withdraw")
def withdraw_confirmation(case: Case, subject: Subject) -> Page:
    """Withdraw for one's own side."""
    return _click("withdraw", forms.ClickForm(seen=subject.version), case, subject)


@bp.route(f"{ONE}/enforce", methods=["GET", "POST"])
@takes_step("confirmation.enforce")
def enforce_confirmation(case: Case, subject: Subject) -> Page:
    """Ask the court to enforce what it confirmed."""
    return _click("enforce", forms.ClickForm(seen=subject.version), case, subject)


def _click(verb: str, form: forms.ClickForm, case: Case, subject: Subject, *, asks: bool = True) -> Page:
    """One page for the steps that need no words: what it means, the code, the button."""
    session, actor, at = db.session(), current_actor(), now()
    view = queries.view(session, case, subject, actor, at)
    if form.submitted() and (not asks or code_checked(form, actor, f"confirmation.{verb}", subject.id, at, exact=view.row.digest)):
        with form.refusals():
            getattr(commands, verb)(form.command(subject.id), by=actor, at=at)
            flash(DONE[verb], "success")
            return here(subject)
    return render_template(
        "referral/confirmation_click.html", form=form, case=case, view=view, verb=verb, asks=asks,
        findings=findings(session, case, view.agreement, None),
    )  # fmt: skip


@bp.route(f"{ONE}/supplement", methods=["GET", "POST"])
@takes_step("confirmation.supplement")
def supplement_confirmation(case: Case, subject: Subject) -> Page:
    """Send the court what it asked for."""
    form = forms.SupplementForm(seen=subject.version)
    if form.submitted():
        files, refused = keep_uploads(form.files.chosen())
        for reason in refused:
            form.refuse("files", reason)
        if not refused:
            command = form.command(subject.id, current_locale(), files)
            with form.refusals():
                commands.supplement(command, by=current_actor(), at=now())
                flash(N_("Sent. The court has the application on its desk again."), "success")
                return here(subject)
    return _drawn(form, case, subject)


def _drawn(form: Form, case: Case, subject: Subject) -> str:
    view = queries.view(db.session(), case, subject, current_actor(), now())
    return render_template("referral/confirmation_supplement.html", form=form, case=case, view=view)
