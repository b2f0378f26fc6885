"""Clocks take their steps once, whoever sweeps, however many, and however often they are killed meanwhile."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from time import perf_counter, sleep
from typing import TypeVar
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests import builders
from tests.bench import multiply
from tests.builders import AT
from tests.proofs import invariants
from tests.proofs.processes import Child, Program
from tests.proofs.tally import Tally, extent
from tourism_odr.cases.models import Clock, Event, Notice, NumberCounter
from tourism_odr.cases.models.clock import BLOCKED, MET, MISSED, RUNNING
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import clocks, reminders

LATE = AT + timedelta(days=21)  # every limit for deciding on acceptance is over, those for concluding are not
JUMPS = (timedelta(), timedelta(hours=3), timedelta(days=2))  # how far a process's clock may be behind
BY_HAND = 400  # so many cases are lodged one by one; more are copied, where the database can
T = TypeVar("T")
Fork = Callable[[Callable[[], object]], Child]


def stock(cases: int, at: datetime = AT) -> None:
    """Cases that wait for a decision, lodged a day's length apart so that they fall due one after another."""
    made = [builders.a_case(at=at)]
    alone = cases if db.engine.dialect.name == "sqlite" else min(cases, BY_HAND)
    for number in range(1, alone):
        made.append(builders.a_case(at=at + timedelta(minutes=number * 1440 / alone), people=made[0].people))
    if cases > alone:
        with unit_of_work() as session:
            last = session.scalars(select(NumberCounter).where(NumberCounter.kind == "case")).one()
            last.last = cases
        multiply.multiply(db.session(), [one.id for one in made[:50]], cases - alone, first=alone + 1)


def due(at: datetime) -> int:
    db.session.rollback()
    return db.session().scalar(select(func.count(Clock.id)).where(Clock.status == RUNNING, Clock.due_at <= at)) or 0


def doubled_or_lost(at: datetime) -> list[str]:
    """Each clock that ran out has exactly one line of its own in each place of its step, and each line a clock."""
    missed = select(Clock.subject_id, Clock.name, Clock.due_at).where(Clock.status.in_((MISSED, MET)), Clock.ended_at <= at)
    ran_out = Counter((row.subject_id, row.name, row.due_at.isoformat()) for row in db.session().execute(missed))
    lines = select(Event.subject_id, Event.place_id, Event.facts).where(Event.role == "clock")
    written: Counter[tuple[UUID, str, str]] = Counter()
    wrong = []
    for (subject, _place, name, was_due), times in Counter(
        (row.subject_id, row.place_id, row.facts["clock"], row.facts["was_due"]) for row in db.session().execute(lines)
    ).items():
        written[subject, name, was_due] += 1
        if times != 1:
            wrong.append(f"{name} of {subject} was taken {times} times")
    wrong += [f"{key} ran out and left no line" for key in ran_out if not written[key]]
    wrong += [f"{key} left a line and did not run out" for key in written if not ran_out[key]]
    blocked = db.session().scalar(select(func.count(Clock.id)).where(Clock.status == BLOCKED))
    early = db.session().scalar(select(func.count(Clock.id)).where(Clock.status == MISSED, Clock.ended_at < Clock.due_at))
    return wrong + ([f"{blocked} blocked"] if blocked else []) + ([f"{early} early"] if early else [])


def apart(app: Flask, look: Callable[[], T]) -> T:
    """Look, and keep no connection that a fork would inherit."""
    with app.app_context():
        try:
            return look()
        finally:
            db.session.remove()
            db.engine.dispose()


def sweeper(app: Flask, at: datetime, batch: int) -> Callable[[], None]:
    """What one process does: sweep until nothing is due, its clock jumping; a busy database is asked again."""

    def work() -> None:
        dice = Random()  # noqa: S311 - each process its own jumps
        with app.app_context():
            while due(at):
                try:
                    clocks.sweep(at - dice.choice(JUMPS), batch=batch)
                except OperationalError:
                    db.session.rollback()
                sleep(0.05)

    return work


@pytest.mark.parametrize("kills", [0, extent(8, 500)], ids=["left in peace", "killed"])
def test_several_sweepers_take_every_step_once(built: Flask, child: Fork, tell: Tally, kills: int) -> None:
    at, dice = LATE, Random(7)  # noqa: S311 - a proof that can be repeated
    large = built.extensions["odr_settings"].database_url.startswith("postg")
    apart(built, lambda: stock(extent(100, 100_000 if large else 5000)))
    waiting = apart(built, lambda: due(at))
    sweepers = extent(3, 4 if large else 2)
    begun, killed = perf_counter(), 0

    children = [child(sweeper(built, at, batch=5 if kills else 20)) for _ in range(sweepers)]
    while any(one.alive() for one in children) or apart(built, lambda: due(at)):
        sleep(dice.uniform(0.02, 0.2) if killed < kills else 0.2)
        if killed < kills and apart(built, lambda: due(at)):
            victim = dice.randrange(sweepers)
            killed += children[victim].alive()
            children[victim].kill()
            children[victim] = child(sweeper(built, at, batch=5))
    took = perf_counter() - begun

    wrong = apart(built, lambda: doubled_or_lost(at) + invariants.broken())
    lines = apart(built, lambda: invariants.count(Event.role == "clock"))
    tell(due_clocks=waiting, processes=sweepers, kills=killed, lines=lines, lost_or_doubled=len(wrong),
         clocks_a_second=round(waiting / took))  # fmt: skip
    assert not wrong, wrong[:10]
    assert lines >= waiting > 0
    assert killed > 0 or not kills


def test_the_jobs_process_itself_may_be_killed(built: Flask, program: Callable[..., Program], tell: Tally) -> None:
    long_ago, kills = now() - timedelta(days=10), extent(2, 40)
    apart(built, lambda: stock(extent(20, 1500), long_ago))
    at = now()
    waiting = apart(built, lambda: due(at))
    running = [program("jobs", "run"), program("jobs", "run")]

    wait(lambda: apart(built, lambda: due(at)) < waiting, 60)
    for number in range(kills):
        sleep(0.7 * number % 3)
        running[number % 2].kill()
        if number + 2 < kills or number % 2:
            running[number % 2] = program("jobs", "run")
    cleared = wait(lambda: not apart(built, lambda: due(at)), 120)
    for one in running:
        one.end()

    wrong = apart(built, lambda: _twice() + invariants.broken())
    tell(due_clocks=waiting, processes=2, kills=kills, lost_or_doubled=len(wrong))
    assert cleared
    assert not wrong, wrong[:10]


def wait(until: Callable[[], bool], seconds: float) -> bool:
    for _ in range(int(seconds * 5)):
        if until():
            return True
        sleep(0.2)
    return False


def _twice() -> list[str]:
    lines = select(Event.subject_id, Event.place_id, Event.facts).where(Event.role == "clock")
    seen = Counter((row.subject_id, row.place_id, row.facts["clock"], row.facts["was_due"]) for row in db.session().execute(lines))
    return [f"{key} {times} times" for key, times in seen.items() if times > 1]


def test_after_an_outage_all_is_caught_up_in_order_and_each_is_reminded_once(app: Flask, tell: Tally) -> None:
    stock(extent(60, 2000))
    warned = AT + timedelta(days=4)  # a working day on which the first of them warn
    late = AT + timedelta(days=200)  # all that were ever started have run out, some after others
    reminded = reminders.remind(warned.replace(hour=2)) + reminders.remind(warned.replace(hour=3))
    begun = perf_counter()

    done = clocks.sweep(late)
    took = perf_counter() - begun
    again = clocks.sweep(late)

    wrong = _out_of_order() + invariants.broken()
    doubled = [key for key, times in Counter(_reminders()).items() if times > 1]
    left = db.session().scalar(select(func.count(Clock.id)).where(Clock.status == RUNNING)) or 0
    tell(clocks=done, a_second=round(done / took), still_running=left, reminders=reminded,
         reminded_twice=len(doubled), out_of_order=len(wrong))  # fmt: skip
    assert (again, left, doubled, wrong) == (0, 0, [], [])


def _out_of_order() -> list[str]:
    rows = db.session().execute(select(Event.place_id, Event.facts).where(Event.role == "clock").order_by(Event.place_id, Event.number))
    last: dict[UUID, str] = {}
    wrong = []
    for row in rows:
        if row.facts["was_due"] < last.get(row.place_id, ""):
            wrong.append(f"{row.facts['clock']} in {row.place_id} came too late")
        last[row.place_id] = row.facts["was_due"]
    return wrong


def _reminders() -> list[tuple[str, int, UUID | None, UUID | None]]:
    rows = db.session().scalars(select(Notice).where(Notice.template == reminders.TEMPLATE))
    return [(row.params["clock"], row.params["rung"], row.person_id, row.organisation_id) for row in rows]
