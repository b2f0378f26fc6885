"""The days of a count as a small calendar, month by month: for pages and for documents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tourism_odr.rulebooks.calendars import DAY
from tourism_odr.rulebooks.daily import Day, days

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
