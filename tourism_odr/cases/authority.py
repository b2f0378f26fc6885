"""Under which power somebody acts for a party: filed, checked, in force, and reaching to the step."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.models import Party, Power
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import COMPLAINANT

ADMIT, SETTLE, SIGN = "admit", "settle", "sign"  # special authority (CPL art. 62)


@dataclass(frozen=True)
class Authority:
    """Whether somebody may do a thing for their party, and who else of their side may."""

    in_person: bool
    power: Power | None
    waits: bool  # one of theirs lies there unchecked
    others: tuple[UUID, ...]

    @property
    def suffices(self) -> bool:
        """A party acts for itself; everybody else under a power."""
        return self.in_person or self.power is not None


def authority_of(session: Session, party: Party, actor: Actor, scope: str, at: datetime) -> Authority:
    """What the powers on record say of ``scope`` at ``at``."""
    filed = session.scalars(select(Power).where(Power.party_id == party.id).order_by(Power.since)).all()
    reaching = [power for power in filed if scope in power.scopes and _lasts(power, at)]
    mine = [power for power in reaching if power.person_id == actor.person_id]
    return Authority(
        actor.role in COMPLAINANT and party.person_id == actor.person_id,
        max((power for power in mine if _checked(power, at)), key=_reach, default=None),
        any(power.checked_at is None for power in mine),
        tuple(dict.fromkeys(p.person_id for p in reaching if p not in mine and _checked(p, at))),
    )


def _reach(power: Power) -> tuple[bool, Decimal]:
    """One without a limit reaches furthest."""
    return power.limit is None, power.limit or Decimal()


def _lasts(power: Power, at: datetime) -> bool:
    """What was done before a power ended stays done: the time of the click counts."""
    ended = power.revoked_at is not None and power.revoked_at <= at
    return not ended and power.since <= at and (power.until is None or power.until > at)


def in_force(power: Power, at: datetime) -> bool:
    """Whether a power was checked and stands at this instant."""
    return _checked(power, at) and _lasts(power, at)


def _checked(power: Power, at: datetime) -> bool:
    return power.checked_at is not None and power.checked_at <= at
