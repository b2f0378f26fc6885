"""The second factor: authenticator codes, the recovery codes that stand in for them, and the reset by two people."""

import hmac
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pyotp
from sqlalchemy import CursorResult, delete, select, update

from tourism_odr.db import db
from tourism_odr.people import keys, organisations, sessions
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import FactorReset, Invitation, Person, RecoveryCode, Totp
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.people.secrets import (
    hash_recovery_code,
    hash_secret,
    new_recovery_code,
    new_secret,
    only_digits,
)
from tourism_odr.text import M

LABEL = "totp"
STEP = 30  # seconds, as authenticator applications count
DRIFT = (-1, 0, 1)  # telephones run a little fast or slow
RECOVERY_CODES = 10
RESET_LIVES = timedelta(minutes=30)


def has_factor(person_id: UUID) -> bool:
    """Whether an authenticator is set up."""
    row = db.session.get(Totp, person_id)
    return row is not None and row.confirmed is not None


def enrolment_secret(person_id: UUID) -> str:
    """The secret of an enrolment under way, made at the first call; never that of a finished one."""
    key = keys.keys_of([person_id])[person_id]
    row = db.session.get(Totp, person_id)
    if row is not None and row.confirmed is None:
        return keys.unseal(key, person_id, LABEL, row.sealed)
    if row is not None:
        raise RefusedError(M("You have set up an authenticator already."))
    secret = pyotp.random_base32()
    db.session.add(Totp(person_id=person_id, sealed=keys.seal(key, person_id, LABEL, secret)))
    db.session.flush()
    return secret


def provisioning_uri(secret: str, account: str, service: str) -> str:
    """What the QR code of an enrolment says."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=service)


def confirm_enrolment(person_id: UUID, typed: str, at: datetime) -> list[str]:
    """The first code proves that the authenticator works; answers the recovery codes, shown once."""
    row = db.session.get(Totp, person_id)
    if row is None or row.confirmed is not None or not totp_matches(person_id, typed, at):
        raise RefusedError(M("This code does not fit. Wait for the next one and type it again."))
    row.confirmed = at
    return new_recovery_codes(person_id)


def totp_matches(person_id: UUID, typed: str, at: datetime) -> bool:
    """Whether the code is right, and newer than the last one that was: each counts once."""
    row = db.session.get(Totp, person_id)
    key = keys.keys_of([person_id]).get(person_id)
    if row is None or key is None:
        return False
    code = pyotp.TOTP(keys.unseal(key, person_id, LABEL, row.sealed))
    now = int(at.timestamp()) // STEP
    fitting = [now + by for by in DRIFT if hmac.compare_digest(code.generate_otp(now + by), only_digits(typed))]
    if not fitting:
        return False
    moved = db.session.execute(
        update(Totp)
        .where(Totp.person_id == person_id, Totp.last_step < fitting[-1])
        .values(last_step=fitting[-1])
    )
    assert isinstance(moved, CursorResult)  # noqa: S101 - an update always answers a cursor
    return moved.rowcount == 1


def recovery_code_matches(person_id: UUID, typed: str, at: datetime) -> bool:
    """Whether this is an unused recovery code of the person; it is used now."""
    used = db.session.execute(
        update(RecoveryCode)
        .where(RecoveryCode.person_id == person_id, RecoveryCode.used.is_(None))
        .where(RecoveryCode.code_hash == hash_recovery_code(typed))
        .values(used=at)
    )
    assert isinstance(used, CursorResult)  # noqa: S101 - an update always answers a cursor
    return used.rowcount == 1


def new_recovery_codes(person_id: UUID) -> list[str]:
    """A fresh set; the old one opens nothing any more."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(person_id=person_id, code_hash=hash_recovery_code(code)) for code in codes)
    db.session.flush()
    return codes


def remove_factor(person_id: UUID) -> None:
    """Forget authenticator and recovery codes."""
    db.session.execute(delete(Totp).where(Totp.person_id == person_id))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def may_reset(by: Actor, person_id: UUID, at: datetime) -> bool:
    """An administrator for anybody; an owner or head for the people of their own organisation; nobody for themselves."""
    if by.person_id is None or by.person_id == person_id:
        return False
    if by.role == Role.ADMIN:
        return True
    if by.role not in (Role.OWNER, Role.HEAD) or by.organisation_id is None:
        return False
    return any(row.organisation_id == by.organisation_id for row in organisations.memberships_of(person_id, at))


def ask_reset(person_id: UUID, by: Actor, reason: str, at: datetime) -> UUID:
    """The first of the two people says that somebody lost their second factor."""
    if by.person_id is None or not may_reset(by, person_id, at):
        raise RefusedError(M("You cannot ask for this reset."))
    row = FactorReset(id=uuid4(), person_id=person_id, asked_by=by.person_id, asked=at, reason=reason[:300])
    db.session.add(row)
    db.session.flush()
    return row.id


def open_resets(by: Actor, at: datetime) -> list[FactorReset]:
    """The resets that wait for a second person, as far as this one may decide on them."""
    rows = select(FactorReset).where(FactorReset.approved.is_(None), FactorReset.refused.is_(None))
    return [row for row in db.session.scalars(rows.order_by(FactorReset.asked)) if may_approve(by, row, at)]


def may_approve(by: Actor, reset: FactorReset, at: datetime) -> bool:
    """The second person is neither the one who asked nor the one who is let in."""
    return by.person_id != reset.asked_by and may_reset(by, reset.person_id, at)


def approve_reset(reset_id: UUID, by: Actor, at: datetime) -> str:
    """The second person agrees: factor and sessions end; answers the secret of an invitation to set them anew."""
    reset = db.session.get(FactorReset, reset_id)
    if reset is None or reset.approved or reset.refused or not may_approve(by, reset, at):
        raise RefusedError(M("This reset does not wait for you."))
    reset.approved, reset.approved_by = at, by.person_id
    remove_factor(reset.person_id)
    sessions.end_all(reset.person_id, at)
    secret = new_secret()
    invitation = Invitation(id=uuid4(), secret_hash=hash_secret(secret), person_id=reset.person_id)
    invitation.reset_id, invitation.invited_by = reset.id, by.person_id
    invitation.created, invitation.expires = at, at + RESET_LIVES
    db.session.add(invitation)
    db.session.flush()
    return secret


def refuse_reset(reset_id: UUID, by: Actor, at: datetime) -> None:
    """The second person does not agree."""
    reset = db.session.get(FactorReset, reset_id)
    if reset is None or reset.approved or reset.refused or not may_approve(by, reset, at):
        raise RefusedError(M("This reset does not wait for you."))
    reset.refused = at


def suspend(person_id: UUID, at: datetime) -> None:
    """Shut somebody out: every session ends with it."""
    db.session.get_one(Person, person_id).suspended = at
    sessions.end_all(person_id, at)


def reinstate(person_id: UUID) -> None:
    """Let somebody suspended in again; they sign in anew."""
    db.session.get_one(Person, person_id).suspended = None
