"""The triage queues, one case on the officer's desk, and the decisions on it."""

from datetime import datetime
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tourism_odr.cases import queries
from tourism_odr.cases.categories import CLAIMS, TITLES, category_title
from tourism_odr.cases.deadlines import proposed, rulebook_of
from tourism_odr.cases.lifecycle import STEPS, open_stages, stage_title
from tourism_odr.cases.lifecycle.case import ACCEPTED
from tourism_odr.cases.models import Case, Subject
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import triage as commands
from tourism_odr.intake.forms import triage as forms
from tourism_odr.intake.queries import checks, overview
from tourism_odr.intake.queries import triage as queues
from tourism_odr.people.roles import SUPERVISOR
from tourism_odr.rulebooks import Due, calendar_of, days_left, explain, local_zone, profile, zone_of
from tourism_odr.text import N_
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.parts import Deadline, MenuItem, PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in
from tourism_odr.web.reading import CASE, note_reading

Page = str | Response
TRIAGE_MENU = (MenuItem(N_("Triage"), "intake.triage", SUPERVISOR, rank=10),)


def version_of(subject_id: UUID) -> int:
    """The version that the form will carry."""
    return db.session.get_one(Subject, subject_id).version


def back_to(case: Case, anchor: str = "") -> Response:
    """To the case on the desk, after a step."""
    return redirect(url_for("intake.triage_case", case_id=case.id, _anchor=anchor or None), 303)


def due_in_queue(row: queues.Waiting, at: datetime) -> Deadline | None:
    """A due time with the working days left; the reasons stand on the page of the case."""
    if row.due is None:
        return None
    zone = local_zone(row.jurisdiction)
    left = days_left(row.due, at, profile(row.jurisdiction, on=local_day(row.received_at, zone)).calendar)[0]
    return Deadline("", row.due, left, soon=left == 1, zone=zone)


def deadline_from(due: Due, label: str, at: datetime) -> Deadline:
    """A date that the rulebook proposes, with its explanation and its grade."""
    working, calendar, _ = days_left(due.at, at, calendar_of(due.derivation))
    counts_working = due.derivation.get("unit") != "calendar"
    return Deadline(
        label, due.at, working if counts_working else calendar, working=counts_working, weak=due.weak,
        provisional=due.provisional, house=due.derivation.get("kind") == "house",
        explanation=explain(due.derivation, current_locale()), zone=zone_of(due.derivation),
    )  # fmt: skip


@bp.get("/triage")
@signed_in(*SUPERVISOR)
def triage() -> Page:
    """One queue of the body, by deadline; everything that narrows it stands in the address."""
    session, actor, at = db.session(), current_actor(), now()
    queue = queues.BY_CODE.get(request.args.get("queue", ""), queues.QUEUES[0])
    category = request.args.get("category", "")
    filters = queues.Filters(
        request.args.get("q", "").strip(), category if category in TITLES else "", bool(request.args.get("late"))
    )
    counts = queues.counts(session, actor, at, filters)
    rows = queues.waiting(session, queue, actor, at, filters, page_number())
    lines = [(row, due_in_queue(row, at)) for row in rows]
    page = PageOf(lines, page_number(), counts[queue.code], queues.SIZE)
    return render_template(
        "intake/triage.html", page=page, queue=queue, tabs=_tabs(queue, counts), filters=filters,
        chips=_chips(filters), categories=TITLES, category_title=category_title, stage_title=stage_title,
        designating=STEPS["transfer.designate"].leaves,
    )  # fmt: skip


def _tabs(current: queues.Queue, counts: dict[str, int]) -> list[Tab]:
    return [
        Tab(queue.title, here_with(queue=queue.code, page=None), queue is current, counts[queue.code])
        for queue in queues.QUEUES
    ]


def _chips(filters: queues.Filters) -> list[tuple[str, str]]:
    chips = [(filters.words, here_with(q=None, page=None))] if filters.words else []
    if filters.category:
        chips.append((category_title(filters.category), here_with(category=None, page=None)))
    if filters.late:
        chips.append((N_("Overdue only"), here_with(late=None, page=None)))
    return chips


@bp.get("/triage/cases/<uuid:case_id>")
@reads_case(*SUPERVISOR)
def triage_case(case: Case) -> Page:
    """The complaint, what to check, each respondent, and what the officer may do now."""
    session, actor, at = db.session(), current_actor(), now()
    note_reading(case.id, CASE)
    subject = session.get_one(Subject, case.id)
    accused = overview.accused(session, case, actor)
    received, laws = checks.applying(case)
    mediators = overview.appointed(session, case.id)
    return render_template(
        "intake/triage_case.html", case=case, subject=subject, accused=accused, received=received, laws=laws,
        steps=overview.names_of_steps(queries.steps_open_to(session, case, subject, actor)),
        ours=case.body_id == actor.organisation_id, told=overview.told(session, case, actor, at),
        checks=[_shown(check, at) for check in checks.checks(session, case, [a.operator for a in accused if a.operator])],
        clocks=[deadline_of(clock, at) for clock, _ in queries.clocks_of(session, case.id, actor, at)],
        complainants=overview.complainants(session, case.id), mediators=mediators,
        proposal=commands.proposal_of(session, case), ground_of={g.code: g for g in rulebook_of(case).grounds},
        category_title=category_title, stage_title=stage_title, claim_titles=CLAIMS,
        file_page=file_page, case_page=case_page(case), open_appointments=open_stages("appointment"),
        may_assign=_may_assign(subject, mediators) and case.body_id == actor.organisation_id,
    )  # fmt: skip


def _may_assign(subject: Subject, mediators: list[overview.Appointed]) -> bool:
    """An accepted case that has no mediator, asked or active."""
    return subject.stage == ACCEPTED and not any(m.subject.stage in open_stages("appointment") for m in mediators)


def _shown(check: checks.Check, at: datetime) -> tuple[checks.Check, Deadline | None]:
    return check, deadline_from(check.due, N_("Last day to complain"), at) if check.due else None


def file_page(case_id: UUID, item_id: UUID) -> str:
    """Where a file of the case is shown, when that page is part of this application."""
    known = "casefile.file" in current_app.view_functions
    return url_for("casefile.file", case_id=case_id, item_id=item_id) if known else ""


def case_page(case: Case) -> str:
    """The page of the case for every role, when it is part of this application."""
    known = "casefile.case" in current_app.view_functions
    return url_for("casefile.case", case_id=case.id) if known else ""


@bp.route("/triage/cases/<uuid:case_id>/accept", methods=["GET", "POST"])
@takes_step("case.accept")
def triage_accept(case: Case) -> Page:
    """Accept, with what follows from it in sight."""
    form = forms.AcceptForm(seen=version_of(case.id))
    if form.submitted():
        with form.refusals():
            commands.accept(form.command(case), by=current_actor(), at=now())
            flash(N_("The complaint is accepted. Serve each respondent now."), "success")
            return back_to(case, "respondents")
    at = now()
    follow = [deadline_from(proposed(case, name, at), rulebook_of(case).rule(name).title, at) for name in ("serve", "conclude-national")]
    accused = overview.accused(db.session(), case, current_actor())
    return render_template("intake/triage_accept.html", form=form, case=case, follow=follow, accused=accused)


@bp.route("/triage/cases/<uuid:case_id>/return", methods=["GET", "POST"])
@takes_step("case.return")
def triage_return(case: Case) -> Page:
    """Return for completion, with the list."""
    form = forms.ReturnForm(seen=version_of(case.id))
    if form.submitted():
        with form.refusals():
            commands.return_complaint(form.command(case), by=current_actor(), at=now())
            flash(N_("The complaint is returned. The tourist is told what is missing and until when."), "success")
            return back_to(case)
    at = now()
    due = deadline_from(proposed(case, "supplement", at), N_("The tourist has until"), at)
    return render_template("intake/triage_return.html", form=form, case=case, due=due)


@bp.route("/triage/cases/<uuid:case_id>/refusal", methods=["GET", "POST"])
@takes_step("case.propose-refusal")
def triage_refusal(case: Case) -> Page:
    """Propose a refusal to the head."""
    form = forms.RefusalForm(seen=version_of(case.id))
    book = rulebook_of(case)
    form.set_grounds(book)
    if form.submitted():
        with form.refusals():
            commands.propose_refusal(form.command(case), by=current_actor(), at=now())
            flash(N_("The refusal waits for the head. The time for the decision runs on."), "success")
            return back_to(case)
    return render_template("intake/triage_refusal.html", form=form, case=case, grounds=book.grounds)


@bp.route("/triage/cases/<uuid:case_id>/refusal/approve", methods=["GET", "POST"])
@takes_step("case.approve-refusal")
def triage_approve(case: Case) -> Page:
    """The head reads the proposal and issues the refusal."""
    form = forms.ApproveForm(seen=version_of(case.id))
    if form.submitted():
        with form.refusals():
            commands.approve_refusal(form.command(case), by=current_actor(), at=now())
            flash(N_("The refusal is issued, with its ground and the other routes."), "success")
            return back_to(case)
    proposal = commands.proposal_of(db.session(), case)
    ground = rulebook_of(case).ground(proposal.ground) if proposal else None
    return render_template("intake/triage_approve.html", form=form, case=case, proposal=proposal, ground=ground)


@bp.route("/triage/cases/<uuid:case_id>/refusal/send-back", methods=["GET", "POST"])
@takes_step("case.reject-refusal")
def triage_reject(case: Case) -> Page:
    """The head sends the proposal back."""
    form = forms.RejectForm(seen=version_of(case.id))
    if form.submitted():
        with form.refusals():
            commands.reject_refusal(form.command(case), by=current_actor(), at=now())
            flash(N_("The proposal is sent back to the officer."), "success")
            return back_to(case)
    return render_template("intake/triage_reject.html", form=form, case=case)


@bp.route("/triage/cases/<uuid:case_id>/transfer-out", methods=["GET", "POST"])
@takes_step("case.transfer-out")
def triage_transfer_out(case: Case) -> Page:
    """To a body that does not use this service."""
    form = forms.TransferOutForm(seen=version_of(case.id))
    if form.submitted():
        with form.refusals():
            commands.transfer_out(form.command(case), by=current_actor(), at=now())
            flash(N_("The complaint is transferred. The letter and the notice to the tourist are issued."), "success")
            return back_to(case)
    return render_template("intake/triage_transfer_out.html", form=form, case=case)
