"""One-time codes: six digits to a contact, bound to a person, a purpose and what exactly it agrees to.

Two halves, because a wrong try must be counted even though what it was for does not happen:
``try_code`` counts and compares in a unit of work of its own; ``spend`` uses the code up inside the unit
of the step that it allows, so that a step that is refused leaves the code good.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, update

from tourism_odr.db import db, unit_of_work
from tourism_odr.people import keys
from tourism_odr.people.models import OneTimeCode
from tourism_odr.people.secrets import new_code, only_digits, same

TRIES = 5
LIVES = timedelta(minutes=10)


def make_code(person_id: UUID, purpose: str, subject: str, at: datetime) -> tuple[UUID, str]:
    """A new code and its id.  Earlier codes of this person for this purpose end.

    ``subject`` is what the code agrees to: an agreement's digest, a case id, a new contact.
    """
    db.session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.person_id == person_id, OneTimeCode.purpose == purpose)
        .where(OneTimeCode.used.is_(None), OneTimeCode.expires > at)
        .values(expires=at)
    )
    code, code_id = new_code(), uuid4()
    row = OneTimeCode(id=code_id, person_id=person_id, purpose=purpose, subject_digest=_subject(subject))
    row.code_digest = keys.digest("one-time-code", f"{code_id}|{code}")
    row.created, row.expires = at, at + LIVES
    db.session.add(row)
    db.session.flush()
    return code_id, code


def try_code(code_id: UUID, person_id: UUID | None, purpose: str, subject: str, typed: str, at: datetime) -> bool:
    """Count one try on this code and say whether it fits.  Call it outside of a unit of work."""
    with unit_of_work() as session:
        counted = session.execute(
            update(OneTimeCode)
            .where(OneTimeCode.id == code_id, OneTimeCode.purpose == purpose)
            .where(OneTimeCode.used.is_(None), OneTimeCode.expires > at, OneTimeCode.tries < TRIES)
            .values(tries=OneTimeCode.tries + 1)
        )
        assert isinstance(counted, CursorResult)  # noqa: S101 - an update always answers a cursor
        row = session.get(OneTimeCode, code_id) if counted.rowcount else None
        guesses = keys.digests("one-time-code", f"{code_id}|{only_digits(typed)}")
        if row is None or (person_id is not None and row.person_id != person_id):
            return False
        bound = same(row.subject_digest, _subject(subject))
        return bound and any(same(row.code_digest, guess) for guess in guesses)


def latest(person_id: UUID, purpose: str, subject: str, at: datetime) -> UUID | None:
    """The id of the living code, for pages that keep none of their own."""
    from sqlalchemy import select

    return db.session.scalar(
        select(OneTimeCode.id)
        .where(OneTimeCode.person_id == person_id, OneTimeCode.purpose == purpose)
        .where(OneTimeCode.subject_digest == _subject(subject))
        .where(OneTimeCode.used.is_(None), OneTimeCode.expires > at)
        .order_by(OneTimeCode.created.desc())
        .limit(1)
    )


def check_code(person_id: UUID, purpose: str, subject: str, typed: str, at: datetime) -> UUID | None:
    """The id of the living code if ``typed`` is it: a counted try, outside of a unit of work."""
    code_id = latest(person_id, purpose, subject, at)
    if code_id is None or not try_code(code_id, person_id, purpose, subject, typed, at):
        return None
    return code_id


def spend(code_id: UUID, at: datetime) -> bool:
    """Use a code up, inside the unit of work of what it allows; False if another was faster."""
    used = db.session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.id == code_id, OneTimeCode.used.is_(None), OneTimeCode.expires > at)
        .values(used=at)
    )
    assert isinstance(used, CursorResult)  # noqa: S101 - an update always answers a cursor
    return used.rowcount == 1


def person_of(code_id: UUID) -> UUID | None:
    """Whose code it is."""
    row = db.session.get(OneTimeCode, code_id)
    return row.person_id if row else None


def _subject(subject: str) -> bytes:
    return hashlib.sha256(subject.encode()).digest()
