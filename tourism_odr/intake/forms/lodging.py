"""The five steps of a complaint, one form a page.  A form is filled from what was typed, and checked again when sent."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.validators import Optional

from tourism_odr.cases.categories import CLAIMS, GROUPS, MARKETS, RESPONDENT_KINDS
from tourism_odr.cases.opening import Claimed, NamedRespondent
from tourism_odr.clock import local_day, now
from tourism_odr.intake.queries.lodging import Body
from tourism_odr.people import contacts
from tourism_odr.text import N_, M
from tourism_odr.web.forms import (
    Checkboxes,
    DayField,
    EmailField,
    Form,
    HiddenField,
    MoneyField,
    Needed,
    Radios,
    Select,
    StopValidation,
    StringField,
    TelField,
    TextAreaField,
    Tick,
    Uploads,
    ValidationError,
    WholeNumber,
    Within,
    choice,
)
from tourism_odr.web.locale import current_locale

STORY_MOST = 6000
NAME_MOST = 100
RESPONDENTS_MOST = 6
WITH_AMOUNT = ("refund", "compensation")
LANGUAGES = (choice("zh-Hans", "中文"), choice("en", "English"))
CURRENCIES = tuple(choice(code, code) for code in ("CNY", "USD", "EUR", "GBP", "JPY", "KRW", "HKD", "TWD", "THB"))


class PageForm(Form):
    """A page of the draft: ``tab`` tells two open copies of it apart."""

    tab = HiddenField()


class ProblemForm(PageForm):
    """Step 1: what went wrong."""

    agency = HiddenField()
    category = Radios(
        N_("What went wrong?"),
        [choice(group.code, group.title, group.hint, group.icon) for group in GROUPS],
        missing=N_("Select what went wrong. If nothing fits, select the last answer."),
    )


class WhomForm(PageForm):
    """Step 2, first half: whom the complaint is about.  Chosen ones travel as hidden fields."""

    q = StringField(N_("Name, licence number or unified social credit code"), [Within(NAME_MOST)])
    named = StringField(N_("Name as you know it"), [Within(NAME_MOST)])
    kind = Select(N_("What kind of business is it?"), [choice(code, title) for code, title in RESPONDENT_KINDS.items()])
    unknown = Tick(N_("I do not know who is responsible"))


class TripForm(PageForm):
    """Step 2, second half: which trip or booking."""

    order = StringField(N_("Order or contract number"), [Within(60)])
    first = DayField(N_("First day of the trip or stay"))
    last = DayField(N_("Last day of the trip or stay"))
    travellers = WholeNumber(N_("How many travellers?"), [Optional()])
    fee = MoneyField(N_("How much was paid in all?"))
    currency = Select(N_("Currency"), CURRENCIES)
    market = Radios(
        N_("Where did you travel?"),
        [choice(code, title) for code, title in MARKETS.items()],
        missing=N_("Select where you travelled."),
    )
    place = Select(N_("Where did you sign or book?"), optional=True)

    def set_bodies(self, known: Sequence[Body], locale: str) -> None:
        """The places to choose from are the territories of the bodies."""
        self.bodies = {str(body.id): body for body in known}
        named = [choice(body.id, body.named(locale)) for body in known]
        self.place.choices = [choice("", N_("I do not know, or online")), *named]

    def validate_last(self, field: Field) -> None:
        """A trip ends after it began."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(N_("The last day lies before the first day. Change one of them."))

    def validate_travellers(self, field: Field) -> None:
        """Somebody travelled."""
        if field.data is not None and not 1 <= field.data <= 999:
            raise ValidationError(N_("Enter a number of travellers from 1 to 999."))

    def trip(self) -> dict[str, str]:
        """The trip sheet's first values; empty ones are left out by the kernel."""
        fee = f"{self.fee.data:f}" if self.fee.data is not None else ""
        chosen = self.bodies.get(self.place.data or "")
        return {
            "order": self.order.data or "", "from": _day(self.first.data), "to": _day(self.last.data), "fee": fee,
            "place": chosen.name if chosen else "",
        }  # fmt: skip


class StoryForm(PageForm):
    """Step 3: what happened, with photos and papers."""

    story = TextAreaField(
        N_("What happened?"),
        [Needed(N_("Say what happened. A few sentences are enough.")), Within(STORY_MOST)],
    )
    files = Uploads(N_("Take photos or choose files"))


class WishForm(PageForm):
    """Step 4: what is asked for, and whether mediation is wanted."""

    wants = Checkboxes(
        N_("What do you want?"),
        [choice(code, title) for code, title in CLAIMS.items()],
        missing=N_("Select what you want, or that you are not sure."),
    )
    refund = MoneyField(N_("How much should be refunded?"))
    compensation = MoneyField(N_("How much compensation do you ask for?"))
    mediation = Radios(
        N_("Do you agree to mediation?"),
        [
            choice("yes", N_("Yes, help us to agree"), N_("A neutral mediator; nothing is agreed without you; you can end it")),
            choice("no", N_("No, only handle my complaint"), N_("You can still agree later")),
        ],
        missing=N_("Select whether you agree to mediation."),
    )
    told = Radios(
        N_("Have you told another office or a court about it?"),
        [choice("no", N_("No")), choice("yes", N_("Yes"))],
        missing=N_("Select whether you have told another office."),
    )
    told_what = StringField(N_("Which one, and what did they say?"), [Within(200)])
    asked = DayField(N_("On which day did you first ask the business to put it right?"))

    def validate_refund(self, field: MoneyField) -> None:
        """An amount of nothing is no claim."""
        _more_than_nothing(field)

    def validate_compensation(self, field: MoneyField) -> None:
        """The same."""
        _more_than_nothing(field)

    def validate_told_what(self, field: StringField) -> None:
        """Which office it was decides whether the matter is followed there."""
        if self.told.data == "yes" and not field.data:
            raise ValidationError(N_("Say which office it was."))

    def validate_asked(self, field: DayField) -> None:
        """What is still to come has not been asked."""
        if field.data and field.data > local_day(now()):
            raise ValidationError(N_("This day is still to come. Enter the day on which you asked."))

    def trip(self) -> dict[str, str]:
        """What was told and asked before, as values of the trip sheet."""
        told = self.told_what.data if self.told.data == "yes" else ""
        return {"told": told or "", "asked": _day(self.asked.data)}

    def claims(self) -> tuple[Claimed, ...]:
        """What is asked for; an amount that was typed asks for its kind, whatever was ticked."""
        amounts: dict[str, Decimal | None] = {"refund": self.refund.data, "compensation": self.compensation.data}
        wanted = set(self.wants.data or ()) | {kind for kind, amount in amounts.items() if amount}
        return tuple(Claimed(kind, amounts.get(kind)) for kind in CLAIMS if kind in wanted)


class ContactForm(PageForm):
    """Step 5: how the tourist is reached, and where served."""

    name = StringField(N_("Your full name"), [Needed(N_("Enter your full name.")), Within(NAME_MOST)])
    phone = TelField(N_("Mobile number"), [Within(40)])
    email = EmailField(N_("E-mail address"), [Within(254)])
    only_page = Tick(N_("I give no contact. I will look at my case page with the link myself"))
    language = Select(N_("In which language shall we write to you?"), LANGUAGES, default=current_locale)
    served = Radios(
        N_("Where shall official notices reach you?"),
        [
            choice("contact", N_("On my case page, with a message to my contact")),
            choice("page", N_("On my case page only"), N_("They count as served there, so look at it every few days")),
        ],
        missing=N_("Select where notices shall reach you."),
    )

    def validate_phone(self, field: TelField) -> None:
        """Any number that can be called."""
        if field.data and contacts.phone(field.data) is None:
            raise ValidationError(N_("Enter a phone number such as 138 1234 1234 or +44 7700 900123."))

    def validate_email(self, field: EmailField) -> None:
        """Any address that can be written to."""
        if field.data and contacts.email(field.data) is None:
            raise ValidationError(N_("Enter an e-mail address such as name@example.com."))

    def validate_only_page(self, field: Tick) -> None:
        """One way suffices, and none is a choice too, but one that is made."""
        if not field.data and not self.phone.data and not self.email.data:
            raise StopValidation(N_("Enter a mobile number or an e-mail address, or tick that you give none."))

    def validate_served(self, field: Radios) -> None:
        """A message needs somewhere to go."""
        if field.data == "contact" and not self.phone.data and not self.email.data:
            raise ValidationError(N_("Without a contact, notices can reach you on the case page only."))


class SendForm(Form):
    """The last page: what the complaint's data are used for, agreed to."""

    sharing = Tick(
        N_("I agree that my complaint is used and shared as described above."),
        [Needed(N_("Tick that your complaint may be used and shared as described; without it nobody can work on it."))],
    )
    sensitive = Tick(N_("I agree separately that sensitive data in my photos and papers (such as health or identity data) are used for this case."))
    true = Tick(N_("What I wrote is true as far as I know."), [Needed(N_("Tick that what you wrote is true."))])
    has_files = False

    def validate_sensitive(self, field: Tick) -> None:
        """Asked for only where there may be such data: somebody without papers gives no consent for them."""
        if self.has_files and not field.data:
            raise StopValidation(N_("Tick this for the photos and papers that you added, or remove them."))


FORMS: dict[str, type[PageForm]] = {
    "problem": ProblemForm,
    "whom": WhomForm,
    "trip": TripForm,
    "story": StoryForm,
    "wish": WishForm,
    "contact": ContactForm,
}


def respondents(typed: dict[str, list[str]], registered: dict[UUID, str]) -> tuple[NamedRespondent, ...]:
    """Whom the complaint is about, as the draft's page ``whom`` holds it; nobody known: one unnamed."""
    found = [NamedRespondent(registered[id], id) for id in chosen_ids(typed) if id in registered]
    for entry in typed.get("other", []):
        kind, _, name = entry.partition("|")
        found.append(NamedRespondent(name, None, kind if kind in RESPONDENT_KINDS else "agency"))
    return tuple(found[:RESPONDENTS_MOST]) or (NamedRespondent(),)


def chosen_ids(typed: dict[str, list[str]]) -> list[UUID]:
    """The ids of operators chosen from the register; what is no id is left out."""
    found = []
    for text in typed.get("chosen", []):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _more_than_nothing(field: MoneyField) -> None:
    if field.data is not None and field.data <= 0:
        raise ValidationError(M("Enter an amount of more than 0."))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def filled(form: type[PageForm], typed: dict[str, list[str]], **more: Any) -> PageForm:
    """The form as it was typed, without the proof of a browser's request: it was kept by us."""
    return form(formdata=MultiDict([(k, v) for k, vs in typed.items() for v in vs]), meta={"csrf": False}, **more)
