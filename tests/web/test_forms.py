"""Fields take what people really type, and say kindly what they cannot take."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tourism_odr.web.forms import DayField, Form, MoneyField, Needed, Radios, StringField, Tick, choice


class Sample(Form):
    """A form of this test."""

    name = StringField("Full name", [Needed("Enter your full name.")])
    amount = MoneyField("Amount")
    day = DayField("Day")
    cause = Radios("Cause", [choice("hotel", "Hotel")], missing="Select what went wrong.")
    agree = Tick("Agree")


def sent(app: Flask, **typed: str) -> Sample:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/en/", method="POST", data=typed):
        form = Sample(formdata=MultiDict(typed), seen=7)
        form.submitted()
        return form


AMOUNTS = [
    ("1400", Decimal(1400)), ("1,400", Decimal(1400)), ("１，４００．５０", Decimal("1400.50")), (" ¥ 1400.5 ", Decimal("1400.5")),
    ("￥99", Decimal(99)), ("300元", Decimal(300)), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "amount"), AMOUNTS)
def test_an_amount_is_read_exactly(app: Flask, typed: str, amount: Decimal | None) -> None:
    form = sent(app, amount=typed)

    assert form.amount.data == amount
    assert not form.amount.errors


@pytest.mark.parametrize(
    "typed", ["-5", "1.234", "1e5", "NaN", "Infinity", "1,40,0", "12 apples", "1" * 40, "٣٠٠ x"]
)
def test_what_is_no_amount_is_refused_and_kept(app: Flask, typed: str) -> None:
    form = sent(app, amount=typed)

    assert form.amount.errors
    assert form.amount._value() == typed


def test_a_day_is_read_as_year_month_day(app: Flask) -> None:
    form = sent(app, **{"day-year": "２０２６", "day-month": "11", "day-day": "3"})

    assert form.day.data == date(2026, 11, 3)


def test_a_day_that_is_none_is_refused_once_and_kept(app: Flask) -> None:
    form = sent(app, **{"day-year": "2026", "day-month": "2", "day-day": "30"})

    assert len(form.day.errors) == 1
    assert form.day.part("day") == "30"


def test_an_empty_answer_is_named_in_the_summary_and_leads_to_its_field(app: Flask) -> None:
    form = sent(app, name="  ")

    assert ("name", "Enter your full name.") in form.summary()


def test_nothing_chosen_leads_to_the_first_of_the_answers(app: Flask) -> None:
    form = sent(app)

    assert ("cause-0", "Select what went wrong.") in form.summary()


def test_an_answer_that_was_not_offered_is_refused(app: Flask) -> None:
    form = sent(app, cause="bribery")

    assert form.cause.errors


def test_changing_the_language_sends_nothing_and_scolds_nobody(app: Flask) -> None:
    form = sent(app, name="", switch="en")

    assert not form.errors


def test_the_version_seen_comes_back_as_it_was_sent(app: Flask) -> None:
    form = sent(app, seen="3")

    assert form.seen_version == 3


@pytest.mark.parametrize("seen", ["3; drop", "", "-1", "9" * 40])
def test_a_version_that_is_no_number_is_one_that_was_never_current(app: Flask, seen: str) -> None:
    form = sent(app, seen=seen)

    assert form.seen_version < 0
