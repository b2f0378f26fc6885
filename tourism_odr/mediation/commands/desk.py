"""A mediator takes an appointment up, or says why not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tourism_odr.cases import steps
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.models import Appointment
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.text import N_

DECLINE_REASONS = {
    "conflict": N_("I have a conflict of interest"),
    "workload": N_("I have too many cases at the moment"),
    "language": N_("I do not speak the languages that are needed"),
    "absence": N_("I am away"),
    "expertise": N_("The matter needs other knowledge"),
    "other": N_("Another reason"),
}


@dataclass(frozen=True)
class AnswerAppointment:
    """The mediator's answer; ``reason`` is a code of ``DECLINE_REASONS``, empty when accepting."""

    case_id: UUID
    appointment_id: UUID
    seen: int
    reason: str = ""


def accept_appointment(command: AnswerAppointment, *, by: Actor, at: datetime) -> None:
    """Accept, and declare that no conflict of interest stands against it."""
    with unit_of_work():
        steps.take(command.appointment_id, "appointment.accept", by=by, at=at, seen=command.seen)


def decline_appointment(command: AnswerAppointment, *, by: Actor, at: datetime) -> None:
    """Decline with a reason; the supervising body asks somebody else."""
    if command.reason not in DECLINE_REASONS:
        raise ValueError(f"unknown reason {command.reason!r}")
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        appointment = session.get(Appointment, command.appointment_id)
        if appointment is None or appointment.case_id != command.case_id:
            raise NotYoursError("no appointment of this case")
        appointment.reason = command.reason
        steps.take(
            appointment.id, "appointment.decline", by=by, at=at, seen=command.seen, facts={"reason": command.reason}
        )
