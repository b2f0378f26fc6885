"""Every clock of every rulebook can be shown: how long, until when, and why that date."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask, get_template_attribute

from tourism_odr.cases.deadlines import clock_row
from tourism_odr.cases.models import Clock, Subject
from tourism_odr.rulebooks import ClockRule, find_rule, profile, profiles
from tourism_odr.rulebooks.monthly import months
from tourism_odr.web.deadlines import deadline_of

START = datetime(2026, 9, 28, 3, 0, tzinfo=UTC)
BOOKS = [profile(name, on=date(2026, 9, 28)) for name in profiles()]
RULES = [rule for book in BOOKS for rule in book.clocks.values()]


def clock_of(rule: ClockRule) -> Clock:
    """A running clock of this rule."""
    return clock_row(Subject(id=uuid4(), case_id=uuid4()), "any", rule.due(START), START, "version")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.title)
@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_every_rule_is_shown_with_its_reason(app: Flask, rule: ClockRule, locale: str) -> None:
    with app.test_request_context(f"/{locale}/"):
        app.preprocess_request()
        deadline = deadline_of(clock_of(rule), START)
        drawn = get_template_attribute("parts/case.html", "deadline")(deadline)

    assert deadline.explanation
    assert "<time" in drawn


def test_a_deadline_is_late_when_its_last_day_is_over(app: Flask) -> None:
    clock = clock_of(next(rule for rule in RULES if rule.unit == "working"))

    with app.test_request_context("/en/"):
        deadline = deadline_of(clock, clock.due_at + timedelta(days=5))

    assert deadline.tone == "late"


def test_a_deadline_is_not_late_in_its_last_second(app: Flask) -> None:
    clock = clock_of(next(rule for rule in RULES if rule.unit == "working"))

    with app.test_request_context("/en/"):
        deadline = deadline_of(clock, clock.due_at - timedelta(seconds=1))

    assert (deadline.days_left, deadline.tone) == (0, "soon")


def test_a_deadline_at_midnight_is_written_as_the_end_of_the_day_before(app: Flask) -> None:
    clock = clock_of(next(rule for rule in RULES if rule.unit == "working"))

    with app.test_request_context("/en/"):
        drawn = get_template_attribute("parts/case.html", "deadline")(deadline_of(clock, START))

    assert "24:00" in drawn


def test_a_count_over_a_holiday_is_drawn_month_by_month() -> None:
    due = find_rule("cn", "complaint.serve", date(2026, 9, 28)).due_on(date(2026, 9, 28))

    drawn = {cell.day: cell for month in months(due.derivation) for week in month.weeks for cell in week if cell}

    assert [month.first.month for month in months(due.derivation)] == [9, 10]
    assert drawn[date(2026, 9, 28)].kind == "start"
    assert (drawn[date(2026, 9, 30)].kind, drawn[date(2026, 9, 30)].number) == ("counted", 2)
    assert (drawn[date(2026, 10, 1)].kind, drawn[date(2026, 10, 1)].off) == ("off", "national-day")
    assert drawn[due.day].kind == "made-up" or drawn[due.day].kind == "end"


def test_a_count_of_years_is_told_in_words_alone() -> None:
    due = find_rule("cn", "limitation.general", date(2026, 9, 28)).due_on(date(2026, 9, 28))

    assert months(due.derivation) == []
