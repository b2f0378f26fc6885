"""The engine agrees with counting on one's fingers: every rule, every start day of 2004-2026, both kinds of days."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import chinese_calendar  # type: ignore[import-untyped]  # ships no types
import pytest

from tests.proofs.tally import Tally, extent
from tests.rulebooks.calendar_sources import SETTLED
from tests.rulebooks.verifier import complaint
from tourism_odr.rulebooks import ClockRule, count_days
from tourism_odr.rulebooks.shelf import shelf

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
BY_LAW = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
ONE = timedelta(days=1)


@cache
def worked(day: date) -> bool:
    """From another source than the service's own data; beyond it by the week and the law alone."""
    if day.year > LAST.year:
        return day.isoweekday() < 6 and (day.month, day.day) not in BY_LAW
    return day in SETTLED or bool(chinese_calendar.is_workday(day))


def on_fingers(first: date, count: int, unit: str, roll: bool) -> tuple[date, bool]:
    """The last day, and whether it rests on a year that nobody has announced: one day after the other."""
    day, unknown = first, False
    if unit == "working":
        while count:
            day += ONE
            unknown = unknown or day > LAST
            count -= worked(day)
        return day, unknown
    for _ in range(count if unit == "calendar" else 0):
        day += ONE
    if unit in ("months", "years"):
        day = by_name(first, count * (12 if unit == "years" else 1))
    unknown = roll and day > LAST
    while roll and not worked(day):
        day += ONE
        unknown = unknown or day > LAST
    return day, unknown


def by_name(first: date, months: int) -> date:
    """The day of the same number so many months later, or the last of a month that has none."""
    year, month = first.year, first.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def starts(step: int) -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += step * ONE


def rules() -> list[ClockRule]:
    """Every version of every rule that counts by the Chinese calendar."""
    return [rule for rule in shelf().rules("cn") if rule.unit != "minutes" and rule.calendar == "cn"]


@pytest.fixture
def stride() -> int:
    """Every day in the whole form, one in so many in the short one."""
    return max(1, 24 // extent(1, 24))


def test_every_rule_from_every_day(stride: int, tell: Tally) -> None:
    dates, wrong, recomputed = 0, [], 0

    for rule in rules():
        for day in starts(stride):
            due = rule.due_on(day)
            dates += 1
            if (due.day, due.provisional) != on_fingers(day, rule.count, rule.unit, rule.roll):
                wrong.append((rule.public, rule.version, day, due.day))
            if dates % 7 == 0 and rule.unit != "years":
                recomputed += 1
                if complaint(due.derivation) is not None:
                    wrong.append((rule.public, rule.version, day, due.day))

    tell(dates=dates, rules=len(rules()), derivations_recomputed=recomputed, differences=len(wrong))
    assert wrong[:5] == []


def test_every_count_in_both_kinds_of_days(stride: int, tell: Tally) -> None:
    counts = sorted({rule.count for rule in rules() if rule.unit in ("working", "calendar")})
    dates, wrong = 0, []

    for count in counts:
        for unit, roll in (("working", False), ("calendar", True), ("calendar", False)):
            for day in starts(stride):
                found = count_days(day, count, unit, roll=roll)
                dates += 1
                if (found.day, found.provisional) != on_fingers(day, count, unit, roll):
                    wrong.append((count, unit, roll, day, found.day))

    tell(dates=dates, counts=len(counts), differences=len(wrong))
    assert wrong[:5] == []
