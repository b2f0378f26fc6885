"""Forms of an agreement: drafting, one clause, signing, payments, the account."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import Field

from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.models import Clause
from tourism_odr.cases.models.agreement import AT_ONCE, BY_DAY_25, PAYMENT
from tourism_odr.clock import local_day, now
from tourism_odr.mediation.commands.agreements import DraftAgreement, Joint, Sign
from tourism_odr.mediation.commands.clauses import Draft, Payment
from tourism_odr.mediation.commands.performance import Account, Report
from tourism_odr.text import N_, M
from tourism_odr.web.codes import CodePart
from tourism_odr.web.forms import (
    Checkboxes,
    DayField,
    Form,
    HiddenField,
    MoneyField,
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
)

KINDS = {
    "payment": N_("Payment"),
    "apology": N_("Apology"),
    "service": N_("Service or rearrangement"),
    "release": N_("No further claims"),
    "confidentiality": N_("Confidentiality"),
    "other": N_("Something else"),
}
METHODS = {
    "original-route": N_("Back the way it was paid"),
    "bank-transfer": N_("Transfer to a Chinese account"),
    "mobile-wallet": N_("Mobile wallet"),
    "foreign-account": N_("Transfer to an account abroad"),
    "cash": N_("Cash against receipt, when signing"),
}
CURRENCIES = ("CNY", "HKD", "USD", "EUR", "JPY", "GBP", "KRW")
SIGNS = {"CNY": "¥"}
JOIN, NOT_JOIN = "join", "decline"


class DraftForm(Form):
    """With whom, and from what."""

    respondents = Checkboxes(
        N_("With whom is it made?"), missing=N_("Choose at least one respondent. An agreement binds its signers only.")
    )
    offer = Radios(N_("Begin with"), optional=True)

    def command(self, case_id: UUID) -> DraftAgreement:
        """An agreement of this case."""
        offer = UUID(self.offer.data) if self.offer.data else None
        return DraftAgreement(case_id, tuple(UUID(one) for one in self.respondents.data or ()), offer)


class ClauseForm(Form):
    """One clause.  A payment needs all of its parts, each missing one is said beside its field."""

    kind = Select(
        N_("Kind of clause"), [choice("", N_("Choose")), *(choice(key, title) for key, title in KINDS.items())],
        missing=N_("Choose what the clause is about."),
    )  # fmt: skip
    text = TextAreaField(N_("Words of the clause"), [Within(2000)])
    payer = Select(N_("Who pays"), optional=True)
    payee = Select(N_("Who receives"), optional=True)
    amount = MoneyField(N_("Amount"))
    currency = Select(N_("Currency"), [choice(code, code) for code in CURRENCIES], default="CNY", optional=True)
    day = DayField(N_("To be paid by"))
    method = Select(
        N_("How it is paid"), [choice("", N_("Choose")), *(choice(key, title) for key, title in METHODS.items())],
        optional=True,
    )  # fmt: skip
    default = StringField(N_("What follows when it is not paid in time"), [Within(300)])

    def _pays(self) -> bool:
        return bool(self.kind.data == PAYMENT)

    def validate_text(self, field: Field) -> None:
        """A clause without a payment is its words."""
        if not self._pays() and not field.data:
            raise ValidationError(N_("Write the words of the clause."))

    def validate_payer(self, field: Field) -> None:
        """Somebody pays."""
        if self._pays() and not field.data:
            raise ValidationError(N_("Choose who pays."))

    def validate_payee(self, field: Field) -> None:
        """Somebody else receives."""
        if self._pays() and not field.data:
            raise ValidationError(N_("Choose who receives the money."))
        if self._pays() and field.data == self.payer.data:
            raise ValidationError(N_("Nobody pays themselves: choose another payee."))

    def validate_amount(self, field: Field) -> None:
        """More than nothing."""
        if self._pays() and not field.errors and not field.data:
            raise ValidationError(N_("Enter the amount."))

    def validate_day(self, field: Field) -> None:
        """From today on."""
        if self._pays() and field.data is None:
            raise ValidationError(N_("Enter the day by which it is paid."))
        if self._pays() and field.data and field.data < local_day(now()):
            raise ValidationError(N_("Enter a day from today on."))

    def validate_method(self, field: Field) -> None:
        """A way to pay."""
        if self._pays() and not field.data:
            raise ValidationError(N_("Choose how it is paid."))

    def validate_default(self, field: Field) -> None:
        """What follows when nothing comes."""
        if self._pays() and not field.data:
            raise ValidationError(N_("Say what follows when it is not paid in time."))

    def command(self, agreement_id: UUID, clause_id: UUID | None = None) -> Draft:
        """The clause as it was written."""
        payment = None
        if self._pays() and self.amount.data is not None and self.day.data is not None:
            payment = Payment(
                UUID(self.payer.data), UUID(self.payee.data), self.amount.data, self.currency.data or "CNY",
                self.day.data, self.method.data, self.default.data or "",
            )  # fmt: skip
        return Draft(agreement_id, self.seen_version, self.kind.data, self.text.data or "", payment, clause_id)


def clause_form(
    parties: Sequence[tuple[UUID, str]], clause: Clause | None, kind: str, seen: int, currency: str
) -> ClauseForm:
    """The form for a new clause of this kind, or for one that stands."""
    data = {"kind": kind, "currency": currency}
    if clause:
        names = ("kind", "text", "amount", "currency", "day", "method", "default")
        data = {name: getattr(clause, name) for name in names}
        data |= {"payer": str(clause.payer_id or ""), "payee": str(clause.payee_id or "")}
    form = ClauseForm(seen=seen, data=data)
    choices = [choice("", N_("Choose")), *(choice(id, name) for id, name in parties)]
    form.payer.choices, form.payee.choices = choices, list(choices)
    return form


class JointForm(Form):
    """Whether the sides apply together for confirmation by the court, to which, and when it is submitted."""

    joint = Tick(N_("The sides apply together to the court for confirmation, in the same sitting."))
    court = Select(N_("Court"), optional=True)
    submission = Radios(
        N_("When is it submitted?"),
        [
            choice(BY_DAY_25, N_("On day 25 at the latest, unless everything is performed and both withdraw it")),
            choice(AT_ONCE, N_("At once, when everybody has signed")),
        ],
        default=BY_DAY_25,
    )

    def command(self, agreement_id: UUID) -> Joint:
        """What was chosen."""
        court = UUID(self.court.data) if self.court.data else None
        return Joint(agreement_id, self.seen_version, bool(self.joint.data), court, self.submission.data or BY_DAY_25)


class SignersForm(Form):
    """Which respondents sign."""

    respondents = Checkboxes(
        N_("With whom is it made?"), missing=N_("Choose at least one respondent. An agreement binds its signers only.")
    )


class SignForm(CodePart):
    """Statements to tick; the digest is that of the text on this very page."""

    digest = HiddenField()
    read = Tick(N_("I have read the whole text and understand it."), [Needed(N_("Tick that you have read the text."))])
    free = Tick(N_("I sign of my own will; nobody put me under pressure."), [Needed(N_("Tick that you sign of your own will."))])
    binds = Tick(
        N_("I know that it binds me, and the side that I stand for, once the last person has signed."),
        [Needed(N_("Tick that you know that it binds."))],
    )
    effect = Tick(
        N_("I know what may follow when it is not kept, as said above."), [Needed(N_("Tick that you know what may follow."))]
    )
    application = Radios(
        N_("The joint application to the court"),
        [
            choice(JOIN, N_("I sign the application, too")),
            choice(NOT_JOIN, N_("I do not join: nothing goes to the court")),
        ],
        optional=True,
    )
    asked = False  # whether an application lies beside the text

    def validate_application(self, field: Field) -> None:
        """Nobody applies by saying nothing, and nobody declines so."""
        if self.asked and field.data not in (JOIN, NOT_JOIN):
            raise ValidationError(N_("Say whether you sign the application, too."))

    def command(self, agreement_id: UUID, application_id: UUID | None) -> Sign:
        """The signature under the agreement, with what was said to the application."""
        return Sign(
            agreement_id, self.seen_version, self.digest.data or "", code_checked=True, application_id=application_id,
            joins=self.application.data == JOIN,
        )  # fmt: skip


class ReportForm(Form):
    """The payment as it was made outside the service."""

    words = TextAreaField(N_("Note for the payee"), [Within(1000)])
    files = Uploads(N_("Proof of payment"))

    def command(self, instalment_id: UUID, language: str, files: Sequence[StoredFile]) -> Report:
        """What the payer says."""
        return Report(instalment_id, self.seen_version, Words(self.words.data or "", language), tuple(files))


class DisputeForm(Form):
    """The money has not come."""

    words = TextAreaField(
        N_("What do you see in your account?"), [Needed(N_("Say what you see in your account.")), Within(1000)]
    )


class AccountForm(Form):
    """Where the payee wants the money."""

    holder = StringField(N_("Name of the account holder"), [Needed(N_("Enter the name of the account holder.")), Within(120)])
    bank = StringField(N_("Bank and branch, or wallet"), [Needed(N_("Enter the bank or wallet.")), Within(160)])
    number = StringField(N_("Account number"), [Needed(N_("Enter the account number.")), Within(60)])

    def validate_number(self, field: Field) -> None:
        """Digits and letters, as on the card or the statement."""
        plain = (field.data or "").replace(" ", "").replace("-", "")
        if field.data and not (plain.isascii() and plain.isalnum() and len(plain) > 3):
            raise ValidationError(M("Enter the number as it stands on the card or the statement."))

    def command(self) -> Account:
        """The account, in one line each."""
        one_line = [(field.data or "").replace("\n", " ") for field in (self.holder, self.bank, self.number)]
        return Account(one_line[0], one_line[1], one_line[2].replace(" ", ""))
