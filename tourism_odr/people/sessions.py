"""Sessions are rows: found by a hashed token, idle for 30 minutes at most, 12 hours old at most, ended at once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, bindparam, or_, select, update

from tourism_odr.db import db
from tourism_odr.people import keys, organisations
from tourism_odr.people.actor import Actor, Seat
from tourism_odr.people.models import (
    DetailKind,
    LinkScope,
    Membership,
    OpenSession,
    Organisation,
    Person,
    PersonDetail,
    PersonKey,
    SecretLink,
    Sitting,
)
from tourism_odr.people.roles import RESPONDENT, Role
from tourism_odr.people.secrets import hash_secret, new_secret

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
FACTOR_WAIT = timedelta(minutes=10)
TOUCH_EVERY = timedelta(minutes=1)  # the last use is written beside the answer, and not at every one
DEVICE_MOST = 80


# Read at every request, so it is built once and reads only what is shown.
_AT: Any = bindparam("at")
LIVING = (
    select(
        OpenSession.id, OpenSession.person_id, OpenSession.last_used, Person.locale,
        Membership.role, Membership.organisation_id, Organisation.name, Organisation.name_en,
        SecretLink.case_id, SecretLink.scope, Sitting, PersonKey.field_key, PersonKey.wrapped, PersonDetail.sealed,
    )
    .join(Person, Person.id == OpenSession.person_id)
    .outerjoin(Membership, Membership.id == OpenSession.membership_id)
    .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
    .outerjoin(SecretLink, SecretLink.id == OpenSession.link_id)
    .outerjoin(
        Sitting,
        and_(Sitting.id == OpenSession.sitting_id, Sitting.ended.is_(None), or_(Sitting.until.is_(None), Sitting.until > _AT)),
    )
    .outerjoin(PersonKey, PersonKey.person_id == Person.id)
    .outerjoin(PersonDetail, and_(PersonDetail.person_id == Person.id, PersonDetail.kind == DetailKind.NAME.value))
    .where(OpenSession.token_hash == bindparam("token"))
    .where(OpenSession.ended.is_(None), OpenSession.factor_pending.is_(False))
    .where(OpenSession.expires > _AT, OpenSession.last_used > bindparam("awake"))
    .where(Person.suspended.is_(None), Person.erased.is_(None))
    .where(or_(OpenSession.link_id.is_(None), SecretLink.ended.is_(None)))
    .where(or_(OpenSession.membership_id.is_(None), and_(organisations.in_force(_AT), Organisation.active.is_(True))))
)  # fmt: skip


@dataclass(frozen=True)
class Living:
    """A session that is alive: who, as what, and what of it a page shows."""

    session_id: UUID
    person_id: UUID
    actor: Actor
    locale: str
    last_used: datetime
    organisation_name: str | None
    link_case: UUID | None = None  # the case that the secret link opens; None for every case of this person
    read_only: bool = False
    closed_name: tuple[str, bytes, bytes] | None = None  # field key, wrapped key, sealed name

    @property
    def name(self) -> str:
        """The person's name, opened only when a page shows it."""
        if self.closed_name is None:
            return ""
        field_key, wrapped, sealed = self.closed_name
        return keys.unseal(keys.unwrapped(self.person_id, field_key, wrapped), self.person_id, DetailKind.NAME, sealed)

    @property
    def organisation(self) -> str | None:
        """The name of the organisation that the person acts for."""
        return self.organisation_name


def open_session(
    person_id: UUID,
    at: datetime,
    *,
    membership_id: UUID | None = None,
    link_id: UUID | None = None,
    sitting_id: UUID | None = None,
    device: str = "",
    factor_pending: bool = False,
) -> str:
    """A new session row; answers its token, which is stored only as a hash."""
    token = new_secret()
    row = OpenSession(id=uuid4(), token_hash=hash_secret(token), person_id=person_id)
    row.membership_id, row.link_id, row.sitting_id = membership_id, link_id, sitting_id
    row.factor_pending = factor_pending
    row.created = row.last_used = at
    row.expires = at + (FACTOR_WAIT if factor_pending else ABSOLUTE)
    row.device = device[:DEVICE_MOST]
    db.session.add(row)
    return token


def find(token: str, at: datetime) -> Living | None:
    """The session behind ``token`` if it, its person, its role and its link are all alive.  One statement."""
    row = db.session.execute(LIVING, {"token": hash_secret(token), "at": at, "awake": at - IDLE}).one_or_none()
    if row is None:
        return None
    sealed = (row.field_key, row.wrapped, row.sealed) if row.wrapped and row.sealed else None
    if row.role is not None:
        actor = Actor(row.person_id, Role(row.role), row.organisation_id, row.id)
        name = row.name_en if row.locale == "en" and row.name_en else row.name
        if row.Sitting is not None:
            actor = seated(row.Sitting, row.id)
        return Living(
            row.id, row.person_id, actor, row.locale, row.last_used, name,
            row.Sitting.case_id if row.Sitting else None, closed_name=sealed,
        )  # fmt: skip
    plain = Actor(row.person_id, Role.TOURIST, None, row.id, link=True)
    actor = replace(seated(row.Sitting, row.id), link=True) if row.Sitting is not None else plain
    read_only = row.scope == LinkScope.READ
    return Living(row.id, row.person_id, actor, row.locale, row.last_used, None, row.case_id, read_only, sealed)


def seated(sitting: Sitting, session_id: UUID | None = None) -> Actor:
    """Who acts in a sitting: the same person, in the part of the party that they act for."""
    role = Role(sitting.role)
    seat = Seat(sitting.id, sitting.case_id, sitting.party_id, sitting.principal_id)
    organisation = sitting.principal_id if role in RESPONDENT else None
    return Actor(sitting.person_id, role, organisation, session_id, seat=seat)


def standing_sitting(person_id: UUID, case_id: UUID | None) -> UUID | None:
    """The sitting of somebody whom a party named for its case, as long as it stands."""
    wanted = select(Sitting.id).where(Sitting.person_id == person_id, Sitting.case_id == case_id)
    return db.session.scalar(wanted.where(Sitting.organisation_id.is_(None), Sitting.ended.is_(None)).limit(1))


def sit_down(session_id: UUID, sitting_id: UUID) -> None:
    """From now on the session acts in this sitting."""
    db.session.get_one(OpenSession, session_id).sitting_id = sitting_id


def end_sittings(at: datetime, *, sitting_id: UUID | None = None, power_id: UUID | None = None) -> None:
    """End one sitting, or all that rest on a power."""
    which = Sitting.id == sitting_id if sitting_id else Sitting.power_id == power_id
    db.session.execute(update(Sitting).where(which, Sitting.ended.is_(None)).values(ended=at))


def find_pending(token: str, at: datetime) -> UUID | None:
    """Who gave the right password and still owes the second factor."""
    return db.session.scalar(
        select(OpenSession.person_id)
        .join(Person, Person.id == OpenSession.person_id)
        .where(OpenSession.token_hash == hash_secret(token))
        .where(OpenSession.ended.is_(None), OpenSession.factor_pending.is_(True), OpenSession.expires > at)
        .where(Person.suspended.is_(None), Person.erased.is_(None))
    )


def touch(living: Living, at: datetime) -> bool:
    """Whether the last use is old enough to be written; if so, it is.  In a unit of work of the caller's."""
    if living.last_used > at - TOUCH_EVERY:
        return False
    db.session.execute(
        update(OpenSession)
        .where(OpenSession.id == living.session_id, OpenSession.ended.is_(None))
        .where(OpenSession.last_used < at)
        .values(last_used=at)
    )
    return True


def end_token(token: str, at: datetime) -> None:
    """End the session that this token opens, pending or not."""
    _end(OpenSession.token_hash == hash_secret(token), at)


def end(session_id: UUID, person_id: UUID, at: datetime) -> None:
    """End one session of this person; somebody else's is left alone."""
    _end(and_(OpenSession.id == session_id, OpenSession.person_id == person_id), at)


def end_all(person_id: UUID, at: datetime, *, but: UUID | None = None) -> None:
    """End every session of a person, if wanted except the one in hand."""
    mine = OpenSession.person_id == person_id
    _end(mine if but is None else and_(mine, OpenSession.id != but), at)


def open_sessions(person_id: UUID, at: datetime) -> list[OpenSession]:
    """The living sessions of a person, the last used first."""
    rows = (
        select(OpenSession)
        .where(OpenSession.person_id == person_id, OpenSession.ended.is_(None))
        .where(OpenSession.factor_pending.is_(False))
        .where(OpenSession.expires > at, OpenSession.last_used > at - IDLE)
        .order_by(OpenSession.last_used.desc(), OpenSession.id)
    )
    return list(db.session.scalars(rows))


def switch(living: Living, membership_id: UUID, at: datetime) -> str | None:
    """Act in another role: a new session under a new token; the old one ends.  None if the role is not theirs."""
    mine = [row.id for row in organisations.memberships_of(living.person_id, at)]
    if membership_id not in mine:
        return None
    row = db.session.get_one(OpenSession, living.session_id)
    token = open_session(living.person_id, at, membership_id=membership_id, device=row.device)
    fresh = db.session.scalar(select(OpenSession).where(OpenSession.token_hash == hash_secret(token)))
    if fresh is not None:
        fresh.expires = row.expires  # changing roles does not make the twelve hours longer
    row.ended = at
    return token


def _end(which: object, at: datetime) -> None:
    db.session.execute(
        update(OpenSession)
        .where(which, OpenSession.ended.is_(None))  # type: ignore[arg-type]  # a column condition
        .values(ended=at)
    )
