"""Rules and calendars: confirming a number, announcing a year, putting it in force, taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.administration.commands import record
from tourism_odr.cases import announced, recounting
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.models import CalendarYear, RuleConfirmation
from tourism_odr.cases.models.rules import APPROVED, PROPOSED, REJECTED, ROLLED_BACK
from tourism_odr.cases.recounting import Moved
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.rulebooks import BadRulebook, ClockRule, every_rule
from tourism_odr.rulebooks.calendars import Calendar, calendars, laid_over, shipped_calendars
from tourism_odr.text import M


@dataclass(frozen=True)
class Confirm:
    """Who compared which number with which official text, and when."""

    version: str
    rule: str
    article: str
    source: str
    checked_by: str
    checked_on: date


@dataclass(frozen=True)
class Announce:
    """The days off and the weekend days worked of one year, and where they were announced."""

    calendar: str
    year: int
    days_off: tuple[str, ...]
    days_worked: tuple[str, ...]
    notice: str


def weak_rule(version: str, name: str) -> ClockRule | None:
    """The rule of that version, if its number is of a weak grade."""
    return next((r for r in every_rule() if (r.version, r.name) == (version, name) and r.weak), None)


def confirm(command: Confirm, *, by: Actor, at: datetime) -> int:
    """From now on the number is enforced; answers how many open deadlines rest on it."""
    with unit_of_work() as session:
        if by.person_id is None or weak_rule(command.version, command.rule) is None:
            raise NotYoursError("no such number to confirm")
        if announced.confirmation(session, command.version, command.rule):
            raise RefusedError(M("This number has been confirmed already."))
        row = RuleConfirmation(id=uuid4(), person_id=by.person_id, at=at, **vars(command))
        session.add(row)
        facts = {"version": command.version, "rule": command.rule, "on": command.checked_on.isoformat()}
        record(session, "rule.confirm", row.id, by=by, at=at, ground=command.source, **facts)
        session.flush()
        announced.use_announced(session)
        resting = recounting.by_confirmation(session, row)
        recounting.apply(session, resting, cause="confirmation", cause_id=row.id, at=at)
        return len(resting)


def propose(command: Announce, *, by: Actor, at: datetime) -> UUID:
    """Write an announced year down; nothing is counted by it before somebody else has approved it."""
    with unit_of_work() as session:
        if by.person_id is None or command.calendar not in calendars():
            raise NotYoursError("no such calendar")
        row = CalendarYear(
            id=uuid4(), calendar=command.calendar, year=command.year, days_off=list(command.days_off),
            days_worked=list(command.days_worked), notice=command.notice, status=PROPOSED,
            proposed_by=by.person_id, proposed_at=at,
        )  # fmt: skip
        try:
            announced.years([row])
        except BadRulebook as wrong:
            raise RefusedError(M("The calendar cannot be read: %(why)s", why=str(wrong))) from None
        session.add(row)
        facts = {"calendar": command.calendar, "year": command.year}
        record(session, "calendar.propose", row.id, by=by, at=at, ground=command.notice, **facts)
        return row.id


def preview(session: Session, row: CalendarYear) -> list[Moved]:
    """Every open deadline that would be counted otherwise: approved, or, once in force, taken back."""
    announced.use_announced(session)
    return recounting.by_calendar(session, row.calendar, row.year, _as_it_would_be(session, row))


def _as_it_would_be(session: Session, row: CalendarYear) -> Mapping[str, Calendar]:
    standing = select(CalendarYear).where(CalendarYear.status == APPROVED, CalendarYear.id != row.id)
    others = list(session.scalars(standing.order_by(CalendarYear.decided_at, CalendarYear.id)))
    return laid_over(shipped_calendars(), announced.years([*others, row] if row.status == PROPOSED else others))


def approve(calendar_id: UUID, ground: str = "", *, by: Actor, at: datetime) -> int:
    """Put a proposed year in force, by somebody else than who proposed it; answers how many deadlines moved."""
    with unit_of_work() as session:
        row = _proposed(session, calendar_id)
        if by.person_id == row.proposed_by:
            raise RefusedError(M("Whoever proposed a calendar cannot approve it. Somebody else has to compare it."))
        row.status, row.decided_by, row.decided_at = APPROVED, by.person_id, at
        moved = _count_anew(session, row, "calendar", at)
        record(session, "calendar.approve", row.id, by=by, at=at, ground=ground or row.notice, moved=moved)
        return moved


def reject(calendar_id: UUID, ground: str, *, by: Actor, at: datetime) -> None:
    """A proposal that is wrong; it stays on record."""
    with unit_of_work() as session:
        row = _proposed(session, calendar_id)
        row.status, row.decided_by, row.decided_at = REJECTED, by.person_id, at
        record(session, "calendar.reject", row.id, by=by, at=at, ground=ground)


def roll_back(calendar_id: UUID, ground: str, *, by: Actor, at: datetime) -> int:
    """Count by what stood before; open deadlines move back and who reads them is told again."""
    with unit_of_work() as session:
        row = session.get(CalendarYear, calendar_id, with_for_update=True)
        if row is None:
            raise NotYoursError("no such calendar")
        if row.status != APPROVED:
            raise RefusedError(M("This calendar is not in force."))
        row.status, row.ended_by, row.ended_at = ROLLED_BACK, by.person_id, at
        moved = _count_anew(session, row, "calendar-back", at)
        record(session, "calendar.roll-back", row.id, by=by, at=at, ground=ground, moved=moved)
        return moved


def _proposed(session: Session, calendar_id: UUID) -> CalendarYear:
    row = session.get(CalendarYear, calendar_id, with_for_update=True)
    if row is None:
        raise NotYoursError("no such calendar")
    if row.status != PROPOSED:
        raise RefusedError(M("This calendar has been decided on already."))
    return row


def _count_anew(session: Session, row: CalendarYear, cause: str, at: datetime) -> int:
    announced.look_again(session)
    touched = recounting.by_calendar(session, row.calendar, row.year)
    return len(recounting.apply(session, touched, cause=cause, cause_id=row.id, at=at))
