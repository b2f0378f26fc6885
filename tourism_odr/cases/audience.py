"""Who may read: the one query condition for places, items, events, documents and cases.

A wall is information flow: lists, pages, streams, counts, mails and exports all go through here.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLCoreOperations

from tourism_odr.cases.lifecycle import appointment, service, transfer
from tourism_odr.cases.models import Appointment, Case, Document, Event, Item, Member, Place, Subject
from tourism_odr.db import UTCDateTime
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import RESPONDENT, SUPERVISOR, Role

AT = cast(datetime, bindparam("reading_at", type_=UTCDateTime()))


@cache
def anybody(role: Role) -> Actor:
    """Any actor of a role, for a statement that is built once and read with the values of ``reading``."""
    person, organisation = (cast(UUID, bindparam(f"reading_{name}", type_=Uuid())) for name in ("person", "organisation"))
    return Actor(person, role, organisation)


def reading(actor: Actor, at: datetime, **values: Any) -> dict[str, Any]:
    """Who reads, and when: the values for ``anybody`` and ``AT``, with those of the statement's own."""
    return {"reading_person": actor.reads_as, "reading_organisation": actor.organisation_id, "reading_at": at, **values}


def _is_member(actor: Actor, at: datetime) -> ColumnElement[bool]:
    """A membership row that stands at ``at`` and means this actor, in the role that they act in."""
    role = or_(Member.role.is_(None), Member.role == actor.role.value)
    principals = [p for p in (actor.reads_as, actor.organisation_id) if p is not None]
    standing = and_(Member.since <= at, or_(Member.until.is_(None), Member.until > at))
    return and_(Member.principal_id.in_(principals), role, standing)


def _not_mediated_by(actor: Actor, case_id: SQLCoreOperations[UUID]) -> ColumnElement[bool]:
    """Nobody supervises a case that they were ever asked to mediate."""
    mine = exists().where(Appointment.case_id == case_id, Appointment.person_id == actor.person_id)
    return ~mine


# What somebody is asked about before they read anything: the letter to open, the appointment or case to take.
ASKED = (
    (frozenset({Role.MEDIATOR}), "appointment", appointment.OFFERED),
    (RESPONDENT, "service", service.SENT),
    (SUPERVISOR, "transfer", transfer.OFFERED),
)


def visible_cases(actor: Actor, at: datetime) -> ColumnElement[bool]:
    """Condition on ``Case``: the actor reads at least one place, or is asked about it right now."""
    member = exists(select(Member.id).where(Member.case_id == Case.id, _is_member(actor, at)).correlate(Case))
    visible: ColumnElement[bool] = member
    for roles, kind, stage in ASKED:
        if actor.role in roles:
            visible = or_(member, _is_asked(actor, kind, stage))
    if actor.role in SUPERVISOR:
        return and_(visible, _not_mediated_by(actor, Case.__table__.c.id))
    return visible


def _is_asked(actor: Actor, kind: str, stage: str) -> ColumnElement[bool]:
    principals = [p for p in (actor.reads_as, actor.organisation_id) if p is not None]
    asked = select(Subject.id).where(
        Subject.case_id == Case.id, Subject.kind == kind, Subject.stage == stage, Subject.desk_id.in_(principals)
    )
    return exists(asked.correlate(Case))


def readable_places(actor: Actor, at: datetime) -> ColumnElement[bool]:
    """Condition on ``Place``."""
    return exists(select(Member.id).where(Member.place_id == Place.id, _is_member(actor, at)).correlate(Place))


def readable_items(actor: Actor, at: datetime) -> ColumnElement[bool]:
    """Condition on ``Item``: in a place of theirs, from the member's first item on."""
    return exists(
        select(Member.id)
        .where(Member.place_id == Item.place_id, Item.number >= Member.first_item, _is_member(actor, at))
        .correlate(Item)
    )


def readable_events(actor: Actor, at: datetime) -> ColumnElement[bool]:
    """Condition on ``Event``: as items; a member who joined later reads lines written since."""
    late = or_(Member.first_item == 1, Event.at >= Member.since)
    return exists(
        select(Member.id).where(Member.place_id == Event.place_id, late, _is_member(actor, at)).correlate(Event)
    )


def readable_documents(actor: Actor, at: datetime) -> ColumnElement[bool]:
    """Condition on ``Document``."""
    return exists(
        select(Member.id).where(Member.place_id == Document.place_id, _is_member(actor, at)).correlate(Document)
    )


Standing = frozenset[tuple[UUID, UUID, str | None]]  # place, principal, role


def standing_members(session: Session, places: Iterable[UUID], at: datetime) -> Standing:
    """Who reads these places now: for many open pages at once, where one question each would cost too much."""
    rows = session.execute(
        select(Member.place_id, Member.principal_id, Member.role).where(
            Member.place_id.in_(set(places)), Member.since <= at, or_(Member.until.is_(None), Member.until > at)
        )
    )
    return frozenset((place, principal, role) for place, principal, role in rows)


def still_reads(standing: Standing, place_id: UUID, actor: Actor) -> bool:
    """Whether one of the standing memberships means this actor: the condition above, on rows already read."""
    principals = [p for p in (actor.reads_as, actor.organisation_id) if p is not None]
    return any((place_id, p, role) in standing for p in principals for role in (None, actor.role.value))
