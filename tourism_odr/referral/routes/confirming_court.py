"""The court's pages of judicial confirmation: the list, one application, and what clerk and judge do with it."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.deadlines import proposed
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.models import Case, Confirmation, Subject
from tourism_odr.cases.rendering import title_of
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.people.organisations import people_of
from tourism_odr.people.persons import names_of
from tourism_odr.people.roles import COURT, Role
from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.commands import confirmations as commands
from tourism_odr.referral.commands import roster
from tourism_odr.referral.forms import confirmations as forms
from tourism_odr.referral.queries import confirmations as queries
from tourism_odr.rulebooks import GRADES, WEAK, local_zone
from tourism_odr.text import N_
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.forms import Form, choice
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.parts import MenuItem, PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in
from tourism_odr.web.reading import CASE, note_reading
from tourism_odr.web.steps_map import actions_for

Page = str | Response
ONE = "/court/cases/<uuid:case_id>/confirmations/<uuid:subject_id>"
USUAL = "register"  # what a clerk does with an application that lacks nothing
MENU = (
    MenuItem(N_("Confirmations"), "referral.court_confirmations", COURT, rank=20),
    MenuItem(N_("Roster"), "referral.court_roster", COURT, rank=30),
)


@bp.get("/court/confirmations")
@signed_in(*COURT)
def court_confirmations() -> Page:
    """The applications at this court, the next deadline first."""
    session, actor, at = db.session(), current_actor(), now()
    show = next((one for one in queries.SHOWS if one.code == request.args.get("show")), queries.SHOWS[0])
    counts = queries.counts(session, actor, at)
    found = queries.rows(session, actor, at, show, page_number())
    lines = [(row, deadline_of(row.clock, at) if row.clock else None) for row in found]
    tabs = [Tab(one.title, here_with(show=one.code, page=None), one is show, counts[one.code]) for one in queries.SHOWS]
    page = PageOf(lines, page_number(), counts[show.code], queries.SIZE)
    return render_template("referral/court/confirmations.html", page=page, tabs=tabs, show=show, stage_title=stage_title)


@bp.get(ONE)
@reads_case(*COURT)
def court_confirmation(case: Case, subject: Subject) -> Page:
    """What was submitted, beside what to check; and what can be done now."""
    if subject.kind != "confirmation":
        raise NotFound
    session, actor, at = db.session(), current_actor(), now()
    note_reading(case.id, CASE)
    view = queries.view(session, case, subject, actor, at)
    return render_template(
        "referral/court/confirmation.html", case=case, view=view, stage=stage_title("confirmation", subject.stage),
        actions=sorted(actions_for(case, subject, actor), key=lambda one: one.step.verb != USUAL), deadlines=[deadline_of(clock, at) for clock in view.clocks],
        document_title=title_of,
    )  # fmt: skip


def _to(subject: Subject, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("referral.court_confirmation", case_id=subject.case_id, subject_id=subject.id), 303)


def _drawn(title: str, button: str, form: Form, case: Case, subject: Subject, fields: tuple[str, ...], hint: str = "") -> str:
    view = queries.view(db.session(), case, subject, current_actor(), now())
    return render_template(
        "referral/court/confirmation_step.html", form=form, case=case, view=view, title=title, button=button,
        fields=fields, hint=hint,
    )  # fmt: skip


@bp.route(f"{ONE}/register", methods=["GET", "POST"])
@takes_step("confirmation.register")
def court_accept_confirmation(case: Case, subject: Subject) -> Page:
    """Number and judge."""
    form = forms.RegisterForm(seen=subject.version)
    court = db.session.get_one(Confirmation, subject.id).court_id
    judges = names_of(people_of(court, Role.JUDGE, now()))
    form.judge.choices = [choice("", N_("Choose")), *(choice(one, name) for one, name in judges.items())]
    if form.submitted():
        with form.refusals():
            commands.register(form.command(subject.id), by=current_actor(), at=now())
            return _to(subject, N_("The application is accepted. Both sides and the judge are told."))
    return _drawn(N_("Accept and register"), N_("Accept and register"), form, case, subject, ("number", "judge"))


@bp.route(f"{ONE}/return", methods=["GET", "POST"])
@takes_step("confirmation.return")
def court_return_confirmation(case: Case, subject: Subject) -> Page:
    """One list of what is missing."""
    due = proposed(case, "confirmation-supplement", now())
    form = forms.ReturnForm(seen=subject.version, data={"day": due.day})
    if form.submitted():
        with form.refusals():
            commands.return_(form.command(subject.id), by=current_actor(), at=now())
            return _to(subject, N_("Both sides are asked for the supplement."))
    return _drawn(N_("Return for a supplement"), N_("Ask for the supplement"), form, case, subject, ("points", "day"))


@bp.route(f"{ONE}/reject", methods=["GET", "POST"])
@takes_step("confirmation.reject")
def court_reject_confirmation(case: Case, subject: Subject) -> Page:
    """The judge does not accept it."""
    form = forms.RejectForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.reject(form.command(subject.id), by=current_actor(), at=now())
            return _to(subject, N_("The ruling is issued and served on both sides."))
    return _drawn(N_("Refuse to accept"), N_("Issue the ruling"), form, case, subject, ("grounds", "reasons"))


@bp.route(f"{ONE}/hearing", methods=["GET", "POST"])
@takes_step("confirmation.summon")
def court_summon(case: Case, subject: Subject) -> Page:
    """Day, time and place for both."""
    form = forms.HearingForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.summon(form.command(subject.id, local_zone(case.jurisdiction)), by=current_actor(), at=now())
            return _to(subject, N_("Both sides are told of the hearing."))
    return _drawn(N_("Set the hearing"), N_("Set the hearing"), form, case, subject, ("day", "hour", "where"))


@bp.route(f"{ONE}/record", methods=["GET", "POST"])
@takes_step("confirmation.hear")
def court_hear(case: Case, subject: Subject) -> Page:
    """The record of the hearing."""
    form = forms.HeardForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.hear(form.command(subject.id), by=current_actor(), at=now())
            return _to(subject, N_("The record lies with the application."))
    hint = N_("Ask both whether they made the agreement of their own will, understand it, and can perform it.")
    return _drawn(N_("Record the hearing"), N_("Keep the record"), form, case, subject, ("both", "own_will", "record"), hint)


@bp.route(f"{ONE}/grant", methods=["GET", "POST"])
@takes_step("confirmation.grant")
def court_grant(case: Case, subject: Subject) -> Page:
    """The judge confirms."""
    form = forms.RulingForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.grant(form.command(subject.id), by=current_actor(), at=now())
            return _to(subject, N_("The agreement is confirmed. The ruling is served on both sides."))
    return _drawn(N_("Confirm the agreement"), N_("Issue the ruling"), form, case, subject, ("reasons",))


@bp.route(f"{ONE}/refuse", methods=["GET", "POST"])
@takes_step("confirmation.refuse")
def court_refuse_confirmation(case: Case, subject: Subject) -> Page:
    """The judge refuses."""
    form = forms.RefuseForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.refuse(form.command(subject.id), by=current_actor(), at=now())
            return _to(subject, N_("The ruling is issued and served on both sides."))
    return _drawn(N_("Refuse confirmation"), N_("Issue the ruling"), form, case, subject, ("grounds", "reasons"))


@bp.route(f"{ONE}/close", methods=["GET", "POST"])
@takes_step("confirmation.close-withdrawn")
def court_close_confirmation(case: Case, subject: Subject) -> Page:
    """It ends as withdrawn."""
    form = forms.RulingForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.close_withdrawn(form.command(subject.id), by=current_actor(), at=now())
            return _to(subject, N_("The application has ended as withdrawn."))
    return _drawn(N_("End as withdrawn"), N_("Issue the ruling"), form, case, subject, ("reasons",))


@bp.route(f"{ONE}/enforcement", methods=["GET", "POST"])
@takes_step("confirmation.register-enforcement")
def court_register_enforcement(case: Case, subject: Subject) -> Page:
    """The court's number of the enforcement."""
    form = forms.NumberForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.register_enforcement(
                subject.id, form.seen_version, form.number.data or "", by=current_actor(), at=now()
            )
            return _to(subject, N_("The enforcement is registered. Both sides are told."))
    return _drawn(N_("Register the enforcement"), N_("Register the enforcement"), form, case, subject, ("number",))


@bp.route("/court/roster", methods=["GET", "POST"])
@signed_in(*COURT)
def court_roster() -> Page:
    """The bodies whose agreements this court confirms; a clerk keeps the list."""
    session, actor = db.session(), current_actor()
    form = forms.RosterForm()
    form.body.choices = [choice("", N_("Choose")), *(choice(one.id, one.name) for one in queries.bodies(session))]
    if request.method == "POST" and actor.role is not Role.CLERK:
        raise NotFound
    if form.submitted():
        with form.refusals():
            roster.add(form.command(), by=actor, at=now())
            flash(N_("The body is on the roster."), "success")
            return redirect(url_for("referral.court_roster"), 303)
    lines = queries.roster_of(session, actor.organisation_id) if actor.organisation_id else []
    return render_template(
        "referral/court/roster.html", form=form, lines=lines, grades=GRADES, weak=WEAK, keeps=actor.role is Role.CLERK
    )


@bp.post("/court/roster/<uuid:entry_id>/end")
@signed_in(Role.CLERK)
def court_roster_end(entry_id: UUID) -> Page:
    """Take a body off the roster from today on."""
    if Form().submitted():
        roster.end(entry_id, by=current_actor(), at=now())
        flash(N_("The body is off the roster."), "success")
    return redirect(url_for("referral.court_roster"), 303)
