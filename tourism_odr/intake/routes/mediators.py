"""Asking a mediator for a case, and replacing one."""

from flask import flash, render_template

from tourism_odr.cases.models import Case, Subject
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import mediators as commands
from tourism_odr.intake.forms import triage as forms
from tourism_odr.intake.queries import overview
from tourism_odr.intake.routes.triage import Page, back_to
from tourism_odr.text import N_, M, Message
from tourism_odr.web.candidates import Candidate, candidates
from tourism_odr.web.forms import choice
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor


@bp.route("/triage/cases/<uuid:case_id>/mediator", methods=["GET", "POST"])
@takes_step("appointment.assign")
def triage_mediator(case: Case) -> Page:
    """Choose whom to ask."""
    found = candidates(db.session(), case.id, now())
    free, barred = [c for c in found if not c.against], [c for c in found if c.against]
    form = forms.AssignForm()
    form.mediator.choices = [choice(c.person_id, c.name, _words(c)) for c in free]
    if form.submitted():
        with form.refusals():
            commands.assign(form.command(case), by=current_actor(), at=now())
            flash(N_("The mediator is asked. The case is theirs once they accept."), "success")
            return back_to(case)
    return render_template("intake/triage_mediator.html", form=form, case=case, free=free, barred=barred)


def _words(candidate: Candidate) -> Message:
    return M("%(house)s · open cases: %(load)s", house=candidate.organisation, load=candidate.load)


@bp.route("/triage/cases/<uuid:case_id>/mediators/<uuid:subject_id>/replace", methods=["GET", "POST"])
@takes_step("appointment.replace")
def triage_replace(case: Case, subject: Subject) -> Page:
    """End an appointment, with the reason."""
    form = forms.ReplaceForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.replace(form.command(case, subject.id), by=current_actor(), at=now())
            flash(N_("The mediator is replaced and reads nothing of the case any more. Ask another one."), "success")
            return back_to(case)
    one = next(a for a in overview.appointed(db.session(), case.id) if a.subject.id == subject.id)
    return render_template("intake/triage_replace.html", form=form, case=case, one=one)
