"""The process that ticks: every job has its row, a failing one stops nobody, and it ends cleanly."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests import builders
from tests.builders import AT
from tourism_odr import jobs
from tourism_odr.cases.models import DocumentFile, JobRun, Notice
from tourism_odr.db import db
from tourism_odr.jobs import scheduler
from tourism_odr.jobs.mail import MemoryMailer
from tourism_odr.jobs.outbox import Office


@pytest.fixture
def quiet(built):
    built.extensions["odr_office"] = Office(
        MemoryMailer(), "service@odr.example", "https://odr.example", "服务"
    )
    return built


def rows() -> dict[str, JobRun]:
    return {row.name: row for row in db.session().scalars(select(JobRun))}


def test_one_run_does_everything_that_is_due_and_writes_it_down(quiet):
    with quiet.app_context():
        builders.a_case("accepted")
        at = AT + builders.HOUR
        db.session.remove()

    done = scheduler.run_once(quiet, at)

    with quiet.app_context():
        assert set(rows()) == {job.name for job in jobs.JOBS} | {jobs.HEARTBEAT}
        assert all(row.error is None for row in rows().values())
        assert done["documents"] == 2
        assert {n.status for n in db.session().scalars(select(Notice))} == {"sent"}
        assert len(db.session().scalars(select(DocumentFile)).all()) == 2
        db.session.remove()


def test_a_second_run_finds_nothing_left_to_do(quiet):
    with quiet.app_context():
        builders.a_case("accepted")
        db.session.remove()
    scheduler.run_once(quiet, AT + builders.HOUR)

    again = scheduler.run_once(quiet, AT + builders.HOUR)

    assert set(again.values()) == {0}


def test_a_job_that_fails_is_visible_and_the_others_run(quiet, monkeypatch, caplog):
    def breaks(_at, _office):
        raise ValueError("no such thing")

    broken = replace(jobs.JOBS[0], run=breaks)
    monkeypatch.setattr(scheduler, "JOBS", (broken, *jobs.JOBS[1:]))

    done = scheduler.run_once(quiet, AT)

    with quiet.app_context():
        assert done["clocks"] == -1
        assert "no such thing" in rows()["clocks"].error
        assert rows()["outbox"].error is None
        db.session.remove()


def waits_for_a_beat(app) -> bool:
    for _ in range(100):
        with app.app_context():
            found = jobs.HEARTBEAT in rows()
            db.session.remove()
        if found:
            return True
        time.sleep(0.2)
    return False


def test_the_process_beats_and_ends_cleanly_when_told_to(built, database_url, tmp_path, keys_dir):
    environ = os.environ | {
        "ODR_DATABASE_URL": database_url,
        "ODR_DATA_DIR": str(tmp_path),
        "ODR_SECRET_KEY_FILE": str(keys_dir / "secret.key"),
        "ODR_FIELD_KEYS_FILE": str(keys_dir / "field.keys"),
        "ODR_SEAL_KEY_FILE": str(keys_dir / "seal.pem"),
        "ODR_CHECKPOINT_KEY_FILE": str(keys_dir / "checkpoint.pem"),
        "ODR_LOG_LEVEL": "warning",
    }
    program = [sys.executable, "-m", "tourism_odr.cli", "jobs", "run"]
    process = subprocess.Popen(program, env=environ, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    beating = waits_for_a_beat(built)

    process.send_signal(signal.SIGTERM)

    assert (beating, process.wait(20)) == (True, 0)
