"""Who may read: the one query condition for places, items, events, documents and cases.

A wall is information flow: lists, pages, streams, counts, mails and exports all go through here.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.sql.elements import SQLCoreOperations

from tourism_odr.cases.lifecycle.appointment import OFFERED
from tourism_odr.cases.models import Appointment, Case, Document, Event, Item, Member, Place, Subject
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import SUPERVISOR, Role


def _is_member(actor: Actor, at: datetime) -> ColumnElement[bool]:
    """A membership row that stands at ``at`` and means this actor, in the role that they act in."""
    role = or_(Member.role.is_(None), Member.role == actor.role.value)
    principals = [p for p in (actor.person_id, actor.organisation_id) if p is not None]
    standing = and_(Member.since <= at, or_(Member.until.is_(None), Member.until > at))
    return and_(Member.principal_id.in_(principals), role, standing)


def _not_mediated_by(actor: Actor, case_id: SQLCoreOperations[UUID]) -> ColumnElement[bool]:
    """Nobody supervises a case that they were ever asked to mediate."""
    mine = exists().where(Appointment.case_id == case_id, Appointment.person_id == actor.person_id)
    return ~mine


def visible_cases(actor: Actor, at: datetime) -> ColumnElement[bool]:
    """Condition on ``Case``: those in which the actor reads at least one place."""
    member = exists(select(Member.id).where(Member.case_id == Case.id, _is_member(actor, at)).correlate(Case))
    asked = Appointment.case_id == Case.id, Appointment.person_id == actor.person_id
    if actor.role in SUPERVISOR:
        return and_(member, _not_mediated_by(actor, Case.__table__.c.id))
    if actor.role is Role.MEDIATOR:
        offered = select(Subject.id).where(Subject.kind == "appointment", Subject.stage == OFFERED)
        return or_(member, exists(select(Appointment.id).where(*asked, Appointment.id.in_(offered)).correlate(Case)))
    return member


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
