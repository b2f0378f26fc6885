"""Turn a stored derivation into sentences, or into its days one by one.  Reads nothing but the derivation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from tourism_odr.rulebooks.rules import ClockRule, Ground
from tourism_odr.rulebooks.terms import AGREED, BASES, EVENTS, GRADES, HOLIDAYS
from tourism_odr.text import N_, M, Message, format_day, registered_name, say

Derivation = Mapping[str, Any]

PERIODS = {
    "working": N_("%(count)s working days"),
    "calendar": N_("%(count)s calendar days"),
    "minutes": N_("%(count)s minutes"),
}

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day of a count: its number, or why it does not count."""

    day: date
    number: int | None
    off: str | None
    made_up: bool


def explain(derivation: Derivation, locale: str) -> list[str]:
    """Why this date: the rule and how sure it is, the start, what was skipped, the result."""
    said = [say(line, locale) for line in _rule(derivation, locale)]
    said += [say(line, locale) for line in _start(derivation)]
    said += [say(line, locale) for line in _way(derivation, locale)]
    said += [say(line, locale) for line in _result(derivation)]
    return said + [say(line, locale) for line in _caution(derivation)]


def agreed(derivation: Derivation) -> bool:
    """Whether the parties themselves chose the day."""
    return derivation.get("basis") in AGREED


def _set(code: str) -> Message:
    basis = Message(BASES.get(code, code))
    if code in AGREED:
        return M("The parties agreed on this date themselves; no rule sets it. Basis: %(basis)s.", basis=basis)
    return M("This date was set by a person, not counted. Basis: %(basis)s.", basis=basis)


def law_name(law: str, source: str, locale: str) -> str:
    """The official Chinese name of a law, for other readers behind its title in their language."""
    return registered_name(source, say(law, locale) if law else "", locale)


def cited(rule: ClockRule | Ground, locale: str) -> str:
    """Where a rule of law stands."""
    law = law_name(rule.law, rule.source, locale)
    return say(M("%(law)s, %(article)s", law=law, article=Message(rule.article)), locale)


def _rule(derivation: Derivation, locale: str) -> Iterator[Message | str]:
    if derivation.get("fixed"):
        yield _set(derivation["basis"])
        # What a house rule would have proposed is no reason for a day that somebody chose.
        if derivation.get("kind", "house") == "house":
            return
    period = Message(PERIODS[derivation["unit"]], {"count": derivation["count"]})
    title = Message(derivation["title"])
    if derivation["kind"] == "house":
        yield M("%(title)s: %(period)s. This is a house rule, not law.", title=title, period=period)
        yield M(
            "Set by: %(by)s, on %(day)s.", by=Message(derivation["set_by"]), day=_date(derivation["set_on"])
        )
        yield M("Reason: %(why)s", why=Message(derivation["why"]))
    else:
        yield M(
            "%(title)s: %(period)s by %(source)s, %(article)s (%(grade)s).",
            title=title,
            period=period,
            source=law_name(derivation.get("law", ""), derivation["source"], locale),
            article=Message(derivation["article"]),
            grade=Message(GRADES[derivation["grade"]]),
        )
    if "note" in derivation:
        yield derivation["note"]


def _start(derivation: Derivation) -> Iterator[Message]:
    if "start" not in derivation or "event" not in derivation:
        return
    event, at = Message(EVENTS[derivation["event"]]), datetime.fromisoformat(derivation["start"])
    if derivation.get("fixed") or derivation["unit"] == "minutes":
        yield M("Start: %(event)s, %(at)s.", event=event, at=at)
    else:
        yield M("Start: %(event)s, %(at)s. That day itself is not counted.", event=event, at=at)


def _way(derivation: Derivation, locale: str) -> Iterator[Message]:
    skipped = [(_date(day), why) for day, why in derivation.get("skipped", [])]
    if skipped and derivation["unit"] == "calendar":
        yield M("The last day by count is %(day)s, a day off.", day=_date(derivation["unmoved_day"]))
        yield M("The end moves to the next working day. Days off: %(days)s.", days=_spans(skipped, locale))
    elif skipped:
        yield M("Not counted: %(days)s.", days=_spans(skipped, locale))
    worked = [format_day(_date(day), locale) for day in derivation.get("made_up", [])]
    if worked:
        yield M("Counted although a weekend, because it is worked: %(days)s.", days=_join(worked, locale))


def _result(derivation: Derivation) -> Iterator[Message]:
    if derivation.get("unit") == "minutes" and not derivation.get("fixed"):
        yield M("It ends at %(at)s.", at=datetime.fromisoformat(derivation["result"]))
    else:
        yield M("It ends at 24:00 on %(day)s.", day=_date(derivation["result_day"]))
    if "off_day" in derivation:
        yield M(
            "That day is a day off (%(why)s); a date set by a person does not move.", why=_off(derivation)
        )


def _off(derivation: Derivation) -> Message:
    return Message(HOLIDAYS[derivation["off_day"]])


def _caution(derivation: Derivation) -> Iterator[str]:
    if derivation["provisional"]:
        yield N_(
            "Provisional: the days off of that year have not been announced yet. Only weekends were left out; "
            "the date is counted again when they are."
        )
    if derivation.get("weak"):
        yield N_(
            "This number has not been read in the official text: it is shown as a warning and harms nobody."
        )


def _spans(skipped: list[tuple[date, str]], locale: str) -> str:
    """Neighbouring days off with the same reason as one span."""
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(skipped), 1) if not _neighbours(a, b)), len(skipped)]
    return _join([_span(skipped[first:end], locale) for first, end in pairwise(cuts)], locale)


def _neighbours(one: tuple[date, str], other: tuple[date, str]) -> bool:
    return one[0] + ONE_DAY == other[0] and one[1] == other[1]


def _span(run: list[tuple[date, str]], locale: str) -> str:
    first, last, why = run[0][0], run[-1][0], Message(HOLIDAYS[run[0][1]])
    if first == last:
        return say(M("%(day)s (%(why)s)", day=first, why=why), locale)
    return say(M("%(first)s to %(last)s (%(why)s)", first=first, last=last, why=why), locale)


def _join(items: Iterable[str], locale: str) -> str:
    return ("、" if locale.startswith("zh") else "; ").join(items)


def _date(text: str) -> date:
    return date.fromisoformat(text)


def days(derivation: Derivation) -> list[Day]:
    """Every day after the start up to the result, numbered or with the reason why it does not count."""
    if derivation.get("fixed") or "start_day" not in derivation or derivation.get("unit") == "minutes":
        return []
    skipped = {_date(day): why for day, why in derivation["skipped"]}
    worked = {_date(day) for day in derivation["made_up"]}
    # A calendar count numbers its last day even when that is off; the days after it only carry the end over.
    numbered = derivation["count"] if derivation["unit"] == "calendar" else None
    return list(_walk(derivation, skipped, worked, numbered))


def _walk(
    derivation: Derivation, skipped: dict[date, str], worked: set[date], numbered: int | None
) -> Iterator[Day]:
    day, last, number = _date(derivation["start_day"]), _date(derivation["result_day"]), 0
    while day < last:
        day += ONE_DAY
        counts = day not in skipped if numbered is None else number < numbered
        number += counts
        yield Day(day, number if counts else None, skipped.get(day), day in worked)
