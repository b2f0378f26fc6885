"""The trip sheet and the claim, line by line, with what each side says of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.categories import CLAIMS, TRIP_SHEET
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, ClaimElement, Place, TripValue
from tourism_odr.cases.queries import places_of
from tourism_odr.cases.stands import last_stands
from tourism_odr.mediation.queries.room import Face, party_faces
from tourism_odr.people.actor import Actor
from tourism_odr.text import N_
from tourism_odr.web.trip import trip_value

SOURCES = {
    "complaint": N_("From the complaint"),
    "answer": N_("From the answer"),
    "mediator": N_("From the mediator"),
    "paper": N_("From a paper"),
}
STAND_TITLES = {"agree": N_("Agree"), "deny": N_("Deny"), "unknown": N_("Don't know")}


@dataclass(frozen=True)
class Fact:
    """One value or element; ``stands`` by party."""

    id: UUID
    title: str
    value: str
    amount: Decimal | None
    currency: str
    source: str
    stands: dict[UUID, str]

    def disputed(self) -> bool:
        """Whether somebody denies it."""
        return "deny" in self.stands.values()


@dataclass(frozen=True)
class Facts:
    """All of a case."""

    trip: list[Fact]
    claim: list[Fact]
    parties: dict[UUID, Face]

    @property
    def all(self) -> list[Fact]:
        return [*self.trip, *self.claim]


def facts_of(session: Session, case_id: UUID, actor: Actor, at: datetime) -> Facts | None:
    """The facts of a case for whoever reads its file; None for others."""
    if not any(place.kind == PlaceKind.FILE for place in places_of(session, case_id, actor, at)):
        return None
    said = last_stands(session, case_id)

    def stands(target: UUID) -> dict[UUID, str]:
        return {party: stand for (fact, party), stand in said.items() if fact == target}

    values = session.scalars(select(TripValue).where(TripValue.case_id == case_id).order_by(TripValue.at, TripValue.id))
    claims = session.scalars(select(ClaimElement).where(ClaimElement.case_id == case_id).order_by(ClaimElement.number))
    currency = session.get_one(Case, case_id).currency
    return Facts(
        [
            Fact(v.id, TRIP_SHEET.get(v.key, v.key), trip_value(v.key, v.value, currency), None, "",
                 SOURCES.get(v.source, v.source), stands(v.id))
            for v in values
        ],
        [Fact(c.id, CLAIMS.get(c.kind, c.kind), "", c.amount, c.currency, SOURCES["complaint"], stands(c.id)) for c in claims],
        party_faces(session, case_id),
    )


def file_place(session: Session, case_id: UUID) -> Place:
    """The case file."""
    return session.scalars(select(Place).where(Place.case_id == case_id, Place.kind == PlaceKind.FILE)).one()
