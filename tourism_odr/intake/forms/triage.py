"""What officers and the head fill in between receipt and mediation; each form makes its command."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tourism_odr.cases.categories import RESPONDENT_KINDS
from tourism_odr.cases.items import StoredFile
from tourism_odr.cases.models import Case
from tourism_odr.clock import local_day, now
from tourism_odr.intake.commands import (
    counter,
    mediators,
    reminders,
    respondents,
    service,
    transfers,
    triage,
)
from tourism_odr.intake.commands.letters import Bilingual
from tourism_odr.people import contacts
from tourism_odr.people.register import uscc_is_right
from tourism_odr.rulebooks import GRADES, Ground, Rulebook
from tourism_odr.text import N_, M, Message
from tourism_odr.web.forms import (
    Checkboxes,
    DayField,
    EmailField,
    Form,
    Needed,
    Radios,
    Select,
    StringField,
    TelField,
    TextAreaField,
    Uploads,
    ValidationError,
    Within,
    choice,
)
from tourism_odr.web.locale import say_here
from tourism_odr.web.names import called
from tourism_odr.web.parts import cited

WORDS_MOST = 4000
NAME_MOST = 200


class SeenForm(Form):
    """A form about one subject: without the version that was seen there is nothing to compare with."""

    @property
    def version(self) -> int:
        """The version that the officer saw; one that was tampered with fits none."""
        return self.seen_version


class AcceptForm(SeenForm):
    """Only a button."""

    def command(self, case: Case) -> triage.AcceptComplaint:
        return triage.AcceptComplaint(case.id, self.version)


class ReturnForm(SeenForm):
    """The list of what is missing."""

    missing = Checkboxes(N_("What is missing?"), [choice(code, title) for code, title in triage.MISSING.items()])
    more = TextAreaField(N_("Further points in Chinese, one a line"), [Within(WORDS_MOST)])
    more_en = TextAreaField(N_("The same points in English"), [Within(WORDS_MOST)])

    def validate_more(self, field: Any) -> None:
        if not self.missing.data and not field.data and not self.more_en.data:
            raise ValidationError(N_("Tick or write at least one thing that is missing."))

    def command(self, case: Case) -> triage.ReturnComplaint:
        more = Bilingual(self.more.data or "", self.more_en.data or "")
        return triage.ReturnComplaint(case.id, self.version, tuple(self.missing.data or ()), more)


class ReasonForm(SeenForm):
    """A reason in Chinese, which the papers print, and in English where the tourist needs it."""

    reason = TextAreaField(N_("Reason in Chinese"), [Needed(N_("Give the reason; it stands in the letter.")), Within(WORDS_MOST)])
    reason_en = TextAreaField(N_("Reason in English"), [Within(WORDS_MOST)])

    def bilingual(self) -> Bilingual:
        return Bilingual(self.reason.data or "", self.reason_en.data or "")


class RefusalForm(ReasonForm):
    """A ground of the rulebook, and why."""

    ground = Radios(N_("Ground"), missing=N_("Select a ground."))

    def set_grounds(self, book: Rulebook) -> None:
        """The grounds of the Measures that apply to this complaint."""
        self.ground.choices = [choice(g.code, g.title, self.cited(g)) for g in book.grounds]

    @staticmethod
    def cited(ground: Ground) -> Message:
        """Where the ground stands, and how surely that is known."""
        return M("%(where)s (%(grade)s)", where=cited(ground), grade=M(GRADES[ground.grade]))

    def command(self, case: Case) -> triage.ProposeRefusal:
        return triage.ProposeRefusal(case.id, self.version, self.ground.data, self.bilingual())


class ApproveForm(SeenForm):
    """Only a button."""

    def command(self, case: Case) -> triage.ApproveRefusal:
        return triage.ApproveRefusal(case.id, self.version)


class RejectForm(SeenForm):
    """Why the head does not approve."""

    reason = TextAreaField(N_("Why is it sent back?"), [Needed(N_("Say why, so that the officer knows what to do.")), Within(WORDS_MOST)])

    def command(self, case: Case) -> triage.RejectRefusal:
        return triage.RejectRefusal(case.id, self.version, self.reason.data or "")


GROUNDS = [choice(code, title) for code, title in triage.TRANSFER_GROUNDS.items()]


class TransferOutForm(ReasonForm):
    """To a body outside this service."""

    receiver = StringField(N_("Receiving body, its name in Chinese"), [Needed(N_("Enter the receiving body.")), Within(NAME_MOST)])
    receiver_en = StringField(N_("Its name in English"), [Within(NAME_MOST)])
    ground = Radios(N_("Ground"), GROUNDS, missing=N_("Select a ground."))

    def command(self, case: Case) -> triage.TransferOut:
        receiver = Bilingual(self.receiver.data or "", self.receiver_en.data or "")
        return triage.TransferOut(case.id, self.version, receiver, self.ground.data, self.bilingual())


class OfferTransferForm(ReasonForm):
    """To another body of this service."""

    body = Select(N_("Receiving body"), missing=N_("Select the receiving body."))
    ground = Radios(N_("Ground"), GROUNDS, missing=N_("Select a ground."))

    def set_bodies(self, bodies: Sequence[tuple[UUID, str]]) -> None:
        self.body.choices = [choice("", N_("Choose")), *(choice(id, name) for id, name in bodies)]

    def command(self, case: Case) -> transfers.OfferTransfer:
        return transfers.OfferTransfer(case.id, self.version, UUID(self.body.data), self.ground.data, self.bilingual())


class TakeOverForm(SeenForm):
    """Take over, or object with a reason."""

    answer = Radios(
        N_("Does this body take the complaint over?"),
        [choice("yes", N_("Yes, take over")), choice("no", N_("No, object"))],
        missing=N_("Select whether this body takes the complaint over."),
    )
    reason = TextAreaField(N_("Reason of the objection"), [Within(WORDS_MOST)])

    def validate_reason(self, field: Any) -> None:
        if self.answer.data == "no" and not field.data:
            raise ValidationError(N_("Give the reason of the objection."))

    def command(self, case: Case, transfer_id: UUID) -> transfers.TakeOver | transfers.ObjectToTransfer:
        if self.answer.data == "yes":
            return transfers.TakeOver(case.id, transfer_id, self.version)
        return transfers.ObjectToTransfer(case.id, transfer_id, self.version, Bilingual(self.reason.data or ""))


class DesignateForm(ReasonForm):
    """Which body is responsible, and why."""

    body = Select(N_("Responsible body"), missing=N_("Select the responsible body."))

    def set_bodies(self, bodies: Sequence[tuple[UUID, str]]) -> None:
        self.body.choices = [choice("", N_("Choose")), *(choice(id, name) for id, name in bodies)]

    def command(self, case: Case, transfer_id: UUID) -> transfers.Designate:
        return transfers.Designate(case.id, transfer_id, self.version, UUID(self.body.data), self.bilingual())


class ChooseOperatorForm(SeenForm):
    """One of the operators that were found."""

    operator = Radios(N_("Operators found"), missing=N_("Select the operator that is meant."))

    def set_found(self, found: Sequence[Any]) -> None:
        self.operator.choices = [choice(one.id, called(one), " · ".join(filter(None, (one.licence, one.uscc, say_here(one.source))))) for one in found]

    def command(self, case: Case, respondent_id: UUID) -> respondents.CompleteRespondent:
        return respondents.CompleteRespondent(case.id, respondent_id, self.version, UUID(self.operator.data))


class NewOperatorForm(SeenForm):
    """An operator that the register does not hold."""

    name = StringField(N_("Registered name"), [Needed(N_("Enter the registered name.")), Within(NAME_MOST)])
    name_en = StringField(N_("Name in English"), [Within(NAME_MOST)])
    uscc = StringField(N_("Unified social credit code"), [Within(18)])
    licence = StringField(N_("Licence number"), [Within(40)])
    email = EmailField(N_("E-mail address for letters"), [Within(254)])
    phone = TelField(N_("Telephone"), [Within(40)])
    address = StringField(N_("Postal address"), [Within(300)])
    source = StringField(
        N_("Where was this found?"), [Needed(N_("Say where this was found, such as the enterprise register.")), Within(NAME_MOST)]
    )

    def validate_uscc(self, field: Any) -> None:
        if field.data and not uscc_is_right(field.data.upper()):
            raise ValidationError(N_("This is no unified social credit code. Check its 18 characters."))

    def validate_email(self, field: Any) -> None:
        if field.data and contacts.email(field.data) is None:
            raise ValidationError(N_("Enter an e-mail address such as name@example.com."))

    def command(self, case: Case, respondent_id: UUID) -> respondents.EnterRespondent:
        reach = (("e-mail", contacts.email(self.email.data or "")), ("phone", self.phone.data), ("address", self.address.data))
        operator = respondents.NewOperator(
            name=self.name.data or "", source=self.source.data or "", name_en=self.name_en.data or "",
            uscc=self.uscc.data or "", licence=self.licence.data or "",
            contacts=tuple((kind, value) for kind, value in reach if value),
        )  # fmt: skip
        return respondents.EnterRespondent(case.id, respondent_id, self.version, operator)


class AddRespondentForm(Form):
    """One more respondent."""

    name = StringField(N_("Name as the complaint has it"), [Needed(N_("Enter the name.")), Within(NAME_MOST)])
    kind = Select(N_("Kind"), [choice(code, title) for code, title in RESPONDENT_KINDS.items()])

    def command(self, case: Case) -> respondents.AddRespondent:
        return respondents.AddRespondent(case.id, self.name.data or "", self.kind.data)


class MergeForm(SeenForm):
    """Which other respondent is the same."""

    into = Radios(N_("The same as"), missing=N_("Select the other respondent."))

    def set_others(self, others: Sequence[tuple[UUID, Any]]) -> None:
        self.into.choices = [choice(id, name) for id, name in others]

    def command(self, case: Case, respondent_id: UUID) -> respondents.MergeRespondent:
        return respondents.MergeRespondent(case.id, respondent_id, self.version, UUID(self.into.data))


def day_of(field: DayField) -> date:
    """The day of a field that was checked to hold one."""
    if field.data is None:
        raise ValueError(f"{field.name} was not checked")
    return field.data


def lies_ahead(_form: Any, field: Any) -> None:
    """A date for an answer lies after today."""
    if field.data and field.data <= local_day(now()):
        raise ValidationError(N_("The date for the answer must lie after today."))


METHODS = (
    choice("invitation", N_("Invitation by e-mail"), N_("Served when the operator presses the button in it")),
    choice("inbox", N_("Agreed inbox"), N_("Served on arrival, because the operator agreed to that")),
    choice("post", N_("By post"), N_("Served when you record the delivery with its proof")),
    choice("hand", N_("By hand"), N_("Served when you record the delivery with its proof")),
)


class SendForm(SeenForm):
    """The date for the answer, and the way."""

    answer_day = DayField(N_("Date for the answer"), [Needed(N_("Set the date for the answer.")), lies_ahead])
    method = Radios(N_("How is the letter sent?"), METHODS, missing=N_("Select how the letter is sent."))

    def only_with_inbox(self, agreed: bool) -> None:
        """The inbox is offered only where the operator agreed to it."""
        self.method.choices = [one for one in METHODS if agreed or one.value != "inbox"]

    def command(self, case: Case, respondent_id: UUID) -> service.SendService:
        return service.SendService(case.id, respondent_id, self.version, day_of(self.answer_day), self.method.data)


class ProveForm(SeenForm):
    """How and when it was delivered, with the paper that shows it."""

    method = Radios(
        N_("How was it delivered?"),
        [choice("hand", N_("By hand")), choice("post", N_("By post")), choice("call", N_("Read out in a logged call"))],
        missing=N_("Select how it was delivered."),
    )
    delivered = DayField(N_("Day of delivery"), [Needed(N_("Enter the day of delivery."))])
    answer_day = DayField(N_("Date for the answer"), [Needed(N_("Set the date for the answer.")), lies_ahead])
    proof = Uploads(N_("Proof: receipt, tracking page or call note"))
    note = TextAreaField(N_("Note"), [Within(WORDS_MOST)])

    def validate_delivered(self, field: Any) -> None:
        if field.data and field.data > local_day(now()):
            raise ValidationError(N_("The day of delivery cannot lie ahead."))

    def validate_proof(self, field: Any) -> None:
        if len(field.chosen()) != 1:
            raise ValidationError(N_("Add the proof as one file; without it the delivery counts for nothing."))

    def command(self, case: Case, service_id: UUID, proof: StoredFile) -> service.ProveService:
        return service.ProveService(
            case.id, service_id, self.version, self.method.data, day_of(self.delivered), proof,
            self.answer_day.data, self.note.data or "",
        )  # fmt: skip


class RevokeForm(SeenForm):
    """Why the service did not reach the respondent."""

    reason = TextAreaField(N_("What shows that the letter did not arrive?"), [Needed(N_("Say what shows it.")), Within(WORDS_MOST)])

    def command(self, case: Case, service_id: UUID) -> service.RevokeService:
        return service.RevokeService(case.id, service_id, self.version, self.reason.data or "")


class RemindForm(SeenForm):
    """A short last date, and words if wanted."""

    answer_day = DayField(N_("Last date for the answer"), [Needed(N_("Set the date for the answer.")), lies_ahead])
    words = TextAreaField(N_("Words of your own in Chinese"), [Within(WORDS_MOST)])
    words_en = TextAreaField(N_("The same in English"), [Within(WORDS_MOST)])

    def command(self, case: Case, respondent_id: UUID) -> reminders.Remind:
        words = Bilingual(self.words.data or "", self.words_en.data or "")
        return reminders.Remind(case.id, respondent_id, self.version, day_of(self.answer_day), words)


class IdentifyForm(Form):
    """Who stands at the counter, and what they showed."""

    party = Radios(N_("Who was identified?"), missing=N_("Select who was identified."))
    shown = Radios(
        N_("What was shown?"), [choice(code, title) for code, title in counter.SHOWN.items()], missing=N_("Select what was shown.")
    )

    def set_people(self, people: Sequence[tuple[UUID, str]]) -> None:
        self.party.choices = [choice(id, name) for id, name in people]

    def command(self, case: Case) -> counter.IdentifyPerson:
        return counter.IdentifyPerson(case.id, UUID(self.party.data), self.shown.data)


class AssignForm(Form):
    """Which mediator is asked."""

    mediator = Radios(N_("Mediators"), missing=N_("Select a mediator."))

    def command(self, case: Case) -> mediators.AssignMediator:
        return mediators.AssignMediator(case.id, UUID(self.mediator.data))


class ReplaceForm(SeenForm):
    """Why the mediator is replaced."""

    reason = Radios(
        N_("Reason"), [choice(code, title) for code, title in mediators.REASONS.items()], missing=N_("Select a reason.")
    )

    def command(self, case: Case, appointment_id: UUID) -> mediators.ReplaceMediator:
        return mediators.ReplaceMediator(case.id, appointment_id, self.version, self.reason.data)
