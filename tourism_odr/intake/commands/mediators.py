"""Asking a mediator to take a case, and replacing one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tourism_odr.cases import steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.lifecycle.appointment import ACTIVE, OFFERED
from tourism_odr.cases.lifecycle.case import ACCEPTED
from tourism_odr.cases.models import Appointment, Subject
from tourism_odr.cases.places import open_place
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.organisations import memberships_of
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.text import N_, M

REASONS = {
    "party-objected": N_("A party objected"),
    "conflict": N_("A conflict of interest came to light"),
    "unavailable": N_("The mediator is not available"),
    "complaint": N_("A complaint about the mediator was upheld"),
}


@dataclass(frozen=True)
class AssignMediator:
    """Who is asked."""

    case_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ReplaceMediator:
    """Which appointment ends, and why (a code of ``REASONS``)."""

    case_id: UUID
    appointment_id: UUID
    seen: int
    reason: str


def assign(command: AssignMediator, *, by: Actor, at: datetime) -> UUID:
    """Ask a mediator; nothing is theirs before they accept and declare no conflict."""
    with unit_of_work() as session:
        case, state = steps.lock(session, command.case_id)
        if state.stage != ACCEPTED:
            raise MovedOnError(case.id, "case.close", state.stage)
        roles = [m for m in memberships_of(command.person_id, at) if m.role == Role.MEDIATOR]
        if not roles:
            raise RefusedError(M("Select a mediator from the list."))
        standing = select(Subject.id).where(
            Subject.case_id == case.id, Subject.kind == "appointment", Subject.stage.in_((OFFERED, ACTIVE))
        )
        if session.scalars(standing).first():
            raise RefusedError(M("This case has a mediator. Replace the mediator first."))
        place = open_place(session, case.id, PlaceKind.FILE)
        subject = steps.begin(session, case.id, "appointment", place, at, desk=command.person_id)
        session.add(
            Appointment(
                id=subject.id, case_id=case.id, person_id=command.person_id, by_body_id=case.body_id,
                organisation_id=roles[0].organisation_id,
            )
        )  # fmt: skip
        session.flush()
        steps.take(subject.id, "appointment.assign", by=by, at=at, facts={"mediator": str(command.person_id)})
        return subject.id


def replace(command: ReplaceMediator, *, by: Actor, at: datetime) -> None:
    """End an appointment: the mediator loses every place of the case at once."""
    with unit_of_work() as session:
        appointment = session.get(Appointment, command.appointment_id)
        if appointment is None or appointment.case_id != command.case_id:
            raise NotYoursError("no such appointment in this case")
        steps.lock(session, appointment.id)
        appointment.reason = command.reason
        facts = {"reason": command.reason}
        steps.take(appointment.id, "appointment.replace", by=by, at=at, seen=command.seen, facts=facts)
