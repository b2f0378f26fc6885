"""Turn a stored derivation into sentences, or into its days one by one.  Reads nothing but the derivation."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from tourism_odr.clock import ZONE
from tourism_odr.rulebooks.daily import way
from tourism_odr.rulebooks.rules import ClockRule, Ground
from tourism_odr.rulebooks.terms import AGREED, BASES, EVENTS, GRADES, HOLIDAYS, PERIODS, PROOFS
from tourism_odr.text import N_, M, Message, format_at, registered_name, say

Derivation = Mapping[str, Any]

def explain(derivation: Derivation, locale: str) -> list[str]:
    """Why this date: the rule and how sure it is, the start, what was skipped, the result."""
    said = [say(line, locale) for line in _rule(derivation, locale)]
    said += [say(line, locale) for line in _start(derivation, locale)]
    said += [say(line, locale) for line in way(derivation, locale)]
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
    if "confirmed" in derivation:
        confirmed = derivation["confirmed"]
        yield M(
            "Compared with the official text on %(day)s: %(source)s, %(article)s.",
            day=_date(confirmed["on"]), source=confirmed["source"], article=confirmed["article"],
        )  # fmt: skip
    if "note" in derivation:
        yield derivation["note"]


def zone_of(derivation: Derivation) -> str:
    """The time zone whose days were counted."""
    return str(derivation.get("calendar", derivation).get("zone", ZONE))


def calendar_of(derivation: Derivation) -> str:
    """The calendar whose days were counted, or stand around a day that a person set."""
    return str(derivation.get("calendar", {}).get("id") or derivation.get("counted_by", "cn"))


def _start(derivation: Derivation, locale: str) -> Iterator[Message]:
    if "start" not in derivation or "event" not in derivation:
        return
    event, at = Message(EVENTS[derivation["event"]]), datetime.fromisoformat(derivation["start"])
    start = format_at(at, locale, zone_of(derivation))
    if derivation.get("fixed") or derivation["unit"] == "minutes":
        yield M("Start: %(event)s, %(at)s.", event=event, at=start)
    else:
        yield M("Start: %(event)s, %(at)s. That day itself is not counted.", event=event, at=start)
    if "proof" in derivation:
        yield M("Proof of the start: %(proof)s.", proof=Message(PROOFS[derivation["proof"]]))


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
            "Provisional: the days off of that year have not been announced yet. Only weekends and the holidays that "
            "the law fixes were left out; the date is counted again when they are, and until then it harms nobody."
        )
    if derivation.get("weak"):
        yield N_(
            "This number has not been read in the official text: it is shown as a warning and harms nobody."
        )


def _date(text: str) -> date:
    return date.fromisoformat(text)
