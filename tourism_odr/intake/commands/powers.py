"""Checking a power that somebody filed: signing needs one that an officer or the mediator has looked at."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tourism_odr.cases.items import Words
from tourism_odr.cases.powers import record_check
from tourism_odr.db import unit_of_work
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
    words = Words(command.reason, "zh-Hans") if command.reason else None
    with unit_of_work() as session:
        record_check(
            session, command.case_id, command.respondent_id, command.power_id,
            sound=command.sound, words=words, by=by, at=at,
        )  # fmt: skip
