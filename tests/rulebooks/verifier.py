"""Judge a deadline by its derivation alone.  This file knows nothing of the service: it counts with its own fingers.

``complaint(derivation)`` answers None when every day follows from the rule, the start and the calendar as written
down, and the digest is that of the record; otherwise a sentence that says what does not.
"""

import hashlib
import json
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Line = tuple[date, str]
REST = "weekend"
COUNTS = {"day", "made-up"}
ENDS = {"end", "end-made-up"}


def complaint(derivation: dict[str, Any]) -> str | None:
    """What is wrong with the derivation, or None."""
    try:
        return next(_wrong(derivation), None)
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        return f"is not whole: {error!r}"


def _wrong(told: dict[str, Any]) -> Iterator[str]:
    if _digest(told) != told["digest"]:
        yield "the digest is not that of the record"
    if told.get("fixed"):
        yield from _wrong_end(told, date.fromisoformat(told["result_day"]), told.get("zone", "Asia/Shanghai"))
    elif told["unit"] == "minutes":
        after = datetime.fromisoformat(told["result"]) - datetime.fromisoformat(told["start"])
        if after != timedelta(minutes=told["count"]):
            yield "the minutes do not add up"
    else:
        yield from _wrong_days(told)


def _wrong_days(told: dict[str, Any]) -> Iterator[str]:
    zone = told["calendar"]["zone"]
    day = date.fromisoformat(told["start_day"])
    if datetime.fromisoformat(told["start"]).astimezone(ZoneInfo(zone)).date() != day:
        yield "the start day is not the local day of the start"
    unknown = [int(year) for year, digest in told["calendar"]["years"].items() if digest is None]
    rests = False
    for part in [told, *told.get("extensions", [])]:
        yield from _wrong_part(told, part, day)
        rests = rests or _rests_on_unknown(told, part, day, unknown)
        day += timedelta(days=sum(length for _, length in part["runs"]))
        if part is not told:
            yield from _wrong_extension(part, day)
    if any(part["times"] < len(told["extensions"]) for part in told.get("extensions", [])):
        yield "extended more often than the law allows"
    if told["provisional"] != rests:
        yield "provisional is said where it is not, or the reverse"
    if sorted(told["calendar"]["years"]) != [str(n) for n in range(date.fromisoformat(told["start_day"]).year, day.year + 1)]:
        yield "other years than those of the count"
    yield from _wrong_end(told, day, zone)


def _wrong_extension(part: dict[str, Any], day: date) -> Iterator[str]:
    if part["result_day"] != day.isoformat():
        yield "an extension ends on another day"
    if part["count"] > part.get("most", part["count"]):
        yield "an extension is longer than the law allows"
    if any(said["on"] > part["agreed"] for said in part.get("consents", [])):
        yield "agreed before everybody consented"


def _rests_on_unknown(told: dict[str, Any], part: dict[str, Any], first: date, unknown: list[int]) -> bool:
    last = first + timedelta(days=sum(length for _, length in part["runs"]))
    if part["unit"] == "working":
        return any((first + timedelta(days=1)).year <= year <= last.year for year in unknown)
    return bool(told["roll"]) and any(date.fromisoformat(part["unmoved_day"]).year <= year <= last.year for year in unknown)


def _wrong_part(told: dict[str, Any], part: dict[str, Any], first: date) -> Iterator[str]:
    days = list(_days(first, part["runs"]))
    counted = [day for day, code in days if code in COUNTS]
    if len(counted) != _number(first, part):
        yield f"{len(counted)} days are counted"
    if counted[-1].isoformat() != part["unmoved_day"]:
        yield "the last day counted is another"
    yield from _wrong_move(told, part, counted[-1], [code for day, code in days if day > counted[-1]])
    for day, code in days:
        if (code == "paused") != _halted(told, day):
            yield f"{day} stood still, or did not"
        if not _can_be(day, code, working=part["unit"] == "working"):
            yield f"{day} cannot be {code}"
        if code not in COUNTS | {"paused"} and part["unit"] != "working" and day <= counted[-1]:
            yield f"{day} counts, whatever it is"


def _wrong_move(told: dict[str, Any], part: dict[str, Any], unmoved: date, moved: list[str]) -> Iterator[str]:
    off = part.get("unmoved_off")
    if bool(moved) != bool(off) or (moved and not told["roll"]):
        yield "the end moved without need, or did not move"
    if moved and [code for code in moved if code in ENDS] != [moved[-1]]:
        yield "the end lies on no working day"
    if off == REST and not _weekend(unmoved):
        yield "the unmoved day is no weekend"


def _can_be(day: date, code: str, *, working: bool) -> bool:
    """Whether the day can be what it is called, as far as the week alone tells."""
    if code in (REST, "made-up", "end-made-up"):
        return _weekend(day)
    return not (_weekend(day) and (code == "end" or (code == "day" and working)))


def _number(first: date, part: dict[str, Any]) -> int:
    count: int = part["count"]
    if part["unit"] in ("working", "calendar"):
        return count
    months = first.year * 12 + first.month - 1 + count * {"months": 1, "years": 12}[part["unit"]]
    year, month = months // 12, months % 12 + 1
    return (date(year, month, min(first.day, monthrange(year, month)[1])) - first).days


def _halted(told: dict[str, Any], day: date) -> bool:
    return any(held["from"] <= day.isoformat() <= held["to"] for held in told.get("pauses", []))


def _weekend(day: date) -> bool:
    return day.isoweekday() > 5


def _wrong_end(told: dict[str, Any], day: date, zone: str) -> Iterator[str]:
    if told["result_day"] != day.isoformat():
        yield "the result is another day"
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    if datetime.fromisoformat(told["result"]) != midnight:
        yield "the result is not 24:00 of its day"


def _days(first: date, runs: list[list[Any]]) -> Iterator[Line]:
    day = first
    for code, length in runs:
        if length < 1:
            raise ValueError("a run of no days")
        for _ in range(length):
            day += timedelta(days=1)
            yield day, code


def _digest(told: dict[str, Any]) -> str:
    """Of the record, then of the days of each count on lines of their own."""
    record = {key: value for key, value in told.items() if key != "digest"}
    sealed = [json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)]
    if "runs" in told:
        first = date.fromisoformat(told["start_day"])
        for part in [told, *told.get("extensions", [])]:
            lines = list(_lines(first, part["runs"]))
            sealed.append(_sha256("\n".join(lines)))
            first += timedelta(days=len(lines))
    return _sha256("\n".join(sealed))


def _lines(first: date, runs: list[list[Any]]) -> Iterator[str]:
    number = 0
    for day, code in _days(first, runs):
        number += code in COUNTS
        yield f"{day.isoformat()} {number if code in COUNTS else '-'} {code}"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
