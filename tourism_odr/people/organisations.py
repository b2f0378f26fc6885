"""Organisations and who acts for them.  Everything here runs inside the caller's unit of work."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from tourism_odr.db import db
from tourism_odr.people.models import (
    Membership,
    OpenSession,
    Organisation,
    OrganisationContact,
    OrganisationKind,
    OrganisationName,
    Person,
)
from tourism_odr.people.roles import RESPONDENT, Role

# Left out of a search that finds nothing with them; the longer ones first.
COMMON_WORDS = (
    "股份有限公司", "有限责任公司", "有限公司", "旅行社", "旅游", "国际", "国旅", "集团", "公司",
    "travelagency", "international", "limited", "company", "travel", "tours", "coltd",
)  # fmt: skip
ROLES_OF = {
    OrganisationKind.BODY: frozenset({Role.OFFICER, Role.HEAD}),
    OrganisationKind.COURT: frozenset({Role.CLERK, Role.JUDGE}),
    OrganisationKind.COUNCIL: frozenset({Role.COUNCIL, Role.MEDIATOR, Role.OFFICER, Role.HEAD}),
    OrganisationKind.MEDIATION: frozenset({Role.MEDIATOR}),
    OrganisationKind.OPERATOR: RESPONDENT,
    OrganisationKind.HOUSE: frozenset({Role.ADMIN}),
}


def register_organisation(
    kind: OrganisationKind,
    name: str,
    *,
    at: datetime,
    name_en: str = "",
    code: str | None = None,
    territory: str = "",
    level: str = "",
    aliases: Iterable[str] = (),
    settings: Mapping[str, object] = MappingProxyType({}),
) -> UUID:
    """A body, a court, a council or a mediation organisation."""
    row = Organisation(id=uuid4(), kind=kind, name=name, name_en=name_en, code=code, created=at)
    row.territory, row.level, row.settings = territory, level, dict(settings)
    db.session.add(row)
    db.session.flush()
    add_names(row.id, [name, name_en, *aliases])
    return row.id


def register_operator(
    name: str,
    *,
    at: datetime,
    source: str,
    source_day: date,
    name_en: str = "",
    territory: str = "",
    uscc: str | None = None,
    licence: str | None = None,
    branch_of: UUID | None = None,
    contacts: Iterable[tuple[str, str]] = (),
    aliases: Iterable[str] = (),
) -> UUID:
    """An operator from the register, or completed by an officer; ``contacts`` are (kind, value)."""
    operator = register_organisation(
        OrganisationKind.OPERATOR, name, at=at, name_en=name_en, territory=territory, aliases=aliases
    )
    row = organisation(operator)
    row.uscc, row.licence, row.branch_of = uscc or None, licence or None, branch_of
    row.source, row.source_day = source, source_day
    for kind, value in contacts:
        add_contact(operator, kind, value, source=source, source_day=source_day, at=at)
    db.session.flush()
    return operator


def add_contact(
    organisation_id: UUID,
    kind: str,
    value: str,
    *,
    source: str,
    source_day: date,
    at: datetime,
    verified_by: UUID | None = None,
) -> UUID:
    """A contact to which complaints may go: held by the register, or verified by an officer."""
    row = OrganisationContact(
        id=uuid4(),
        organisation_id=organisation_id,
        kind=kind,
        value=value,
        source=source,
        source_day=source_day,
        verified=at,
        verified_by=verified_by,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def contacts_of(organisation_id: UUID) -> list[OrganisationContact]:
    """The contacts in use."""
    rows = select(OrganisationContact).where(
        OrganisationContact.organisation_id == organisation_id, OrganisationContact.ended.is_(None)
    )
    return list(db.session.scalars(rows.order_by(OrganisationContact.kind, OrganisationContact.value)))


def add_names(organisation_id: UUID, names: Iterable[str]) -> None:
    """Names by which it is found."""
    known = set(
        db.session.scalars(
            select(OrganisationName.folded).where(OrganisationName.organisation_id == organisation_id)
        )
    )
    for name in names:
        folded = fold(name)
        if folded and folded not in known:
            known.add(folded)
            db.session.add(OrganisationName(organisation_id=organisation_id, name=name, folded=folded))
    db.session.flush()


def fold(name: str) -> str:
    """A name as it is compared: one width, small letters, no spaces or marks."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def core(folded: str) -> str:
    """A folded name without the words that nearly every firm of the trade bears."""
    for word in COMMON_WORDS:
        folded = folded.replace(word, "")
    return folded


def search_operators(words: str, limit: int = 20) -> list[Organisation]:
    """Operators whose names hold what was typed, else its core; or that carry this code or licence; the exact first."""
    folded = fold(words)
    return _found(words, folded, limit) or _found(words, core(folded), limit)


def _found(words: str, folded: str, limit: int) -> list[Organisation]:
    if not folded:
        return []
    hit = OrganisationName.folded.contains(folded, autoescape=True)
    ids = select(OrganisationName.organisation_id).where(hit)
    code = words.strip().upper()
    rows = (
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.OPERATOR, Organisation.active)
        .where(or_(Organisation.id.in_(ids), Organisation.uscc == code, Organisation.licence == code))
        .order_by(Organisation.name != words.strip(), Organisation.name)
        .limit(limit)
    )
    return list(db.session.scalars(rows))


def organisation(organisation_id: UUID) -> Organisation:
    """One organisation that exists."""
    return db.session.get_one(Organisation, organisation_id)


def organisations(*kinds: OrganisationKind, active: bool = True) -> list[Organisation]:
    """All of some kinds by name: never ask for operators this way, there are many."""
    rows = select(Organisation).where(Organisation.kind.in_([str(kind) for kind in kinds]))
    if active:
        rows = rows.where(Organisation.active)
    return list(db.session.scalars(rows.order_by(Organisation.name)))


def in_force(at: datetime) -> ColumnElement[bool]:
    """The condition that a membership counts at this instant."""
    return and_(Membership.since <= at, or_(Membership.until.is_(None), Membership.until > at))


def add_member(person_id: UUID, organisation_id: UUID, role: Role, at: datetime) -> UUID:
    """Give a person a role; one that they have already is handed back as it is."""
    if role not in ROLES_OF[OrganisationKind(organisation(organisation_id).kind)]:
        raise ValueError(f"{role} is no role in this kind of organisation")
    for membership in memberships_of(person_id, at):
        if membership.organisation_id == organisation_id and membership.role == role:
            return membership.id
    row = Membership(id=uuid4(), person_id=person_id, organisation_id=organisation_id, role=role, since=at)
    db.session.add(row)
    db.session.flush()
    return row.id


def end_membership(membership_id: UUID, at: datetime) -> None:
    """Take the role away, and with it every session that acts in it."""
    row = db.session.get_one(Membership, membership_id)
    row.until = at
    db.session.execute(
        update(OpenSession)
        .where(OpenSession.membership_id == membership_id, OpenSession.ended.is_(None))
        .values(ended=at)
    )


def memberships_of(person_id: UUID, at: datetime) -> list[Membership]:
    """The roles that this person has now, in organisations that are active."""
    rows = (
        select(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id, in_force(at), Organisation.active)
    )
    return list(db.session.scalars(rows.order_by(Membership.since, Membership.role)))


def people_of(organisation_id: UUID, role: Role | None, at: datetime) -> list[UUID]:
    """Who acts for an organisation now, if wanted only in one role; not the suspended."""
    rows = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, in_force(at), Person.suspended.is_(None))
        .order_by(Membership.since, Membership.person_id)
    )
    if role is not None:
        rows = rows.where(Membership.role == role)
    return list(dict.fromkeys(db.session.scalars(rows)))


LEVELS = ("district", "city", "province", "state")


def superior_of(session: Session, body_id: UUID) -> Organisation | None:
    """The nearest supervising body of a higher level whose territory holds that of the body."""
    body = session.get_one(Organisation, body_id)
    if body.level not in LEVELS:
        return None
    above = LEVELS[LEVELS.index(body.level) + 1 :]
    bodies = select(Organisation).where(
        Organisation.kind == OrganisationKind.BODY, Organisation.active, Organisation.level.in_(above)
    )
    holding = [one for one in session.scalars(bodies) if _holds(one.territory, body.territory)]
    return min(holding, key=lambda one: (LEVELS.index(one.level), one.name), default=None)


def bodies_under(session: Session, body: Organisation) -> list[Organisation]:
    """The supervising bodies of lower levels whose territory the body's holds."""
    if body.level not in LEVELS:
        return []
    below = select(Organisation).where(
        Organisation.kind == OrganisationKind.BODY, Organisation.level.in_(LEVELS[: LEVELS.index(body.level)])
    )
    rows = session.scalars(below.order_by(Organisation.territory, Organisation.name))
    return [one for one in rows if _holds(body.territory, one.territory)]


def _holds(wide: str, narrow: str) -> bool:
    """310000 holds 310106; a division is two digits a level."""
    while wide.endswith("00"):
        wide = wide.removesuffix("00")
    return narrow.startswith(wide)
