"""``tourism-odr calc``: dates and amounts from the command line, for people, programs and whole files of lines.

Commands and lines of ``batch`` go through the same table of options: what one refuses the other refuses, in one
sentence.  Nothing of the web is imported, so that a call starts at once.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, BinaryIO, NoReturn

import click

from tourism_odr.amounts import CALCULATORS, Calculator, InapplicableError, Option
from tourism_odr.rulebooks import Day, NoRulebook, count_days, find_rule, rule_names
from tourism_odr.rulebooks import days as every_day
from tourism_odr.rulebooks.calendars import calendars
from tourism_odr.rulebooks.terms import NOT_COUNTED
from tourism_odr.text import say

AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,2})?")
WHOLE = re.compile(r"[0-9]{1,9}")
NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,3})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_SHOWN = 40
MOST_COUNT = 36_525
HOUSE = "house."
FIRST_YEAR, LAST_YEAR = 1900, 2999
CALENDARS = dict.fromkeys(calendars(), "")


class BadArgumentError(ValueError):
    """An argument that is none, in one sentence."""


class Refused(click.ClickException):
    """Wrong use: one sentence, exit code 2."""

    exit_code = 2


def _bad(option: Option, needs: str, given: object) -> BadArgumentError:
    text = str(given)
    text = text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"
    return BadArgumentError(f"{flag(option.name)} must be {needs}, not {text!r}.")


def flag(name: str) -> str:
    """The option as it is typed."""
    return "--" + name.replace("_", "-")


def money(option: Option, given: str) -> Decimal:
    """An exact amount above 0."""
    if not AMOUNT.fullmatch(given) or not (amount := Decimal(given)):
        raise _bad(option, "an amount above 0 such as 1400 or 1400.50", given)
    return amount


def whole(option: Option, given: str) -> int:
    """A count."""
    if not WHOLE.fullmatch(given) or int(given) < option.least:
        raise _bad(option, f"a whole number from {option.least} up", given)
    return int(given)


def number(option: Option, given: str) -> Decimal:
    """A measured number."""
    if not NUMBER.fullmatch(given) or Decimal(given) < option.least:
        raise _bad(option, f"a number from {option.least} up such as 2 or 2.5", given)
    return Decimal(given)


def day(option: Option, given: str) -> date:
    """A calendar day."""
    if DAY.fullmatch(given) and FIRST_YEAR <= int(given[:4]) <= LAST_YEAR:
        with suppress(ValueError):
            return date.fromisoformat(given)
    raise _bad(option, f"a date from {FIRST_YEAR} to {LAST_YEAR} such as 2026-09-30", given)


def choice(option: Option, given: str) -> str:
    """One of the words that the option knows."""
    if given not in option.choices:
        raise _bad(option, f"one of {', '.join(option.choices)}", given)
    return given


READERS: Mapping[str, Callable[[Option, str], Any]] = {
    "money": money, "whole": whole, "number": number, "day": day, "choice": choice, "text": lambda _option, given: given,
}  # fmt: skip


def read(option: Option, given: object) -> Any:
    """What was given, exact and of its kind."""
    if option.kind == "flag":
        if not isinstance(given, bool):
            raise _bad(option, "true or false", given)
        return given
    if isinstance(given, bool | list | dict) or given is None:
        raise _bad(option, "a text or a number", given)
    return READERS[option.kind](option, str(given))


@dataclass(frozen=True)
class Work:
    """One command: its options, and what it does with them."""

    name: str
    help: str
    options: tuple[Option, ...]
    run: Callable[..., dict[str, Any]]

    def __call__(self, given: Mapping[str, object]) -> dict[str, Any]:
        """The answer to these arguments, or a sentence."""
        known = {option.name: option for option in self.options}
        for name in given:
            if name not in known:
                raise BadArgumentError(f"calc {self.name} has no option {flag(str(name)[:MOST_SHOWN])!r}.")
        missing = [flag(option.name) for option in self.options if option.needed and option.name not in given]
        if missing:
            raise BadArgumentError(f"calc {self.name} needs {', '.join(missing)}.")
        try:
            return self.run(**{name: read(known[name], value) for name, value in given.items()})
        except InapplicableError as refused:
            about = f" ({flag(refused.option)})" if refused.option else ""
            raise BadArgumentError(say(refused.message, "en") + about) from None
        except NoRulebook as unknown:
            raise BadArgumentError(str(unknown)) from None


EXPLAIN = Option(
    "explain", "flag", "Add the way there: every day, or steps, articles and facts assumed.", needed=False
)
UNITS = {"working": "working days", "calendar": "calendar days"}


def deadline(
    *, start: date, count: int, days: str, calendar: str = "cn", no_roll: bool = False, explain: bool = False
) -> dict[str, Any]:
    """The day on which a count ends; the first day is not counted."""
    if count > MOST_COUNT:
        raise BadArgumentError(f"--count must be at most {MOST_COUNT}, not '{count}'.")
    roll = days == "calendar" and not no_roll
    found = count_days(start, count, days, roll=roll, calendar=calendar)
    answer: dict[str, Any] = {"due": found.day.isoformat(), "provisional": found.provisional}
    if explain:
        way = {"start_day": start.isoformat(), "runs": found.runs, "unmoved_day": found.unmoved.isoformat()}
        answer["derivation"] = _every_day(way | ({"unmoved_off": found.off} if found.off else {}))
    return answer


def _every_day(derivation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each day after the start: its number, or why it has none."""
    return [
        {"day": day.day.isoformat(), "number": day.number, "why": _why(day)} for day in every_day(derivation)
    ]


def _why(day: Day) -> str:
    if day.off:
        return NOT_COUNTED[day.off]
    made_up = "weekend that is worked" if day.made_up else ""
    if day.end:
        return ", ".join(filter(None, ("the end moves to this working day", made_up)))
    return made_up or "counted"


def rule(*, rulebook: str, rule: str, event: date, explain: bool = False) -> dict[str, Any]:
    """The day on which a rule's clock ends, by the version that holds on the day of its event."""
    names_of(rulebook)
    found = find_rule(rulebook, rule, event)
    due = found.due_on(event)
    answer: dict[str, Any] = {
        "due": due.day.isoformat(),
        "provisional": due.provisional,
        "rule_id": found.public,
        "article": found.article,
        "version": found.version,
        "grade": found.grade,
    }
    return answer | ({"derivation": _every_day(due.derivation)} if explain else {})


def rules(*, rulebook: str) -> dict[str, Any]:
    """The names of a rulebook's rules."""
    return {"rulebook": rulebook, "rules": names_of(rulebook)}


def names_of(rulebook: str) -> list[str]:
    """The names of its rules; house rules hold everywhere, so what has no others is no rulebook."""
    names = list(rule_names(rulebook))
    if all(name.startswith(HOUSE) for name in names):
        raise BadArgumentError(f"There is no rulebook {rulebook[:MOST_SHOWN]!r}.")
    return names


def amount(calculator: Calculator, *, explain: bool = False, **given: Any) -> dict[str, Any]:
    """What a calculator gives, and on demand how."""
    found = calculator.run(**given)
    answer = dict(found.values)
    if explain or calculator.prints_steps:
        answer["steps"] = [say(step, "en") for step in found.steps]
    if explain:
        answer["basis"] = [{"source": c.source, "article": c.article, "grade": c.grade} for c in found.cited]
        answer["assumes"] = list(found.assumes)
    return answer


DATES = (
    Work(
        "deadline",
        "Count working or calendar days from a start; the first day is not counted.",
        (
            Option("start", "day", "The day of the act."),
            Option("count", "whole", "How many days.", least=1),
            Option("days", "choice", "Which days count.", choices=UNITS),
            Option(
                "calendar", "choice", "Whose days off (cn if not given).", choices=CALENDARS, needed=False
            ),
            Option("no_roll", "flag", "Calendar days: leave an end on a day off where it is.", needed=False),
            EXPLAIN,
        ),
        deadline,
    ),
    Work(
        "rule",
        "When the clock of one rule ends, by the version that holds on the day of its event.",
        (
            Option("rulebook", "text", "Of which jurisdiction, such as cn."),
            Option("rule", "text", "Which rule; `calc rules` lists them."),
            Option("event", "day", "The day of the event that starts it."),
            EXPLAIN,
        ),
        rule,
    ),
    Work(
        "rules",
        "List the names of a rulebook's rules.",
        (Option("rulebook", "text", "Of which jurisdiction."),),
        rules,
    ),
)
AMOUNTS = tuple(
    Work(one.name, f"{one.about}.", (*one.options, EXPLAIN), partial(amount, one))
    for one in CALCULATORS.values()
)
WORKS: Mapping[str, Work] = {work.name: work for work in (*DATES, *AMOUNTS)}


class OneSentence(click.Group):
    """Wrong use is said in one sentence, here and in the commands below."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with one_sentence():
            return super().make_context(*args, **kwargs)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        with one_sentence():
            return super().resolve_command(ctx, args)


class Plain(click.Command):
    """The same for one command."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with one_sentence():
            return super().make_context(*args, **kwargs)


@contextmanager
def one_sentence() -> Iterator[None]:
    """Wrong use without the paragraphs of help that click prints before the reason."""
    try:
        yield
    except click.UsageError as wrong:
        raise Refused(" ".join(wrong.format_message().split())) from None
    except BadArgumentError as wrong:
        raise Refused(str(wrong)) from None


@click.group(cls=OneSentence)
def calc() -> None:
    """Compute dates and amounts with their articles.  Information, not advice."""


AS_JSON = click.Option(["--json", "json_out"], is_flag=True, help="Print one JSON object.")


def _command(work: Work) -> click.Command:
    """A command whose arguments are read by ``work`` itself, as those of a line of ``batch`` are."""

    def run(json_out: bool, **typed: Any) -> None:
        given = {name: value for name, value in typed.items() if value not in (None, False)}
        with one_sentence():
            answer = work(given)
        click.echo(_json(answer) if json_out else "\n".join(_lines(answer)))

    options = [
        click.Option([flag(option.name)], is_flag=option.kind == "flag", default=None, help=_help(option))
        for option in work.options
    ]
    return Plain(work.name, callback=run, params=[*options, AS_JSON], help=work.help)


def _help(option: Option) -> str:
    return option.title + (f"  [{'|'.join(option.choices)}]" if option.choices else "")


def _lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """For people: a line for each value, a list below its name."""
    for name, value in answer.items():
        if not isinstance(value, list):
            yield f"{name}: {value}"
            continue
        yield f"{name}:"
        for row in value:
            parts = row.values() if isinstance(row, dict) else [row]
            yield "  " + "  ".join(str(part) for part in parts if part is not None)


_json: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False).encode


def batch(*, json_out: bool) -> None:
    """Read one JSON object a line ({"calc": "deadline", "start": ...}), print one result a line."""
    del json_out  # taken for likeness: every line is JSON anyhow
    answer_lines(sys.stdin.buffer, sys.stdout.buffer)


def answer_lines(lines: Iterable[bytes], out: BinaryIO) -> None:
    """One answer a line, in order; what is wrong with a line is its answer."""
    for line in lines:
        if line.strip():
            out.write(_json(_answer(line.decode("utf-8", "replace"))).encode() + b"\n")
            out.flush()  # whoever writes line by line may wait for the answer


def _answer(line: str) -> dict[str, Any]:
    try:
        return _calculate(_parse(line))
    except BadArgumentError as wrong:
        return {"error": str(wrong)}


def _calculate(given: dict[str, Any]) -> dict[str, Any]:
    name = given.pop("calc", None)
    work = WORKS.get(name) if isinstance(name, str) else None
    if work is None:
        raise BadArgumentError(f'"calc" must be one of {", ".join(WORKS)}.')
    if given.pop("json", True) is not True:
        raise BadArgumentError("--json must be true.")
    return work({key: value for key, value in given.items() if value is not False})


def _not_finite(_name: str) -> NoReturn:
    raise ValueError


_decode = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=_not_finite).decode
"""Numbers stay the text that they were: nothing is rounded on the way in."""


def _parse(line: str) -> dict[str, Any]:
    try:
        found = _decode(line)
    except (ValueError, RecursionError):
        raise BadArgumentError("The line is not a JSON object of finite numbers and texts.") from None
    if not isinstance(found, dict):
        raise BadArgumentError("The line is not a JSON object.")
    return found


for _work in WORKS.values():
    calc.add_command(_command(_work))
calc.add_command(Plain("batch", callback=batch, params=[AS_JSON], help=batch.__doc__))
