"""Whether the service can do its work: each thing it stands on, looked at once, with a sentence when it fails."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from tourism_odr.cases import lateness
from tourism_odr.cases.models.notice import JobRun, Notice
from tourism_odr.cases.telling import WAITING
from tourism_odr.clock import now
from tourism_odr.config import ConfigError, Settings
from tourism_odr.db import db
from tourism_odr.operations import migrations

FREE_MB = 200
MEGABYTE = 1 << 20
HEARTBEAT = timedelta(minutes=2)
OUTBOX_AGE = timedelta(minutes=30)


@dataclass(frozen=True)
class Check:
    """One thing, and whether it is well; ``detail`` is for the operator."""

    name: str
    ok: bool
    detail: str


Probe = Callable[[Settings], Check]


def database(_settings: Settings) -> Check:
    """It answers, and it is at the newest migration."""
    try:
        db.session.execute(text("SELECT 1"))
        at, newest = migrations.current(), migrations.head()
    except SQLAlchemyError as wrong:
        return Check("database", False, f"does not answer: {type(wrong).__name__}")
    if at != newest:
        return Check("database", False, f"is at migration {at}, this release needs {newest}: tourism-odr migrate")
    return Check("database", True, f"at migration {at}")


def evidence(settings: Settings) -> Check:
    """The data folder takes a file and gives it back, and has room for more."""
    probe = settings.data_dir / f".probe-{uuid4().hex}"
    try:
        probe.write_bytes(b"probe")
        probe.unlink()
        free = shutil.disk_usage(settings.data_dir).free // MEGABYTE
    except OSError as wrong:
        return Check("evidence store", False, f"{settings.data_dir}: {wrong.strerror}")
    return Check("evidence store", free >= FREE_MB, f"{free} MB free in {settings.data_dir}")


def keys(settings: Settings) -> Check:
    """All key files are there, readable, and private."""
    try:
        count = len(settings.field_keys())
    except ConfigError as wrong:
        return Check("keys", False, str(wrong))
    files = (settings.field_keys_file, settings.seal_key_file, settings.checkpoint_key_file)
    for path in files:
        if problem := _problem_with(path):
            return Check("keys", False, f"{path} {problem}")
    return Check("keys", True, f"{count} field keys")


def _problem_with(path: Path) -> str:
    if not path.is_file():
        return "is missing: tourism-odr keys make"
    return "can be read by others: chmod 600" if path.stat().st_mode & 0o077 else ""


def scheduler(_settings: Settings) -> Check:
    """Some process runs the jobs."""
    last = db.session.scalar(select(func.max(JobRun.last_at)))
    if last is None:
        return Check("jobs", False, "no process has ever run them: tourism-odr jobs run")
    return Check("jobs", now() - last <= HEARTBEAT, f"last run {last:%Y-%m-%d %H:%M:%S} UTC")


def outbox(_settings: Settings) -> Check:
    """No message waits much longer than it should."""
    oldest = db.session.scalar(select(func.min(Notice.created)).where(Notice.status == "waiting"))
    if oldest is None:
        return Check("outbox", True, "nothing waits")
    return Check("outbox", now() - oldest <= OUTBOX_AGE, f"the oldest message waits since {oldest:%Y-%m-%d %H:%M} UTC")


PROBES: tuple[Probe, ...] = (database, evidence, keys, scheduler, outbox)


def look(settings: Settings, more: Iterable[Probe] = ()) -> list[Check]:
    """Every probe in turn; ``more`` come from parts that stand beside this one, such as the jobs."""
    return [_try(probe, settings) for probe in (*PROBES, *more)]


def _try(probe: Probe, settings: Settings) -> Check:
    """A probe that cannot even ask is an answer, too."""
    try:
        return probe(settings)
    except SQLAlchemyError as wrong:
        db.session.rollback()
        return Check(getattr(probe, "__name__", "probe"), False, f"cannot be asked: {type(wrong).__name__}")


def metrics(at: datetime) -> str:
    """Gauges in the text format of Prometheus: seconds and counts, nothing of a person or a case."""
    late, waiting = lateness.measured(db.session(), at), _outbox()
    gauges = {
        "odr_clocks_running": late.running,
        "odr_clocks_overdue": late.waiting,
        "odr_clocks_blocked": late.blocked,
        "odr_clock_lateness_median_seconds": late.median.total_seconds(),
        "odr_clock_lateness_p99_seconds": late.p99.total_seconds(),
        "odr_clock_lateness_most_seconds": late.most.total_seconds(),
        "odr_outbox_waiting": waiting,
    }
    return "".join(f"# TYPE {name} gauge\n{name} {value}\n" for name, value in gauges.items())


def _outbox() -> int:
    return db.session.scalar(select(func.count()).select_from(Notice).where(Notice.status == WAITING)) or 0
