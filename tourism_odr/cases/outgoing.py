"""What happens to a message after it was written: another try, a return.  Inside the caller's unit of work."""

from datetime import datetime
from uuid import UUID

from tourism_odr.cases import steps
from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.cases.models import Notice, Subject
from tourism_odr.cases.telling import WAITING
from tourism_odr.db import db
from tourism_odr.people.actor import THE_CLOCK

FAILED = "failed"
SERVICE = "service/send/respondent"
FAILURES = ("service.bounce", "service.revoke")  # while it is only sent; once it counted as served


def send_again(notice_id: UUID, at: datetime) -> None:
    """Somebody asks for another try."""
    notice = db.session().get_one(Notice, notice_id)
    notice.status, notice.next_at, notice.leased_until = WAITING, at, None


def note_bounce(notice_id: UUID, at: datetime) -> bool:
    """A message came back: visible at the notice, and for the service of a complaint a step of its own."""
    notice = db.session().get_one(Notice, notice_id)
    if notice.bounced_at is not None:
        return False
    notice.bounced_at, notice.status = at, FAILED
    notice.error = notice.error or "came back undelivered"
    came_back(notice, at)
    return True


def came_back(notice: Notice, at: datetime) -> None:
    """The service failed: it bounces, or is revoked when it had counted already."""
    if notice.template != SERVICE:
        return
    subject = db.session().get_one(Subject, UUID(notice.params["subject"]))
    steps.lock(db.session(), subject.id)
    for name in FAILURES:
        if subject.stage in STEPS[name].leaves:
            steps.take(subject.id, name, by=THE_CLOCK, at=at)
            return
