"""What the pages of this slice read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, or_, select

from tourism_odr.cases.models import Case, Notice, Party
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.db import db
from tourism_odr.people import factors, organisations, persons, signin
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import DetailKind, FactorReset
from tourism_odr.people.roles import RESPONDENT, Role
from tourism_odr.web.names import called, organisation_names

EACH_ROLE = 6
NOTICES_MOST = 100


@dataclass(frozen=True)
class RoleChoice:
    """One of the roles that somebody can act in."""

    membership_id: UUID
    role: Role
    organisation: str


@dataclass(frozen=True)
class DemoPerson:
    """Somebody whom the demo signs in by one click."""

    person_id: UUID
    membership_id: UUID | None
    name: str
    role: Role
    organisation: str  # of a tourist: the number of the case
    case_id: UUID | None = None


def complainant_with(number: str, contact: tuple[DetailKind, str]) -> UUID | None:
    """The complainant of this case who has this contact, verified: a mistyped one may be a stranger's."""
    rows = select(Party.person_id).join(Case, Case.id == Party.case_id)
    rows = rows.where(Case.number == number, Party.side == COMPLAINANT)
    theirs = set(persons.find_by_contact(*contact))
    for person_id in db.session.scalars(rows):
        if person_id in theirs and persons.verified_contacts(person_id).get(contact[0]) == contact[1]:
            return person_id
    return None


def case_numbered(number: str) -> UUID | None:
    """The case with this number."""
    return db.session.scalar(select(Case.id).where(Case.number == number))


def role_choices(person_id: UUID, at: datetime) -> list[RoleChoice]:
    """The roles of one person, with the names of the organisations."""
    rows = organisations.memberships_of(person_id, at)
    return [RoleChoice(row.id, Role(row.role), called(organisations.organisation(row.organisation_id))) for row in rows]


def resets_to_decide(by: Actor, at: datetime) -> list[tuple[FactorReset, str]]:
    """The resets that wait for this person, with the name of whom each is about."""
    rows = factors.open_resets(by, at)
    names = persons.names_of(row.person_id for row in rows)
    return [(row, names[row.person_id]) for row in rows]


def notices_for(actor: Actor) -> list[Notice]:
    """What was sent to this person, or to their organisation in their role, newest first."""
    mine = Notice.person_id == actor.person_id
    if actor.organisation_id is not None:
        roles = RESPONDENT if actor.role in RESPONDENT else {actor.role}  # an operator's people read one inbox
        theirs = (Notice.organisation_id == actor.organisation_id) & Notice.role.in_([r.value for r in roles])
        mine = or_(mine, theirs & Notice.person_id.is_(None))
    rows = select(Notice).where(mine, Notice.body.is_not(None)).order_by(Notice.created.desc(), Notice.id)
    return list(db.session.scalars(rows.limit(NOTICES_MOST)))


# In the order in which a case meets them.
ROAD = (Role.OFFICER, Role.HEAD, Role.HANDLER, Role.OWNER, Role.FINANCE, Role.MEDIATOR, Role.ADMIN)


def demo_people() -> list[DemoPerson]:
    """Some people of each role; there are more tourists than a page can hold."""
    staff = signin.one_click_people()
    by_role: dict[str, list[tuple[UUID, UUID | None, UUID]]] = {}
    for person, membership in staff:
        if membership is not None:
            rows = by_role.setdefault(membership.role, [])
            if len(rows) < EACH_ROLE:
                rows.append((person.id, membership.id, membership.organisation_id))
    first = _tourists()
    chosen = [entry for rows in by_role.values() for entry in rows]
    names = persons.names_of([*(one.person_id for one in first), *(entry[0] for entry in chosen)])
    houses = organisation_names(db.session(), [entry[2] for entry in chosen])
    people = [DemoPerson(one.person_id, None, names[one.person_id], Role.TOURIST, one.number, one.id) for one in first]
    for role in sorted(by_role, key=lambda one: ROAD.index(Role(one)) if Role(one) in ROAD else len(ROAD)):
        rows = by_role[role]
        people += [DemoPerson(who, member, names[who], Role(role), houses[house]) for who, member, house in rows]
    return people


def _tourists() -> list[Row[UUID | None, UUID, str]]:
    """Those in whose cases something happened last: what came of it is theirs to see."""
    wanted = select(Party.person_id, Case.id, Case.number).join(Case, Case.id == Party.case_id)
    theirs = wanted.where(Party.side == COMPLAINANT, Party.person_id.is_not(None))
    listed: dict[UUID | None, Row[UUID | None, UUID, str]] = {}
    for row in db.session.execute(theirs.order_by(Case.moved.desc(), Case.number).limit(EACH_ROLE * 6)):
        listed.setdefault(row.person_id, row)
    return list(listed.values())[: EACH_ROLE * 2]
