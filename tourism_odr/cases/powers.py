"""Checking a power to act: one way, whoever of the body or the mediators does it on whichever page."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tourism_odr.cases import items, steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.items import Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Power
from tourism_odr.cases.places import open_place
from tourism_odr.people.actor import Actor


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
    power = session.get(Power, power_id)
    if power is None or power.party_id != subject.id or case.id != case_id:
        raise NotYoursError("no such power of this respondent")
    if power.checked_at or power.revoked_at:
        raise MovedOnError(subject.id, "respondent.check-power", subject.stage)
    if sound:
        power.checked_by, power.checked_at = by.person_id, at
    else:
        power.revoked_at = at
    digests: tuple[str, ...] = ()
    if words is not None:
        file = open_place(session, case.id, PlaceKind.FILE)
        letter = add_item(session, file, items.LETTER, by=by, at=at, words=words, subject_id=subject.id)
        digests = (letter.digest,)
    facts = {"power": str(power.id), "answer": "sound" if sound else "not-sound"}
    steps.take(
        subject.id, "respondent.check-power", by=by, at=at, party_id=subject.id, facts=facts, digests=digests
    )
