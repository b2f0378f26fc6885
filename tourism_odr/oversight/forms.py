"""What a supervising body types: an order with its day, a reason, a finding, a signature."""

from datetime import date
from typing import Any
from uuid import UUID

from tourism_odr.clock import local_day, now
from tourism_odr.oversight.commands import Decision, Urging
from tourism_odr.text import N_
from tourism_odr.web.forms import (
    DayField,
    Form,
    Needed,
    Radios,
    TextAreaField,
    Tick,
    ValidationError,
    Within,
)

WORDS_MOST = 2000


class UrgeForm(Form):
    """Who is urged to do what, until when."""

    to = Radios(N_("Who is to act?"), missing=N_("Select who is to act."))
    order = TextAreaField(
        N_("What is to be done"), [Needed(N_("Write what is to be done.")), Within(WORDS_MOST)]
    )
    day = DayField(N_("By which day"), [Needed(N_("Enter the day by which it is to be done."))])

    def validate_day(self, field: Any) -> None:
        """An order for a day that is over would be overdue at once."""
        if field.data and field.data <= local_day(now()):
            raise ValidationError(N_("Enter a day after today."))

    def command(self, case_id: UUID) -> Urging:
        """The order; the addressee's value says what it is an id of."""
        kind, _, identity = str(self.to.data).partition(":")
        one = UUID(identity)
        day: date = self.day.data or local_day(now())  # the field is needed: the form has refused nothing
        party, mediator = (one, None) if kind == "party" else (None, one)
        return Urging(case_id, party, mediator, self.order.data, day)


class ApproveForm(Form):
    """Only a button: what is approved stands above it."""

    def command(self, urge_id: UUID) -> Decision:
        """The approval of what was seen."""
        return Decision(urge_id, self.seen_version)


class DropForm(Form):
    """Why not."""

    words = TextAreaField(N_("Why it is not approved"), [Needed(N_("Write why.")), Within(WORDS_MOST)])

    def command(self, urge_id: UUID) -> Decision:
        """The refusal with its reason."""
        return Decision(urge_id, self.seen_version, self.words.data)


class CloseForm(Form):
    """What the body found."""

    words = TextAreaField(N_("What was found"), [Needed(N_("Write what was found.")), Within(WORDS_MOST)])

    def command(self, urge_id: UUID) -> Decision:
        """The finding."""
        return Decision(urge_id, self.seen_version, self.words.data)


class SignForm(Form):
    """A statement and a signature."""

    read = Tick(
        N_("I have read this document and sign it as head of this body"),
        [Needed(N_("Tick the statement to sign."))],
    )


class AuthorityForm(Form):
    """Which papers the clock may issue in the head's name."""

    kind = Radios(N_("Which document?"), missing=N_("Select a document."))
    agree = Tick(
        N_("I authorise the service to issue this document in my name when a time limit runs out"),
        [Needed(N_("Tick the statement to sign."))],
    )


class CloseMonthForm(Form):
    """Which month is closed."""

    month = Radios(N_("Which month?"), missing=N_("Select a month."))
    agree = Tick(
        N_("The figures of this month are final; what changes later is shown as a revision"),
        [Needed(N_("Tick the statement to close the month."))],
    )

    def command(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(f"{self.month.data}-01")
