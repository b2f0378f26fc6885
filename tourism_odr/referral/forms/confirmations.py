"""Forms of a judicial confirmation, for the applicants and for the court."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from wtforms import Field

from tourism_odr.cases.confirming import NOT_TAKEN, REFUSALS
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.referral.commands import confirmations as commands
from tourism_odr.referral.commands.roster import Entry
from tourism_odr.rulebooks import GRADES
from tourism_odr.text import DEFAULT_LOCALE, N_
from tourism_odr.web.codes import CodePart
from tourism_odr.web.forms import (
    Checkboxes,
    DayField,
    Form,
    Needed,
    Radios,
    Select,
    StringField,
    TextAreaField,
    Tick,
    Uploads,
    ValidationError,
    Within,
    choice,
    plain,
)

# （2026）沪0106民特12号 and （2026）沪0106执12号: year, court, kind of case, number.
NUMBER = re.compile(r"[（(](?:19|20)\d{2}[）)][一-鿿]{1,2}\d{2,4}(?:民特|诉前调确|执)\d{1,6}号")
HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def court_number(_form: Any, field: Any) -> None:
    """A number as courts write it; brackets of either width."""
    field.data = plain(field.data or "").replace("(", "（").replace(")", "）")
    if not NUMBER.fullmatch(field.data):
        raise ValidationError(N_("Enter the number as the court writes it, such as （2026）沪0106民特12号."))


def given(field: DayField) -> date:
    """The day of a field that was asked for and checked."""
    if field.data is None:
        raise TypeError("read before it was checked")
    return field.data


class ClickForm(CodePart):
    """A click that binds."""

    def command(self, id: UUID) -> commands.Click:
        """The step, with the code checked."""
        return commands.Click(id, self.seen_version, code_checked=True)


class JoinForm(ClickForm):
    """Statements to tick before applying."""

    free = Tick(N_("I apply of my own will; nobody put me under pressure."), [Needed(N_("Tick that you apply of your own will."))])
    court = Tick(
        N_("I know that the court hears both sides and that its confirmation can be enforced."),
        [Needed(N_("Tick that you know what a confirmation means."))],
    )


class SupplementForm(Form):
    """What the court asked for."""

    words = TextAreaField(N_("What you add"), [Needed(N_("Write what you add.")), Within(4000)])
    files = Uploads(N_("Papers"))

    def command(self, id: UUID, language: str, files: Sequence[StoredFile]) -> commands.Supplement:
        """Words and papers."""
        return commands.Supplement(id, self.seen_version, Words(self.words.data or "", language), tuple(files))


class ReturnForm(Form):
    """What is missing, and by when."""

    points = TextAreaField(N_("What is missing, point by point"), [Needed(N_("Write what is missing.")), Within(4000)])
    day = DayField(N_("To be sent by"), [Needed(N_("Enter the day by which it is to come."))])

    def command(self, id: UUID) -> commands.Return:
        """Back to the applicants."""
        return commands.Return(id, self.seen_version, Words(self.points.data or "", DEFAULT_LOCALE), given(self.day))


class RegisterForm(Form):
    """Number and judge."""

    number = StringField(N_("The court's case number"), [Needed(N_("Enter the court's case number.")), court_number])
    judge = Select(N_("Judge"), missing=N_("Select a judge of this court."))

    def command(self, id: UUID) -> commands.Register:
        """Accept it."""
        return commands.Register(id, self.seen_version, self.number.data or "", UUID(str(self.judge.data)))


class HearingForm(Form):
    """Day, time and place of the hearing."""

    day = DayField(N_("Day of the hearing"), [Needed(N_("Enter the day of the hearing."))])
    hour = StringField(N_("Time of the hearing"), [Needed(N_("Enter the time, such as 09:30."))])
    where = TextAreaField(N_("Where, or by which online session"), [Needed(N_("Say where both are heard.")), Within(1000)])

    def validate_hour(self, field: Field) -> None:
        """A time of the day."""
        if field.data and not HOUR.fullmatch(field.data):
            raise ValidationError(N_("Enter the time, such as 09:30."))

    def command(self, id: UUID, zone: str) -> commands.Hearing:
        """Both are told."""
        hour, minute = (int(part) for part in (self.hour.data or "").split(":"))
        at = datetime.combine(given(self.day), time(hour, minute), ZoneInfo(zone))
        return commands.Hearing(id, self.seen_version, at, Words(self.where.data or "", DEFAULT_LOCALE))


class HeardForm(Form):
    """The record of the hearing."""

    both = Tick(N_("Both sides were heard."), [Needed(N_("The court decides only after hearing both sides."))])
    own_will = Tick(N_("Both confirmed that they made the agreement of their own will and know its content."))
    record = TextAreaField(N_("Record of the hearing"), [Needed(N_("Write the record.")), Within(8000)])

    def command(self, id: UUID) -> commands.Heard:
        """The record."""
        return commands.Heard(id, self.seen_version, Words(self.record.data or "", DEFAULT_LOCALE))


class RulingForm(Form):
    """Reasons; a refusal names its grounds."""

    grounds = Checkboxes(N_("Grounds"))
    reasons = TextAreaField(N_("Reasons"), [Needed(N_("Write the reasons.")), Within(8000)])

    def command(self, id: UUID) -> commands.Ruling:
        """The decision."""
        return commands.Ruling(
            id, self.seen_version, Words(self.reasons.data or "", DEFAULT_LOCALE), tuple(self.grounds.data or ())
        )


class RefuseForm(RulingForm):
    """Why it cannot be confirmed."""

    grounds = Checkboxes(
        N_("Grounds (Interpretation of the Civil Procedure Law, article 358)"),
        [choice(code, title) for code, title in REFUSALS.items()], missing=N_("Select at least one ground."),
    )  # fmt: skip


class RejectForm(RulingForm):
    """Why it is not accepted."""

    grounds = Checkboxes(
        N_("Grounds (Interpretation of the Civil Procedure Law, article 355)"),
        [choice(code, title) for code, title in NOT_TAKEN.items()], missing=N_("Select at least one ground."),
    )  # fmt: skip


class NumberForm(Form):
    """The court's number of the enforcement."""

    number = StringField(N_("The court's case number"), [Needed(N_("Enter the court's case number.")), court_number])


class RosterForm(Form):
    """A body whose agreements this court confirms."""

    body = Select(N_("Body"), missing=N_("Select a body."))
    source = StringField(N_("The paper that it rests on"), [Needed(N_("Name the paper: decision, number, day.")), Within(300)])
    grade = Radios(
        N_("How surely it is known"),
        [choice(code, GRADES[code]) for code in ("statute_text", "secondary", "memory")],
        missing=N_("Say how surely it is known."),
    )

    def command(self) -> Entry:
        """The line of the roster."""
        return Entry(UUID(str(self.body.data)), self.source.data or "", str(self.grade.data))
