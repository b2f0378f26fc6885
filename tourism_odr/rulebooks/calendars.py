"""Which days are worked.  Published years come from data; any other year is provisional.

Of a year not yet published only the weekends and the days that the law gives a fixed date are known.
"""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from types import MappingProxyType

from tourism_odr.clock import local_day
from tourism_odr.rulebooks.loading import Reader, Table, refuse, shipped
from tourism_odr.rulebooks.terms import HOLIDAYS

DAY = timedelta(days=1)
WEEKEND = frozenset({5, 6})


@dataclass(frozen=True)
class Year:
    """One calendar year: its days off by reason, its worked weekend days, and all working days in order."""

    number: int
    published: bool
    digest: str | None
    off: dict[date, str]
    made_up: frozenset[date]
    working: tuple[date, ...]


class Calendar:
    """The days off of one country, year by year."""

    def __init__(
        self, id: str, zone: str, source: str, years: dict[int, Year], yearly: Mapping[str, str] | None = None
    ) -> None:
        self.id, self.zone, self.source = id, zone, source
        self.last_published = max(years)
        self.years: Mapping[int, Year] = MappingProxyType(years)
        self.yearly = yearly or {}
        self._unpublished: dict[int, Year] = {}

    def year(self, number: int) -> Year:
        """The year, made up of weekends and fixed holidays when it has not been published."""
        found = self.years.get(number) or self._unpublished.get(number)
        if found is None:
            known = {date.fromisoformat(f"{number}-{day}"): code for day, code in self.yearly.items()}
            found = self._unpublished[number] = build_year(number, known, frozenset(), published=False)
        return found

    def with_years(self, years: Mapping[int, Year]) -> "Calendar":
        """The same calendar with these years in the place of what it had."""
        return Calendar(self.id, self.zone, self.source, {**self.years, **years}, self.yearly)

    def why_off(self, day: date) -> str | None:
        """The code of the holiday, or weekend; None for a working day."""
        return self.year(day.year).off.get(day)

    def published(self, day: date) -> bool:
        """Whether the days off of that year are known."""
        return self.year(day.year).published

    def made_up(self, day: date) -> bool:
        """Whether the day is a weekend that is worked."""
        return day in self.year(day.year).made_up

    def working_days(self, after: date, until: date) -> int:
        """Working days after ``after`` up to and including ``until``; negative when ``until`` lies before."""
        if until < after:
            return -self.working_days(until, after)
        return sum(
            bisect_right(self.year(n).working, until) - bisect_right(self.year(n).working, after)
            for n in range(after.year, until.year + 1)
        )

    def digests(self, first: date, last: date) -> dict[str, str | None]:
        """Which state of which years a count rests on; None stands for a year not published."""
        return {str(n): self.year(n).digest for n in range(first.year, last.year + 1)}


def build_year(number: int, holidays: dict[date, str], made_up: frozenset[date], *, published: bool) -> Year:
    """Lay the announced days off and worked weekends over the plain weekends of the year."""
    first = date(number, 1, 1)
    every = [first + DAY * i for i in range((date(number, 12, 31) - first).days + 1)]
    weekends = {day: "weekend" for day in every if day.weekday() in WEEKEND and day not in made_up}
    off = weekends | holidays
    working = tuple(day for day in every if day not in off)
    return Year(number, published, _digest(holidays, made_up) if published else None, off, made_up, working)


def _digest(holidays: dict[date, str], made_up: frozenset[date]) -> str:
    state = [sorted(map(str, holidays)), sorted(map(str, made_up))]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:8]


def read_calendar(file: str, table: Table) -> Calendar:
    """A calendar from its TOML table; refuses days that contradict each other."""
    reader = Reader(file, "", table)
    reader.get("settled", dict, {})
    years = {int(number): _read_year(int(number), year) for number, year in reader.tables("year").items()}
    yearly = {day: code for day, _, code in (item.partition(" ") for item in reader.list_of("yearly", str))}
    strange = [day for day, code in yearly.items() if code not in HOLIDAYS or not _is_day(f"2001-{day}")]
    if strange:
        reader.refuse("yearly", f"{strange[0]!r} is not a month and day with a known holiday.")
    calendar = Calendar(
        reader.get("id", str), reader.get("zone", str), reader.get("source", str), years, yearly
    )
    reader.done()
    return calendar


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _read_year(number: int, reader: Reader) -> Year:
    off = {day: code for item in reader.list_of("off", str) for day, code in _span(reader, "off", item)}
    worked = {day for item in reader.list_of("work", str) for day, _ in _span(reader, "work", item)}
    reader.done()
    strange = sorted({day for day in [*off, *worked] if day.year != number} | (set(off) & worked))
    strange += sorted(day for day in worked if day.weekday() not in WEEKEND)
    if strange:
        reader.refuse(str(strange[0]), "lies in another year, or is both off and worked, or is no weekend.")
    return build_year(number, off, frozenset(worked), published=True)


def _span(reader: Reader, key: str, item: str) -> list[tuple[date, str]]:
    """'2026-02-15..2026-02-23 spring-festival' or '2026-02-14 spring-festival', day by day."""
    span, _, code = item.partition(" ")
    first, _, last = span.partition("..")
    if code not in HOLIDAYS:
        reader.refuse(key, f"{code!r} in {item!r} is not a known holiday.")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        reader.refuse(key, f"{item!r} does not hold dates.")
    return [(start + DAY * i, code) for i in range((end - start).days + 1)]


@cache
def shipped_calendars() -> dict[str, Calendar]:
    """Every shipped calendar by id."""
    found: dict[str, Calendar] = {}
    for file, table in shipped("calendars").items():
        calendar = read_calendar(file, table)
        if calendar.id in found:
            refuse(file, "id", f"{calendar.id!r} is the id of another calendar.")
        found[calendar.id] = calendar
    return found


@dataclass(frozen=True)
class InForce:
    """The calendars that this process counts by; ``mark`` names the announcements laid over the shipped ones."""

    mark: tuple[object, ...]
    calendars: Mapping[str, Calendar]


_in_force: list[InForce] = []  # at most one, exchanged as a whole: threads read it without a lock


def calendars() -> Mapping[str, Calendar]:
    """Every calendar by id, with the announcements that were put in force."""
    return _in_force[0].calendars if _in_force else shipped_calendars()


def in_force() -> tuple[object, ...]:
    """Which announcements are in force in this process."""
    return _in_force[0].mark if _in_force else ()


def put_in_force(mark: tuple[object, ...], announced: Iterable[tuple[str, Year]]) -> None:
    """Lay announced years over the shipped calendars, the later over the earlier."""
    _in_force[:] = [InForce(mark, laid_over(shipped_calendars(), announced))]


def laid_over(known: Mapping[str, Calendar], announced: Iterable[tuple[str, Year]]) -> Mapping[str, Calendar]:
    """The same calendars with announced years in the place of what they had."""
    found = dict(known)
    for id, year in announced:
        found[id] = found[id].with_years({year.number: year})
    return MappingProxyType(found)


def read_year(number: int, days_off: list[str], days_worked: list[str]) -> Year:
    """An announced year, as strictly read as shipped data."""
    return _read_year(number, Reader("announcement", "", {"off": days_off, "work": days_worked}))


def days_left(due_at: datetime, now: datetime, calendar: str = "cn") -> tuple[int, int, bool]:
    """Working days, calendar days, overdue: for display.  Both counts are 0 on the last day, negative after it."""
    known = calendars()[calendar]
    # The deadline ends at 24:00, which is already the next day's first instant.
    last = local_day(due_at - timedelta(microseconds=1), known.zone)
    today = local_day(now, known.zone)
    return known.working_days(today, last), (last - today).days, now >= due_at
