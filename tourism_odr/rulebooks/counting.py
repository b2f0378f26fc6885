"""Count from a start to a due time, and record the way there (Civil Code art. 201-203, CPL art. 85)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tourism_odr.clock import end_of_day, local_day
from tourism_odr.rulebooks.calendars import DAY, Calendar, calendars

if TYPE_CHECKING:  # rules.py gives ClockRule its due() from here
    from tourism_odr.rulebooks.rules import ClockRule

Skipped = list[list[str]]


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock ends, and why.  ``at`` is the instant of 24:00 local time (minutes: of the last minute)."""

    at: datetime
    day: date
    provisional: bool
    weak: bool
    derivation: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Count:
    day: date
    skipped: Skipped
    made_up: list[str]
    unmoved: date
    provisional: bool


def due(rule: "ClockRule", start: datetime, evidence: str | None = None) -> Due:
    """The due time of ``rule`` for an event at ``start``."""
    calendar = calendars()[rule.calendar]
    first = local_day(start, calendar.zone)
    derivation = rule.citation | {"start": start.astimezone(UTC).isoformat(), "start_day": first.isoformat()}
    if evidence is not None:
        derivation["evidence"] = evidence
    if rule.unit == "minutes":
        return _in_minutes(rule, start, calendar, derivation)
    count = (
        _working(calendar, first, rule.count) if rule.unit == "working" else _calendar(calendar, first, rule)
    )
    at = end_of_day(count.day, calendar.zone)
    derivation |= {
        "calendar": {"id": calendar.id, "years": calendar.digests(first, count.day)},
        "skipped": count.skipped,
        "made_up": count.made_up,
        "unmoved_day": count.unmoved.isoformat(),
        "provisional": count.provisional,
        "result_day": count.day.isoformat(),
        "result": at.isoformat(),
    }
    return Due(at, count.day, count.provisional, rule.weak, derivation)


def _in_minutes(rule: "ClockRule", start: datetime, calendar: Calendar, derivation: dict[str, Any]) -> Due:
    at = start.astimezone(UTC) + timedelta(minutes=rule.count)
    day = local_day(at, calendar.zone)
    derivation |= {"provisional": False, "result_day": day.isoformat(), "result": at.isoformat()}
    return Due(at, day, False, rule.weak, derivation)


def _working(calendar: Calendar, first: date, count: int) -> _Count:
    """The ``count``-th working day after ``first``; the first day is not counted."""
    day, left, known = first, count, True
    skipped: Skipped = []
    made_up: list[str] = []
    while left:
        day += DAY
        year = calendar.year(day.year)
        known = known and year.published
        why = year.off.get(day)
        if why is not None:
            skipped.append([day.isoformat(), why])
            continue
        left -= 1
        if day in year.made_up:
            made_up.append(day.isoformat())
    return _Count(day, skipped, made_up, day, not known)


def _calendar(calendar: Calendar, first: date, rule: "ClockRule") -> _Count:
    """Every day counts; when the rule rolls, a last day off moves to the next working day."""
    unmoved = day = first + DAY * rule.count
    skipped: Skipped = []
    while rule.roll and (why := calendar.why_off(day)) is not None:
        skipped.append([day.isoformat(), why])
        day += DAY
    made_up = [day.isoformat()] if skipped and calendar.made_up(day) else []
    provisional = rule.roll and not (calendar.published(unmoved) and calendar.published(day))
    return _Count(day, skipped, made_up, unmoved, provisional)


def fixed(
    rule: "ClockRule | str",
    day: date,
    *,
    basis: str,
    start: datetime | None = None,
    evidence: str | None = None,
    calendar: str | None = None,
) -> Due:
    """A date that a person set: it ends at 24:00 of ``day``, never moves, and is as firm as its ``basis``.

    ``basis`` is a code of ``terms.BASES``.  A weak number set in a letter is weak no longer: the letter binds.
    """
    named: dict[str, Any] = {"rule": rule} if isinstance(rule, str) else rule.citation
    known = calendars()[calendar or (rule.calendar if not isinstance(rule, str) else "cn")]
    at = end_of_day(day, known.zone)
    derivation: dict[str, Any] = named | {"weak": False, "fixed": True, "basis": basis}
    if start is not None:
        derivation["start"] = start.astimezone(UTC).isoformat()
        derivation["start_day"] = local_day(start, known.zone).isoformat()
    if evidence is not None:
        derivation["evidence"] = evidence
    if (why := known.why_off(day)) is not None:
        derivation["off_day"] = why
    derivation |= {"provisional": False, "result_day": day.isoformat(), "result": at.isoformat()}
    return Due(at, day, False, False, derivation)
