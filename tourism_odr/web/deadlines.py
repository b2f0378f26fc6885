"""From a clock's row to the deadline that a page shows: how long, until when, why that date, and its days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tourism_odr.cases.deadlines import UNCERTAIN
from tourism_odr.cases.models import Clock
from tourism_odr.cases.models.clock import BLOCKED, PAUSED, RUNNING
from tourism_odr.rulebooks import Day, agreed, calendar_of, days, days_left, explain, zone_of
from tourism_odr.rulebooks.calendars import DAY
from tourism_odr.web.locale import current_locale
from tourism_odr.web.parts import Deadline

LAST_PART = 5  # soon is the last fifth of the time that the rule gives


def missed_of(clock: Clock, at: datetime) -> Deadline:
    """A time limit that passed: late by calendar days, whatever it was counted in, so that lists can be compared."""
    _, late, _ = days_left(clock.due_at, at, calendar_of(clock.derivation))
    return replace(deadline_of(clock, at), days_left=late, working=False, over=True, ended=False)


def deadline_of(clock: Clock, at: datetime, label: str | None = None) -> Deadline:
    """What ``parts.deadline`` draws; the words of the explanation are already in the reader's language."""
    derivation = clock.derivation
    working, calendar_days, over = days_left(clock.due_at, at, calendar_of(derivation))
    # Late by holidays alone is late by no working day: then calendar days say how long.
    counts_working = derivation.get("unit") != "calendar" and not (over and working == 0)
    left = working if counts_working else calendar_days
    return Deadline(
        label=label or derivation.get("title", ""),
        due=clock.due_at,
        days_left=left,
        soon=0 <= left * LAST_PART <= derivation.get("count", 0) and derivation.get("unit") != "minutes",
        working=counts_working,
        over=over,
        ended=clock.status not in (RUNNING, PAUSED, BLOCKED),
        provisional=clock.provisional,
        paused=clock.status == PAUSED,
        waits=clock.status == BLOCKED and clock.reason == UNCERTAIN,
        weak=clock.weak,
        house=derivation.get("kind") == "house" and not derivation.get("fixed"),
        agreed=agreed(derivation),
        explanation=explain(derivation, current_locale()),
        zone=zone_of(derivation),
    )


WEEK = 7
MOST_MONTHS = 6  # a longer count is told in words and by its end


@dataclass(frozen=True)
class Cell:
    """One day of a small calendar; ``kind`` is start, counted, made-up, off, paused, end or beside."""

    day: date
    kind: str
    number: int | None = None
    off: str | None = None


@dataclass(frozen=True)
class Month:
    """One month as weeks from Monday on; None where a week belongs to another month."""

    first: date
    weeks: list[list[Cell | None]]

    @property
    def kinds(self) -> list[str]:
        """What its days are, for the key."""
        return [cell.kind for week in self.weeks for cell in week if cell]


def months(derivation: Mapping[str, Any]) -> list[Month]:
    """The days of a count month by month, from the day of its start to its end."""
    counted = days(derivation)
    if not counted:
        return []
    start = date.fromisoformat(derivation["start_day"])
    cells = {day.day: _cell(day, counted[-1].day) for day in counted} | {start: Cell(start, "start")}
    firsts = sorted({day.replace(day=1) for day in cells})
    return [Month(first, list(_weeks(first, cells))) for first in firsts] if len(firsts) <= MOST_MONTHS else []


def _cell(day: Day, last: date) -> Cell:
    return Cell(day.day, "end" if day.day == last else _kind(day), day.number, day.off)


def _kind(day: Day) -> str:
    if day.off == "paused":
        return "paused"
    if day.number is None:
        return "off"
    return "made-up" if day.made_up else "counted"


def _weeks(first: date, cells: Mapping[date, Cell]) -> Iterator[list[Cell | None]]:
    """The weeks of one month in which something of the count lies."""
    monday = first - first.weekday() * DAY
    while (monday.year, monday.month) <= (first.year, first.month):
        week = [monday + i * DAY for i in range(WEEK)]
        if any(day in cells and day.month == first.month for day in week):
            yield [cells.get(day, Cell(day, "beside")) if day.month == first.month else None for day in week]
        monday += WEEK * DAY
