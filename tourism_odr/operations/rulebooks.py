"""What the command `rulebooks` does: check all data, and rehearse a change of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.administration.queries.rules import Line, volumes
from tourism_odr.cases.announced import use_announced
from tourism_odr.cases.models import Case, Clock
from tourism_odr.clock import end_of_day, local_day, start_of_day
from tourism_odr.rulebooks import Due, NoRulebook
from tourism_odr.rulebooks.calendars import DAY, calendars
from tourism_odr.rulebooks.loading import Table, parse, shipped
from tourism_odr.rulebooks.shelf import Shelf, read_member, read_shelf


def every_line(session: Session | None) -> list[dict[str, Any]]:
    """Every rule as data: source, article, grade, whether it is enforced, and the open cases that rest on it."""
    if session is not None:
        use_announced(session)
    return [_plain(line) for volume in volumes(session) for line in volume.lines]


def _plain(line: Line) -> dict[str, Any]:
    rule = line.rule
    return {
        "rule": rule.public, "rule_id": f"{rule.version}/{rule.name}", "title": rule.title, "kind": rule.kind,
        "body": rule.body, "version": rule.version, "valid_from": str(rule.valid_from),
        "valid_to": str(rule.valid_to) if rule.valid_to else None, "count": rule.count, "unit": rule.unit,
        "source": rule.source, "article": rule.article, "grade": rule.grade, "warns_only": line.warns_only,
        "confirmed": line.confirmed.source if line.confirmed else None,
        "open_clocks": line.resting.clocks, "open_cases": list(line.resting.numbers),
    }  # fmt: skip


def in_a_line(rule: Mapping[str, Any]) -> str:
    """One rule for people."""
    stands = f"{rule['source']}, {rule['article']}" if rule["kind"] == "law" else "house rule"
    firm = " WARNS ONLY" if rule["warns_only"] else ""
    cases = f"; {rule['open_clocks']} open: {', '.join(rule['open_cases'])}" if rule["open_clocks"] else ""
    return f"{rule['rule']:32}{rule['count']:>3} {rule['unit']:9}{rule['version']}: {stands} [{rule['grade']}]{firm}{cases}"


def of_a_calendar(id: str, known: Mapping[str, Any]) -> str:
    """One calendar for people."""
    return f"calendar {id}: {known['first_year']}-{known['last_year']}, later years are provisional ({known['source']})"


def known_calendars() -> dict[str, Any]:
    """From which year to which the days off are known."""
    return {
        id: {"source": one.source, "first_year": min(one.years), "last_year": one.last_published}
        for id, one in calendars().items()
    }


@dataclass(frozen=True)
class Difference:
    """One deadline that would have been another."""

    case: str
    clock: str
    started: str
    was: str | None
    would_be: str | None
    status: str
    effect: str


def changed_shelf(path: Path) -> Shelf:
    """The shelf with this file laid on it: in the place of the version of the same first day, or after the last."""
    tables = dict(shipped())
    table = parse(path.name, path.read_text(encoding="utf-8"))
    head = read_member(path.name, table).head
    for name, other in list(tables.items()):
        if other.get("series") == head.series:
            if other["valid_from"] == head.valid_from:
                del tables[name]
            else:
                tables[name] = _ending_before(other, head.valid_from)
    return read_shelf({**tables, path.name: table})


def _ending_before(table: Table, day: date) -> Table:
    """An open version ends on the day before the new one begins."""
    if "valid_to" in table or table["valid_from"] > day:
        return table
    return {**table, "valid_to": day - DAY}


def rehearse(session: Session, changed: Shelf, first: date, last: date) -> Iterator[Difference]:
    """Every clock started in the period, as it was and as it would have been under the changed rules."""
    use_announced(session)
    started = (
        select(Clock, Case)
        .join(Case, Case.id == Clock.case_id)
        .where(Clock.started_at >= start_of_day(first), Clock.started_at < end_of_day(last))
        .where(Clock.pending_id.is_(None))
        .order_by(Clock.started_at, Clock.id)
    )
    for clock, case in session.execute(started).yield_per(500):
        if not clock.derivation.get("fixed"):
            found = _compared(changed, clock, case)
            if found is not None:
                yield found


def _compared(changed: Shelf, clock: Clock, case: Case) -> Difference | None:
    would = _would_be(changed, clock, case)
    before = _said(clock.derivation)
    after = _said(would.derivation) if would else None
    if before == after:
        return None
    return Difference(
        case.number, clock.name, clock.started_at.isoformat(), _in_words(before, clock.day),
        _in_words(after, would.day) if would and after else None, clock.status, _effect(clock, would),
    )  # fmt: skip


NAMED = ("count", "unit", "roll", "article", "grade", "version", "result_day")


def _said(derivation: Mapping[str, Any]) -> dict[str, Any]:
    return {name: derivation.get(name) for name in NAMED}


def _in_words(said: Mapping[str, Any], day: date) -> str:
    return f"{day} ({said['count']} {said['unit']}, {said['version']}, {said['grade']})"


def _would_be(changed: Shelf, clock: Clock, case: Case) -> Due | None:
    try:
        book = changed.profile(case.jurisdiction, local_day(case.received_at, changed.zone(case.jurisdiction)))
    except NoRulebook:
        return None
    if not book.has(clock.name):
        return None
    told = clock.derivation
    return book.rule(clock.name).due(datetime.fromisoformat(told["start"]), evidence=told.get("evidence"))


def _effect(clock: Clock, would: Due | None) -> str:
    """What it would have meant for somebody who acted when they did."""
    if would is None:
        return "there would have been no such deadline"
    if clock.ended_at is None or clock.status not in ("met", "missed"):
        return "open: the day would be another" if would.day != clock.day else "the same day on another ground"
    if clock.status == "met" and clock.ended_at > would.at:
        return "met, would have been missed"
    if clock.status == "missed" and would.at > clock.due_at:
        return "missed, would have had more time"
    return "the same outcome"

