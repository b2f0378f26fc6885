"""Signing in: password, then the second factor.  Whether an account exists shows neither in words nor in time.

These functions open units of work of their own, one after the other: the tries are counted even when nothing
else happens, and the slow password hash is computed while no transaction is open.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from tourism_odr.db import db, unit_of_work
from tourism_odr.people import codes, contacts, factors, invitations, keys, limits, organisations, sessions
from tourism_odr.people.models import Credential, KnownDevice, Membership, Person
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.secrets import hash_secret, new_secret, password_matches
from tourism_odr.text import M

WRONG = M("The e-mail address or the password is not right.")
WRONG_CODE = M("This code is not right, or it was used already. Try the next one.")
TOO_MANY = M("Too many tries. Wait a quarter of an hour, then try again.")
PURPOSE = "sign-in"


@dataclass(frozen=True)
class Visitor:
    """The browser that tries: its address, the mark of a device seen before, and a label for the list of sessions."""

    address: str
    device_token: str | None = None
    device: str = ""


def password_step(email: str, password: str, visitor: Visitor, at: datetime) -> str:
    """The token of a session that still owes the second factor.  Raises ``RefusedError`` alike for every reason."""
    login = contacts.email(email) or email.strip().lower()[:200]
    credential = db.session.scalar(
        select(Credential).where(Credential.login_digest.in_(keys.digests(PURPOSE, login)))
    )
    person_id = credential.person_id if credential else None
    stored = credential.password_hash if credential else None
    counted = _count(login, person_id, visitor, at)
    matches = password_matches(stored, password)
    if not matches or person_id is None or _shut_out(person_id):
        raise RefusedError(WRONG)
    for bucket, key in counted:
        limits.give_back(bucket, key)
    with unit_of_work():
        return sessions.open_session(person_id, at, device=visitor.device, factor_pending=True)


def make_sign_in_code(pending_token: str, at: datetime) -> tuple[UUID, str] | None:
    """For people without authenticator: their person id and a code for their e-mail address, in the caller's unit."""
    person_id = sessions.find_pending(pending_token, at)
    if person_id is None or factors.has_factor(person_id):
        return None
    return person_id, codes.make_code(person_id, PURPOSE, str(person_id), at)[1]


def factor_step(pending_token: str, typed: str, visitor: Visitor, at: datetime) -> tuple[str, str]:
    """The second factor, or a recovery code: answers the session's new token and the device's mark."""
    person_id = sessions.find_pending(pending_token, at)
    if person_id is None:
        raise RefusedError(M("You took too long, or signed in elsewhere. Enter your password again."))
    if not limits.within("second-factor", str(person_id), at, limits.SECOND_FACTOR):
        raise RefusedError(TOO_MANY)
    spent = None if factors.has_factor(person_id) else _mailed_code(person_id, typed, at)
    with unit_of_work():
        if not (codes.spend(spent, at) if spent else _factor_fits(person_id, typed, at)):
            raise RefusedError(WRONG_CODE)
        sessions.end_token(pending_token, at)
        opened = begin(person_id, visitor.device, at), _remember(person_id, visitor, at)
    limits.give_back("second-factor", str(person_id))
    return opened


def begin(person_id: UUID, device: str, at: datetime, membership_id: UUID | None = None) -> str:
    """A full session, in the only role, in the one asked for, or in the first: the page lets them change it."""
    roles = [row.id for row in organisations.memberships_of(person_id, at)]
    if membership_id not in roles:
        membership_id = roles[0] if roles else None
    return sessions.open_session(person_id, at, membership_id=membership_id, device=device)


def change_password(person_id: UUID, old: str, new: str, at: datetime, *, keep: UUID | None) -> None:
    """A new password, for whoever knows the old one; every other session ends."""
    if not limits.within("change-password", str(person_id), at, limits.SECOND_FACTOR):
        raise RefusedError(TOO_MANY)
    credential = db.session.get(Credential, person_id)
    if not password_matches(credential.password_hash if credential else None, old):
        raise RefusedError(M("The present password is not right."))
    with unit_of_work():
        invitations.set_password(person_id, new, at)
        sessions.end_all(person_id, at, but=keep)


def one_click_people() -> list[tuple[Person, Membership | None]]:
    """Everybody with a role, for the sign-in page of a demo: nothing else may list people."""
    rows = (
        select(Person, Membership)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.suspended.is_(None), Person.erased.is_(None), Membership.until.is_(None))
        .order_by(Membership.role, Membership.since, Person.id)
    )
    return [(person, membership) for person, membership in db.session.execute(rows)]


def _count(login: str, person_id: UUID | None, visitor: Visitor, at: datetime) -> list[tuple[str, str]]:
    """Count the try.  A device that signed in as this person before has a count of its own."""
    if person_id is not None and _knows(visitor.device_token, person_id):
        counted = [("sign-in-device", visitor.device_token or "")]
        within = [limits.within(*counted[0], at, limits.SIGN_IN_DEVICE)]
    else:
        counted = [("sign-in-account", login), ("sign-in-address", visitor.address)]
        within = [
            limits.within(*counted[0], at, limits.SIGN_IN_ACCOUNT),
            limits.within(*counted[1], at, limits.SIGN_IN_ADDRESS),
        ]
    if not all(within):
        raise RefusedError(TOO_MANY)
    return counted


def _shut_out(person_id: UUID) -> bool:
    person = db.session.get(Person, person_id)
    return person is None or person.suspended is not None or person.erased is not None


def _mailed_code(person_id: UUID, typed: str, at: datetime) -> UUID | None:
    code_id = codes.check_code(person_id, PURPOSE, str(person_id), typed, at)
    if code_id is None:
        raise RefusedError(WRONG_CODE)
    return code_id


def _factor_fits(person_id: UUID, typed: str, at: datetime) -> bool:
    if not factors.has_factor(person_id):
        return False
    return factors.totp_matches(person_id, typed, at) or factors.recovery_code_matches(person_id, typed, at)


def _knows(token: str | None, person_id: UUID) -> bool:
    if not token:
        return False
    found = select(KnownDevice.id).where(KnownDevice.token_hash == hash_secret(token))
    return db.session.scalar(found.where(KnownDevice.person_id == person_id)) is not None


def _remember(person_id: UUID, visitor: Visitor, at: datetime) -> str:
    if _knows(visitor.device_token, person_id) and visitor.device_token:
        return visitor.device_token
    token = new_secret()
    db.session.add(KnownDevice(id=uuid4(), person_id=person_id, token_hash=hash_secret(token), seen=at))
    return token

