"""What cannot go on by itself: clocks that stand still, dates that may move, letters that reached nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from tourism_odr.cases.audience import readable_places, visible_cases
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
from tourism_odr.web.names import called

NOT_DELIVERED = ("failed", "bounced")


@dataclass(frozen=True)
class Alarms:
    """What cannot go on by itself."""

    blocked: Sequence[tuple[Clock, Case]]
    provisional: Sequence[tuple[Clock, Case]]
    undelivered: Sequence[tuple[Subject, Case, str | None]]

    @property
    def number(self) -> int:
        """All together, as the home page counts them."""
        return len(self.blocked) + len(self.provisional) + len(self.undelivered)


def alarms(session: Session, actor: Actor, at: datetime) -> Alarms:
    """Clocks that stand still, dates that a calendar may still move, letters that reached nobody."""
    return Alarms(
        _clocks(session, actor, at, Clock.status == BLOCKED),
        _clocks(session, actor, at, and_(Clock.status == RUNNING, Clock.provisional)),
        _undelivered(session, actor, at),
    )


def _clocks(
    session: Session, actor: Actor, at: datetime, which: ColumnElement[bool]
) -> list[tuple[Clock, Case]]:
    rows = session.execute(
        select(Clock, Case)
        .join(Case, Case.id == Clock.case_id)
        .join(Subject, Subject.id == Clock.subject_id)
        .join(Place, Place.id == Subject.place_id)
        .where(Case.body_id == actor.organisation_id, Clock.pending_id.is_(None), which)
        .where(visible_cases(actor, at), readable_places(actor, at))
        .order_by(Clock.due_at, Clock.id)
        .limit(100)
    )
    return [(clock, case) for clock, case in rows]


def _undelivered(session: Session, actor: Actor, at: datetime) -> list[tuple[Subject, Case, str | None]]:
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
    rows = session.execute(
        select(Subject, Case, Organisation)
        .join(Case, Case.id == Subject.case_id)
        .join(Service, Service.id == Subject.id)
        .join(Party, Party.id == Service.respondent_id)
        .outerjoin(Organisation, Organisation.id == Party.organisation_id)
        .where(Case.body_id == actor.organisation_id, stuck, visible_cases(actor, at))
        .order_by(Subject.created)
        .limit(100)
    )
    return [(subject, case, called(house) if house else "") for subject, case, house in rows]
