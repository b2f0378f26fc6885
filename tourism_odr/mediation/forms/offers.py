"""Making an offer, and answering one on its check page."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import wtforms

from tourism_odr.cases.items import Words
from tourism_odr.cases.models import Party
from tourism_odr.mediation.commands.offers import AnswerOffer, MakeOffer
from tourism_odr.mediation.queries.room import Face
from tourism_odr.text import N_, M
from tourism_odr.web.codes import CodePart
from tourism_odr.web.forms import (
    Checkboxes,
    DayField,
    Form,
    MoneyField,
    Needed,
    TextAreaField,
    Tick,
    Within,
    choice,
)
from tourism_odr.web.languages import language_of


class OfferForm(Form):
    """Amount, terms, when it is paid, how long it stands, and for whom it is."""

    once_only = True
    recipients = Checkboxes(N_("Who is the offer for?"), missing=N_("Choose to whom you make the offer."))
    amount = MoneyField(N_("Amount"), validators=[wtforms.validators.Optional()])
    words = TextAreaField(N_("Terms"), validators=[Needed(N_("Say what you offer.")), Within(2000)])
    pay_by = DayField(N_("To be paid by"))
    until = DayField(N_("The offer stands until"))

    def choose_from(self, parties: Sequence[Party], faces: dict[UUID, Face]) -> None:
        """The other parties of the place; a single one is chosen already."""
        self.recipients.choices = [choice(one.id, faces[one.id].name or faces[one.id].part) for one in parties]
        if not self.is_submitted() and len(parties) == 1:
            self.recipients.data = [str(parties[0].id)]

    def right_on(self, today: date) -> bool:
        """Whether the days lie ahead; says so beside them otherwise."""
        right = True
        for field in (self.pay_by, self.until):
            if field.data is not None and field.data < today:
                field.errors = [*field.errors, N_("This day has passed. Choose today or a later day.")]
                right = False
        return right

    def validate_amount(self, field: MoneyField) -> None:
        """An offer without money leaves the amount empty; nothing is no amount."""
        if field.data is not None and field.data <= 0:
            raise wtforms.ValidationError(M("Enter an amount above zero, or leave it empty."))

    def command(self, case_id: UUID, place_id: UUID, locale: str) -> MakeOffer:
        """The offer as it will stand on the card."""
        words = self.words.data or ""
        return MakeOffer(
            case_id, place_id, tuple(UUID(one) for one in self.recipients.data), self.amount.data,
            Words(words, language_of(words, locale)), self.pay_by.data, self.until.data, self.once,
        )  # fmt: skip


class AnswerForm(Form):
    """One button; the version that was read travels with it."""

    def command(self, case_id: UUID, offer_id: UUID, *, code_checked: bool = False) -> AnswerOffer:
        """The answer to the offer as it was shown."""
        return AnswerOffer(case_id, offer_id, self.seen_version, code_checked)


class AcceptForm(AnswerForm, CodePart):
    """The statements that somebody who accepts has to tick; a code for who came by secret link."""

    read = Tick(N_("I have read the terms and they are what I want."),
                validators=[Needed(N_("Tick to say that you have read the terms."))])
    binds = Tick(N_("I know that the agreement is then written down on these terms and signed by both sides."),
                 validators=[Needed(N_("Tick to say that you know what follows."))])
