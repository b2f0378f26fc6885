"""A deadline that another process started while a calendar was being approved is counted by it as well."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests import builders
from tourism_odr.cases.models import CalendarYear, Clock, ClockChange
from tourism_odr.cases.models.rules import APPROVED
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import calendars
from tourism_odr.rulebooks.calendars import put_in_force

AT = datetime(2026, 12, 28, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _shipped_afterwards() -> Iterator[None]:
    yield
    put_in_force((), ())


def approved_beside(made: builders.TheCase) -> None:
    """What a second process did while the first had looked already."""
    with unit_of_work() as session:
        session.add(
            CalendarYear(
                id=uuid4(), calendar="cn", year=2027, days_off=["2027-02-11..2027-02-12 spring-festival"], days_worked=[],
                notice="N", status=APPROVED, proposed_by=made.people.admin.person_id, proposed_at=AT,
                decided_by=made.people.officer.person_id, decided_at=AT,
            )
        )  # fmt: skip


def test_what_started_beside_an_approval_is_counted_anew_once(app: Flask) -> None:
    made = builders.a_case("lodged", at=AT)
    approved_beside(made)

    first = calendars.settle(AT + timedelta(minutes=1))
    again = calendars.settle(AT + timedelta(minutes=2))

    clock = db.session().scalars(select(Clock).where(Clock.name == "conclude-local")).one()
    assert (first, again, clock.day) == (1, 0, date(2027, 2, 15))
    assert len(db.session().scalars(select(ClockChange).where(ClockChange.clock_id == clock.id)).all()) == 1


def test_long_after_an_approval_nothing_is_looked_at(app: Flask) -> None:
    made = builders.a_case("lodged", at=AT)
    approved_beside(made)

    assert calendars.settle(AT + timedelta(hours=2)) == 0
