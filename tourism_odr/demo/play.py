"""One case as it is played: who takes part, what it has come to, and what an act may ask for."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import ClaimElement, Party, Place, Subject, TripValue
from tourism_odr.cases.places import find_place
from tourism_odr.clock import local_day
from tourism_odr.db import db
from tourism_odr.demo.cast import Cast, data
from tourism_odr.demo.papers import Papers
from tourism_odr.demo.published import Published
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import Role

CHINESE = "zh-Hans"
NOBODY = UUID(int=0)  # before the complaint is sent there is neither a case nor a complainant
UNKNOWN = Actor(None, Role.TOURIST)


@dataclass(frozen=True)
class Part:
    """What a script fixes of a case before it begins: who, about what, for how much."""

    key: str
    dispute: Published
    note: str
    tongue: str = CHINESE  # the language that the tourist writes in
    tourist: str = ""
    body: str = "city"
    respondents: tuple[str, ...] = ("far",)
    typed: str = ""  # a respondent's name as typed, when it is not found in the register
    mediator: str = "mediator"
    claim: Decimal = Decimal(1000)
    amount: Decimal = Decimal(500)
    mediation: bool = True
    people: int = 1
    kind: str = "agency"
    market: str = "domestic"


@dataclass
class Play:
    """The case of one part on its way."""

    part: Part
    cast: Cast
    papers: Papers
    chance: random.Random
    at: datetime
    case_id: UUID = NOBODY
    tourist: Actor = UNKNOWN
    respondents: list[UUID] = field(default_factory=list)
    last: dict[str, UUID] = field(default_factory=dict)  # kind of subject -> the latest of it

    # --- who acts
    @property
    def officer(self) -> Actor:
        """The duty officer of the body of this case."""
        return self.cast.actor("officer" if self.part.body == "city" else f"{self.part.body}-officer")

    @property
    def head(self) -> Actor:
        """The head of the body of this case."""
        return self.cast.actor("head" if self.part.body == "city" else f"{self.part.body}-head")

    @property
    def mediator(self) -> Actor:
        """The mediator who is asked."""
        return self.cast.actor(self.part.mediator)

    def handler(self, number: int = 1) -> Actor:
        """The handler of a respondent."""
        return self.cast.actor(f"{self.part.respondents[number - 1]}-handler")

    def finance(self, number: int = 1) -> Actor:
        """The finance person of a respondent."""
        return self.cast.actor(f"{self.part.respondents[number - 1]}-finance")

    # --- what is there
    def version(self, subject_id: UUID) -> int:
        """The version that a person sees now."""
        return db.session().execute(select(Subject.version).where(Subject.id == subject_id)).scalar_one()

    def complainant(self) -> UUID:
        """The party of the tourist."""
        wanted = select(Party.id).where(Party.case_id == self.case_id, Party.side == "complainant")
        return db.session().scalars(wanted).one()

    def place(self, kind: PlaceKind, party_id: UUID | None = None) -> Place:
        """A place of the case that stands."""
        found = find_place(db.session(), self.case_id, kind, party_id=party_id)
        if found is None:
            raise LookupError(f"{self.part.key}: no {kind} yet")
        return found

    def elements(self) -> list[UUID]:
        """What is asked for, in its order."""
        wanted = select(ClaimElement.id).where(ClaimElement.case_id == self.case_id)
        return list(db.session().scalars(wanted.order_by(ClaimElement.number)))

    def trip_values(self) -> list[UUID]:
        """The lines of the trip sheet."""
        wanted = select(TripValue.id).where(TripValue.case_id == self.case_id)
        return list(db.session().scalars(wanted.order_by(TripValue.key)))

    # --- what is said
    def line(self, *path: str) -> str:
        """A text of the script with the amounts of this case in it."""
        found: Any = data("words")
        for name in path:
            found = found[name]
        return self.filled(found)

    def filled(self, text: str) -> str:
        """The text with the amounts and facts of this case."""
        facts = self.part.dispute.facts
        return text.format(
            amount=f"{self.part.amount:f}", claimed=f"{self.part.claim:f}",
            facts=facts.get(self.part.tongue, facts["en"]),
        )  # fmt: skip

    def words(self, *path: str, language: str = CHINESE) -> Words:
        """The same with its language."""
        return Words(self.line(*path), language)

    def own_words(self, *path: str) -> Words:
        """What the tourist says, in the tourist's language."""
        return Words(self.line(*path, self.part.tongue), self.part.tongue)

    def day(self, later: int) -> date:
        """A date so many days from now, as a person would set it."""
        return local_day(self.at + timedelta(days=later))
