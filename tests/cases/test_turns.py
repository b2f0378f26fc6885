"""Whose turn it was: every minute of an open case belongs to one of them, and to one alone."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from flask import Flask

from tests import builders
from tests.builders import HOUR, a_case
from tests.cast import AT
from tourism_odr.cases import turns
from tourism_odr.cases.lifecycle import is_final, open_stages
from tourism_odr.cases.lifecycle.turns import OF_CASE, OF_RESPONDENT, TURN_TITLES, Turn
from tourism_odr.db import db, unit_of_work


def of(made: builders.TheCase, after: timedelta = HOUR) -> list[turns.Span]:
    return turns.spans(db.session(), builders.case_row(made), made.at + after)


def test_every_open_stage_says_whose_turn_it_is() -> None:
    assert set(OF_CASE) == set(open_stages("case"))
    assert set(OF_RESPONDENT) == set(open_stages("respondent"))
    assert set(TURN_TITLES) == set(Turn)


def test_the_time_of_a_case_is_parted_without_gap_or_overlap(app: Flask) -> None:
    made = a_case("mediated")

    found = of(made)

    assert found[0].since == builders.case_row(made).received_at
    assert found[-1].until == made.at + HOUR
    assert all(one.until == two.since for one, two in pairwise(found))
    assert all(one.turn is not two.turn for one, two in pairwise(found))
    assert sum(turns.totals(found).values(), timedelta()) == found[-1].until - found[0].since


def test_an_answer_that_is_waited_for_is_the_respondents_turn(app: Flask) -> None:
    made = a_case("served")

    found = of(made, after=timedelta(days=3))

    assert [one.turn for one in found] == [Turn.BODY, Turn.RESPONDENT]
    assert found[-1].lasted == timedelta(days=3)


def test_of_two_respondents_the_one_furthest_from_its_end_decides() -> None:
    both = turns.turn_of("accepted", ["mediation", "awaiting-answer"])

    assert both is Turn.RESPONDENT
    assert turns.turn_of("accepted", ["mediation", "terminated"]) is Turn.MEDIATOR


def test_an_ended_case_is_nobodys_turn(app: Flask) -> None:
    made = a_case("performed")

    found = of(made, after=timedelta(days=30))

    assert is_final("case", made.stage(made.id))
    assert found[-1].until <= made.at


def test_a_click_that_was_taken_back_changes_nobodys_turn(app: Flask) -> None:
    made = a_case("offered")
    before = of(made)

    made.take("offer.accept", made.people.tourist, made.offer)

    assert [one.turn for one in of(made)] == [one.turn for one in before]


def test_a_case_that_was_received_before_it_was_entered_counts_from_its_receipt(app: Flask) -> None:
    made = a_case("lodged")
    with unit_of_work():
        builders.case_row(made).received_at = AT - timedelta(days=2)

    assert turns.spans(db.session(), builders.case_row(made), AT + HOUR)[0].since == AT - timedelta(days=2)


class Said(NamedTuple):
    at: datetime
    subject_id: str
    step: str
    facts: dict[str, str] = {}  # noqa: RUF012 - never changed


def test_a_suit_is_the_courts_turn_from_what_it_has_told_both_sides() -> None:
    course = (
        ("case", "case.lodge"), ("case", "case.accept"), ("case", "case.run-out"), ("suit", "filing.prepare"),
        ("suit", "filing.complete"), ("suit", "filing.submit"), ("suit", "filing.register"), ("suit", "filing.entrust"),
        ("suit", "filing.report-failure"), ("suit", "filing.decide"),
    )  # fmt: skip
    lines = [Said(AT + n * HOUR, subject, step) for n, (subject, step) in enumerate(course)]

    found = turns.spans_in(lines, AT, AT + 20 * HOUR)

    assert [(one.turn, one.lasted // HOUR) for one in found] == [
        (Turn.BODY, 2), (Turn.COURT, 1), (Turn.MEDIATOR, 1), (Turn.COURT, 1)
    ]  # fmt: skip
