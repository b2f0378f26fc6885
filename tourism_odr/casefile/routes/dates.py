"""The dates of a case with their reasons: every running deadline day by day, and a tourist's own dates."""

from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy.orm import Session

from tourism_odr.casefile.blueprint import bp
from tourism_odr.casefile.queries import overview as reading
from tourism_odr.casefile.queries.own_dates import own_dates
from tourism_odr.casefile.queries.timing import Times, actions_on, shared_clocks, times_of
from tourism_odr.cases import queries, turns
from tourism_odr.cases.announced import use_announced
from tourism_odr.cases.lifecycle import STEPS, PlaceKind, is_final
from tourism_odr.cases.lifecycle.turns import TURN_TITLES
from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.recounting import changes_of
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import COMPLAINANT
from tourism_odr.rulebooks import days, explain
from tourism_odr.rulebooks.monthly import months
from tourism_odr.rulebooks.terms import NOT_COUNTED, PAUSES
from tourism_odr.text import N_
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.guard import reads_case
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.names import called
from tourism_odr.web.steps_map import step_url

# Why a deadline was counted again; of a calendar its own notice tells.
CAUSES = {
    "calendar": N_("the days off of the year were announced"),
    "calendar-back": N_("the announced days off were taken back"),
    "confirmation": N_("the number was compared with the official text"),
    "pause": N_("the time stood still"),
    "extension": N_("the time was made longer"),
}


@bp.get("/cases/<uuid:case_id>/deadlines")
@reads_case()
def deadlines(case: Case) -> str:
    """Every running deadline, counted day by day, the same to all who read it; to print."""
    session, actor, at = db.session(), current_actor(), now()
    use_announced(session)
    seen = queries.places_of(session, case.id, actor, at)
    places = {place.id for place in seen}
    lines, sides = reading.lines_of(session, case.id, places, actor), reading.sides_of(session, case.id)
    found = [(clock, line.subject) for line in lines for clock in line.clocks]
    found += shared_clocks(session, case, actor, [clock.id for clock, _ in found])
    found.sort(key=lambda pair: pair[0].due_at)
    changed = changes_of(session, [clock.id for clock, _ in found])
    rows = [
        _dated(clock.derivation)
        | {"clock": clock, "whose": _operator(sides, subject.id), "due": deadline_of(clock, at), "changes": changed[clock.id]}
        for clock, subject in found
    ]
    mine = own_dates(session, case, local_day(at)) if actor.role in COMPLAINANT else []
    own = [
        _dated(one.due.derivation) | {"rule": one.rule, "safe": one.safe, "lines": explain(one.due.derivation, current_locale())}
        for one in mine
    ]
    in_file = any(place.kind == PlaceKind.FILE for place in seen)  # whose turn it is, is told to whoever reads the file
    spans = turns.spans(session, case, at) if in_file else []
    times = times_of(session, case, actor, at)
    return render_template(
        "casefile/deadlines.html", case=case, rows=rows, own=own, reasons=NOT_COUNTED, titles=TURN_TITLES,
        spans=spans, totals=turns.totals(spans), turn=None if not spans or is_final("case", _stage(session, case)) else spans[-1].turn,
        times=times, causes=CAUSES, pauses=PAUSES, names=_names(sides), allowed=_allowed(session, case, times, actor), step_url=step_url,
    )  # fmt: skip


def _names(sides: dict[UUID, reading.Side]) -> dict[UUID, str]:
    return {id: called(side.organisation) if side.organisation else side.name for id, side in sides.items()}


def _allowed(session: Session, case: Case, times: Times, actor: Actor) -> dict[UUID, list[tuple[str, str]]]:
    """What the reader may do to each pause and open proposal: words and address."""
    open_ones = [one.subject for those in times.asked.values() for one in those if one.open]
    subjects = [*open_ones, *(held.subject for held in times.pauses.values())]
    return {
        one.id: [(STEPS[name].title, step_url(name, case.id, one.id) or "") for name in actions_on(session, case, one, actor)]
        for one in subjects
    }


def _stage(session: Session, case: Case) -> str:
    return session.get_one(Subject, case.id).stage


def _dated(derivation: dict[str, Any]) -> dict[str, Any]:
    return {"months": months(derivation), "days": days(derivation), "digest": derivation.get("digest", "")}


def _operator(sides: dict[UUID, reading.Side], party_id: UUID) -> str:
    side = sides.get(party_id)
    return called(side.organisation) if side and side.organisation else ""
