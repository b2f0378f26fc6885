"""A form for each calculator, made from what the calculator asks, and one for counting days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tourism_odr.amounts import CONTRACTS, Calculator, InapplicableError, Option, Result
from tourism_odr.cases.categories import RESPONDENT_KINDS
from tourism_odr.rulebooks import Count, Day, count_days
from tourism_odr.rulebooks import days as every_day
from tourism_odr.text import N_, M
from tourism_odr.web.forms import (
    DayField,
    Form,
    MoneyField,
    Needed,
    Select,
    StringField,
    Tick,
    ValidationError,
    WholeNumber,
    choice,
    plain,
)

NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,3})?")
FIRST_YEAR, LAST_YEAR, MOST_DAYS = 1900, 2999, 1000
CHOOSE = choice("", N_("Choose"))
MISSING = N_("Fill this in.")
DAYS = {"working": N_("Working days"), "calendar": N_("Calendar days")}


class AboveNothing:
    """An amount of 0 leads to nothing."""

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is not None and not field.data:
            raise ValidationError(N_("Enter an amount above 0."))


class AtLeast:
    """A count that starts where the calculator says."""

    def __init__(self, least: int) -> None:
        self.least = least

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is not None and field.data < self.least:
            raise ValidationError(M("Enter a number from %(least)s up.", least=self.least))


class NumberField(StringField):
    """A measured number such as 2.5."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = plain(valuelist[0]) if valuelist else ""
        self.data = None
        if typed and not NUMBER.fullmatch(typed):
            raise ValueError(N_("Enter a number such as 2 or 2.5."))
        self.data = Decimal(typed) if typed else None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""


def field_of(option: Option) -> Any:
    """The field that asks for ``option``."""
    needed = [Needed(MISSING)] if option.needed else []
    if option.kind == "choice":
        answers = [CHOOSE, *(choice(code, title) for code, title in option.choices.items())]
        return Select(option.title, answers, optional=not option.needed)
    if option.kind == "flag":
        return Tick(option.title)
    if option.kind == "day":
        return DayField(option.title, needed)
    if option.kind == "money":
        return MoneyField(option.title, [*needed, AboveNothing()])
    kind = WholeNumber if option.kind == "whole" else NumberField
    return kind(option.title, [*needed, AtLeast(option.least)])


class AmountForm(Form):
    """What one calculator asks, and for whom, so that it can name another basis."""

    calculator: Calculator

    @classmethod
    def of(cls, calculator: Calculator) -> Any:
        """The form of ``calculator``."""
        fields: dict[str, Any] = {option.name: field_of(option) for option in calculator.options}
        for name, title, codes in _speaks(calculator):
            fields[name] = Select(title, [CHOOSE, *(choice(*one) for one in codes.items())], optional=True)
        if calculator.asks_day:
            fields["day"] = DayField(N_("Day of the contract or event"))
        return type("AmountForm", (cls,), {**fields, "calculator": calculator})()

    def result(self) -> Result | None:
        """The figure, or nothing and the reason beside the field."""
        typed = {option.name: self[option.name].data for option in self.calculator.options}
        given = {
            name: value for name, value in typed.items() if value is not False and value not in (None, "")
        }
        try:
            self.calculator.check(given, self._code("respondent"), self._code("contract"), self._day())
            return self.calculator.run(**given)
        except InapplicableError as refused:
            self.refuse(refused.option if refused.option in self else None, refused.message)
            return None

    def rows(self) -> list[tuple[str, Any, bool]]:
        """Each field with its kind and whether it may stay empty."""
        kinds = {option.name: (option.kind, not option.needed) for option in self.calculator.options}
        more = {"respondent": ("choice", True), "contract": ("choice", True), "day": ("day", True)}
        known = kinds | more
        return [(known[field.name][0], field, known[field.name][1]) for field in self if field.name in known]

    def _day(self) -> Any:
        return self["day"].data if "day" in self else None

    def _code(self, name: str) -> str:
        return (self[name].data or "") if name in self else ""


def _speaks(calculator: Calculator) -> list[tuple[str, str, dict[str, str]]]:
    """Whether the texts of a calculator are only for some businesses or some contracts."""
    texts = calculator.texts()
    asked: list[tuple[str, str, dict[str, str]]] = []
    if any(text.respondents for text in texts):
        asked.append(("respondent", N_("Who is it about?"), RESPONDENT_KINDS))
    if any(text.contracts for text in texts):
        asked.append(("contract", N_("What does the contract say?"), CONTRACTS))
    return asked


@dataclass(frozen=True)
class Counted:
    """The end of a count and the days on the way."""

    end: Count
    days: Sequence[Day]


class Near:
    """A day that calendars can be computed for."""

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            raise ValidationError(
                M("Enter a year from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
            )


class AtMost:
    """No more rows than a page can show."""

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is not None and field.data > MOST_DAYS:
            raise ValidationError(M("Enter a number up to %(most)s.", most=MOST_DAYS))


class DateForm(Form):
    """From which day, how many, which days count."""

    start = DayField(N_("Day of the act or event"), [Needed(MISSING), Near()])
    count = WholeNumber(N_("How many days"), [Needed(MISSING), AtLeast(1), AtMost()])
    days = Select(N_("Which days count"), [CHOOSE, *(choice(code, title) for code, title in DAYS.items())])
    no_roll = Tick(N_("Leave an end on a day off where it is"))

    def counted(self) -> Counted | None:
        """The end of the count, day by day."""
        start, count, unit = self.start.data, self.count.data, self.days.data
        if start is None or count is None:
            return None
        found = count_days(start, count, unit, roll=unit == "calendar" and not self.no_roll.data)
        way = {"start_day": str(start), "runs": found.runs, "unmoved_day": str(found.unmoved)}
        return Counted(found, every_day(way | ({"unmoved_off": found.off} if found.off else {})))
