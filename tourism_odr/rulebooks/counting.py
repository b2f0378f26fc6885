"""Count from a start to a due time, and record the way there (Civil Code art. 201-203, CPL art. 85).

What is recorded explains the date without any rulebook: the rule, the start, and in ``runs`` what every day
after the start was.  The digest is over the record with its days written out, so that no part of it can change.
"""

import hashlib
import json
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tourism_odr.clock import end_of_day, local_day
from tourism_odr.rulebooks.calendars import DAY, Calendar, calendars

if TYPE_CHECKING:  # rules.py gives ClockRule its due() from here
    from tourism_odr.rulebooks.rules import ClockRule

Derivation = Mapping[str, Any]

# What a day of a count was, beside the codes of holidays, which are days not counted.
COUNTED, MADE_UP, PAUSED = "day", "made-up", "paused"
END, END_MADE_UP = "end", "end-made-up"  # the working day to which the end moved
NUMBERED = frozenset({COUNTED, MADE_UP})

LATER = ("calendar", "runs", "unmoved_day", "unmoved_off", "provisional", "result_day", "result", "digest")
"""What counting adds to a record, and counting anew replaces."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock ends, and why.  ``at`` is the instant of 24:00 local time (minutes: of the last minute)."""

    at: datetime
    day: date
    provisional: bool
    weak: bool
    derivation: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, from the day of the halt to the day of going on, both included."""

    first: date
    last: date
    reason: str
    evidence: str | None = None

    def recorded(self) -> dict[str, Any]:
        """As a derivation holds it."""
        facts = {"from": self.first.isoformat(), "to": self.last.isoformat(), "reason": self.reason}
        return facts | ({"evidence": self.evidence} if self.evidence else {})


@dataclass(frozen=True, slots=True)
class Count:
    """The way from a start to an end: the last day, where it would lie unmoved, and what each day between was."""

    day: date
    unmoved: date
    off: str | None  # why the unmoved day is a day off, when the end moves from it
    runs: tuple[tuple[str, int], ...]
    provisional: bool
    seal: str  # the digest of the days written out


def due(
    rule: "ClockRule", start: datetime, evidence: str | None = None, proof: str | None = None,
    pauses: Iterable[Pause] = (),
) -> Due:  # fmt: skip
    """The due time of ``rule`` for an event at ``start``."""
    zone = calendars()[rule.calendar].zone
    facts: dict[str, Any] = rule.citation | {
        "start": start.astimezone(UTC).isoformat(),
        "start_day": local_day(start, zone).isoformat(),
    }
    if evidence is not None:
        facts["evidence"] = evidence
    if proof is not None:
        facts["proof"] = proof
    if held := [pause.recorded() for pause in pauses]:
        facts["pauses"] = held
    return _from_facts(facts, rule.calendar)


def recount(derivation: Derivation, known: Mapping[str, Calendar] | None = None, **changed: Any) -> Due:
    """The same facts counted by the calendars in force, or those ``known``; ``changed`` replaces facts."""
    facts = {name: value for name, value in derivation.items() if name not in LATER} | changed
    if derivation.get("fixed"):
        last, result = date.fromisoformat(derivation["result_day"]), datetime.fromisoformat(derivation["result"])
        return _signed(facts, result, last, provisional=False)
    return _from_facts(facts, derivation.get("calendar", {}).get("id", "cn"), known)


def _from_facts(facts: dict[str, Any], calendar_id: str, known: Mapping[str, Calendar] | None = None) -> Due:
    calendar = (known or calendars())[calendar_id]
    if facts["unit"] == "minutes":
        at = datetime.fromisoformat(facts["start"]) + timedelta(minutes=facts["count"])
        return _signed(facts, at, local_day(at, calendar.zone), provisional=False)
    first, pauses = date.fromisoformat(facts["start_day"]), _pauses(facts)
    found = count_days(first, facts["count"], facts["unit"], roll=facts["roll"], calendar=calendar, pauses=pauses)
    seals, provisional, last = [found.seal], found.provisional, found.day
    facts |= _way(found)
    if "extensions" in facts:
        parts = list(_extended(facts, found.day, calendar, pauses))
        facts["extensions"] = [part for part, _ in parts]
        seals += [more.seal for _, more in parts]
        provisional, last = provisional or any(more.provisional for _, more in parts), parts[-1][1].day
    facts["calendar"] = {"id": calendar.id, "zone": calendar.zone, "years": calendar.digests(first, last)}
    return _signed(facts, end_of_day(last, calendar.zone), last, provisional=provisional, seals=seals)


def _extended(
    facts: Mapping[str, Any], last: date, calendar: Calendar, pauses: tuple[Pause, ...]
) -> Iterator[tuple[dict[str, Any], Count]]:
    """Each extension counts on from the last day before it, whenever it was agreed."""
    for part in facts["extensions"]:
        found = count_days(
            last, part["count"], part["unit"], roll=facts["roll"], calendar=calendar, pauses=pauses
        )
        last = found.day
        said = {name: value for name, value in part.items() if name not in LATER}
        yield {**said, **_way(found), "result_day": last.isoformat()}, found


def _pauses(facts: Mapping[str, Any]) -> tuple[Pause, ...]:
    return tuple(
        Pause(date.fromisoformat(held["from"]), date.fromisoformat(held["to"]), held["reason"])
        for held in facts.get("pauses", ())
    )


def _way(found: Count) -> dict[str, Any]:
    """The days of a count as a derivation holds them: runs of the same kind, with their lengths."""
    way = {"runs": [list(run) for run in found.runs], "unmoved_day": found.unmoved.isoformat()}
    return way | ({"unmoved_off": found.off} if found.off else {})


def _signed(facts: dict[str, Any], at: datetime, day: date, *, provisional: bool, seals: Iterable[str] = ()) -> Due:
    facts |= {"provisional": provisional, "result_day": day.isoformat(), "result": at.isoformat()}
    facts["digest"] = digest_of(facts, seals)
    return Due(at, day, provisional, facts.get("weak", False), facts)


_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def digest_of(facts: Derivation, seals: Iterable[str]) -> str:
    """Over the record without its digest, then over the days of each of its counts, written out."""
    return _sha256("\n".join([_canonical(facts), *seals]))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def count_days(
    first: date, count: int, unit: str, *, roll: bool = False, calendar: Calendar | str = "cn",
    pauses: tuple[Pause, ...] = (),
) -> Count:  # fmt: skip
    """The end of ``count`` units after ``first``, which is not counted itself."""
    known = calendars()[calendar] if isinstance(calendar, str) else calendar
    return _count(known, first, count, unit, roll, pauses)


@lru_cache(maxsize=32_768)
def _count(
    calendar: Calendar, first: date, count: int, unit: str, roll: bool, pauses: tuple[Pause, ...]
) -> Count:
    off: str | None = None
    more: tuple[str, ...] = ()
    if unit == "working":
        codes = tuple(_working(calendar, first, count, pauses))
    else:
        codes = tuple(_every_day(first, _calendar_days(first, count, unit), pauses))
    unmoved = first + DAY * len(codes)
    if roll and (off := calendar.why_off(unmoved)):
        more = tuple(_moved(calendar, unmoved, pauses))
    last = unmoved + DAY * len(more)
    decides = (first + DAY).year if unit == "working" else unmoved.year
    rests = unit == "working" or roll  # on the days off of these years
    provisional = rests and not all(calendar.year(n).published for n in range(decides, last.year + 1))
    runs = tuple((code, len(list(run))) for code, run in groupby(codes + more))
    return Count(last, unmoved, off, runs, provisional, _sha256("\n".join(written_out(first, runs))))


def _calendar_days(first: date, count: int, unit: str) -> int:
    """How many days a count of days, months or years has: to the day of the same number, or the month's last."""
    if unit == "calendar":
        return count
    year, month = divmod(first.year * 12 + first.month - 1 + count * (12 if unit == "years" else 1), 12)
    last = monthrange(year, month + 1)[1]
    return (date(year, month + 1, min(first.day, last)) - first).days


def _working(calendar: Calendar, first: date, count: int, pauses: tuple[Pause, ...]) -> Iterator[str]:
    """Day by day to the ``count``-th working day after ``first``."""
    day, left = first, count
    while left:
        day += DAY
        year = calendar.year(day.year)
        why = _paused(day, pauses) or year.off.get(day)
        left -= why is None
        yield why or (MADE_UP if day in year.made_up else COUNTED)


def _every_day(first: date, count: int, pauses: tuple[Pause, ...]) -> Iterator[str]:
    """Day by day to the ``count``-th day after ``first``."""
    day, left = first, count
    while left:
        day += DAY
        why = _paused(day, pauses)
        left -= why is None
        yield why or COUNTED


def _moved(calendar: Calendar, unmoved: date, pauses: tuple[Pause, ...]) -> Iterator[str]:
    """The days after an end on a day off, up to the working day to which it moves."""
    day = unmoved + DAY
    while why := _paused(day, pauses) or calendar.why_off(day):
        yield why
        day += DAY
    yield END_MADE_UP if calendar.made_up(day) else END


def _paused(day: date, pauses: tuple[Pause, ...]) -> str | None:
    return PAUSED if any(pause.first <= day <= pause.last for pause in pauses) else None


def written_out(first: date, runs: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Every day after ``first`` on a line: the day, its number or a dash, and what it was."""
    day, number = first.toordinal(), 0
    for code, length in runs:
        for _ in range(length):
            day += 1
            number += code in NUMBERED
            yield f"{date.fromordinal(day)} {number if code in NUMBERED else '-'} {code}"


def fixed(
    rule: "ClockRule | str",
    day: date,
    *,
    basis: str,
    start: datetime | None = None,
    evidence: str | None = None,
    proof: str | None = None,
    calendar: str | None = None,
) -> Due:
    """A date that a person set: it ends at 24:00 of ``day``, never moves, and is as firm as its ``basis``.

    ``basis`` is a code of ``terms.BASES``.  A weak number set in a letter is weak no longer: the letter binds.
    """
    named: dict[str, Any] = {"rule": rule} if isinstance(rule, str) else rule.citation
    known = calendars()[calendar or (rule.calendar if not isinstance(rule, str) else "cn")]
    facts: dict[str, Any] = named | {"weak": False, "fixed": True, "basis": basis}
    facts |= {"zone": known.zone, "counted_by": known.id}
    if start is not None:
        facts["start"] = start.astimezone(UTC).isoformat()
        facts["start_day"] = local_day(start, known.zone).isoformat()
    if evidence is not None:
        facts["evidence"] = evidence
    if proof is not None:
        facts["proof"] = proof
    if (why := known.why_off(day)) is not None:
        facts["off_day"] = why
    return _signed(facts, end_of_day(day, known.zone), day, provisional=False)
