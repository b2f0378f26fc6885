"""Time passes: acts in their order over all cases, clocks that run out between them, the post that leaves."""

import heapq
import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import event, func, select

from tourism_odr.cases.models import Clock, Notice
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.telling import WAITING
from tourism_odr.db import db
from tourism_odr.demo import (  # noqa: F401 - the acts register themselves
    acts_beside,
    acts_confirming,
    acts_counter,
    acts_court,
    acts_ending,
    acts_intake,
    acts_room,
)
from tourism_odr.demo.acting import perform
from tourism_odr.demo.cast import Cast
from tourism_odr.demo.papers import Papers
from tourism_odr.demo.play import Play
from tourism_odr.demo.roads import road
from tourism_odr.demo.scripts import Script
from tourism_odr.jobs.clocks import sweep
from tourism_odr.jobs.outbox import Office, post

POST_EVERY = timedelta(days=1)
TICK = timedelta(minutes=1)  # how long after its time a clock is swept


class NullMailer:
    """Everything of the past has left long ago."""

    def send(self, message: EmailMessage, address: str) -> None:
        """Nobody of the demo has a mailbox."""


@contextmanager
def hurried() -> Iterator[None]:
    """SQLite does not wait for the disk after each act: a demo that is cut off begins anew anyhow."""
    engine = db.engine
    if engine.dialect.name != "sqlite":
        yield
        return

    def hurry(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    event.listen(engine, "connect", hurry)
    db.session.remove()
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", hurry)
        db.session.remove()
        engine.dispose()


class Stage:
    """Plays scripts up to an instant."""

    def __init__(self, cast: Cast, papers: Papers, seed: int, end: datetime, office: Office) -> None:
        self.cast, self.papers, self.seed, self.end, self.office = cast, papers, seed, end, office
        self.posted = end - timedelta(days=36500)

    def play(self, scripts: Iterable[Script]) -> list[Play]:
        """Every act that lies before the end, in the order of time; then what the clocks do until then."""
        plays: list[Play] = []
        agenda: list[tuple[datetime, int, int, str]] = []
        for number, script in enumerate(scripts):
            chance = random.Random(f"{self.seed}/{script.part.key}")  # noqa: S311 - the same every time, on purpose
            plays.append(Play(script.part, self.cast, self.papers, chance, self.end))
            agenda += [
                (cue.at(script.start), number, order, cue.act) for order, cue in enumerate(road(script.road))
            ]
        heapq.heapify(agenda)
        while agenda and agenda[0][0] < self.end:
            at, number, _, act = heapq.heappop(agenda)
            self._pass(at)
            plays[number].at = at
            perform(plays[number], act)
        self._pass(self.end)
        self._post(self.end)
        return plays

    def _pass(self, at: datetime) -> None:
        """Let the clocks run out that lie before ``at``, each at its own time, and the post leave daily."""
        while (due := self._next_clock()) is not None and due <= at:
            sweep(min(due + TICK, at))
        if at - self.posted >= POST_EVERY:
            self._post(at)

    @staticmethod
    def _next_clock() -> datetime | None:
        session = db.session()
        session.rollback()
        return session.scalar(select(func.min(Clock.due_at)).where(Clock.status == RUNNING))

    def _post(self, at: datetime) -> None:
        waiting = select(Notice.id).where(Notice.status == WAITING, Notice.next_at <= at).limit(1)
        if db.session().scalars(waiting).first() is not None:
            post(at, self.office, batch=500)
        self.posted = at
