"""Transfers between bodies of this service: offered by one, answered by the other."""

from flask import flash, redirect, render_template, url_for

from tourism_odr.cases.models import Case, Subject, Transfer
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import transfers as commands
from tourism_odr.intake.commands.triage import TRANSFER_GROUNDS
from tourism_odr.intake.forms import triage as forms
from tourism_odr.intake.queries import overview
from tourism_odr.intake.routes.triage import Page, back_to, file_page, version_of
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.organisations import organisation, organisations
from tourism_odr.text import N_
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.names import called
from tourism_odr.web.reading import CASE, note_reading


@bp.route("/triage/cases/<uuid:case_id>/transfer", methods=["GET", "POST"])
@takes_step("transfer.offer")
def triage_transfer(case: Case) -> Page:
    """Offer the complaint to another body."""
    form = forms.OfferTransferForm(seen=version_of(case.id))
    others = [(body.id, called(body)) for body in organisations(OrganisationKind.BODY) if body.id != case.body_id]
    form.set_bodies(others)
    if form.submitted():
        with form.refusals():
            commands.offer_transfer(form.command(case), by=current_actor(), at=now())
            flash(N_("The complaint is offered. This body stays responsible until the other accepts."), "success")
            return back_to(case)
    return render_template("intake/triage_transfer.html", form=form, case=case, others=others)


@bp.route("/triage/cases/<uuid:case_id>/transfers/<uuid:subject_id>", methods=["GET", "POST"])
@takes_step("transfer.accept", "transfer.object")
def triage_transfer_answer(case: Case, subject: Subject) -> Page:
    """Take over, or object."""
    form = forms.TakeOverForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            return _answered(form.command(case, subject.id))
    session, actor, at = db.session(), current_actor(), now()
    transfer = session.get_one(Transfer, subject.id)
    note_reading(case.id, CASE)
    return render_template(
        "intake/triage_transfer_answer.html", form=form, case=case, sender=called(organisation(transfer.from_body_id)),
        ground=TRANSFER_GROUNDS.get(transfer.ground, ""), reason=commands.offered_reason(session, transfer),
        told=overview.told(session, case, actor, at), file_page=file_page,
    )  # fmt: skip


def _answered(command: commands.TakeOver | commands.ObjectToTransfer) -> Page:
    if isinstance(command, commands.TakeOver):
        commands.take_over(command, by=current_actor(), at=now())
        flash(N_("This body has taken the complaint over. Decide on it now."), "success")
        return redirect(url_for("intake.triage_case", case_id=command.case_id), 303)
    commands.object_to_transfer(command, by=current_actor(), at=now())
    flash(N_("The objection is recorded. The complaint stays with the other body."), "success")
    return redirect(url_for("intake.triage", queue="transfers"), 303)


@bp.route("/triage/cases/<uuid:case_id>/transfers/<uuid:subject_id>/designate", methods=["GET", "POST"])
@takes_step("transfer.designate")
def triage_designate(case: Case, subject: Subject) -> Page:
    """After two objections the superior body decides."""
    form = forms.DesignateForm(seen=subject.version)
    form.set_bodies([(body.id, called(body)) for body in organisations(OrganisationKind.BODY)])
    if form.submitted():
        with form.refusals():
            commands.designate(form.command(case, subject.id), by=current_actor(), at=now())
            flash(N_("The responsible body is designated. It and the tourist are told."), "success")
            return redirect(url_for("intake.triage", queue="transfers"), 303)
    session, actor, at = db.session(), current_actor(), now()
    transfer = session.get_one(Transfer, subject.id)
    note_reading(case.id, CASE)
    return render_template(
        "intake/triage_designate.html", form=form, case=case, sender=called(organisation(transfer.from_body_id)),
        receiver=called(organisation(transfer.to_body_id)), ground=TRANSFER_GROUNDS.get(transfer.ground, ""),
        told=overview.told(session, case, actor, at), file_page=file_page,
        letters=commands.reasons(session, case.id),
    )  # fmt: skip
