"""What is filled in on the pages of an application beside the case."""

from datetime import date
from typing import Any
from uuid import UUID

from tourism_odr.cases.applying import RESTS_ON
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.models.application import DEPOSIT, ENFORCEMENT
from tourism_odr.clock import local_day, now
from tourism_odr.referral.commands import applications as commands
from tourism_odr.text import N_
from tourism_odr.web.forms import (
    Checkboxes,
    DayField,
    Form,
    MoneyField,
    Needed,
    Radios,
    Select,
    StringField,
    TextAreaField,
    Uploads,
    ValidationError,
    Within,
    choice,
)

MOST = 4000
SORTS = {
    ENFORCEMENT: (
        N_("Unlawful conduct: to the body that enforces the law"),
        N_("It looks into the conduct. It does not decide on your money."),
    ),
    DEPOSIT: (
        N_("Compensation from the quality deposit of the travel agency"),
        N_("Only where a violation or a failure of the agency was verified."),
    ),
}
WAYS = {
    "post": N_("By post"),
    "hand": N_("Handed over"),
    "exchange": N_("Through the exchange of official documents"),
    "system": N_("Through the receiver's own system"),
}
OUTCOMES = {
    "taken-up": N_("Taken up; the matter goes on there"),
    "granted": N_("Granted, or a sanction was imposed"),
    "refused": N_("Not taken up, or refused"),
    "passed-on": N_("Passed on to another body"),
    "other": N_("Something else"),
}


def not_ahead(_form: Any, field: Any) -> None:
    """What is recorded has happened already."""
    if field.data and field.data > local_day(now()):
        raise ValidationError(N_("Enter a day that is not after today."))


def day_of(field: DayField) -> date:
    """The day of a field that the form needs."""
    day: date = field.data or local_day(now())
    return day


class BeginForm(Form):
    """Which application, about whom, and why."""

    sort = Radios(
        N_("What should be applied for?"), [choice(code, title, hint) for code, (title, hint) in SORTS.items()],
        missing=N_("Select what should be applied for."),
    )  # fmt: skip
    respondent = Radios(N_("About whom?"), missing=N_("Select whom it is about."))
    words = TextAreaField(N_("What should the body know?"), [Within(MOST)])

    def command(self, case_id: UUID, language: str) -> commands.Begin:
        """Begin this application."""
        words = Words(self.words.data, language) if self.words.data else None
        return commands.Begin(case_id, self.sort.data, UUID(self.respondent.data), words)


class DeclineForm(Form):
    """Why it is not sent."""

    reason = TextAreaField(N_("Why it is not sent"), [Needed(N_("Write why it is not sent.")), Within(MOST)])


class LetterForm(Form):
    """A letter on unlawful conduct."""

    receiver = StringField(N_("Receiving body"), [Needed(N_("Enter the receiving body.")), Within(200)])
    receiver_en = StringField(N_("Receiving body, in English"), [Within(200)])
    known = Select(N_("If it uses this service"), optional=True)
    ground = Radios(N_("On which ground"), missing=N_("Select the ground."))
    account = TextAreaField(N_("Account of the facts"), [Needed(N_("Write what was found.")), Within(MOST)])
    account_en = TextAreaField(N_("Account of the facts, in English"), [Within(MOST)])
    files = Checkboxes(N_("Files that go along"))

    def command(self, application_id: UUID) -> commands.Letter:
        """Issue this letter."""
        return commands.Letter(application_id, self.seen_version, **self.written())

    def written(self) -> dict[str, Any]:
        """What every letter says."""
        return {
            "receiver": self.receiver.data, "receiver_en": self.receiver_en.data or "",
            "receiver_id": UUID(self.known.data) if self.known.data else None, "ground": self.ground.data,
            "account": self.account.data, "account_en": self.account_en.data or "",
            "files": tuple(UUID(one) for one in self.files.data or ()),
        }  # fmt: skip


class DepositForm(LetterForm):
    """A letter on the deposit: what was verified, how, when, and how much is asked for."""

    rests_on = Radios(
        N_("How was it verified?"), [choice(code, title) for code, title in RESTS_ON.items()],
        missing=N_("Select how it was verified."),
    )  # fmt: skip
    verified_on = DayField(N_("Verified on"), [Needed(N_("Enter the day on which it was verified.")), not_ahead])
    amount = MoneyField(N_("Amount asked for"), [Needed(N_("Enter the amount."))])

    def written(self) -> dict[str, Any]:
        """Also what a deposit rests on."""
        more = {"rests_on": self.rests_on.data, "verified_on": day_of(self.verified_on), "amount": self.amount.data}
        return super().written() | more


class DispatchForm(Form):
    """How the letter left."""

    day = DayField(N_("Sent on"), [Needed(N_("Enter the day.")), not_ahead])
    way = Radios(N_("How was it sent?"), [choice(code, title) for code, title in WAYS.items()], missing=N_("Select how it was sent."))
    proof = StringField(
        N_("Number of the consignment, or who took it"), [Needed(N_("Enter what proves the dispatch.")), Within(200)]
    )
    paper = Uploads(N_("Proof of dispatch"))

    def command(self, application_id: UUID, kept: list[StoredFile]) -> commands.Dispatch:
        """Record this dispatch."""
        paper = kept[0] if kept else None
        return commands.Dispatch(application_id, self.seen_version, day_of(self.day), self.way.data, self.proof.data, paper)


class ReceiptForm(Form):
    """That the receiver has it."""

    day = DayField(N_("Received on"), [Needed(N_("Enter the day.")), not_ahead])
    number = StringField(N_("The receiver's number, or who confirmed"), [Needed(N_("Enter the number or the name.")), Within(200)])

    def command(self, application_id: UUID) -> commands.Receipt:
        """Record this receipt."""
        return commands.Receipt(application_id, self.seen_version, day_of(self.day), self.number.data)


class DecisionForm(Form):
    """What was decided, and what the tourist may be told."""

    day = DayField(N_("Decided on"), [Needed(N_("Enter the day.")), not_ahead])
    outcome = Radios(N_("Outcome"), [choice(code, title) for code, title in OUTCOMES.items()], missing=N_("Select the outcome."))
    words = TextAreaField(N_("The decision, for this body alone"), [Needed(N_("Write what was decided.")), Within(MOST)])
    told = TextAreaField(
        N_("What the tourist is told"), [Needed(N_("Write what the tourist may be told.")), Within(MOST)]
    )
    paper = Uploads(N_("The decision as it came"))

    def command(self, application_id: UUID, kept: list[StoredFile]) -> commands.Decided:
        """Record this decision."""
        paper = kept[0] if kept else None
        return commands.Decided(
            application_id, self.seen_version, day_of(self.day), self.outcome.data, self.words.data, self.told.data, paper
        )
