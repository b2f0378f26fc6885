"""How late the steps of clocks were is measured from rows, and shown to everybody."""

from datetime import timedelta

from sqlalchemy import select

from tests import builders
from tourism_odr.cases import lateness
from tourism_odr.cases.models import Clock
from tourism_odr.db import db
from tourism_odr.jobs import clocks

LATE = timedelta(seconds=90)


def run_out(made: builders.TheCase):
    due = db.session().scalars(select(Clock.due_at).where(Clock.name == "answer")).one()
    clocks.sweep(due + LATE)
    return due


def test_a_step_that_came_late_is_measured_by_how_much(app):
    due = run_out(builders.a_case("served"))

    found = lateness.measured(db.session(), due + LATE)

    assert LATE in (found.median, found.p99, found.most)
    assert found.waiting == 0


def test_a_clock_that_ran_out_and_waits_is_counted(app):
    builders.a_case("served")
    due = db.session().scalars(select(Clock.due_at).where(Clock.name == "answer")).one()

    found = lateness.measured(db.session(), due + LATE)

    assert found.waiting >= 1


def test_everybody_may_see_how_punctual_the_deadlines_are(built, new_client):
    with built.app_context():
        run_out(builders.a_case("served"))

    page = new_client().get("/en/punctuality")

    assert page.status_code == 200
    assert "90.0 seconds" in page.get_data(as_text=True)


def test_figures_for_machines_are_answered_on_this_host_alone(new_client):
    here = new_client().get("/metrics", environ_base={"REMOTE_ADDR": "127.0.0.1"})
    elsewhere = new_client().get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.1"})

    assert "odr_clocks_overdue 0" in here.get_data(as_text=True)
    assert elsewhere.status_code == 404
