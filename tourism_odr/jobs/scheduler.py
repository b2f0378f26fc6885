"""The process behind ``tourism-odr jobs``: it ticks, runs what is declared, and writes down how that went."""

import logging
import signal
import threading
from datetime import datetime
from time import perf_counter
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.dialects import postgresql, sqlite

from tourism_odr.cases.models import JobRun
from tourism_odr.clock import now
from tourism_odr.config import Settings
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import HEARTBEAT, JOBS, Job
from tourism_odr.jobs.mail import mailer_for
from tourism_odr.jobs.outbox import Office

log = logging.getLogger(__name__)
BEAT = 30  # seconds
ERROR_MOST = 500


def office_of(app: Flask) -> Office:
    """The sender's surroundings; a test may have put an office of its own into the application."""
    given: Office | None = app.extensions.get("odr_office")
    if given is not None:
        return given
    settings: Settings = app.extensions["odr_settings"]
    mailer = mailer_for(settings.mail_url, settings.mail_from)
    return Office(mailer, settings.mail_from, settings.base_url, settings.service_name)


def run(app: Flask) -> None:
    """Tick until told to stop; a job that is running is allowed to end."""
    stop = threading.Event()

    def asked(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)
    noted: dict[str, datetime] = {}
    ticking = BackgroundScheduler(executors={"default": ThreadPoolExecutor(len(JOBS) + 1)}, timezone="UTC")
    for job in JOBS:
        ticking.add_job(_tick, "interval", (app, job, noted), seconds=job.every, next_run_time=now(), id=job.name)
    ticking.add_job(_beat, "interval", (app,), seconds=BEAT, next_run_time=now(), id=HEARTBEAT)
    logging.getLogger("apscheduler").setLevel(
        logging.ERROR
    )  # a tick that comes while the last one works is no news
    ticking.start()
    stop.wait()
    ticking.shutdown(wait=True)


def run_once(app: Flask, at: datetime) -> dict[str, int]:
    """Every job once, in order; answers how much each did.  A job that fails says so by -1."""
    done = {}
    for job in JOBS:
        done[job.name] = run_job(app, job, at)
    _beat(app)
    return done


def run_job(app: Flask, job: Job, at: datetime, *, idle: bool = True) -> int:
    """One run of one job, with its row; without ``idle`` a run that found nothing to do leaves none."""
    with app.app_context():
        begun = perf_counter()
        try:
            done, error = job.run(at, office_of(app)), None
        except Exception as wrong:  # the next tick tries again; the row and readyz show it meanwhile
            log.exception("job %s failed", job.name)
            db.session.rollback()
            done, error = -1, f"{type(wrong).__name__}: {wrong}"[:ERROR_MOST]
        try:
            if done or idle:
                _write_down(job.name, at, done, perf_counter() - begun, error)
        finally:
            db.session.remove()
        return done


def _write_down(name: str, at: datetime, done: int, seconds: float, error: str | None) -> None:
    values = {"last_at": at, "done": max(done, 0), "seconds": seconds, "error": error}
    if error:
        values["failed_at"] = at
    with unit_of_work() as session:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        row = dialect.insert(JobRun).values(name=name, **values)
        session.execute(row.on_conflict_do_update(index_elements=["name"], set_=values))


def _tick(app: Flask, job: Job, noted: dict[str, datetime]) -> None:
    """Work that may come every second is asked for every second; that nothing came is written as often as the beat."""
    at = now()
    due = job.name not in noted or (at - noted[job.name]).total_seconds() >= BEAT
    if run_job(app, job, at, idle=due) or due:
        noted[job.name] = at


def _beat(app: Flask) -> None:
    with app.app_context():
        try:
            _write_down(HEARTBEAT, now(), 0, 0.0, None)
        except Exception:  # a database that is away now may be back at the next beat
            log.exception("no heartbeat")
        finally:
            db.session.remove()
