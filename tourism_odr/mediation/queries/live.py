"""What the stream of a room reads: items and steps of many places at once, by the numbers that pages know."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_, select

from tourism_odr.cases.models import Event, Item
from tourism_odr.db import db
from tourism_odr.mediation.queries.room import UNTOLD

# A page knows two numbers of a place: its items and its steps.  The second hangs on the place's id, turned over.
TURN = (1 << 128) - 1


@dataclass(frozen=True)
class Arrived:
    """Something new in a place, drawn for nobody yet: whoever gets it asks the audience first."""

    case_id: UUID
    place_id: UUID
    item_id: UUID | None = None
    event_id: UUID | None = None


def steps_of(place_id: UUID) -> UUID:
    """The key under which a page knows the number of steps of a place (and back)."""
    return UUID(int=place_id.int ^ TURN)


def arrived(wanted: Mapping[UUID, int]) -> list[tuple[UUID, int, Arrived]]:
    """(key, number, what) beyond the numbers known: one question for items and one for steps."""
    if not wanted:
        return []
    session = db.session()
    items = or_(*(and_(Item.place_id == key, Item.number > number) for key, number in wanted.items()))
    found = [
        (item.place_id, item.number, Arrived(item.case_id, item.place_id, item_id=item.id))
        for item in session.scalars(select(Item).where(items).order_by(Item.number))
    ]
    events = or_(*(and_(Event.place_id == steps_of(key), Event.number > number) for key, number in wanted.items()))
    found += [
        (steps_of(event.place_id), event.number, Arrived(event.case_id, event.place_id, event_id=event.id))
        for event in session.scalars(select(Event).where(events, Event.step.not_in(UNTOLD)).order_by(Event.number))
    ]
    session.rollback()
    return found
