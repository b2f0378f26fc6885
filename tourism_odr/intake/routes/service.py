"""Serving a respondent, proving and revoking it; the reminder to one that fell silent."""

from uuid import UUID

from flask import flash, render_template, request
from werkzeug.exceptions import NotFound

from tourism_odr.cases.deadlines import proposed
from tourism_odr.cases.models import Case, Service, Subject
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import reminders
from tourism_odr.intake.commands import service as commands
from tourism_odr.intake.forms import triage as forms
from tourism_odr.intake.queries import overview
from tourism_odr.intake.queries.overview import Accused
from tourism_odr.intake.routes.triage import Page, back_to, deadline_from
from tourism_odr.text import N_
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor


def _asked(case: Case) -> tuple[Accused, list[Accused]]:
    """The respondent that the address names, or the first that waits; and all of the case."""
    everybody = overview.accused(db.session(), case, current_actor())
    asked = request.args.get("respondent", "")
    if asked:
        found = [one for one in everybody if str(one.party.id) == asked]
    else:
        found = [one for one in everybody if one.operator and not one.letters] or everybody
    if not found:
        raise NotFound
    return found[0], everybody


@bp.route("/triage/cases/<uuid:case_id>/serve", methods=["GET", "POST"])
@takes_step("service.send")
def triage_serve(case: Case) -> Page:
    """The letter to answer: its date proposed by the rulebook, set by the officer."""
    one, everybody = _asked(case)
    form, at = forms.SendForm(seen=one.subject.version), now()
    due = proposed(case, "answer", at)
    agreed = one.operator is not None and commands.agreed_to_inbox(one.operator.id)
    form.only_with_inbox(agreed)
    if not form.is_submitted():
        form.answer_day.data = due.day
    if form.submitted():
        with form.refusals():
            commands.send(form.command(case, one.party.id), by=current_actor(), at=now())
            flash(N_("The letter is issued and on its way."), "success")
            return back_to(case, "respondents")
    return render_template(
        "intake/triage_serve.html", form=form, case=case, one=one, everybody=everybody, due=due,
        proposal=deadline_from(due, N_("Proposed by the rulebook"), at),
    )  # fmt: skip


@bp.route("/triage/cases/<uuid:case_id>/services/<uuid:subject_id>/prove", methods=["GET", "POST"])
@takes_step("service.prove")
def triage_prove(case: Case, subject: Subject) -> Page:
    """Record a delivery by hand, by post or by call, with its proof."""
    form, service = forms.ProveForm(seen=subject.version), db.session.get_one(Service, subject.id)
    if not form.is_submitted():
        form.delivered.data, form.answer_day.data = local_day(now()), service.answer_day
    if form.submitted():
        kept, refused = keep_uploads(form.proof.chosen())
        for message in refused:
            form.refuse("proof", message)
        if kept and not refused:
            with form.refusals():
                commands.prove(form.command(case, subject.id, kept[0]), by=current_actor(), at=now())
                flash(N_("The service is recorded with its proof."), "success")
                return back_to(case, "respondents")
    return render_template("intake/triage_prove.html", form=form, case=case, name=_name(case, service))


@bp.route("/triage/cases/<uuid:case_id>/services/<uuid:subject_id>/revoke", methods=["GET", "POST"])
@takes_step("service.revoke")
def triage_revoke(case: Case, subject: Subject) -> Page:
    """Undo a service that did not reach the respondent."""
    form, service = forms.RevokeForm(seen=subject.version), db.session.get_one(Service, subject.id)
    if form.submitted():
        with form.refusals():
            commands.revoke(form.command(case, subject.id), by=current_actor(), at=now())
            flash(N_("The service is revoked. Serve the respondent again."), "success")
            return back_to(case, "respondents")
    return render_template("intake/triage_revoke.html", form=form, case=case, name=_name(case, service))


def _name(case: Case, service: Service) -> str | None:
    return _of(case, service.respondent_id).name


def _of(case: Case, respondent_id: UUID) -> Accused:
    accused = overview.accused(db.session(), case, current_actor())
    return next(one for one in accused if one.party.id == respondent_id)


@bp.route("/triage/cases/<uuid:case_id>/respondents/<uuid:subject_id>/remind", methods=["GET", "POST"])
@takes_step("respondent.remind")
def triage_remind(case: Case, subject: Subject) -> Page:
    """The one reminder, with a short last date."""
    form, at = forms.RemindForm(seen=subject.version), now()
    due = proposed(case, "reminder-answer", at)
    if not form.is_submitted():
        form.answer_day.data = due.day
    if form.submitted():
        with form.refusals():
            reminders.remind(form.command(case, subject.id), by=current_actor(), at=now())
            flash(N_("The reminder is sent. There is only one."), "success")
            return back_to(case, "respondents")
    proposal = deadline_from(due, N_("Proposed by the rulebook"), at)
    return render_template("intake/triage_remind.html", form=form, case=case, one=_of(case, subject.id), proposal=proposal)
