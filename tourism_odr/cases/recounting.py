"""Deadlines counted anew after somebody's decision: which move, old beside new, and who is told.

Only what is open changes.  Each change keeps both explanations (``ClockChange``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import deadlines, steps
from tourism_odr.cases.announced import confirmed_facts
from tourism_odr.cases.models import Case, Clock, ClockChange, Place, RuleConfirmation, Subject
from tourism_odr.cases.models.clock import BLOCKED, PAUSED, RUNNING
from tourism_odr.cases.places import members
from tourism_odr.cases.telling import Recipient, queue
from tourism_odr.clock import end_of_day, start_of_day
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import Due, recount
from tourism_odr.rulebooks.calendars import Calendar, calendars

OPEN = (RUNNING, PAUSED, BLOCKED)
TEMPLATE = "_other/calendar"
TOLD = (Role.OFFICER, Role.HANDLER)  # of an organisation's people those who see to the case


@dataclass(frozen=True)
class Moved:
    """One open deadline, as it stands and as it would be."""

    clock: Clock
    due: Due

    @property
    def moves(self) -> bool:
        """Whether its day is another."""
        return self.due.day != self.clock.day


def by_calendar(session: Session, calendar: str, year: int, known: Mapping[str, Calendar] | None = None) -> list[Moved]:
    """Every open deadline whose count touches the year and comes out otherwise by the calendars ``known``."""
    zone = (known or calendars())[calendar].zone
    touching = (
        select(Clock)
        .where(Clock.status.in_(OPEN), Clock.pending_id.is_(None))
        .where(Clock.due_at >= start_of_day(date(year, 1, 1), zone), Clock.started_at < end_of_day(date(year, 12, 31), zone))
        .order_by(Clock.case_id, Clock.due_at, Clock.id)
    )
    found = []
    for clock in session.scalars(touching):
        if clock.derivation.get("calendar", {}).get("id") == calendar:
            due = recount(clock.derivation, known)
            if due.derivation != clock.derivation:
                found.append(Moved(clock, due))
    return found


def by_confirmation(session: Session, found: RuleConfirmation) -> list[Moved]:
    """Every open deadline that rests on the number that was confirmed."""
    weak = select(Clock).where(Clock.status.in_(OPEN), Clock.weak, Clock.name == found.rule)
    return [
        Moved(clock, recount(clock.derivation, **confirmed_facts(found)))
        for clock in session.scalars(weak.order_by(Clock.case_id, Clock.id))
        if clock.derivation.get("version") == found.version
    ]


def apply(session: Session, moved: Iterable[Moved], *, cause: str, cause_id: UUID, at: datetime) -> list[Moved]:
    """Write what was counted anew, case by case; answers those whose day moved."""
    changed: dict[UUID, list[tuple[Clock, date]]] = defaultdict(list)
    done = []
    for one in moved:
        steps.lock(session, one.clock.subject_id)
        session.refresh(one.clock)
        if one.clock.status not in OPEN:
            continue  # it ended while this was under way: what is closed stays
        before = one.clock.day
        _write(session, one, cause, cause_id, at)
        if one.due.day != before:
            done.append(one)
            changed[one.clock.case_id].append((one.clock, before))
    for case_id, clocks in changed.items():
        _tell(session, case_id, clocks, at)
    return done


def _write(session: Session, one: Moved, cause: str, cause_id: UUID, at: datetime) -> None:
    clock, due = one.clock, one.due
    deadlines.rewrite(session, clock, due, cause=cause, cause_id=cause_id, at=at)
    certain = not (due.provisional or due.weak)
    if clock.reason == deadlines.UNCERTAIN and certain:
        session.flush()
        deadlines.resume(session, clock)
    else:
        deadlines.refresh_due(session, session.get_one(Subject, clock.subject_id))


def _tell(session: Session, case_id: UUID, changed: list[tuple[Clock, date]], at: datetime) -> None:
    """One notice for each who reads one of these deadlines, with all of theirs."""
    case = session.get_one(Case, case_id)
    theirs: dict[Recipient, list[list[str]]] = defaultdict(list)
    for clock, before in changed:
        place = session.get_one(Place, session.get_one(Subject, clock.subject_id).place_id)
        line = [clock.derivation["title"], before.isoformat(), clock.day.isoformat()]
        for recipient in _readers(session, place):
            theirs[recipient].append(line)
    for recipient, lines in theirs.items():
        params = {"number": case.number, "case": str(case.id), "moved": lines}
        queue(session, TEMPLATE, recipient, at=at, case_id=case.id, params=params)


def _readers(session: Session, place: Place) -> Iterator[Recipient]:
    """People by themselves; of an organisation those who see to the case."""
    for one in members(session, place):
        if session.get(Organisation, one.principal_id) is None:
            yield Recipient(person_id=one.principal_id)
        elif one.role in TOLD:
            yield Recipient(organisation_id=one.principal_id, role=Role(one.role))


def changes_of(session: Session, clock_ids: Iterable[UUID]) -> dict[UUID, list[ClockChange]]:
    """What was counted anew, by clock, the oldest first."""
    found: dict[UUID, list[ClockChange]] = defaultdict(list)
    wanted = select(ClockChange).where(ClockChange.clock_id.in_(list(clock_ids)))
    for row in session.scalars(wanted.order_by(ClockChange.at, ClockChange.id)):
        found[row.clock_id].append(row)
    return found
