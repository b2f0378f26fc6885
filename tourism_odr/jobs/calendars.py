"""After a calendar was put in force or taken back: what another process was starting just then is counted anew too."""

from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from tourism_odr.cases import recounting
from tourism_odr.cases.announced import use_announced
from tourism_odr.cases.models import CalendarYear
from tourism_odr.cases.models.rules import APPROVED, ROLLED_BACK
from tourism_odr.db import unit_of_work

LOOK_BACK = timedelta(hours=1)  # no transaction lives as long


def settle(at: datetime) -> int:
    """Count open deadlines that still rest on the calendar before; answers how many moved."""
    begun = and_(CalendarYear.status == APPROVED, CalendarYear.decided_at > at - LOOK_BACK)
    ended = and_(CalendarYear.status == ROLLED_BACK, CalendarYear.ended_at > at - LOOK_BACK)
    moved = 0
    with unit_of_work() as session:
        use_announced(session)
        for row in session.scalars(select(CalendarYear).where(or_(begun, ended))).all():
            cause = "calendar" if row.status == APPROVED else "calendar-back"
            left = recounting.by_calendar(session, row.calendar, row.year)
            moved += len(recounting.apply(session, left, cause=cause, cause_id=row.id, at=at))
    return moved
