"""Everything that was answered, as rows of the page that is checked before sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from tourism_odr.cases.categories import CLAIMS, TRIP
from tourism_odr.cases.opening import NamedRespondent
from tourism_odr.intake.forms.lodging import respondents
from tourism_odr.intake.models import DraftFile
from tourism_odr.intake.queries.drafts import OpenDraft
from tourism_odr.intake.queries.lodging import Body
from tourism_odr.people.models import Organisation
from tourism_odr.text import N_
from tourism_odr.web import parts
from tourism_odr.web.locale import say_here
from tourism_odr.web.names import called

Row = tuple[str, str, str]
YES, NO = N_("Yes"), N_("No")
GAP = "; "


@dataclass(frozen=True)
class Whole:
    """All pages of a draft, read and found right, with what they point at."""

    draft: OpenDraft
    forms: dict[str, Any]
    operators: Sequence[Organisation]
    body: Body | None
    files: Sequence[DraftFile]

    def form(self, page: str) -> Any:
        """The form of one page."""
        return self.forms[page]

    @property
    def named(self) -> tuple[NamedRespondent, ...]:
        """Whom the complaint is about."""
        return respondents(self.draft.page("whom").typed, {row.id: row.name for row in self.operators})


def answers_of(whole: Whole) -> list[tuple[str, list[Row]]]:
    """A heading and its rows for each of the five steps."""
    return [
        (N_("What went wrong?"), [_row(N_("Kind of problem"), label(whole.form("problem").category), "problem")]),
        (N_("Whom is it about, and which trip?"), [_whom(whole), *_trip(whole.form("trip"))]),
        (N_("What happened?"), _story(whole)),
        (N_("What do you want?"), _wish(whole)),
        (N_("How do we reach you?"), _contact(whole.form("contact"))),
    ]


def label(field: Any) -> str:
    """The words of the answer that was chosen."""
    found = next((option.label for option in field.options() if option.value == field.data), "")
    return say_here(found)


def _row(title: str, value: object, page: str) -> Row:
    return (title, str(value) if value is not None else "", url_for(f"intake.{page}", then="check"))


def _whom(whole: Whole) -> Row:
    typed = [one.name for one in whole.named if one.name and not one.organisation_id]
    names = GAP.join([*map(called, whole.operators), *typed])
    return _row(N_("Business"), names or say_here(N_("I do not know who is responsible")), "whom")


def _trip(form: Any) -> list[Row]:
    days = [parts.day(field.data) for field in (form.first, form.last) if field.data]
    fee = parts.money(form.fee.data, form.currency.data) if form.fee.data is not None else ""
    return [
        _row(N_("Order or contract number"), form.order.data, "trip"),
        _row(N_("Days of the trip"), " – ".join(days), "trip"),
        _row(N_("Travellers"), form.travellers.data, "trip"),
        _row(N_("Price paid"), fee, "trip"),
        _row(N_("Where did you travel?"), label(form.market), "trip"),
    ]


def _story(whole: Whole) -> list[Row]:
    return [
        _row(N_("Your words"), whole.form("story").story.data, "story"),
        _row(N_("Photos and papers"), GAP.join(row.name for row in whole.files), "story"),
    ]


def _wish(whole: Whole) -> list[Row]:
    form, currency = whole.form("wish"), whole.form("trip").currency.data
    wants = [
        f"{say_here(CLAIMS[claim.kind])} {parts.money(claim.amount, currency) if claim.amount else ''}".strip()
        for claim in form.claims()
    ]
    told = form.told_what.data if form.told.data == "yes" else say_here(NO)
    asked = [_row(TRIP["asked"], parts.day(form.asked.data), "wish")] if form.asked.data else []
    return [
        _row(N_("What you ask for"), GAP.join(wants), "wish"),
        _row(N_("Mediation"), label(form.mediation), "wish"),
        _row(N_("Another office already told"), told, "wish"),
        *asked,
    ]


def _contact(form: Any) -> list[Row]:
    return [
        _row(N_("Name"), form.name.data, "contact"),
        _row(N_("Mobile number"), form.phone.data, "contact"),
        _row(N_("E-mail address"), form.email.data, "contact"),
        _row(N_("Language"), label(form.language), "contact"),
        _row(N_("Official notices"), label(form.served), "contact"),
    ]
