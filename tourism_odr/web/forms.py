"""Forms as this service wants them: labels are message ids, what was typed stays, amounts and days are exact.

A slice writes ``class AnswerForm(Form)`` with the fields below, a ``command(...)`` that returns its frozen
command, and in the view::

    form = AnswerForm(seen=subject.version)
    if form.submitted():
        answer(form.command(case, subject, current_actor()))
        return redirect(url_for("mediation.case", case_id=case.id), 303)
    return render_template("mediation/answer.html", form=form, case=case)
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar
from uuid import UUID, uuid4

from flask import Flask, Response, g, request
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from tourism_odr.cases.errors import UnmetNeedError
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import N_, M, Message

Sentence = str | Message
SWITCH = "switch"
MONEY = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")


def plain(typed: str) -> str:
    """What was typed without stray spaces, full-width digits made narrow (NFKC)."""
    return unicodedata.normalize("NFKC", typed).strip()


def trimmed(typed: object) -> object:
    """Text without space at its ends and without characters that no text holds; what is no text stays."""
    if not isinstance(typed, str):
        return typed
    return unicodedata.normalize("NFC", typed).replace("\x00", "").strip()


class Needed:
    """The answer must be there; says which one in words of the page, and adds no ``required`` attribute."""

    def __init__(self, message: Sentence) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Any) -> None:
        data = field.data
        if field.process_errors:
            raise StopValidation  # what was typed is wrong, not missing
        if data is None or data == [] or data is False or (isinstance(data, str) and not data.strip()):
            field.errors = []
            raise StopValidation(self.message)


class Within:
    """At most so many characters; the form says so beside the field."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data and len(field.data) > self.most:
            raise ValidationError(M("Use %(most)s characters or fewer.", most=self.most))


STALE = -1  # a form that does not say which version it showed is older than any


class Form(FlaskForm):
    """The base of every form: error summary, seen version, switching the language without losing a word."""

    seen = HiddenField()
    form_errors: list[Any]
    once_only: ClassVar[bool] = False

    def __init__(self, *args: Any, seen: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seen is not None and not self.seen.raw_data:
            self.seen.data = str(seen)

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Every text is trimmed before it is looked at, passwords excepted."""
            if (
                issubclass(unbound_field.field_class, StringField)
                and unbound_field.field_class is not PasswordField
            ):
                options["filters"] = [trimmed, *unbound_field.kwargs.get("filters", ())]
                unbound_field.kwargs.pop("filters", None)
            return unbound_field.bind(form=form, **options)

    def submitted(self) -> bool:
        """Sent, meant (not only a change of language) and right."""
        if not self.is_submitted() or SWITCH in request.form:
            return False
        right = bool(self.validate())
        if not right:
            g.form_refused = True
        return right

    @property
    def seen_version(self) -> int:
        """The version of the subject that the person saw when they opened this form."""
        typed = self.seen.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else STALE

    @property
    def once(self) -> UUID | None:
        """The id that the page was given, so that a form sent twice does its thing once; None for other forms."""
        if not self.once_only:
            return None
        try:
            return UUID(request.form.get("once", ""))
        except ValueError:
            return uuid4()

    def refuse(self, field: str | None, message: Sentence) -> None:
        """Say beside ``field`` (or for the whole form) what a command refused."""
        g.form_refused = True
        if field is None:
            self.form_errors = [*self.form_errors, message]
        else:
            self[field].errors = [*self[field].errors, message]

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """``with form.refusals():`` around a command and its redirect: what is refused is said on the form."""
        try:
            yield
        except (UnmetNeedError, RefusedError) as refused:
            self.refuse(None, refused.message)

    def summary(self) -> list[tuple[str, Sentence]]:
        """Each mistake with the id of the control to go to, in the order of the page."""
        lines: list[tuple[str, Sentence]] = [("page-form", error) for error in self.form_errors]
        for field in self:
            lines += [(first_control(field), error) for error in _flat(field.errors)]
        return lines


def _flat(errors: Iterable[Any]) -> list[Sentence]:
    found: list[Sentence] = []
    for error in errors:
        if isinstance(error, str | Message):
            found.append(error)
        elif isinstance(error, dict):
            found += [line for lines in error.values() for line in _flat(lines)]
        else:
            found += _flat(error)
    return found


def first_control(field: Any) -> str:
    """The id that a link of the error summary leads to."""
    if isinstance(field, DayField):
        return f"{field.id}-year"
    if isinstance(field, RadioField | SelectMultipleField):
        return f"{field.id}-0"
    return str(field.id)


def choice(value: object, label: Sentence, hint: Sentence = "", icon: str = "") -> SelectChoice:
    """One answer to choose, with a line beneath it and an icon of the sprite if wanted."""
    return SelectChoice(str(value), label, {"hint": hint, "icon": icon})


class Chosen:
    """What radios, selects and checkboxes have in common: a sentence of the page for "nothing chosen"."""

    data: Any
    missing: Sentence

    def values(self) -> set[str]:
        return {option.value for option in self.options()}

    def options(self) -> Sequence[SelectChoice]:
        """The answers as ``SelectChoice``; macros draw them."""
        return [made for made in self.choices or () if isinstance(made, SelectChoice)]  # type: ignore[attr-defined]  # the stubs know no SelectChoice yet


class OneOf(Chosen, SelectField):
    """One answer, whatever draws it; it may be left open when it is optional."""

    empty_counts = True  # an answer without a value, such as "something else", is an answer

    def __init__(
        self,
        label: Sentence,
        choices: Sequence[SelectChoice] = (),
        *,
        missing: Sentence | None = None,
        optional: bool = False,
        **kwargs: Any,
    ) -> None:
        self.missing = missing or N_("Select an answer.")
        self.is_optional = optional
        super().__init__(label, choices=list(choices), **kwargs)

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - the signature is the library's
        if self.data in (None, "", "None") and self.is_optional:
            self.data = None
        elif self.data not in self.values() or (self.data == "" and not self.empty_counts):
            raise StopValidation(self.missing)


class Radios(OneOf, RadioField):
    """One of several answers, drawn as large cards or plain rows."""


class Select(OneOf):
    """One of many; the first choice may be empty, and is then no answer."""

    empty_counts = False


class Checkboxes(Chosen, SelectMultipleField):
    """Any number of answers."""

    def __init__(
        self,
        label: Sentence,
        choices: Sequence[SelectChoice] = (),
        *,
        missing: Sentence | None = None,
        **kwargs: Any,
    ) -> None:
        self.missing = missing or ""
        super().__init__(label, choices=list(choices), **kwargs)

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - the signature is the library's
        if set(self.data or ()) - self.values():
            raise StopValidation(N_("Select answers from the list."))
        if self.missing and not self.data:
            raise StopValidation(self.missing)


class Tick(BooleanField):
    """One statement to tick."""


class MoneyField(StringField):
    """An exact amount: full-width digits, commas, spaces and the sign of the currency are accepted."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = valuelist[0] if valuelist else ""
        self.data = None
        typed = plain(self.typed).replace(" ", "").lstrip("¥￥$€£").removesuffix("元")
        if not typed:
            return
        self.data = _exact(THOUSANDS.sub("", typed))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)


def _exact(typed: str) -> Decimal:
    if not MONEY.fullmatch(typed):
        raise ValueError(M("Enter an amount such as 1,400 or 1400.50."))
    try:
        return Decimal(typed)
    except InvalidOperation:  # pragma: no cover - the pattern lets only numbers through
        raise ValueError(M("Enter an amount such as 1,400 or 1400.50.")) from None


class WholeNumber(IntegerField):
    """A count; full-width digits are accepted."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = plain(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise ValueError(N_("Enter a whole number, such as 4."))
        self.data = int(typed)


class DayField(Field):
    """A day as year, month, day, in that order in every language."""

    parts = ("year", "month", "day")

    def __init__(self, label: Sentence, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.typed: dict[str, str] = {}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ARG002 - the library's
        self.process_errors: list[Any] = []
        self.data = (
            data if isinstance(data, date) else (self.default if isinstance(self.default, date) else None)
        )
        if formdata is None or not any(f"{self.name}-{part}" in formdata for part in self.parts):
            return
        self.typed = {part: plain(formdata.get(f"{self.name}-{part}", "")) for part in self.parts}
        self.raw_data = list(self.typed.values())
        try:
            self.data = self._day()
        except ValueError:
            self.data = None
            self.process_errors = [N_("Enter a real date, such as 2026 11 3.")]

    def _day(self) -> date | None:
        if not any(self.typed.values()):
            return None
        return date(*(int(self.typed[part].rstrip("年月日")) for part in self.parts))

    def part(self, name: str) -> str:
        """What stands in one of the three boxes."""
        if self.typed:
            return self.typed.get(name, "")
        return str(getattr(self.data, name)) if self.data else ""

    def validate(self, form: Any, extra_validators: Sequence[Any] = ()) -> bool:
        """A date that is none has one mistake, not two: do not also say that it is missing."""
        if self.process_errors:
            self.errors = list(self.process_errors)
            return False
        return bool(super().validate(form, extra_validators))


class Uploads(MultipleFileField):
    """Photos and papers; whether one is accepted is decided where it is stored."""

    def chosen(self) -> list[FileStorage]:
        """The files that were really picked."""
        return [file for file in self.data or () if isinstance(file, FileStorage) and file.filename]


def init_app(app: Flask) -> None:
    """Let a refused form answer with the code that says so."""
    app.after_request(_refused)


def _refused(response: Response) -> Response:
    """422 for the page of a form that was sent and not taken; only pages, what scripts send has its own codes."""
    if g.get("form_refused") and request.method == "POST" and response.mimetype == "text/html":
        response.status_code = 422 if response.status_code == 200 else response.status_code
    return response


__all__ = [
    "Checkboxes",
    "DayField",
    "EmailField",
    "Form",
    "HiddenField",
    "MoneyField",
    "Needed",
    "PasswordField",
    "Radios",
    "Select",
    "StopValidation",
    "StringField",
    "TelField",
    "TextAreaField",
    "Tick",
    "Uploads",
    "ValidationError",
    "WholeNumber",
    "Within",
    "choice",
]
