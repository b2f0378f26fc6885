"""Reminders go to whoever must act, on the days that the rule names, once."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from tests import builders
from tourism_odr.cases.models import Clock, Notice
from tourism_odr.clock import start_of_day
from tourism_odr.db import db
from tourism_odr.jobs import reminders

NINE = timedelta(hours=9)
RUNG = 10  # days before the end of the 45 days in Shanghai: the first warning


def at(day: date) -> datetime:
    return start_of_day(day) + NINE


def reminded() -> list[Notice]:
    return list(db.session().scalars(select(Notice).where(Notice.template == reminders.TEMPLATE)))


def of(name: str) -> list[Notice]:
    (clock,) = db.session().scalars(select(Clock).where(Clock.name == name)).all()
    return [notice for notice in reminded() if notice.params["clock"] == str(clock.id)]


def test_the_respondent_is_reminded_two_working_days_before_its_answer_is_due(app):
    made = builders.a_case("served", answer_day=date(2026, 10, 20))

    reminders.remind(at(date(2026, 10, 16)))

    (notice,) = of("answer")
    assert (notice.organisation_id, notice.role) == (made.people.agency, "handler")


def test_a_day_that_the_rule_does_not_name_passes_in_silence(app):
    builders.a_case("served", answer_day=date(2026, 10, 20))

    reminders.remind(at(date(2026, 10, 15)))

    assert of("answer") == []


def test_a_weekend_in_between_does_not_repeat_the_reminder(app):
    builders.a_case("served", answer_day=date(2026, 10, 20))

    for day in (16, 17, 18):
        reminders.remind(at(date(2026, 10, day)))

    assert len(of("answer")) == 1


def test_nobody_is_woken_at_night(app):
    builders.a_case("served", answer_day=date(2026, 10, 20))

    reminders.remind(start_of_day(date(2026, 10, 16)) + timedelta(hours=3))

    assert of("answer") == []


def test_morning_and_night_are_those_of_the_place_whose_rules_hold(app):
    builders.a_case("lodged", jurisdiction="eu-ie")  # on Friday 9 October: three weeks end on Friday the 30th

    reminders.remind(at(date(2026, 10, 23)))  # two hours after midnight in Dublin

    assert of("decide") == []

    reminders.remind(datetime(2026, 10, 23, 8, 0, tzinfo=UTC))  # nine in the morning there

    assert len(of("decide")) == 1


def test_nobody_is_reminded_twice_on_one_day(app):
    builders.a_case("served", answer_day=date(2026, 10, 20))

    reminders.remind(at(date(2026, 10, 16)))
    reminders.remind(at(date(2026, 10, 16)) + NINE)

    assert len(of("answer")) == 1


def test_only_the_side_that_has_not_signed_is_reminded_to_sign(app):
    made = builders.a_case("locked")
    made.take("agreement.sign", made.people.tourist, made.agreement)
    (clock,) = db.session().scalars(select(Clock).where(Clock.name == "sign")).all()

    reminders.remind(clock.due_at - timedelta(hours=30))

    assert [notice.organisation_id for notice in of("sign")] == [made.people.agency]


def test_nobody_is_reminded_on_a_day_off(app):
    builders.a_case("served", answer_day=date(2026, 10, 19))

    reminders.remind(at(date(2026, 10, 17)))  # a Saturday, two days before

    assert of("answer") == []


def test_after_an_outage_one_reminder_comes_instead_of_several(app):
    builders.a_case("served", answer_day=date(2026, 10, 20))

    reminders.remind(at(date(2026, 10, 19)))
    reminders.remind(at(date(2026, 10, 20)))

    (notice,) = of("answer")
    assert notice.params["rung"] == 1


def test_a_rung_that_falls_on_a_day_off_comes_before_it(app):
    builders.a_case("lodged", at=datetime(2026, 10, 11, 1, tzinfo=UTC))
    (clock,) = db.session().scalars(select(Clock).where(Clock.name == "conclude-local")).all()
    sunday = clock.day - timedelta(days=RUNG)

    reminders.remind(at(sunday - timedelta(days=2)))
    reminders.remind(at(sunday + timedelta(days=1)))

    assert sunday.isoweekday() == 7
    assert [notice.params["rung"] for notice in of("conclude-local")] == [RUNG]
