"""Urging: proposed by an officer, sent by the head, answered, closed."""

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.deadlines import proposed, rulebook_of
from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.queries import steps_open_to
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.oversight import commands, forms
from tourism_odr.oversight.queries import acts
from tourism_odr.oversight.routes.pages import Page, bp, shared
from tourism_odr.people import organisations, persons
from tourism_odr.people.roles import SUPERVISOR
from tourism_odr.rulebooks import Due, days_left, explain
from tourism_odr.text import N_
from tourism_odr.web.forms import choice
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.names import called
from tourism_odr.web.parts import Deadline, Tab, here_with
from tourism_odr.web.policy import signed_in


@bp.get("/urgings")
@signed_in(*SUPERVISOR)
def urgings() -> Page:
    """The urgings of the body: those that stand, or those that are over."""
    over, at = bool(request.args.get("over")), now()
    rows = acts.urgings(db.session(), current_actor(), at, over=over)
    tabs = [
        Tab(N_("Open urgings"), here_with(over=None), not over),
        Tab(N_("Closed urgings"), here_with(over=1), over),
    ]
    return render_template(
        "oversight/urgings.html", rows=rows, tabs=tabs, over=over, today=local_day(at), **shared()
    )


@bp.route("/cases/<uuid:case_id>/urge", methods=["GET", "POST"])
@takes_step("urge.propose")
def propose(case: Case) -> Page:
    """Write an order; the head approves it before anybody else reads it."""
    at = now()
    due = proposed(case, "urge", at)
    form = forms.UrgeForm(data={"day": due.day})
    form.to.choices = _addressees(case)
    if form.submitted():
        with form.refusals():
            urge_id = commands.propose_urging(form.command(case.id), by=current_actor(), at=at)
            flash(N_("The urging waits for the head's approval. Nobody else sees it until then."), "success")
            return redirect(url_for("oversight.urging", case_id=case.id, subject_id=urge_id), 303)
    return render_template(
        "oversight/propose.html", form=form, case=case, due=_deadline(case, due, at), **shared()
    )


def _addressees(case: Case) -> list[object]:
    session = db.session()
    parties = commands.urgeable_parties(session, case.id)
    mediators = persons.names_of(commands.active_mediators(session, case.id))
    offered: list[object] = [
        choice(f"party:{party.id}", called(organisations.organisation(party.organisation_id)), N_("Respondent"))
        for party in parties
        if party.organisation_id
    ]
    return offered + [choice(f"mediator:{one}", name, N_("Mediator")) for one, name in mediators.items()]


def _deadline(case: Case, due: Due, at: datetime) -> Deadline:
    """The day that the rulebook proposes, with why."""
    working, _, _ = days_left(due.at, at)
    title = rulebook_of(case).rule("urge").title
    return Deadline(title, due.at, working, weak=due.weak, provisional=due.provisional,
                    house=due.derivation.get("kind") == "house", explanation=explain(due.derivation, current_locale()))  # fmt: skip


@bp.get("/cases/<uuid:case_id>/urgings/<uuid:subject_id>")
@reads_case(*SUPERVISOR)
def urging(case: Case, subject: Subject) -> Page:
    """One urging: the order, the reply, the finding, and what may be done now."""
    return render_template("oversight/urging.html", case=case, **_urging(case, subject))


def _urging(case: Case, subject: Subject) -> dict[str, object]:
    session, actor = db.session(), current_actor()
    found = acts.urgings(session, actor, now(), one=subject.id)
    if not found:
        raise NotFound
    steps = {step.name for step in steps_open_to(session, case, subject, actor)}
    words = acts.letters(session, case.id, actor, now())
    return {"one": found[0], "words": words, "steps": steps, **shared()}


@bp.route("/cases/<uuid:case_id>/urgings/<uuid:subject_id>/approve", methods=["GET", "POST"])
@takes_step("urge.approve")
def approve_urging(case: Case, subject: Subject) -> Page:
    """The head sends the order."""
    form = forms.ApproveForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.approve_urging(form.command(subject.id), by=current_actor(), at=now())
            flash(N_("The urging is sent, and its letter is issued."), "success")
            return _to_urging(case, subject.id)
    return render_template("oversight/approve_urging.html", form=form, case=case, **_urging(case, subject))


@bp.route("/cases/<uuid:case_id>/urgings/<uuid:subject_id>/drop", methods=["GET", "POST"])
@takes_step("urge.drop")
def drop_urging(case: Case, subject: Subject) -> Page:
    """The head does not approve."""
    form = forms.DropForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.drop_urging(form.command(subject.id), by=current_actor(), at=now())
            flash(N_("The urging is not approved. The officer is told why."), "success")
            return _to_urging(case, subject.id)
    return render_template("oversight/drop_urging.html", form=form, case=case, **_urging(case, subject))


@bp.route("/cases/<uuid:case_id>/urgings/<uuid:subject_id>/close", methods=["GET", "POST"])
@takes_step("urge.close")
def close_urging(case: Case, subject: Subject) -> Page:
    """Say what was found, and close."""
    form = forms.CloseForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.close_urging(form.command(subject.id), by=current_actor(), at=now())
            flash(N_("The urging is closed with your finding."), "success")
            return _to_urging(case, subject.id)
    return render_template("oversight/close_urging.html", form=form, case=case, **_urging(case, subject))


def _to_urging(case: Case, subject_id: UUID) -> Response:
    return redirect(url_for("oversight.urging", case_id=case.id, subject_id=subject_id), 303)
