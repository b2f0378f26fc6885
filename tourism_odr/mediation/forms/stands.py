"""Saying of each fact whether it is so."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tourism_odr.cases.categories import TRIP_SHEET
from tourism_odr.mediation.commands.stands import AddTripValue, TakeStands
from tourism_odr.mediation.queries.stands import STAND_TITLES, Fact
from tourism_odr.text import N_
from tourism_odr.web.forms import Form, Needed, Radios, Select, StringField, Within, choice
from tourism_odr.web.languages import language_of

STAND_CHOICES = tuple(choice(code, title) for code, title in STAND_TITLES.items())


class StandsForm(Form):
    """One row of three answers for each fact; those that are left open say nothing."""

    @classmethod
    def about(cls, facts: Sequence[Fact], party_id: UUID) -> Any:
        """A form with a field for each fact, holding what this side said last."""
        fields = {
            f"fact-{fact.id.hex}": Radios(fact.title, STAND_CHOICES, optional=True, default=fact.stands.get(party_id))
            for fact in facts
        }
        return type("StandsForm", (cls,), fields)()

    def row(self, fact: Fact) -> Any:
        """The field of one fact."""
        return self[f"fact-{fact.id.hex}"]

    def command(self, case_id: UUID, facts: Sequence[Fact]) -> TakeStands:
        """What was answered."""
        answered = {fact.id: self.row(fact).data for fact in facts}
        return TakeStands(case_id, {target: stand for target, stand in answered.items() if stand})


class ValueForm(Form):
    """A value that the mediator adds to the trip sheet."""

    key = Select(N_("What is it?"), [choice("", N_("Choose")), *(choice(code, title) for code, title in TRIP_SHEET.items())],
                 missing=N_("Choose what the value is."))
    value = StringField(N_("Value"), description=N_("A day such as 2026-09-30, an amount such as 1400, or, for something that happened, how many times or where it is written."), validators=[Needed(N_("Enter the value.")), Within(200)])

    def command(self, case_id: UUID, locale: str) -> AddTripValue:
        """The new value."""
        return AddTripValue(case_id, self.key.data, self.value.data, language_of(self.value.data, locale))
