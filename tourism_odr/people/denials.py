"""What was asked for and denied: a row for somebody signed in, a count by the hour for everybody else."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Denial, DenialCount

ROUTE_MOST, OBJECT_MOST = 120, 64


def note_denied(actor: Actor | None, route: str, object_id: str, at: datetime) -> None:
    """Write a denial down, after the answer, in a unit of work of its own."""
    with unit_of_work() as session:
        if actor is not None and actor.person_id is not None:
            row = Denial(at=at, person_id=actor.person_id, role=actor.role, route=route[:ROUTE_MOST])
            row.organisation_id, row.object_id = actor.organisation_id, object_id[:OBJECT_MOST]
            session.add(row)
            return
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        hour = at.replace(minute=0, second=0, microsecond=0)
        counted = insert(DenialCount).values(hour=hour, route=route[:ROUTE_MOST], count=1)
        keys = [DenialCount.hour, DenialCount.route]
        session.execute(
            counted.on_conflict_do_update(index_elements=keys, set_={"count": DenialCount.count + 1})
        )
