"""How punctual the service itself is: between the instant at which a clock ran out and its step."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourism_odr.cases.models import Clock
from tourism_odr.cases.models.clock import BLOCKED, MISSED, RUNNING

SAMPLE = 10_000  # the last clocks that ran out


@dataclass(frozen=True)
class Lateness:
    """Of the last clocks that ran out: how many, and how late their steps were taken; what is open now."""

    count: int
    since: datetime | None  # when the first of them ran out
    median: timedelta
    p99: timedelta
    most: timedelta
    waiting: int  # run out, and their step not yet taken
    running: int
    blocked: int  # stand still until somebody looks at them


def measured(session: Session, at: datetime) -> Lateness:
    """The lateness of the last ``SAMPLE`` steps by the clock, and the clocks that are open at ``at``."""
    rows = session.execute(
        select(Clock.due_at, Clock.ended_at)
        .where(Clock.status == MISSED, Clock.ended_at.is_not(None))
        .order_by(Clock.due_at.desc())
        .limit(SAMPLE)
    ).all()
    late = sorted(max(ended - due, timedelta()) for due, ended in rows if ended is not None)
    counted = select(Clock.status, func.count()).where(Clock.status.in_((RUNNING, BLOCKED))).group_by(Clock.status)
    standing = {status: number for status, number in session.execute(counted)}
    over = select(func.count()).where(Clock.status == RUNNING, Clock.due_at <= at)
    return Lateness(
        count=len(late),
        since=rows[-1].due_at if rows else None,
        median=_at(late, 0.5),
        p99=_at(late, 0.99),
        most=late[-1] if late else timedelta(),
        waiting=session.scalar(over) or 0,
        running=standing.get(RUNNING, 0),
        blocked=standing.get(BLOCKED, 0),
    )


def _at(late: list[timedelta], share: float) -> timedelta:
    """The value that ``share`` of the sorted values do not exceed."""
    return late[min(int(len(late) * share), len(late) - 1)] if late else timedelta()
