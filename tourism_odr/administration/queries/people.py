"""Organisations and the people who act for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourism_odr.administration.commands import DAY_45
from tourism_odr.cases.models import BodySetting
from tourism_odr.people import contacts, invitations, organisations, persons, sessions
from tourism_odr.people.models import (
    DetailKind,
    Invitation,
    Membership,
    OpenSession,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Person,
    Totp,
)

SIZE = 50
OTHERS = [kind for kind in OrganisationKind if kind is not OrganisationKind.OPERATOR]


def organisations_of(
    session: Session, kind: OrganisationKind | None, words: str, page: int
) -> tuple[Sequence[Organisation], int]:
    """One page of organisations by name, and how many; operators only when asked for."""
    wanted = select(Organisation).where(
        Organisation.kind.in_([str(kind)] if kind else [str(k) for k in OTHERS])
    )
    if words:
        folded = organisations.fold(words)
        named = select(OrganisationName.organisation_id).where(
            OrganisationName.folded.contains(folded, autoescape=True)
        )
        wanted = wanted.where(
            Organisation.id.in_(named)
            | (Organisation.uscc == words.upper())
            | (Organisation.licence == words)
        )
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    ordered = wanted.order_by(Organisation.kind, Organisation.name, Organisation.id)
    return session.scalars(ordered.offset((page - 1) * SIZE).limit(SIZE)).all(), total


def day_45_of(session: Session, body_id: UUID) -> Sequence[BodySetting]:
    """What was ever set for day 45 of a body, the newest first."""
    rows = select(BodySetting).where(BodySetting.body_id == body_id, BodySetting.key == DAY_45)
    return session.scalars(rows.order_by(BodySetting.until.is_not(None), BodySetting.since.desc())).all()


@dataclass
class Member:
    """Somebody with a role, as the list shows them."""

    person: Person
    membership: Membership
    organisation: Organisation
    has_factor: bool
    sessions: int
    name: str = ""


def members(
    session: Session, at: datetime, *, organisation_id: UUID | None = None, email: str = "", page: int = 1
) -> tuple[list[Member], int]:
    """One page of the roles in force: of one organisation, of one address, or of all staff."""
    open_ones = (
        select(func.count(OpenSession.id))
        .where(OpenSession.person_id == Person.id, OpenSession.ended.is_(None), OpenSession.expires > at)
        .where(OpenSession.last_used > at - sessions.IDLE, OpenSession.factor_pending.is_(False))
        .correlate(Person)
        .scalar_subquery()
    )
    wanted = (
        select(Person, Membership, Organisation, Totp.confirmed, open_ones.label("sessions"))
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Totp, Totp.person_id == Person.id)
        .where(organisations.in_force(at))
    )
    if organisation_id:
        wanted = wanted.where(Organisation.id == organisation_id)
    elif email:
        wanted = wanted.where(Person.id.in_(_of_address(email)))
    else:
        wanted = wanted.where(Organisation.kind != OrganisationKind.OPERATOR.value)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    ordered = wanted.order_by(Organisation.name, Membership.role, Membership.since, Membership.id)
    rows = session.execute(ordered.offset((page - 1) * SIZE).limit(SIZE)).all()
    names = persons.names_of(row.Person.id for row in rows)
    return [
        Member(
            row.Person,
            row.Membership,
            row.Organisation,
            row.confirmed is not None,
            row.sessions,
            names[row.Person.id],
        )
        for row in rows
    ], total


def _of_address(email: str) -> list[UUID]:
    address = contacts.email(email)
    return persons.find_by_contact(DetailKind.EMAIL, address) if address else []


SHOWN: tuple[DetailKind, ...] = (DetailKind.NAME, DetailKind.EMAIL, DetailKind.PHONE)


@dataclass
class Account:
    """One person with all that an administrator sees of them."""

    person: Person
    details: dict[DetailKind, str]
    roles: Sequence[tuple[Membership, Organisation]]
    sessions: Sequence[OpenSession]
    invitations: Sequence[tuple[Invitation, Organisation]]
    has_factor: bool
    has_password: bool = field(default=False)


def account(session: Session, person_id: UUID, at: datetime) -> Account | None:
    """Somebody who acts, or was invited to act, for an organisation; no traveller."""
    person = session.get(Person, person_id)
    roles = session.execute(
        select(Membership, Organisation)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.until.is_not(None), Membership.since.desc())
    ).all()
    pending = waiting_invitations(session, at, person_id=person_id)
    if person is None or not (roles or pending):
        return None
    totp = session.get(Totp, person_id)
    known = persons.masked(person_id)
    shown: dict[DetailKind, str] = {}
    for kind in SHOWN:
        if kind in known:
            shown[kind] = known[kind]
    open_ones = sessions.open_sessions(person_id, at)
    has_password = invitations.account_of(persons.details(person_id).get(DetailKind.EMAIL, "")) == person_id
    return Account(
        person, shown, [(m, o) for m, o in roles], open_ones, pending,
        totp is not None and totp.confirmed is not None, has_password,
    )  # fmt: skip


def waiting_invitations(
    session: Session, at: datetime, *, person_id: UUID | None = None
) -> list[tuple[Invitation, Organisation]]:
    """Invitations that nobody took up yet, each with its organisation."""
    wanted = (
        select(Invitation, Organisation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.used.is_(None), Invitation.ended.is_(None), Invitation.expires > at)
        .order_by(Invitation.created.desc())
        .limit(100)
    )
    if person_id:
        wanted = wanted.where(Invitation.person_id == person_id)
    return [(invitation, house) for invitation, house in session.execute(wanted)]
