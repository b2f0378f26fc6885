"""What cannot go on by itself: clocks that stand still, dates that may move, letters that reached nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from tourism_odr.cases.audience import AT, anybody, readable_places, reading, visible_cases
from tourism_odr.cases.lifecycle import respondent, service
from tourism_odr.cases.models import (
    Case,
    Clock,
    Notice,
    Party,
    Place,
    Service,
    Subject,
)
from tourism_odr.cases.models.clock import BLOCKED, RUNNING
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import Role
from tourism_odr.web.names import called

NOT_DELIVERED = ("failed", "bounced")
BLOCKED_CLOCKS = Clock.status == BLOCKED
MOVABLE = and_(Clock.status == RUNNING, Clock.provisional)
MOST = 100  # lines of each list


@dataclass(frozen=True)
class Alarms:
    """What cannot go on by itself."""

    blocked: Sequence[tuple[Clock, Case]]
    provisional: Sequence[tuple[Clock, Case]]
    undelivered: Sequence[tuple[Subject, Case, str | None]]


def alarms(session: Session, actor: Actor, at: datetime) -> Alarms:
    """Clocks that stand still, dates that a calendar may still move, letters that reached nobody."""
    return Alarms(
        _clocks(session, actor, at, BLOCKED_CLOCKS),
        _clocks(session, actor, at, MOVABLE),
        _undelivered(session, actor, at),
    )


def numbers(session: Session, actor: Actor, at: datetime) -> dict[str, int]:
    """How many there are of each, in one statement."""
    return dict(session.execute(_numbering(actor.role), reading(actor, at)).one()._mapping)


@cache
def _numbering(role: Role) -> Select[Any]:
    """The same for somebody in this role, built once."""
    actor = anybody(role)
    lists = {"blocked": _standing(actor, AT, BLOCKED_CLOCKS), "provisional": _standing(actor, AT, MOVABLE),
             "undelivered": _stuck(actor, AT)}  # fmt: skip
    return select(*(
        select(func.count()).select_from(one.with_only_columns(one.selected_columns[0]).order_by(None).subquery()).scalar_subquery().label(name)
        for name, one in lists.items()
    ))  # fmt: skip


def _clocks(
    session: Session, actor: Actor, at: datetime, which: ColumnElement[bool]
) -> list[tuple[Clock, Case]]:
    return [(clock, case) for clock, case in session.execute(_standing(actor, at, which).limit(MOST))]


def _standing(actor: Actor, at: datetime, which: ColumnElement[bool]) -> Select[Clock, Case]:
    return (
        select(Clock, Case)
        .join(Case, Case.id == Clock.case_id)
        .join(Subject, Subject.id == Clock.subject_id)
        .join(Place, Place.id == Subject.place_id)
        .where(Case.body_id == actor.organisation_id, Clock.pending_id.is_(None), which)
        .where(visible_cases(actor, at), readable_places(actor, at))
        .order_by(Clock.due_at, Clock.id)
    )


def _undelivered(session: Session, actor: Actor, at: datetime) -> list[tuple[Subject, Case, str | None]]:
    rows = session.execute(_stuck(actor, at).limit(MOST))
    return [(subject, case, called(house) if house else "") for subject, case, house in rows]


def _stuck(actor: Actor, at: datetime) -> Select[Subject, Case, Organisation]:
    """Letters on their way whose mail failed or came back, and letters that failed with nobody served since."""
    mail = Notice.template == "service/send/respondent"
    came_back = exists(
        select(Notice.id).where(
            Notice.case_id == Subject.case_id,
            Notice.organisation_id == Party.organisation_id,
            mail,
            or_(Notice.bounced_at.is_not(None), Notice.status.in_(NOT_DELIVERED)),
        )
    )
    road = aliased(Subject)
    unserved = exists(
        select(road.id).where(
            road.id == Party.id, road.stage.in_((respondent.NAMED, respondent.AWAITING_SERVICE))
        )
    )
    stuck = or_(
        and_(Subject.stage == service.SENT, came_back), and_(Subject.stage == service.FAILED, unserved)
    )
    return (
        select(Subject, Case, Organisation)
        .join(Case, Case.id == Subject.case_id)
        .join(Service, Service.id == Subject.id)
        .join(Party, Party.id == Service.respondent_id)
        .outerjoin(Organisation, Organisation.id == Party.organisation_id)
        .where(Case.body_id == actor.organisation_id, stuck, visible_cases(actor, at))
        .order_by(Subject.created)
    )
