"""The days of a stored derivation, one by one and in spans.  Reads nothing but the derivation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import Any

from tourism_odr.rulebooks.counting import END, END_MADE_UP, MADE_UP, NUMBERED, PAUSED
from tourism_odr.rulebooks.terms import AUTHORITIES, GRADES, NOT_COUNTED, PAUSES, PERIODS, SIDES
from tourism_odr.text import M, Message, format_day, say

Derivation = Mapping[str, Any]
Off = tuple[date, str]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day of a count: its number, or why it does not count."""

    day: date
    number: int | None
    off: str | None
    made_up: bool
    end: bool = False
    extended: bool = False


def days(derivation: Derivation) -> list[Day]:
    """Every day after the start up to the result, numbered or with the reason why it does not count."""
    if "runs" not in derivation:
        return []
    found = list(_walk(date.fromisoformat(derivation["start_day"]), derivation, extended=False))
    for part in derivation.get("extensions", ()):
        found += _walk(found[-1].day, part, extended=True)
    return found


def _walk(first: date, part: Derivation, *, extended: bool) -> Iterator[Day]:
    day, number, unmoved = first, 0, date.fromisoformat(part["unmoved_day"])
    codes = chain.from_iterable([code] * length for code, length in part["runs"])
    for code in codes:
        day += ONE_DAY
        counts = code in NUMBERED
        number += counts
        off = part.get("unmoved_off") if day == unmoved else None
        if not counts and code not in (END, END_MADE_UP):
            off = code
        yield Day(
            day,
            number if counts else None,
            off,
            made_up=code in (MADE_UP, END_MADE_UP),
            end=code in (END, END_MADE_UP),
            extended=extended,
        )


def way(derivation: Derivation, locale: str) -> Iterator[Message]:
    """What was left out, what was worked at a weekend, where the end moved, what stood still, what was added."""
    every = days(derivation)
    yield from _count([day for day in every if not day.extended], derivation, locale)
    for held in derivation.get("pauses", ()):
        yield M(
            "The time stood still from %(first)s to %(last)s (%(why)s); both days and those between do not count.",
            first=date.fromisoformat(held["from"]),
            last=date.fromisoformat(held["to"]),
            why=Message(PAUSES[held["reason"]]),
        )
    for part in derivation.get("extensions", ()):
        yield M(
            "Extended by %(period)s by %(who)s. The new days follow the last day before, %(day)s.",
            period=Message(PERIODS[part["unit"]], {"count": part["count"]}),
            who=Message(AUTHORITIES[part["by"]]),
            day=_before(derivation, part),
        )
        yield M("Where that stands: %(article)s (%(grade)s).", article=Message(part["article"]), grade=Message(GRADES[part["grade"]]))
        if said := [_consent(one, locale) for one in part.get("consents", ())]:
            yield M("Consented: %(who)s.", who=_join(said, locale))
    if "extensions" in derivation:
        yield from _count([day for day in every if day.extended], derivation["extensions"][-1], locale)


def _consent(said: Mapping[str, Any], locale: str) -> str:
    """Which side consented, and on which day; no name stands in an explanation."""
    who = Message(SIDES[said["side"]], {"number": said["number"]})
    return say(M("%(who)s on %(day)s", who=who, day=date.fromisoformat(said["on"])), locale)


def _before(derivation: Derivation, part: Derivation) -> date:
    parts: list[Derivation] = derivation["extensions"]
    at = parts.index(part)
    if at:
        return date.fromisoformat(parts[at - 1]["result_day"])
    length = sum(int(length) for _, length in derivation["runs"])
    return date.fromisoformat(derivation["start_day"]) + length * ONE_DAY


def _count(every: list[Day], part: Derivation, locale: str) -> Iterator[Message]:
    off = [(day.day, day.off) for day in every if day.off and day.off != PAUSED]
    if "unmoved_off" in part:
        unmoved = date.fromisoformat(part["unmoved_day"])
        yield M("The last day by count is %(day)s, a day off.", day=unmoved)
        moved = [one for one in off if one[0] >= unmoved]
        yield M("The end moves to the next working day. Days off: %(days)s.", days=_spans(moved, locale))
    elif off:
        yield M("Not counted: %(days)s.", days=_spans(off, locale))
    worked = [format_day(day.day, locale) for day in every if day.made_up]
    if worked:
        yield M("Counted although a weekend, because it is worked: %(days)s.", days=_join(worked, locale))


def _spans(off: list[Off], locale: str) -> str:
    """Neighbouring days off with the same reason as one span."""
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(off), 1) if not _neighbours(a, b)), len(off)]
    return _join([_span(off[first:end], locale) for first, end in pairwise(cuts)], locale)


def _neighbours(one: Off, other: Off) -> bool:
    return one[0] + ONE_DAY == other[0] and one[1] == other[1]


def _span(run: list[Off], locale: str) -> str:
    first, last, why = run[0][0], run[-1][0], Message(NOT_COUNTED[run[0][1]])
    if first == last:
        return say(M("%(day)s (%(why)s)", day=first, why=why), locale)
    return say(M("%(first)s to %(last)s (%(why)s)", first=first, last=last, why=why), locale)


def _join(items: Iterable[str], locale: str) -> str:
    return ("、" if locale.startswith("zh") else "; ").join(items)
