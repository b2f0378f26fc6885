"""Every rule with its source, article and grade, who confirmed it, and which open cases rest on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourism_odr.cases.models import CalendarYear, Case, Clock, RuleConfirmation
from tourism_odr.cases.recounting import OPEN, Moved
from tourism_odr.people import persons
from tourism_odr.rulebooks import ClockRule, NoRulebook, by_version
from tourism_odr.rulebooks.shelf import Member, shelf

NAMED = 20  # case numbers shown of one rule; all are counted

Key = tuple[str, str]  # version and name of a rule


class Resting(NamedTuple):
    """The open cases with a clock under one rule: how many, and the first of them."""

    clocks: int
    numbers: tuple[str, ...]


NONE = Resting(0, ())


@dataclass(frozen=True)
class Line:
    """One rule, as the page and the command show it."""

    rule: ClockRule
    confirmed: RuleConfirmation | None
    resting: Resting

    @property
    def warns_only(self) -> bool:
        """Whether nothing is enforced by it."""
        return self.rule.weak and self.confirmed is None


@dataclass(frozen=True)
class Volume:
    """One version of one series with its rules."""

    member: Member
    lines: Sequence[Line]


def volumes(session: Session | None = None, jurisdiction: str = "") -> list[Volume]:
    """Every file of rules; without a session no word of cases and confirmations."""
    confirmed = confirmations(session) if session else {}
    cases = resting(session) if session else {}
    return [
        Volume(member, _lines(member, confirmed, cases))
        for versions in shelf().series.values()
        for member in versions
        if jurisdiction in ("", member.head.jurisdiction)
    ]


def _lines(
    member: Member, confirmed: Mapping[Key, RuleConfirmation], cases: Mapping[Key, Resting]
) -> list[Line]:
    rules = (*member.clocks.values(), *member.own_dates.values())
    keys = [((rule.version, rule.name), rule) for rule in rules]
    return [Line(rule, confirmed.get(key), cases.get(key, NONE)) for key, rule in keys]


def confirmations(session: Session) -> dict[Key, RuleConfirmation]:
    """Who confirmed which number."""
    return {(row.version, row.rule): row for row in session.scalars(select(RuleConfirmation))}


def resting(session: Session) -> dict[Key, Resting]:
    """Open cases by the rule under which one of their clocks runs."""
    same = (Clock.version, Clock.name)
    place = func.row_number().over(partition_by=same, order_by=(Clock.due_at, Clock.id))
    every = func.count(Clock.id).over(partition_by=same)
    clocks = (
        select(Clock.version, Clock.name, Case.number, place.label("place"), every.label("every"))
        .join(Case, Case.id == Clock.case_id)
        .where(Clock.status.in_(OPEN), Clock.pending_id.is_(None))
        .subquery()
    )
    counts: dict[Key, int] = defaultdict(int)
    numbers: dict[Key, list[str]] = defaultdict(list)
    first = select(clocks).where(clocks.c.place <= NAMED).order_by(clocks.c.place)
    for version, name, number, nth, of_all in session.execute(first):
        key = _rule_of(version, name)
        if nth == 1:
            counts[key] += of_all
        if len(numbers[key]) < NAMED and number not in numbers[key]:
            numbers[key].append(number)
    return {key: Resting(count, tuple(numbers[key])) for key, count in counts.items()}


def _rule_of(version: str, name: str) -> Key:
    """Which file of the rulebook the clock's number stands in."""
    try:
        return by_version(version).rule(name).version, name
    except (NoRulebook, KeyError):
        return version, name


def weak_lines(session: Session) -> list[Line]:
    """The numbers that only warn, as long as nobody has confirmed them."""
    return [line for volume in volumes(session) for line in volume.lines if line.warns_only]


def announcements(session: Session) -> list[tuple[CalendarYear, str, str]]:
    """Calendars proposed, approved, rejected, taken back: with who proposed and who decided, the newest first."""
    newest = select(CalendarYear).order_by(CalendarYear.proposed_at.desc(), CalendarYear.id)
    rows = session.scalars(newest).all()
    names = persons.names_of({one for row in rows for one in (row.proposed_by, row.decided_by) if one})
    return [(row, names[row.proposed_by], names[row.decided_by] if row.decided_by else "") for row in rows]


def numbers(session: Session, moves: Iterable[Sequence[Moved]]) -> dict[UUID, str]:
    """The numbers of the cases whose deadlines would move."""
    cases = {one.clock.case_id for some in moves for one in some if one.moves}
    if not cases:
        return {}
    return dict(session.execute(select(Case.id, Case.number).where(Case.id.in_(cases))).tuples())
