"""What an office fills in for somebody: a whole complaint on one page, an authority, a sitting, a reply to a channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from tourism_odr.cases.categories import RESPONDENT_KINDS
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.models import Case
from tourism_odr.cases.opening import Complaint, NamedRespondent
from tourism_odr.cases.sittings import SCOPES
from tourism_odr.clock import local_day, now
from tourism_odr.intake.commands import authority, entering
from tourism_odr.intake.commands.counter import SHOWN
from tourism_odr.intake.commands.lodging import LodgeComplaint
from tourism_odr.intake.forms.lodging import (
    NAME_MOST,
    RESPONDENTS_MOST,
    ContactForm,
    ProblemForm,
    StoryForm,
    TripForm,
    WishForm,
)
from tourism_odr.intake.forms.triage import ReasonForm, SeenForm, day_of
from tourism_odr.intake.queries.lodging import Body
from tourism_odr.people import contacts
from tourism_odr.rulebooks import local_zone
from tourism_odr.text import N_
from tourism_odr.web.codes import CodePart
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
    Tick,
    Uploads,
    ValidationError,
    Within,
    choice,
)
from tourism_odr.web.languages import language_of
from tourism_odr.web.locale import current_locale, say_here

WORDS_MOST = 4000
COUNTER_CHANNELS = {"counter": N_("They stand here at the desk"), "phone": N_("They are on the phone")}
OTHER_CHANNELS = {
    "12345": N_("Government hotline 12345"),
    "12315": N_("Consumer hotline 12315"),
    "one-stop": N_("Dispute platform 解纷一件事"),
    "post": N_("Letter"),
    "platform": N_("Another platform or office"),
}


@dataclass(frozen=True)
class Destination:
    """The body to which it goes, which office follows it, and where a register name was matched."""

    body: Body
    follower: UUID | None
    respondents: tuple[NamedRespondent, ...]


class ComplaintForm(ProblemForm, TripForm, StoryForm, WishForm, ContactForm):
    """The five themes of a complaint on one page, worded as they are read out to the person."""

    once_only: ClassVar[bool] = True
    businesses = TextAreaField(N_("Businesses, one a line, as the register names them where you know it"), [Within(600)])
    kind = Select(N_("What kind of business is it?"), [choice(code, title) for code, title in RESPONDENT_KINDS.items()])
    elsewhere = StringField(N_("Has another body taken it on already? Which one?"), [Within(NAME_MOST)])
    path = Radios(N_("Who handles it?"), [choice(code, title) for code, title in entering.PATHS.items()], optional=True)
    basis = Radios(N_("Why?"), [choice(code, title) for code, title in entering.REASONS.items()], optional=True)
    sharing = Tick(
        N_("The person agrees that the complaint is used and shared: with the body that handles it, the business, a mediator."),
        [Needed(N_("Ask the person, and tick that they agree; without it nobody can work on it."))],
    )
    sensitive = Tick(N_("The person agrees separately that sensitive data in photos and papers are used for this case."))
    asks_path = False

    def validate_path(self, field: Any) -> None:
        """A clerk of the council chooses; an officer enters for the own body."""
        if self.asks_path and not field.data:
            raise ValidationError(N_("Choose who handles it."))

    def validate_basis(self, field: Any) -> None:
        """The reason fits what was chosen."""
        if self.asks_path and (not field.data or not field.data.startswith(f"{self.path.data}-")):
            raise ValidationError(N_("Choose a reason for the way that you chose."))

    def validate_sensitive(self, field: Tick) -> None:
        """Asked for only where there may be such data."""
        if self.files.chosen() and not field.data:
            raise ValidationError(N_("Ask for it before you add papers, or leave the papers out."))

    def names(self) -> list[str]:
        """The businesses as they were typed."""
        lines = [line.strip() for line in (self.businesses.data or "").splitlines()]
        return [line for line in lines if line][:RESPONDENTS_MOST]

    def lodging(self, to: Destination, files: Sequence[StoredFile], channel: str, record: Words | None) -> LodgeComplaint:
        """The same command as the tourist's own pages make."""
        story = self.story.data or ""
        given = {
            "sharing": True, "sensitive": bool(self.sensitive.data), "e-service": True,
            "e-service-contact": self.served.data == "contact",
        }  # fmt: skip
        complaint = Complaint(
            body_id=to.body.id, jurisdiction=to.body.jurisdiction, category=self.category.data, market=self.market.data,
            channel=channel, locale=self.language.data, statement=Words(story, language_of(story, current_locale())),
            respondents=to.respondents, claims=self.claims(), currency=self.currency.data,
            travellers=self.travellers.data or 1, trip={**TripForm.trip(self), **WishForm.trip(self)}, files=tuple(files),
            mediation=self.mediation.data == "yes", consents=tuple(kind for kind, agreed in given.items() if agreed),
            id=self.once, follower=to.follower, record=record, basis=self.basis.data or "",
        )  # fmt: skip
        phone = contacts.phone(self.phone.data) if self.phone.data else None
        email = contacts.email(self.email.data) if self.email.data else None
        return LodgeComplaint(complaint, name=self.name.data or "", phone=phone, email=email)

    def reason(self) -> str:
        """Why it goes where it goes, for whoever reads the case."""
        if not self.path.data:
            return ""
        return f"{say_here(entering.PATHS[self.path.data])}: {say_here(entering.REASONS[self.basis.data])}"


class EntryForm(ComplaintForm):
    """For somebody who stands here or is on the phone: read back to them before it is sent."""

    channel = Radios(
        N_("How are they with you?"), [choice(code, title) for code, title in COUNTER_CHANNELS.items()],
        missing=N_("Say how they are with you."),
    )  # fmt: skip
    read_back = TextAreaField(
        N_("What did you read back to them? Write the sentence."),
        [Needed(N_("Write the sentence that you read back.")), Within(WORDS_MOST)],
    )
    confirmed = Tick(
        N_("I read the whole complaint back, and they said that it is right."),
        [Needed(N_("Read the complaint back first, and tick that they said it is right."))],
    )

    def command(self, to: Destination, files: Sequence[StoredFile]) -> entering.EnterComplaint:
        """The complaint with the record of how it was entered."""
        said = [self.reason(), f"{say_here(N_('Read back'))}: {self.read_back.data}"]
        record = Words("\n".join(line for line in said if line), current_locale())
        return entering.EnterComplaint(self.lodging(to, files, self.channel.data, record), None, self.elsewhere.data or "")


def a_time(_form: Any, field: Any) -> None:
    """A time of the day such as 09:30."""
    if field.data:
        try:
            time.fromisoformat(field.data.replace("：", ":").zfill(5))
        except ValueError:
            raise ValidationError(N_("Enter a time such as 09:30.")) from None


def not_ahead(_form: Any, field: Any) -> None:
    """What was received has happened."""
    if field.data and field.data > local_day(now()):
        raise ValidationError(N_("This day is still to come."))


class ExternalForm(ComplaintForm):
    """A matter that another channel sent: its number, when it had it, when we, and by when it wants word."""

    channel = Radios(
        N_("Which channel sent it?"), [choice(code, title) for code, title in OTHER_CHANNELS.items()],
        missing=N_("Select the channel."),
    )  # fmt: skip
    channel_number = StringField(N_("The channel's own number"), [Needed(N_("Enter the number that the channel gave it.")), Within(80)])
    sent_day = DayField(N_("Day on which the channel received it"), [Needed(N_("Enter the day on which the channel received it.")), not_ahead])
    sent_time = StringField(N_("Time, if known"), [a_time])
    ours_day = DayField(N_("Day on which we received it"), [Needed(N_("Enter the day on which we received it.")), not_ahead])
    ours_time = StringField(N_("Time, if known"), [a_time])
    reply_day = DayField(N_("Day by which the channel wants its reply"))

    def validate_ours_day(self, field: Any) -> None:
        """Nobody passes on what they have not yet."""
        if field.data and self.sent_day.data and field.data < self.sent_day.data:
            raise ValidationError(N_("We cannot have received it before the channel did."))

    def command(self, to: Destination, files: Sequence[StoredFile]) -> entering.EnterComplaint:
        """The complaint with where it came from."""
        reason = self.reason()
        record = Words(reason, current_locale()) if reason else None
        lodging = self.lodging(to, files, self.channel.data, record)
        return entering.EnterComplaint(lodging, self.origin(to.body.jurisdiction), self.elsewhere.data or "")

    def origin(self, jurisdiction: str) -> entering.Origin:
        """Channel, number and times; without a time the day begins it."""
        zone = ZoneInfo(local_zone(jurisdiction))
        at = now()
        sent, ours = (_instant(d.data, t.data, zone, at) for d, t in ((self.sent_day, self.sent_time), (self.ours_day, self.ours_time)))
        return entering.Origin(self.channel.data, self.channel_number.data or "", sent, ours, self.reply_day.data)


def _instant(day: date | None, clock: str | None, zone: ZoneInfo, at: datetime) -> datetime:
    """A local day and time; never later than now."""
    hour = time.fromisoformat((clock or "00:00").replace("：", ":").zfill(5))
    return min(datetime.combine(day or local_day(at), hour, zone), at)


class ImportForm(Form):
    """A file of entries; tried first, and then entered."""

    file = Uploads(N_("CSV file"))
    really = Tick(N_("Enter the rows that are right. Without this tick the file is only tried."))

    def validate_file(self, field: Any) -> None:
        """One file at a time."""
        if len(field.chosen()) != 1:
            raise ValidationError(N_("Add one CSV file."))


class AuthorityForm(Form):
    """The slip that was signed: for whom, what, up to which amount and day."""

    party = Radios(N_("Who signed it?"), missing=N_("Select who signed it."))
    scopes = Checkboxes(
        N_("What may you do for them? Tick what stands on the slip."),
        [choice(key, title) for key, title in SCOPES.items()],
        missing=N_("Tick at least one thing."),
    )  # fmt: skip
    limit = MoneyField(N_("Up to which amount may you settle?"))
    until = DayField(N_("Valid until"), [Needed(N_("Enter the last day of the authority."))])
    shown = Radios(N_("What was shown?"), [choice(code, title) for code, title in SHOWN.items()], missing=N_("Select what was shown."))
    paper = Uploads(N_("Scan of the signed slip"))

    def set_parties(self, parties: Sequence[tuple[UUID, str]]) -> None:
        """The parties for whom somebody may act."""
        self.party.choices = [choice(id, name) for id, name in parties]

    def validate_until(self, field: Any) -> None:
        """An authority that has ended gives nothing."""
        if field.data and field.data < local_day(now()):
            raise ValidationError(N_("Enter a day from today on."))

    def validate_paper(self, field: Any) -> None:
        """Without the paper there is no authority."""
        if len(field.chosen()) != 1:
            raise ValidationError(N_("Add the scan of the slip as one file."))

    def command(self, case: Case, paper: StoredFile) -> authority.GrantAuthority:
        """The authority as it was signed."""
        return authority.GrantAuthority(
            case.id, UUID(self.party.data), tuple(self.scopes.data or ()), self.shown.data, paper, self.limit.data, self.until.data
        )


class SitForm(Form):
    """How the party is with us, and what was read back to it."""

    once_only: ClassVar[bool] = True
    party = Radios(N_("For whom do you act?"), missing=N_("Select for whom you act."))
    means = Radios(N_("How are they with you?"), [choice(code, title) for code, title in authority.MEANS.items()],
                   missing=N_("Say how they are with you."))  # fmt: skip
    scopes = Checkboxes(
        N_("What do they want to have entered?"), [choice(key, title) for key, title in SCOPES.items()],
        missing=N_("Tick at least one thing."),
    )  # fmt: skip
    scans = Uploads(N_("Scan of their paper"))
    note = TextAreaField(N_("Note of the talk or call: when, which number, what they said"), [Within(WORDS_MOST)])
    read_back = TextAreaField(
        N_("What did you read back to them? Write the sentence."),
        [Needed(N_("Write the sentence that you read back.")), Within(WORDS_MOST)],
    )
    confirmed = Tick(
        N_("I read it back to them, and they said that it is right."),
        [Needed(N_("Read it back first, and tick that they said it is right."))],
    )

    def set_parties(self, parties: Sequence[tuple[UUID, str]]) -> None:
        """The parties for whom somebody may act."""
        self.party.choices = [choice(id, name) for id, name in parties]

    def validate_scans(self, field: Any) -> None:
        """A paper is shown, a talk is noted."""
        if self.means.data == authority.PAPER and not field.chosen():
            raise ValidationError(N_("Add the scan of their paper."))

    def validate_note(self, field: Any) -> None:
        """The same."""
        if self.means.data in (authority.DESK, authority.PHONE) and not field.data and not self.scans.chosen():
            raise ValidationError(N_("Note the talk or call, or add a scan."))

    def command(self, case: Case, scans: Sequence[StoredFile]) -> authority.SitDown:
        """The sitting."""
        locale = current_locale()
        note = Words(self.note.data, locale) if self.note.data else None
        return authority.SitDown(
            case.id, UUID(self.party.data), self.means.data, tuple(self.scopes.data or ()),
            Words(self.read_back.data or "", locale), note, scans, self.once,
        )  # fmt: skip


class RepresentativeForm(CodePart):
    """Whom somebody lets act for them, what for and until when."""

    name = StringField(N_("Name of whoever acts for you"), [Needed(N_("Enter the name.")), Within(NAME_MOST)])
    scopes = Checkboxes(
        N_("What may they do for you?"), [choice(key, title) for key, title in SCOPES.items()],
        missing=N_("Tick at least one thing."),
    )  # fmt: skip
    limit = MoneyField(N_("Up to which amount may they settle?"))
    until = DayField(N_("Valid until"), [Needed(N_("Enter the last day of the authority."))])

    def validate_until(self, field: Any) -> None:
        """An authority that has ended gives nothing."""
        if field.data and field.data < local_day(now()):
            raise ValidationError(N_("Enter a day from today on."))

    def command(self, case: Case) -> authority.NameRepresentative:
        """The authority; the page has checked the code."""
        return authority.NameRepresentative(
            case.id, self.name.data or "", tuple(self.scopes.data or ()), day_of(self.until), self.limit.data, code_checked=True
        )


class PressedForm(Form):
    """Only a button."""


class ReplyForm(SeenForm):
    """What was told to the channel, and the proof that it was."""

    reply = TextAreaField(N_("Words of the reply"), [Needed(N_("Write what was replied.")), Within(WORDS_MOST)])
    proof = Uploads(N_("Proof of sending: screen, receipt or stamped copy"))

    def validate_proof(self, field: Any) -> None:
        """A reply that nobody can show was not sent."""
        if not field.chosen():
            raise ValidationError(N_("Add the proof that the reply was sent."))

    def command(self, case: Case, external_id: UUID, proof: Sequence[StoredFile]) -> entering.ReplyToChannel:
        """The reply as it went out."""
        return entering.ReplyToChannel(case.id, external_id, self.version, Words(self.reply.data or "", "zh-Hans"), proof)


class FollowForm(ReasonForm):
    """Which body has it, in the words of the letter to the person."""

    def command(self, case: Case) -> entering.FollowElsewhere:
        """The end of the complaint here."""
        return entering.FollowElsewhere(case.id, self.version, self.bilingual())


def matched(names: Sequence[str], known: Mapping[str, UUID | None], kind: str) -> tuple[NamedRespondent, ...]:
    """Businesses of the register by their id, others as typed; nobody named: one unnamed."""
    found = [NamedRespondent(name, known.get(name), "agency" if known.get(name) else kind) for name in names]
    return tuple(found) or (NamedRespondent(),)
