"""The overview, the running list, alarms, and the seat in a room."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for

from tourism_odr.cases.categories import TITLES, category_title
from tourism_odr.cases.lifecycle.urge import PROPOSED
from tourism_odr.cases.models import Case
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.oversight import commands, forms
from tourism_odr.oversight.queries import acts
from tourism_odr.oversight.queries import alarms as alarm_lists
from tourism_odr.oversight.queries import running as running_list
from tourism_odr.oversight.routes.pages import FIRST, Page, bp, case_page, room_page, shared
from tourism_odr.people.roles import SUPERVISOR
from tourism_odr.text import N_, M
from tourism_odr.web.deadlines import deadline_of, missed_of
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.parts import Deadline, PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in


@bp.get("")
@signed_in(*SUPERVISOR)
def home() -> Page:
    """Figures that lead to their lists, the next limits, and what waits for somebody here."""
    session, actor, at = db.session(), current_actor(), now()
    counts = running_list.counts(session, actor, at)
    lines, _ = running_list.running(session, actor, at, running_list.Filters(), size=FIRST)
    urgings = acts.urgings(session, actor, at)
    drafts, found = acts.drafts(session, actor, at), alarm_lists.alarms(session, actor, at)
    kinds = [
        (category_title(code), number, str(number))
        for code, number in running_list.categories(session, actor, at)
    ]
    return render_template(
        "oversight/home.html", at=at, lines=_lines(lines, at), kinds=kinds, urgings=urgings, drafts=drafts[:FIRST],
        figures=_figures(counts, len(drafts), urgings, found.number), **shared(),
    )  # fmt: skip


def _figures(
    counts: dict[str, int], drafts: int, urgings: list[acts.Urged], alarms: int
) -> list[dict[str, object]]:
    figures: list[dict[str, object]] = [
        {"label": show.title, "value": counts[show.code], "href": url_for("oversight.cases", show=show.code),
         "hot": show.code == "overdue" and counts[show.code] > 0}
        for show in running_list.SHOWS if show.code != "urged"
    ]  # fmt: skip
    waiting = sum(one.subject.stage == PROPOSED for one in urgings)
    figures.append(
        {
            "label": N_("Documents to sign"),
            "value": drafts,
            "href": url_for("oversight.documents"),
            "hot": drafts > 0,
        }
    )
    note = M("%(number)s wait for approval", number=waiting) if waiting else ""
    figures.append(
        {
            "label": N_("Open urgings"),
            "value": len(urgings),
            "href": url_for("oversight.urgings"),
            "note": note,
        }
    )
    figures.append(
        {"label": N_("Alarms"), "value": alarms, "href": url_for("oversight.alarms"), "hot": alarms > 0}
    )
    return figures


def _lines(
    lines: list[running_list.Running], at: datetime, *, missed: bool = False
) -> list[tuple[running_list.Running, Deadline | None]]:
    shown = missed_of if missed else deadline_of
    return [(line, shown(line.clock, at) if line.clock else None) for line in lines]


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
    page = PageOf(_lines(lines, at, missed=missed), page_number(), counts[show.code], running_list.SIZE)
    tabs = [
        Tab(one.title, here_with(show=one.code, page=None), one is show, counts[one.code])
        for one in running_list.SHOWS
    ]
    return render_template(
        "oversight/cases.html", page=page, show=show, missed=missed, tabs=tabs, filters=filters, chips=_chips(filters),
        categories=TITLES, **shared(),
    )  # fmt: skip


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
