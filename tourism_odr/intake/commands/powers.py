"""Checking a power that somebody filed: signing needs one that an officer or the mediator has looked at."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tourism_odr.cases import steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Power
from tourism_odr.cases.places import open_place
from tourism_odr.db import unit_of_work
from tourism_odr.intake.commands.letters import Bilingual, digests, write_letter
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import M


@dataclass(frozen=True)
class CheckPower:
    """Whether the paper carries the power; when it does not, why."""

    case_id: UUID
    respondent_id: UUID
    power_id: UUID
    sound: bool
    reason: str = ""


def check_power(command: CheckPower, *, by: Actor, at: datetime) -> None:
    """Mark the power as checked, or turn it down with a reason that its holder reads."""
    if not command.sound and not command.reason:
        raise RefusedError(M("Say why the power does not hold."))
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.respondent_id)
        power = session.get(Power, command.power_id)
        if power is None or power.party_id != subject.id or case.id != command.case_id:
            raise NotYoursError("no such power of this respondent")
        if power.checked_at or power.revoked_at:
            raise MovedOnError(subject.id, "respondent.check-power", subject.stage)
        if command.sound:
            power.checked_by, power.checked_at = by.person_id, at
        else:
            power.revoked_at = at
        place = open_place(session, case.id, PlaceKind.FILE)
        written = write_letter(session, place, Bilingual(command.reason), by=by, at=at, subject_id=subject.id)
        facts = {"power": str(power.id), "answer": "sound" if command.sound else "not-sound"}
        steps.take(
            subject.id, "respondent.check-power", by=by, at=at, party_id=subject.id, facts=facts,
            digests=digests(written),
        )  # fmt: skip
