"""Erasing drafts that were never sent, and what was handed out and never collected."""

from datetime import datetime

from sqlalchemy import delete, select

from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.models import Draft, DraftFile
from tourism_odr.rulebooks import profile, profiles

AT_ONCE = 500


def purge_drafts(at: datetime) -> int:
    """Erase every draft whose time (the rule ``draft``) has run since its last change; says how many."""
    rule = profile(profiles()[0], on=local_day(at)).rule("draft")
    oldest = select(Draft.id, Draft.changed).order_by(Draft.changed).limit(AT_ONCE)
    lapsed = [row.id for row in db.session.execute(oldest) if rule.due(row.changed).at <= at]
    if not lapsed:
        return 0
    with unit_of_work() as session:
        session.execute(delete(DraftFile).where(DraftFile.draft_id.in_(lapsed)))
        session.execute(delete(Draft).where(Draft.id.in_(lapsed)))
    return len(lapsed)
