"""Forgetting what has served its time.  A slice that forgets has functions ``purge_...(at)`` in its purge.py."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from sqlalchemy import CursorResult, delete

from tourism_odr.db import db, unit_of_work
from tourism_odr.people import limits, sessions
from tourism_odr.people.models import OneTimeCode, OpenSession

SLICES = ("account", "administration", "casefile", "intake", "mediation", "referral", "oversight", "guidance")
KEPT = sessions.ABSOLUTE * 2  # an ended session stays a while for whoever asks where they were signed in

Purge = Callable[[datetime], int | None]


def purge(at: datetime) -> int:
    """Everything that may be forgotten at ``at``; answers how many rows went."""
    with unit_of_work():
        gone = _sessions(at) + _codes(at)
        limits.forget_lapsed(at)
    return gone + sum(_of_slices(at))


def _sessions(at: datetime) -> int:
    return _rows(delete(OpenSession).where(OpenSession.expires <= at - KEPT))


def _codes(at: datetime) -> int:
    return _rows(delete(OneTimeCode).where(OneTimeCode.expires <= at - KEPT))


def _rows(statement: object) -> int:
    done = db.session.execute(statement)  # type: ignore[call-overload]  # a delete of either table
    assert isinstance(done, CursorResult)  # noqa: S101 - a delete always answers a cursor
    return int(done.rowcount)


def _of_slices(at: datetime) -> list[int]:
    """Each opens its own unit of work."""
    return [forget(at) or 0 for name in SLICES for forget in registered(name)]


def registered(name: str) -> list[Purge]:
    """What one slice wants forgotten; nothing for a slice that has no such file."""
    module = f"tourism_odr.{name}"
    if find_spec(module) is None or find_spec(f"{module}.purge") is None:
        return []
    found = vars(import_module(f"{module}.purge"))
    return [found[each] for each in sorted(found) if each.startswith("purge_")]
