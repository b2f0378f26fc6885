"""What the demo leaves out: states that last a moment, so that their pages have somebody to see them."""

from datetime import timedelta
from uuid import UUID

from flask import Flask

from tests import builders
from tests.intake import tourist
from tests.pages import PageClient
from tourism_odr.cases.models import Subject
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.intake.commands import triage
from tourism_odr.oversight import commands as oversight

A_MONTH_AND_MORE = timedelta(days=40)
LAST_YEAR = {"first-year": "2025", "last-year": "2025"}


def add() -> None:
    """Silent agencies, an invitation to mediate, a complaint sent back, urgings."""
    long_ago = now() - A_MONTH_AND_MORE
    builders.fall_silent(builders.a_case("served", at=long_ago))
    invited = builders.a_case("served", at=long_ago)
    builders.fall_silent(invited)
    invited.take("respondent.invite", invited.people.tourist, invited.respondent)
    returned = builders.a_case(at=now() - timedelta(hours=5))
    seen = _version(returned.id)
    back = triage.ReturnComplaint(returned.id, seen, ("identity",))
    triage.return_complaint(back, by=returned.people.officer, at=now() - timedelta(hours=2))
    _urged(approved=False)
    _urged(approved=True)


def _urged(*, approved: bool) -> None:
    made = builders.a_case("mediated", at=now() - timedelta(hours=20))
    order = oversight.Urging(made.id, made.respondent, None, "请在本周内答复调解员。", local_day(now() + timedelta(days=5)))
    urge = oversight.propose_urging(order, by=made.people.officer, at=now())
    if approved:
        oversight.approve_urging(oversight.Decision(urge, _version(urge)), by=made.people.head, at=now())


def _version(subject_id: UUID) -> int:
    return int(db.session().get_one(Subject, subject_id, populate_existing=True).version)


def who_is_writing(app: Flask) -> PageClient:
    """Somebody with a complaint that is written and not sent."""
    client = PageClient(app, app.response_class)
    tourist.fill_all(client, trip=LAST_YEAR)
    return client


def who_has_sent(app: Flask) -> PageClient:
    """Somebody who has just sent a complaint, and has not saved the way back yet."""
    client = who_is_writing(app)
    assert tourist.send(client).status_code == 303
    return client
