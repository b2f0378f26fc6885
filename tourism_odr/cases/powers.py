"""Checking and revoking a power to act."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import items, steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.items import Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Event, Party, Power, Subject
from tourism_odr.cases.places import open_place
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import RESPONDENT, SUPERVISOR, Role


def record_check(
    session: Session,
    case_id: UUID,
    respondent_id: UUID,
    power_id: UUID,
    *,
    sound: bool,
    words: Words | None,
    by: Actor,
    at: datetime,
) -> None:
    """Mark the power as checked, or turn it down; ``words`` become a letter in the file that its holder reads.

    Raises ``NotYoursError`` for a power of somebody else and ``MovedOnError`` when it was judged already.
    """
    case, subject = steps.lock(session, respondent_id)
    power = _own(session, case, subject, case_id, power_id)
    if power.checked_at or power.revoked_at:
        raise MovedOnError(subject.id, "respondent.check-power", subject.stage)
    if sound:
        power.checked_by, power.checked_at = by.person_id, at
    else:
        power.revoked_at = at
    digests = _letter(session, subject, words, by, at)
    facts = {"power": str(power.id), "answer": "sound" if sound else "not-sound"}
    steps.take(
        subject.id, "respondent.check-power", by=by, at=at, party_id=subject.id, facts=facts, digests=digests
    )


def revoke(
    session: Session,
    case_id: UUID,
    respondent_id: UUID,
    power_id: UUID,
    *,
    words: Words | None,
    by: Actor,
    at: datetime,
) -> None:
    """End a checked power from now on, by its own side or by whoever checked it; the others are told.

    Raises ``NotYoursError`` for a power that is not theirs to revoke, ``MovedOnError`` when it does not stand.
    """
    case, subject = steps.lock(session, respondent_id)
    power = _own(session, case, subject, case_id, power_id)
    if not may_revoke(session, power, by):
        raise NotYoursError("neither its side nor who checked it")
    if power.checked_at is None or power.revoked_at:
        raise MovedOnError(subject.id, "respondent.revoke-power", subject.stage)
    power.revoked_at = at
    digests = _letter(session, subject, words, by, at)
    steps.take(
        subject.id, "respondent.revoke-power", by=by, at=at, party_id=subject.id, facts={"power": str(power.id)},
        digests=digests,
    )  # fmt: skip


def may_revoke(session: Session, power: Power, by: Actor) -> bool:
    """Its owner's side (the owner, who filed it, who holds it), the body, or the mediator who checked it."""
    if by.role in SUPERVISOR:
        return True
    if by.role is Role.MEDIATOR:
        return power.checked_by == by.person_id
    party = session.get_one(Party, power.party_id)
    if by.role not in RESPONDENT or party.organisation_id != by.organisation_id:
        return False
    return by.role is Role.OWNER or by.person_id in (power.person_id, _filed_by(session, power))


def _filed_by(session: Session, power: Power) -> UUID | None:
    filed = select(Event).where(Event.subject_id == power.party_id, Event.step == "respondent.file-power")
    return next((line.actor for line in session.scalars(filed) if line.facts.get("power") == str(power.id)), None)


def _own(session: Session, case: Case, subject: Subject, case_id: UUID, power_id: UUID) -> Power:
    power = session.get(Power, power_id)
    if power is None or power.party_id != subject.id or case.id != case_id:
        raise NotYoursError("no such power of this respondent")
    return power


def _letter(session: Session, subject: Subject, words: Words | None, by: Actor, at: datetime) -> tuple[str, ...]:
    """The reason as a letter in the file, where its holder reads it."""
    if words is None:
        return ()
    file = open_place(session, subject.case_id, PlaceKind.FILE)
    return (add_item(session, file, items.LETTER, by=by, at=at, words=words, subject_id=subject.id).digest,)
