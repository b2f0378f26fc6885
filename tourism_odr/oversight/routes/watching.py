"""The running list, alarms, and the seat in a room."""


from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from tourism_odr.cases.categories import TITLES, category_title
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.models import Case
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.oversight import commands, forms
from tourism_odr.oversight.queries import acts
from tourism_odr.oversight.queries import alarms as alarm_lists
from tourism_odr.oversight.queries import running as running_list
from tourism_odr.oversight.routes.pages import Page, bp, case_page, room_page, shared, with_deadlines
from tourism_odr.people.roles import SUPERVISOR
from tourism_odr.text import N_
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.parts import PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in
from tourism_odr.web.sheet import csv_of

SHEET = 5000  # lines of the list as CSV


@bp.get("/cases")
@signed_in(*SUPERVISOR)
def cases() -> Page:
    """The running cases of the body by their next limit; everything that narrows the list stands in the address."""
    session, actor, at = db.session(), current_actor(), now()
    show = running_list.BY_CODE.get(request.args.get("show", ""), running_list.SHOWS[0])
    category = request.args.get("category", "")
    filters = running_list.Filters(
        show, request.args.get("q", "").strip()[:100], category if category in TITLES else ""
    )
    counts = running_list.counts(session, actor, at, filters)
    lines, _ = running_list.running(session, actor, at, filters, page_number())
    missed = show.code == running_list.OVERDUE
    page = PageOf(with_deadlines(lines, at, missed=missed), page_number(), counts[show.code], running_list.SIZE)
    tabs = [
        Tab(one.title, here_with(show=one.code, page=None), one is show, counts[one.code])
        for one in running_list.SHOWS
    ]
    return render_template(
        "oversight/cases.html", page=page, show=show, missed=missed, tabs=tabs, filters=filters, chips=_chips(filters),
        categories=TITLES, **shared(),
    )  # fmt: skip


@bp.get("/cases.csv")
@signed_in(*SUPERVISOR)
def cases_sheet() -> Response:
    """The running cases by their next limit, as a table."""
    session, actor, at = db.session(), current_actor(), now()
    show = running_list.BY_CODE.get(request.args.get("show", ""), running_list.SHOWS[0])
    lines, _ = running_list.running(session, actor, at, running_list.Filters(show), size=SHEET)
    heads = (N_("Case"), N_("Respondents"), N_("Cause"), N_("Time limit"), N_("Date"), N_("Where it stands"))
    rows = [
        (line.case.number, ", ".join(name or "" for name in line.respondents), category_title(line.case.category),
         due.label if due else "", line.clock.day.isoformat() if line.clock else "", stage_title("case", line.subject.stage))
        for line, due in with_deadlines(lines, at, missed=show.code == running_list.OVERDUE)
    ]  # fmt: skip
    return csv_of(f"cases-{show.code}", heads, rows)


def _chips(filters: running_list.Filters) -> list[tuple[str, str]]:
    chips = [(filters.words, here_with(q=None, page=None))] if filters.words else []
    if filters.category:
        chips.append((category_title(filters.category), here_with(category=None, page=None)))
    return chips


@bp.get("/alarms")
@signed_in(*SUPERVISOR)
def alarms() -> Page:
    """What cannot go on by itself."""
    at = now()
    found = alarm_lists.alarms(db.session(), current_actor(), at)
    return render_template(
        "oversight/alarms.html", found=found, deadline=lambda clock: deadline_of(clock, at), **shared()
    )


@bp.route("/cases/<uuid:case_id>/join", methods=["GET", "POST"])
@takes_step("case.join-room")
def join(case: Case) -> Page:
    """Enter the room, once it is said that all will see it."""
    return _seat(case, joins=True)


@bp.route("/cases/<uuid:case_id>/leave", methods=["GET", "POST"])
@takes_step("case.leave-room")
def leave(case: Case) -> Page:
    """Leave the room."""
    return _seat(case, joins=False)


def _seat(case: Case, *, joins: bool) -> Page:
    form = forms.ApproveForm()
    if form.submitted():
        with form.refusals():
            act = commands.join_room if joins else commands.leave_room
            act(case.id, by=current_actor(), at=now())
            flash(
                N_("You are in the room now. Everybody there was told.")
                if joins
                else N_("You left the room."),
                "success",
            )
            return redirect((room_page(case.id) if joins else "") or case_page(case.id), 303)
    sits = acts.sits_in_room(db.session(), case.id, current_actor())
    return render_template("oversight/join.html", form=form, case=case, joins=joins, sits=sits, **shared())
