"""What each side says of the trip sheet and the claim, and values that the mediator adds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.items import LETTER, Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import ClaimElement, Stand, TripValue
from tourism_odr.cases.models.claim import AGREE, STANDS
from tourism_odr.cases.places import open_place
from tourism_odr.cases.relations import is_mediator, party_of
from tourism_odr.cases.stands import last_stands
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor


@dataclass(frozen=True)
class TakeStands:
    """What one side says now of some values and elements."""

    case_id: UUID
    stands: dict[UUID, str]


@dataclass(frozen=True)
class AddTripValue:
    """A value of the trip sheet that the mediator found."""

    case_id: UUID
    key: str
    value: str
    language: str


def take_stands(command: TakeStands, *, by: Actor, at: datetime) -> int:
    """Write down what changed since this side's last word; returns how many."""
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        party = party_of(session, command.case_id, by)
        if party is None or not set(command.stands.values()) <= set(STANDS):
            raise NotYoursError("no side of this case")
        known = _targets(session, command.case_id)
        if not set(command.stands) <= known:
            raise NotYoursError("no value of this case")
        before = last_stands(session, command.case_id)
        changed = {t: s for t, s in command.stands.items() if before.get((t, party.id)) != s}
        session.add_all(
            Stand(id=uuid4(), case_id=command.case_id, target_id=target, party_id=party.id, stand=stand, at=at)
            for target, stand in changed.items()
        )
        if changed:
            steps.take(
                command.case_id, "case.take-stand", by=by, at=at, party_id=party.id, facts={"number": len(changed)},
                papers={"admits": AGREE in changed.values()},
            )  # fmt: skip
        return len(changed)


def _targets(session: Session, case_id: UUID) -> set[UUID]:
    values = session.scalars(select(TripValue.id).where(TripValue.case_id == case_id)).all()
    elements = session.scalars(select(ClaimElement.id).where(ClaimElement.case_id == case_id)).all()
    return {*values, *elements}


def add_trip_value(command: AddTripValue, *, by: Actor, at: datetime) -> UUID:
    """The mediator adds a value; it stands in the case file, and each side can say what it thinks of it."""
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        if not is_mediator(session, command.case_id, by):
            raise NotYoursError("not the mediator of this case")
        value = TripValue(
            id=uuid4(), case_id=command.case_id, key=command.key, value=command.value, source="mediator", at=at
        )
        session.add(value)
        file = open_place(session, command.case_id, PlaceKind.FILE)
        words = Words(command.value, command.language)
        item = add_item(session, file, LETTER, by=by, at=at, words=words)
        steps.take(
            command.case_id, "case.write", by=by, at=at, place_id=file.id, digests=(item.digest,),
            facts={"kind": "trip-value"},
        )  # fmt: skip
        return value.id
