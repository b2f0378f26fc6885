"""Forms of the court's desk."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from flask import request

from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.papers.court import PROCEDURES
from tourism_odr.cases.suits import DECISIONS, HOW, OUTCOMES
from tourism_odr.referral.commands import bench as commands
from tourism_odr.referral.queries.checklist import GROUNDS, POINTS
from tourism_odr.text import N_
from tourism_odr.web.forms import (
    DayField,
    Form,
    MoneyField,
    Needed,
    Radios,
    Select,
    StringField,
    TextAreaField,
    Tick,
    ValidationError,
    Within,
    choice,
    plain,
)

# (2026)沪0106民初123号: year, court, kind of case, number.
SUIT_NUMBER = re.compile(r"[（(](?:19|20)\d{2}[）)][一-鿿]{1,2}\d{2,4}民初\d{1,6}号")
WORDS = 4000


def suit(case: Case, subject: Subject, form: Form) -> commands.Suit:
    """The suit that a form is about."""
    return commands.Suit(case.id, subject.id, form.seen_version)


def given(field: DayField) -> date:
    """The day of a field that must be filled in."""
    if field.data is None:
        raise ValueError("the form asks for this day")
    return field.data


def court_number(_form: Any, field: Any) -> None:
    """A number as courts write it; brackets of either width."""
    field.data = plain(field.data or "").replace("(", "（").replace(")", "）")
    if not SUIT_NUMBER.fullmatch(field.data):
        raise ValidationError(N_("Enter the number as the court writes it, such as （2026）沪0106民初123号."))


class RegisterForm(Form):
    """Number, procedure, judge."""

    number = StringField(N_("The court's case number"), [Needed(N_("Enter the court's case number.")), court_number])
    procedure = Radios(
        N_("Procedure"), [choice(key, title) for key, title in PROCEDURES.items()], missing=N_("Select the procedure.")
    )
    judge = Select(N_("Judge"), missing=N_("Select a judge of this court."))

    def command(self, case: Case, subject: Subject) -> commands.Register:
        """Register the suit."""
        return commands.Register(
            suit(case, subject, self), self.number.data or "", UUID(str(self.judge.data)), str(self.procedure.data)
        )


class ReturnForm(Form):
    """Everything that is missing, each with words of its own, and by when."""

    day = DayField(N_("Correct by"), [Needed(N_("Enter the day by which to correct."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = [code for code in POINTS if request.form.get(f"point-{code}")]
        self.words = {code: request.form.get(f"words-{code}", "").strip()[:1000] for code in POINTS}

    def submitted(self) -> bool:
        """At least one point, and words for what no list names."""
        if not super().submitted():
            return False
        if not self.chosen:
            self.refuse(None, N_("Tick at least one thing to correct."))
        elif "other" in self.chosen and not self.words["other"]:
            self.refuse(None, N_("Write what else is to be corrected."))
        return not self.form_errors

    def command(self, case: Case, subject: Subject) -> commands.Return:
        """Send the suit back."""
        return commands.Return(suit(case, subject, self), tuple((code, self.words[code]) for code in self.chosen), given(self.day))


class RefuseForm(Form):
    """The ruling by which the judge does not register the suit."""

    ground = Radios(N_("Ground"), [choice(key, title) for key, title in GROUNDS.items()], missing=N_("Select a ground."))
    words = TextAreaField(N_("Reasons"), [Needed(N_("Write the reasons of the ruling.")), Within(WORDS)])
    number = StringField(N_("Number of the ruling"), [Needed(N_("Enter the number of the ruling.")), court_number])
    appeal_to = StringField(N_("Court of appeal"), [Needed(N_("Name the court to which one may appeal.")), Within(100)])

    def command(self, case: Case, subject: Subject) -> commands.Ruling:
        """Refuse by ruling."""
        return commands.Ruling(
            suit(case, subject, self), self.words.data or "", self.number.data or "", self.appeal_to.data or "",
            str(self.ground.data),
        )  # fmt: skip


class InstrumentForm(Form):
    """The judge's mediation instrument."""

    words = TextAreaField(N_("What the two sides agreed"), [Needed(N_("Write what the two sides agreed.")), Within(WORDS)])
    amount = MoneyField(N_("Amount to be paid"))
    lawful = Tick(
        N_("The agreement was made freely and breaks no law."), [Needed(N_("Confirm that you have examined this."))]
    )

    def command(self, case: Case, subject: Subject, today: date) -> commands.Ending:
        """Issue the instrument."""
        return commands.Ending(
            suit(case, subject, self), commands.INSTRUMENT, today, self.amount.data, self.words.data or ""
        )


class PermitForm(Form):
    """The judge permits the withdrawal."""

    words = TextAreaField(N_("Reasons"), [Within(WORDS)])

    def command(self, case: Case, subject: Subject, today: date) -> commands.Ending:
        """Permit it."""
        return commands.Ending(suit(case, subject, self), commands.WITHDRAWN, today, words=self.words.data or "")


class DecideForm(Form):
    """How the court decided."""

    code = Radios(
        N_("How the court decided"), [choice(key, OUTCOMES[key]) for key in DECISIONS], missing=N_("Say how the court decided.")
    )
    amount = MoneyField(N_("Amount to be paid"))
    day = DayField(N_("Day of the decision"), [Needed(N_("Enter the day of the decision."))])

    def command(self, case: Case, subject: Subject) -> commands.Ending:
        """Tell the outcome."""
        return commands.Ending(suit(case, subject, self), str(self.code.data), given(self.day), self.amount.data)


class ReceiptForm(Form):
    """A receipt that came to the court on paper."""

    party = Radios(N_("Who received it"), missing=N_("Say who received it."))
    how = Radios(N_("How"), [choice(key, HOW[key]) for key in ("hand", "post")], missing=N_("Say how it was received."))
    day = DayField(N_("Day of the receipt"), [Needed(N_("Enter the day of the receipt."))])

    def command(self, case: Case, subject: Subject) -> commands.Receipt:
        """Record the receipt."""
        return commands.Receipt(suit(case, subject, self), UUID(str(self.party.data)), given(self.day), str(self.how.data))
