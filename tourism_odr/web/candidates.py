"""Mediators to choose from, with what each has to do already and what speaks against each in this case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourism_odr.cases.lifecycle.appointment import ACTIVE, OFFERED
from tourism_odr.cases.models import Appointment, Event, Party, Subject
from tourism_odr.people.models import Membership, Organisation, Person
from tourism_odr.people.organisations import in_force
from tourism_odr.people.persons import names_of
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.text import N_
from tourism_odr.web.names import called

ASKED = N_("Was asked in this case before")
CONNECTED = N_("Belongs to a side of this case")
ACTED = N_("Has acted in this case for the body")


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be asked; ``against`` is empty unless a conflict is known."""

    person_id: UUID
    name: str
    organisation: str
    load: int
    against: Sequence[str]


def candidates(session: Session, case_id: UUID, at: datetime) -> list[Candidate]:
    """Every mediator in service, the free ones with the least to do first."""
    rows = session.execute(
        select(Membership.person_id, Organisation)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.role == Role.MEDIATOR, in_force(at), Organisation.active, Person.suspended.is_(None))
    ).all()  # fmt: skip
    houses = {person: called(house) for person, house in rows}
    names, loads, against = names_of(houses), _loads(session, houses), _against(session, case_id, houses)
    found = [
        Candidate(person, names.get(person, ""), house, loads.get(person, 0), against.get(person, []))
        for person, house in houses.items()
    ]
    return sorted(found, key=lambda one: (bool(one.against), one.load, one.name))


def _loads(session: Session, people: dict[UUID, str]) -> dict[UUID, int]:
    rows = session.execute(
        select(Subject.desk_id, func.count())
        .where(Subject.kind == "appointment", Subject.stage.in_((OFFERED, ACTIVE)), Subject.desk_id.in_(people))
        .group_by(Subject.desk_id)
    )
    return {person: number for person, number in rows if person is not None}


def _against(session: Session, case_id: UUID, people: dict[UUID, str]) -> dict[UUID, list[str]]:
    """The same questions as the door asks when somebody is assigned, for all at once."""
    organisations = select(Party.organisation_id).where(Party.case_id == case_id, Party.organisation_id.is_not(None))
    found: dict[UUID, list[str]] = {}
    for words, rows in (
        (ASKED, select(Appointment.person_id).where(Appointment.case_id == case_id)),
        (CONNECTED, select(Membership.person_id).where(Membership.organisation_id.in_(organisations))),
        (CONNECTED, select(Party.person_id).where(Party.case_id == case_id)),
        (ACTED, select(Event.actor).where(Event.case_id == case_id, Event.role.in_([r.value for r in SUPERVISOR]))),
    ):
        for person in set(session.scalars(rows)):
            if person in people and words not in found.setdefault(person, []):
                found[person].append(words)
    return found
