"""The dates of a case with their reasons: every running deadline day by day, and a tourist's own dates."""

from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy.orm import Session

from tourism_odr.casefile.blueprint import bp
from tourism_odr.casefile.queries import overview as reading
from tourism_odr.casefile.queries.own_dates import own_dates
from tourism_odr.cases import queries, turns
from tourism_odr.cases.announced import use_announced
from tourism_odr.cases.lifecycle import is_final
from tourism_odr.cases.lifecycle.turns import TURN_TITLES
from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.recounting import changes_of
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.people.roles import COMPLAINANT
from tourism_odr.rulebooks import days, explain
from tourism_odr.rulebooks.terms import NOT_COUNTED
from tourism_odr.web.deadlines import deadline_of, months
from tourism_odr.web.guard import reads_case
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.names import called


@bp.get("/cases/<uuid:case_id>/deadlines")
@reads_case()
def deadlines(case: Case) -> str:
    """Every running deadline, counted day by day, the same to all who read it; to print."""
    session, actor, at = db.session(), current_actor(), now()
    use_announced(session)
    places = {place.id for place in queries.places_of(session, case.id, actor, at)}
    lines, sides = reading.lines_of(session, case.id, places, actor), reading.sides_of(session, case.id)
    found = sorted(((clock, line) for line in lines for clock in line.clocks), key=lambda pair: pair[0].due_at)
    changed = changes_of(session, [clock.id for clock, _ in found])
    rows = [
        _dated(clock.derivation) | {"whose": _operator(sides, line.subject.id), "due": deadline_of(clock, at), "changes": changed[clock.id]}
        for clock, line in found
    ]
    mine = own_dates(session, case, local_day(at)) if actor.role in COMPLAINANT else []
    own = [
        _dated(one.due.derivation) | {"rule": one.rule, "safe": one.safe, "lines": explain(one.due.derivation, current_locale())}
        for one in mine
    ]
    spans = turns.spans(session, case, at)
    return render_template(
        "casefile/deadlines.html", case=case, rows=rows, own=own, reasons=NOT_COUNTED, titles=TURN_TITLES,
        spans=spans, totals=turns.totals(spans), turn=None if is_final("case", _stage(session, case)) else spans[-1].turn,
    )  # fmt: skip


def _stage(session: Session, case: Case) -> str:
    return session.get_one(Subject, case.id).stage


def _dated(derivation: dict[str, Any]) -> dict[str, Any]:
    return {"months": months(derivation), "days": days(derivation), "digest": derivation.get("digest", "")}


def _operator(sides: dict[UUID, reading.Side], party_id: UUID) -> str:
    side = sides.get(party_id)
    return called(side.organisation) if side and side.organisation else ""
