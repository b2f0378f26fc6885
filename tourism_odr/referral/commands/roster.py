"""A court's roster: the bodies whose agreements it confirms."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import or_, select

from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.models import RosterEntry
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation, OrganisationKind
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import M

BODIES = (OrganisationKind.BODY, OrganisationKind.COUNCIL)


@dataclass(frozen=True)
class Entry:
    """Which body, on what paper that rests, and how surely it is known (a grade of the rulebooks)."""

    body_id: UUID
    source: str
    grade: str


def add(command: Entry, *, by: Actor, at: datetime) -> None:
    """From today on agreements of this body can be confirmed here."""
    with unit_of_work() as session:
        body = session.get(Organisation, command.body_id)
        if body is None or body.kind not in BODIES or by.organisation_id is None or by.person_id is None:
            raise NotYoursError("no body for a roster")
        today = local_day(at)
        standing = select(RosterEntry.id).where(RosterEntry.court_id == by.organisation_id, RosterEntry.body_id == body.id)
        if session.scalars(standing.where(or_(RosterEntry.until.is_(None), RosterEntry.until > today))).first():
            raise RefusedError(M("This body is on the roster already."))
        session.add(
            RosterEntry(
                id=uuid4(), court_id=by.organisation_id, body_id=body.id, source=command.source, grade=command.grade,
                since=today, until=None, set_by=by.person_id,
            )
        )  # fmt: skip


def end(entry_id: UUID, *, by: Actor, at: datetime) -> None:
    """From today on no more; what was applied for stays applied for."""
    with unit_of_work() as session:
        entry = session.get(RosterEntry, entry_id)
        if entry is None or entry.court_id != by.organisation_id or entry.until is not None:
            raise NotYoursError("no line of this court")
        entry.until = local_day(at)
