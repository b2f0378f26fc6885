"""Making the archive volumes that steps have ordered; twice is harmless, and several processes share the work."""

import logging
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tourism_odr.cases import binding
from tourism_odr.cases.models import VolumeOrder
from tourism_odr.db import db

log = logging.getLogger(__name__)
BATCH = 5
FAILED: set[UUID] = set()  # tried again by the next process


def make_ordered(at: datetime, *, batch: int = BATCH) -> int:
    """Make some of the volumes that wait, the oldest order first.

    A batch a run: papers are rendered to be counted, and the other jobs must not wait for all of them.
    """
    done = 0
    for order_id in _waiting(batch):
        try:
            done += binding.settle(order_id, at)
        except Exception:  # one bad volume must not hold up the others
            log.exception("the volume of order %s could not be made", order_id)
            db.session().rollback()
            FAILED.add(order_id)
    return done


def _waiting(batch: int) -> list[UUID]:
    wanted = select(VolumeOrder.id).where(VolumeOrder.done_at.is_(None), VolumeOrder.id.not_in(FAILED))
    return list(db.session().scalars(wanted.order_by(VolumeOrder.created, VolumeOrder.id).limit(batch)))
