"""What administrators type: an organisation, an invitation, a ground, a register file."""

import re
import tomllib
from typing import Any
from uuid import UUID

from tourism_odr.administration.commands import Invite, OrganisationData
from tourism_odr.administration.commands.rules import Announce, Confirm
from tourism_odr.clock import local_day, now
from tourism_odr.people import contacts
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import profile_title, profiles
from tourism_odr.text import N_
from tourism_odr.web.forms import (
    DayField,
    EmailField,
    Form,
    Needed,
    Radios,
    Select,
    StringField,
    TextAreaField,
    Uploads,
    ValidationError,
    WholeNumber,
    Within,
    choice,
)

KINDS = {
    OrganisationKind.BODY: N_("Supervising body"),
    OrganisationKind.COURT: N_("Court"),
    OrganisationKind.COUNCIL: N_("Consumer council"),
    OrganisationKind.MEDIATION: N_("Mediation organisation"),
    OrganisationKind.OPERATOR: N_("Operator"),
    OrganisationKind.HOUSE: N_("Operator of this service"),
}
ADDABLE = (
    OrganisationKind.BODY,
    OrganisationKind.COURT,
    OrganisationKind.COUNCIL,
    OrganisationKind.MEDIATION,
)
LEVELS = {"district": N_("District"), "city": N_("City"), "province": N_("Province"), "state": N_("National")}
LOCALES = {"zh-Hans": N_("Chinese"), "en": N_("English")}
GROUND_MOST = 500


def division(_form: Any, field: Any) -> None:
    """Six digits, as the official divisions have them, or another country as a whole."""
    if field.data and not re.fullmatch("[0-9]{6}|[A-Z]{2}", field.data):
        raise ValidationError(
            N_("Enter the six digits of the division, such as 310106, or two letters for another country, such as IE.")
        )


HANDLES_CASES = (OrganisationKind.BODY, OrganisationKind.COUNCIL)  # under the rules that are chosen for it


class OrganisationForm(Form):
    """An organisation; its kind is chosen once."""

    kind = Radios(
        N_("Kind"), [choice(kind.value, KINDS[kind]) for kind in ADDABLE], missing=N_("Select a kind.")
    )
    name = StringField(N_("Registered name"), [Needed(N_("Enter the name.")), Within(200)])
    name_en = StringField(N_("Name in English"), [Within(200)])
    code = StringField(N_("Code in document numbers"), [Within(24)])
    territory = StringField(N_("Territory"), [division])
    level = Select(
        N_("Level"),
        [choice("", N_("None")), *(choice(code, title) for code, title in LEVELS.items())],
        optional=True,
    )
    rulebook = Select(
        N_("Rules that hold for what is lodged there"),
        [choice(name, profile_title(name)) for name in profiles()],
        default=profiles()[0],
    )

    def validate_territory(self, field: Any) -> None:
        """A body without territory would be offered no complaint."""
        if self.kind.data == OrganisationKind.BODY and not field.data:
            raise ValidationError(N_("Enter the territory of the body."))

    def command(self, kind: OrganisationKind | None = None) -> OrganisationData:
        """What was typed; the kind of one that stands is given."""
        chosen = kind or OrganisationKind(self.kind.data)
        return OrganisationData(
            chosen, self.name.data, self.name_en.data or "", self.code.data or "", self.territory.data or "",
            self.level.data or "", self.rulebook.data if chosen in HANDLES_CASES else "",
        )  # fmt: skip


class GroundForm(Form):
    """Why; every act that takes something from somebody needs it."""

    ground = TextAreaField(
        N_("Why"), [Needed(N_("Write why. It is kept with the act.")), Within(GROUND_MOST)]
    )


class Day45Form(GroundForm):
    """The choice that the ordinance leaves to a body."""

    value = Radios(
        N_("What happens on day 45"),
        [
            choice("ends", N_("Mediation ends"), N_("The default: the body decides and answers by day 45.")),
            choice("goes-on", N_("Mediation by consent goes on to day 60"), N_("Day 45 is recorded as missed by the body.")),
        ],
    )  # fmt: skip


class InviteForm(Form):
    """Whom to invite; the receiver sets password and second factor."""

    organisation = Select(N_("Organisation"), missing=N_("Select an organisation."))
    role = Select(N_("Role"), missing=N_("Select a role."))
    name = StringField(N_("Name"), [Needed(N_("Enter the name.")), Within(200)])
    email = EmailField(N_("E-mail"), [Needed(N_("Enter an e-mail address."))])
    locale = Radios(
        N_("Language of the invitation"), [choice(code, title) for code, title in LOCALES.items()]
    )

    def validate_email(self, field: Any) -> None:
        """An address to which something can be sent."""
        if field.data and contacts.email(field.data) is None:
            raise ValidationError(N_("Enter an e-mail address such as name@example.com."))

    def command(self) -> Invite:
        """The invitation."""
        return Invite(
            UUID(self.organisation.data),
            self.email.data,
            self.name.data,
            Role(self.role.data),
            self.locale.data,
        )


class RoleForm(GroundForm):
    """A further role for somebody who has an account."""

    organisation = Select(N_("Organisation"), missing=N_("Select an organisation."))
    role = Select(N_("Role"), missing=N_("Select a role."))


class ImportForm(Form):
    """A register file, where it comes from, and of which day it is."""

    files = Uploads(N_("Register file (CSV)"))
    source = StringField(
        N_("Where the file comes from"), [Needed(N_("Say where the file comes from.")), Within(200)]
    )
    day = DayField(N_("As of which day"), [Needed(N_("Enter the day of the register."))])

    def validate_files(self, field: Any) -> None:
        """Exactly one file."""
        if len(field.chosen()) != 1:
            raise ValidationError(N_("Choose one CSV file."))

    def validate_day(self, field: Any) -> None:
        """No register is of tomorrow."""
        if field.data and field.data > local_day(now()):
            raise ValidationError(N_("Enter a day that is not in the future."))


class VerifyForm(Form):
    """Whose chain to check."""

    number = StringField(N_("Case number"), [Needed(N_("Enter a case number."))])


class ConfirmRuleForm(Form):
    """Who compared a number with the official text, when, and where that text stands."""

    rule = Select(N_("Number to confirm"), missing=N_("Select the number."))
    article = StringField(
        N_("Article in the official text"), [Needed(N_("Enter the article.")), Within(100)]
    )
    source = StringField(
        N_("Where the official text was read"), [Needed(N_("Say where the official text stands.")), Within(500)]
    )
    checked_by = StringField(N_("Who compared it"), [Needed(N_("Enter who compared it.")), Within(200)])
    checked_on = DayField(N_("When"), [Needed(N_("Enter the day."))])

    def validate_checked_on(self, field: Any) -> None:
        """Nobody has read anything tomorrow."""
        if field.data and field.data > local_day(now()):
            raise ValidationError(N_("Enter a day that is not in the future."))

    def command(self) -> Confirm:
        """The confirmation."""
        version, _, rule = self.rule.data.partition("/")
        return Confirm(
            version, rule, self.article.data, self.source.data, self.checked_by.data,
            self.checked_on.data or local_day(now()),  # the field is needed: the form has refused nothing
        )


class CalendarForm(Form):
    """An announced year, typed line by line or as a file in the form of the shipped data."""

    calendar = Select(N_("Calendar"), missing=N_("Select a calendar."))
    year = WholeNumber(N_("Year"))
    days_off = TextAreaField(N_("Days off"), [Within(4000)])
    days_worked = TextAreaField(N_("Weekend days that are worked"), [Within(4000)])
    files = Uploads(N_("Or a file (TOML)"))
    notice = StringField(
        N_("Where it was announced"), [Needed(N_("Name the notice, with its number.")), Within(500)]
    )

    def command(self) -> Announce | None:
        """The announcement; None when what was given cannot be read, which is then said beside the field."""
        given = self.files.chosen()
        if not given:
            if not self.year.data or not self.days_off.data:
                self.refuse("year", N_("Enter the year and its days off, or choose a file."))
                return None
            return self._announce(self.year.data, _lines(self.days_off.data), _lines(self.days_worked.data))
        try:
            years = tomllib.loads(given[0].stream.read().decode("utf-8"))["year"]
            number, year = next(iter(years.items()))
            return self._announce(int(number), year.get("off", []), year.get("work", []))
        except (ValueError, KeyError, AttributeError, StopIteration):
            self.refuse("files", N_("The file holds no year in the form of the shipped calendar."))
            return None

    def _announce(self, year: int, days_off: list[str], days_worked: list[str]) -> Announce:
        return Announce(self.calendar.data, year, tuple(days_off), tuple(days_worked), self.notice.data)


def _lines(typed: str | None) -> list[str]:
    return [line.strip() for line in (typed or "").splitlines() if line.strip()]
