"""What the machine that watches is told."""

import pytest

from tourism_odr.cases.models.notice import JobRun
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.operations import health, routes


@pytest.fixture
def watcher(app):
    if "operations" not in app.blueprints:
        routes.init_app(app)
    return app.test_client()


def test_the_process_answers_whatever_the_database_does(watcher):
    answer = watcher.get("/healthz")

    assert answer.status_code == 200


def test_without_a_process_for_jobs_the_service_is_not_ready(watcher):
    answer = watcher.get("/readyz")

    assert answer.status_code == 503
    assert answer.json["checks"] == {
        "database": True, "evidence store": True, "keys": True, "jobs": False, "outbox": True,
    }


def test_with_everything_in_place_the_service_is_ready(watcher):
    with unit_of_work():
        db.session.add(JobRun(name="clocks", last_at=now()))

    answer = watcher.get("/readyz")

    assert answer.json["ok"] is True
    assert answer.status_code == 200


def test_keys_that_others_can_read_are_not_well(settings, tmp_path):
    import dataclasses

    loose = tmp_path / "field.keys"
    loose.write_bytes(settings.field_keys_file.read_bytes())
    loose.chmod(0o644)

    check = health.keys(dataclasses.replace(settings, field_keys_file=loose))

    assert not check.ok
    assert "chmod 600" in check.detail
