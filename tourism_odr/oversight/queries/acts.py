"""Papers that wait for the head, urgings, standing authorities, and the seat in a room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, false, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import readable_documents, visible_cases
from tourism_odr.cases.items import LETTER
from tourism_odr.cases.lifecycle import TABLES
from tourism_odr.cases.models import (
    Case,
    Document,
    Member,
    Party,
    Place,
    StandingAuthority,
    Subject,
    Urge,
)
from tourism_odr.cases.models.document import DRAFT
from tourism_odr.cases.queries import items_of
from tourism_odr.people import persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.web.names import called


@dataclass(frozen=True)
class Draft:
    """A paper that waits for its signature."""

    document: Document
    case: Case


def drafts(session: Session, actor: Actor, at: datetime) -> list[Draft]:
    """The papers of the body that wait for the head, the oldest first."""
    rows = session.execute(
        select(Document, Case)
        .join(Case, Case.id == Document.case_id)
        .where(
            Document.body_id == actor.organisation_id, Document.status == DRAFT, Document.revoked_at.is_(None)
        )
        .where(visible_cases(actor, at), readable_documents(actor, at))
        .order_by(Document.created, Document.id)
    )
    return [Draft(document, case) for document, case in rows]


@dataclass(frozen=True)
class Urged:
    """One urging with its case and whom it is addressed to."""

    urge: Urge
    subject: Subject
    case: Case
    name: str


def urgings(
    session: Session, actor: Actor, at: datetime, *, over: bool = False, one: UUID | None = None
) -> list[Urged]:
    """The urgings of the body: those that stand, or those that are over, the next day first."""
    finals = TABLES["urge"].finals
    which = Subject.stage.in_(finals) if over else Subject.stage.not_in(finals)
    rows = session.execute(
        select(Urge, Subject, Case, Organisation)
        .join(Subject, Subject.id == Urge.id)
        .join(Case, Case.id == Urge.case_id)
        .outerjoin(Party, Party.id == Urge.party_id)
        .outerjoin(Organisation, Organisation.id == Party.organisation_id)
        .where(Case.body_id == actor.organisation_id, visible_cases(actor, at))
        .where(Urge.id == one if one else which)
        .order_by(Urge.due_day, Urge.id)
        .limit(200)
    ).all()
    mediators = persons.names_of(row.Urge.mediator_id for row in rows if row.Urge.mediator_id)
    return [
        Urged(
            row.Urge, row.Subject, row.Case,
            called(row.Organisation) if row.Organisation else mediators.get(row.Urge.mediator_id, ""),
        )
        for row in rows
    ]


def letters(session: Session, case_id: UUID, actor: Actor, at: datetime) -> dict[UUID, str]:
    """The words of the orders, replies and findings that the actor reads; an erased one is missing."""
    entries = items_of(session, case_id, actor, at, (LETTER,))
    return {entry.item.id: entry.text.body for entry in entries if entry.text}


def authorities(session: Session, body_id: UUID | None) -> list[tuple[StandingAuthority, str]]:
    """The standing authorities of a body with the name of who signed, those in force first."""
    mine = StandingAuthority.body_id == body_id if body_id else false()
    rows = session.scalars(
        select(StandingAuthority)
        .where(mine)
        .order_by(StandingAuthority.revoked_at.is_not(None), StandingAuthority.since.desc())
    ).all()
    names = persons.names_of(row.signed_by for row in rows)
    return [(row, names[row.signed_by]) for row in rows]


def sits_in_room(session: Session, case_id: UUID, actor: Actor) -> bool | None:
    """Whether the officer is in the room now; None when there is no room."""
    room = session.scalars(select(Place.id).where(Place.case_id == case_id, Place.kind == "joint")).first()
    if room is None:
        return None
    seat = exists().where(
        Member.place_id == room,
        Member.principal_id == actor.person_id,
        Member.role == actor.role.value,
        Member.until.is_(None),
    )
    return bool(session.scalar(select(seat)))
