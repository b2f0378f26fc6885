"""Invitations: a secret lets one person in, once, to a role in an organisation or back in after a reset.

Opening the address shows a button; pressing it is the evidence.  Accepting sets the password and, for
everybody but the people of operators, an authenticator; those get their second factor by e-mail.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from tourism_odr.db import db
from tourism_odr.people import contacts, factors, keys, organisations, persons, sessions
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import (
    Credential,
    DetailKind,
    FactorReset,
    Invitation,
    Organisation,
    OrganisationKind,
    Person,
)
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import RESPONDENT, SUPERVISOR, Role
from tourism_odr.people.secrets import PASSWORD_LEAST, hash_password, hash_secret, new_secret
from tourism_odr.text import M

LIVES = timedelta(hours=336)  # a technical limit of the service, no term of law


@dataclass(frozen=True)
class Accepted:
    """What accepting gave: the role, and the recovery codes that are shown once."""

    person_id: UUID
    membership_id: UUID | None
    recovery_codes: list[str] = field(default_factory=list, repr=False)


def may_invite(by: Actor, organisation_id: UUID, role: Role, case_id: UUID | None = None) -> bool:
    """Administrators everywhere, owners and heads in their own house, officers to a case that they serve."""
    kind = OrganisationKind(organisations.organisation(organisation_id).kind)
    if role not in organisations.ROLES_OF[kind]:
        return False
    if by.role in (Role.ADMIN, Role.TABLE, Role.CLOCK):
        return True
    if by.role == Role.OWNER:
        return by.organisation_id == organisation_id and role in RESPONDENT
    if by.role == Role.HEAD and by.organisation_id == organisation_id:
        return role in SUPERVISOR
    return by.role in SUPERVISOR and kind == OrganisationKind.OPERATOR and case_id is not None


def invite(
    email: str,
    organisation_id: UUID,
    role: Role,
    *,
    by: Actor,
    at: datetime,
    name: str = "",
    locale: str = "zh-Hans",
    case_id: UUID | None = None,
) -> tuple[UUID, str]:
    """A new invitation and its secret.  The address is normalised; an account under it is invited as it is."""
    address = contacts.email(email)
    if address is None:
        raise RefusedError(M("Enter an e-mail address such as name@example.com."))
    if not may_invite(by, organisation_id, role, case_id):
        raise RefusedError(M("You cannot invite anybody to this role."))
    person_id = account_of(address)
    if person_id is None:
        person_id = persons.create_person(locale=locale, name=name or None, email=address, at=at)
    secret = new_secret()
    row = Invitation(id=uuid4(), secret_hash=hash_secret(secret), person_id=person_id, role=role)
    row.organisation_id, row.case_id, row.invited_by = organisation_id, case_id, by.person_id
    row.created, row.expires = at, at + LIVES
    db.session.add(row)
    db.session.flush()
    return row.id, secret


def found_house(name: str, email: str, *, at: datetime, locale: str = "zh-Hans") -> str:
    """The first administrator: makes the house if there is none and answers the invitation's secret."""
    house = db.session.scalar(select(Organisation.id).where(Organisation.kind == OrganisationKind.HOUSE))
    if house is None:
        house = organisations.register_organisation(OrganisationKind.HOUSE, name, at=at)
    by = Actor(None, Role.TABLE)
    return invite(email, house, Role.ADMIN, by=by, at=at, name=name, locale=locale)[1]


def account_of(email: str) -> UUID | None:
    """Who signs in with this normalised address."""
    return db.session.scalar(
        select(Credential.person_id).where(Credential.login_digest.in_(keys.digests("sign-in", email)))
    )


def find(secret: str, at: datetime) -> Invitation | None:
    """The invitation that this secret opens now; used, ended and lapsed ones answer like none."""
    return _living(Invitation.secret_hash == hash_secret(secret), at)


def find_opened(invitation_id: UUID, at: datetime) -> Invitation | None:
    """The invitation that this browser opened by the button."""
    found = _living(Invitation.id == invitation_id, at)
    return found if found is not None and found.opened is not None else None


def mark_opened(secret: str, at: datetime) -> Invitation | None:
    """The button was pressed.  The first time is kept, as evidence of service."""
    invitation = find(secret, at)
    if invitation is not None and invitation.opened is None:
        invitation.opened = at
    return invitation


def needs_authenticator(invitation: Invitation) -> bool:
    """Everybody but the people of operators carries an authenticator."""
    if factors.has_factor(invitation.person_id):
        return False
    if invitation.role is not None:
        return Role(invitation.role) not in RESPONDENT
    roles = {row.role for row in organisations.memberships_of(invitation.person_id, invitation.created)}
    return bool(roles - RESPONDENT)


def needs_password(invitation: Invitation) -> bool:
    """Whether there is no account yet, or its way in is being set anew."""
    return invitation.reset_id is not None or db.session.get(Credential, invitation.person_id) is None


def accept_invitation(
    invitation_id: UUID, *, password: str, code: str, at: datetime, as_person: UUID | None = None
) -> Accepted:
    """Set password and authenticator, take up the role.  Somebody with an account must be signed in to it."""
    invitation = find_opened(invitation_id, at)
    if invitation is None:
        raise RefusedError(M("This invitation is no longer open. Ask for a new one."))
    person_id = invitation.person_id
    if needs_password(invitation):
        set_password(person_id, password, at)
    elif as_person != person_id:
        raise RefusedError(M("Sign in with the account that this invitation is for, then open it again."))
    recovery = factors.confirm_enrolment(person_id, code, at) if needs_authenticator(invitation) else []
    invitation.used = at
    persons.verify_contact(person_id, DetailKind.EMAIL, at)
    if invitation.reset_id is not None:
        db.session.get_one(FactorReset, invitation.reset_id).done = at
        sessions.end_all(person_id, at)
        return Accepted(person_id, _only_role(person_id, at), recovery)
    if invitation.organisation_id is None or invitation.role is None:
        return Accepted(person_id, None, recovery)
    role = organisations.add_member(person_id, invitation.organisation_id, Role(invitation.role), at)
    return Accepted(person_id, role, recovery)


def set_password(person_id: UUID, password: str, at: datetime) -> None:
    """Write a password of enough length under the person's e-mail address."""
    if len(password) < PASSWORD_LEAST:
        raise RefusedError(M("Choose a password of at least %(least)s characters.", least=PASSWORD_LEAST))
    email = persons.details(person_id).get(DetailKind.EMAIL)
    if email is None:
        raise RefusedError(M("There is no e-mail address to sign in with."))
    owner = account_of(email)
    if owner not in (None, person_id):
        raise RefusedError(M("There is an account with this e-mail address already. Ask for a new invitation."))
    row = db.session.get(Credential, person_id)
    if row is None:
        row = Credential(person_id=person_id)
        db.session.add(row)
    row.login_digest, row.password_hash = keys.digest("sign-in", email), hash_password(password)
    row.changed = at
    db.session.flush()


def end_invitation(invitation_id: UUID, at: datetime) -> None:
    """Take an invitation back."""
    db.session.get_one(Invitation, invitation_id).ended = at


def _only_role(person_id: UUID, at: datetime) -> UUID | None:
    roles = organisations.memberships_of(person_id, at)
    return roles[0].id if len(roles) == 1 else None


def _living(which, at: datetime) -> Invitation | None:  # type: ignore[no-untyped-def]  # any condition of the query
    return db.session.scalar(
        select(Invitation)
        .join(Person, Person.id == Invitation.person_id)
        .where(which, Invitation.used.is_(None), Invitation.ended.is_(None), Invitation.expires > at)
        .where(Person.suspended.is_(None), Person.erased.is_(None))
    )
