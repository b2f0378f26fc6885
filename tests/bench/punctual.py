"""How late a step is taken when its clock has run out: measured on the jobs process itself, in real time."""

import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select, update

from tests.conftest import environment_for
from tourism_odr.cases.models import Clock
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work

A_MINUTE = 1_000
MINUTES = 2
HEAD_START = timedelta(seconds=8)  # for the process to begin
PATIENCE = 60  # seconds


def lateness(address: str, folder: Path) -> dict[str, object]:
    """A thousand clocks a minute run out, evenly, while one jobs process works; needs as many that are due already."""
    first = now() + HEAD_START
    chosen = _spread(A_MINUTE * MINUTES, first, timedelta(minutes=MINUTES))
    command, environ = [sys.executable, "-m", "tourism_odr.cli", "jobs", "run"], environment_for(address, folder, folder, 8000)
    with subprocess.Popen(command, env=os.environ | environ, stdout=subprocess.DEVNULL) as jobs:  # noqa: S603 - our own program
        try:
            _wait(chosen, (first - now()).total_seconds() + 60 * MINUTES + PATIENCE)
        finally:
            jobs.kill()  # what waits to be rendered is not what is measured
    ended = db.session.execute(select(Clock.due_at, Clock.ended_at).where(Clock.id.in_(chosen), Clock.status != RUNNING)).all()
    late = sorted((end - due).total_seconds() for due, end in ended if end is not None)
    db.session.remove()
    return {
        "due": len(chosen),
        "a_minute": A_MINUTE,
        "done": len(late),
        "early": sum(one < 0 for one in late),
        "p50_s": round(late[len(late) // 2], 2) if late else None,
        "p99_s": round(late[int(len(late) * 0.99)], 2) if late else None,
        "most_s": round(late[-1], 2) if late else None,
    }


def _spread(number: int, first: datetime, over: timedelta) -> list[UUID]:
    """Let so many of the clocks that are due run out one after the other; the rest of them wait."""
    with unit_of_work() as session:
        due = list(session.scalars(select(Clock.id).where(Clock.status == RUNNING, Clock.due_at <= now()).order_by(Clock.id)))
        for n, id in enumerate(due[:number]):
            session.execute(update(Clock).where(Clock.id == id).values(due_at=first + over * n / number))
        later = now() + timedelta(hours=12)
        session.execute(update(Clock).where(Clock.id.in_(due[number:])).values(due_at=later))
    return due[:number]


def _wait(chosen: list[UUID], seconds: float) -> None:
    """Until all have run out, or for so long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(1)
        running = select(func.count()).where(Clock.id.in_(chosen), Clock.status == RUNNING)
        left = db.session.scalar(running)
        db.session.remove()
        if not left:
            return
