"""What only the tourist decides about a case: completing it, taking it back, and how to go on with each respondent."""

from flask import flash, redirect, render_template, url_for

from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import STEPS, Need
from tourism_odr.cases.models import Case, Subject
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands.choices import (
    ChooseFor,
    SendSupplement,
    WithdrawComplaint,
    choose_for,
    send_supplement,
    withdraw_complaint,
)
from tourism_odr.intake.forms.choices import BODY, DecisionForm, SupplementForm, WithdrawForm
from tourism_odr.intake.queries import choices
from tourism_odr.intake.routes.sent import case_address
from tourism_odr.intake.routes.visitor import Page
from tourism_odr.people.roles import Role
from tourism_odr.text import N_
from tourism_odr.web.codes import code_checked
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.languages import language_of
from tourism_odr.web.locale import current_locale
from tourism_odr.web.steps_map import actions_for

MINE = (Role.TOURIST, Role.REPRESENTATIVE)
CHOSEN = {
    "respondent.ask-reminder": N_("The officer is asked to send a reminder."),
    "respondent.invite": N_("The business is invited to mediation."),
    "respondent.choose-termination": N_("The complaint against this business has ended. The document is among your papers."),
    "respondent.settle": N_("Recorded: you settled it yourselves."),
}


@bp.route("/cases/<uuid:case_id>/supplement", methods=["GET", "POST"])
@takes_step("case.supplement")
def supplement(case: Case) -> Page:
    """The list of what is missing, and the form to send it."""
    actor, at = current_actor(), now()
    form = SupplementForm(seen=_subject(case).version)
    if form.submitted():
        kept, refused = keep_uploads(form.files.chosen())
        if not refused:
            words = Words(form.words.data, language_of(form.words.data, current_locale())) if form.words.data else None
            body_only = form.readers.data == BODY
            with form.refusals():
                command = SendSupplement(case.id, form.seen_version, words, tuple(kept), body_only)
                send_supplement(command, by=actor, at=at)
                flash(N_("Sent. The complaint body goes on."), "success")
                return redirect(case_address(case.id), 303)
        for reason in refused:
            form.refuse("files", reason)
    return render_template(
        "intake/supplement.html", form=form, case=case, letters=choices.letters(case, actor, at),
        clock=choices.running(case.id, "supplement"), back_to=case_address(case.id),
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/withdraw", methods=["GET", "POST"])
@takes_step("case.withdraw")
def withdraw(case: Case) -> Page:
    """Take the complaint back, with the reason; "they paid" is told apart."""
    actor, at = current_actor(), now()
    form = WithdrawForm(seen=_subject(case).version)
    if form.submitted() and code_checked(form, actor, "case.withdraw", case.id, at):
        words = Words(form.words.data, language_of(form.words.data, current_locale())) if form.words.data else None
        with form.refusals():
            command = WithdrawComplaint(case.id, form.seen_version, form.reason.data, words, code_checked=True)
            withdraw_complaint(command, by=actor, at=at)
            flash(N_("The complaint is withdrawn. The document is among your papers."), "success")
            return redirect(case_address(case.id), 303)
    return render_template("intake/withdraw.html", form=form, case=case, back_to=case_address(case.id))


@bp.get("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/choose")
@reads_case(*MINE)
def choose(case: Case, subject: Subject) -> Page:
    """What can be done now about one respondent, side by side, each with what follows."""
    at = now()
    offered = [
        (action, choices.consequences(case, action.step.name, at))
        for action in actions_for(case, subject, current_actor())
        if action.step.name in CHOSEN
    ]
    return render_template(
        "intake/choose.html", case=case, offered=offered, name=choices.respondent_name(subject),
        clock=choices.running(case.id, "choose"), back_to=case_address(case.id),
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/ask-reminder", methods=["GET", "POST"])
@takes_step("respondent.ask-reminder")
def ask_reminder(case: Case, subject: Subject) -> Page:
    """Have the officer remind the silent respondent, once."""
    return _decide(case, subject, "respondent.ask-reminder")


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/invite", methods=["GET", "POST"])
@takes_step("respondent.invite")
def invite(case: Case, subject: Subject) -> Page:
    """Invite the respondent to mediation."""
    return _decide(case, subject, "respondent.invite")


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/end", methods=["GET", "POST"])
@takes_step("respondent.choose-termination")
def end_without_mediation(case: Case, subject: Subject) -> Page:
    """End without mediation, with the document."""
    return _decide(case, subject, "respondent.choose-termination")


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/settled", methods=["GET", "POST"])
@takes_step("respondent.settle")
def settled(case: Case, subject: Subject) -> Page:
    """Say that it was settled without us."""
    return _decide(case, subject, "respondent.settle")


def _decide(case: Case, subject: Subject, step: str) -> Page:
    """The check page of a choice: what follows, a code where it binds, and the button."""
    actor, at = current_actor(), now()
    form = DecisionForm(seen=subject.version)
    binds = Need.CODE in STEPS[step].needs
    if form.submitted() and (not binds or code_checked(form, actor, step, subject.id, at)):
        with form.refusals():
            choose_for(ChooseFor(case.id, subject.id, step, form.seen_version, code_checked=binds), by=actor, at=at)
            flash(CHOSEN[step], "success")
            return redirect(case_address(case.id), 303)
    return render_template(
        "intake/decide.html", form=form, case=case, subject=subject, step=STEPS[step], binds=binds,
        lines=choices.consequences(case, step, at), name=choices.respondent_name(subject),
        back_to=url_for("intake.choose", case_id=case.id, subject_id=subject.id),
    )  # fmt: skip


def _subject(case: Case) -> Subject:
    return db.session.get_one(Subject, case.id)
