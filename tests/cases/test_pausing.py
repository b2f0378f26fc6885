"""Time that stands still: for what the law names and nothing else, once at a time, and told in the explanation."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests import builders
from tests.builders import HOUR, TheCase, a_case
from tests.cases.timing import DAY, begin, end, lay, the_clock
from tests.rulebooks.verifier import complaint
from tourism_odr.casefile.commands import timing
from tourism_odr.cases import deadlines, pausing, turns
from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.cases.lifecycle.turns import Turn
from tourism_odr.cases.models import Clock, ClockChange, Notice, Subject
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import clocks, reminders
from tourism_odr.people.refusal import RefusedError
from tourism_odr.rulebooks import days


@pytest.fixture
def made(app: Flask) -> TheCase:
    return a_case("mediated")


def of_notices(template: str) -> list[Notice]:
    return list(db.session().scalars(select(Notice).where(Notice.template.startswith(template))))


def test_a_pause_halts_the_clocks_that_name_its_ground_and_no_other(made: TheCase) -> None:
    clock = lay(made)
    beside = db.session().scalars(select(Clock).where(Clock.case_id == made.id, Clock.name == "conclude-national")).one().id

    begin(made, made.people.mediator, made.at + DAY)

    assert the_clock(clock).status == "paused"
    assert the_clock(beside).status == "running"


def test_the_days_of_a_pause_do_not_count_and_the_explanation_says_so(made: TheCase) -> None:
    clock = lay(made)
    before, at = the_clock(clock), made.at + DAY
    day, unmoved = before.day, date.fromisoformat(before.derivation["unmoved_day"])
    pause = begin(made, made.people.mediator, at)

    end(made, pause, made.people.mediator, at + 3 * DAY)

    after = the_clock(clock)
    held = [day for day in days(after.derivation) if day.off == "paused"]
    assert [day.day for day in held] == [local_day(at) + DAY * n for n in range(4)]
    assert after.status == "running"
    assert date.fromisoformat(after.derivation["unmoved_day"]) == unmoved + 4 * DAY
    assert complaint(after.derivation) is None
    change = db.session().scalars(select(ClockChange).where(ClockChange.clock_id == clock)).one()
    assert (change.cause, change.cause_id, change.old_day, change.new_day) == ("pause", pause, day, after.day)


def test_both_sides_are_told_when_time_stands_still_and_when_it_runs_on(made: TheCase) -> None:
    lay(made)
    pause = begin(made, made.people.mediator, made.at + DAY)

    end(made, pause, made.people.mediator, made.at + 2 * DAY)

    told = {notice.template for notice in of_notices("pause/")}
    assert told == {f"pause/{verb}/{role}" for verb in ("begin", "end") for role in ("tourist", "respondent", "officer")}


def test_a_paused_clock_never_fires_and_warns_nobody(made: TheCase) -> None:
    clock = lay(made)
    begin(made, made.people.mediator, made.at + DAY)
    due = the_clock(clock).due_at
    with unit_of_work() as session:
        for other in session.scalars(select(Clock).where(Clock.id != clock)):
            other.status = "cancelled"

    reminded = reminders.remind(due - timedelta(days=2, hours=10))
    fired = clocks.sweep(due + 30 * DAY)

    assert (reminded, fired, the_clock(clock).status) == (0, 0, "paused")


def test_time_stands_still_once_at_a_time(made: TheCase) -> None:
    lay(made)
    begin(made, made.people.mediator, made.at + DAY)

    with pytest.raises(MovedOnError):
        begin(made, made.people.mediator, made.at + DAY + HOUR)


def test_two_pauses_do_not_overlap(made: TheCase) -> None:
    lay(made)
    at = made.at + DAY
    end(made, begin(made, made.people.mediator, at), made.people.mediator, at + 2 * DAY)

    with pytest.raises(RefusedError):
        begin(made, made.people.mediator, at + 3 * DAY, first=local_day(at + 2 * DAY))
    again = begin(made, made.people.mediator, at + 3 * DAY)

    end(made, again, made.people.mediator, at + 4 * DAY)
    told = db.session().scalars(select(Clock).where(Clock.name == "entrusted-ordinary")).one().derivation
    assert len(told["pauses"]) == 2
    assert complaint(told) is None


def test_a_pause_begun_by_mistake_is_undone_on_the_same_day_and_no_day_is_lost(made: TheCase) -> None:
    clock = lay(made)
    before = the_clock(clock).day
    pause = begin(made, made.people.mediator, made.at + DAY)

    timing.undo_pause(made.id, pause, 1, by=made.people.mediator, at=made.at + DAY + HOUR)

    assert (the_clock(clock).status, the_clock(clock).day) == ("running", before)
    assert "pauses" not in the_clock(clock).derivation
    assert len(of_notices("pause/undo/")) == 3


def test_a_day_later_a_pause_is_ended_and_not_undone(made: TheCase) -> None:
    lay(made)
    pause = begin(made, made.people.mediator, made.at + DAY)

    with pytest.raises(UnmetNeedError):
        timing.undo_pause(made.id, pause, 1, by=made.people.mediator, at=made.at + 2 * DAY)


def test_nobody_lets_time_stand_still_from_a_day_to_come_or_before_the_count(made: TheCase) -> None:
    lay(made)
    at = made.at + 3 * DAY

    for first in (local_day(at) + DAY, local_day(made.at)):
        with pytest.raises(RefusedError):
            begin(made, made.people.mediator, at, first=first)


def test_a_pause_ends_in_no_day_to_come_and_not_before_it_began(made: TheCase) -> None:
    lay(made)
    at = made.at + DAY
    pause = begin(made, made.people.mediator, at)

    for last in (local_day(at) - DAY, local_day(at) + 9 * DAY):
        with pytest.raises(RefusedError):
            end(made, pause, made.people.mediator, at + DAY, last=last)


def test_a_pause_is_not_ended_so_that_the_time_has_run_out_already(made: TheCase) -> None:
    clock = lay(made)
    at = made.at + DAY
    pause = begin(made, made.people.mediator, at)

    with pytest.raises(RefusedError):
        end(made, pause, made.people.mediator, at + 60 * DAY, last=local_day(at))

    assert the_clock(clock).status == "paused"


def test_without_a_paper_no_time_stands_still(made: TheCase) -> None:
    lay(made)
    command = timing.BeginPause(made.id, made.id, "appraisal", local_day(made.at + DAY), timing.Words("x", "en"), ())

    with pytest.raises(RefusedError):
        timing.begin_pause(command, by=made.people.mediator, at=made.at + DAY)


def test_a_time_for_which_the_law_names_nothing_never_stands_still(made: TheCase) -> None:
    assert pausing.pausable(db.session(), builders.case_row(made), made.people.officer, made.at) == []
    with pytest.raises(MovedOnError):
        begin(made, made.people.officer, made.at + DAY)


def test_a_party_or_a_stranger_lets_no_time_stand_still(made: TheCase) -> None:
    lay(made)
    stranger = a_case("lodged").people.officer

    for who in (made.people.tourist, made.people.handler):
        assert pausing.pausable(db.session(), builders.case_row(made), who, made.at) == []
        with pytest.raises(MovedOnError):
            begin(made, who, made.at + DAY)
    with pytest.raises(NotYoursError):
        begin(made, stranger, made.at + DAY)
    with pytest.raises(NotYoursError):
        begin(made, made.people.officer, made.at + DAY, about=uuid4())


def test_after_its_end_a_time_does_not_stand_still(made: TheCase) -> None:
    clock = lay(made)

    with pytest.raises(MovedOnError):
        begin(made, made.people.mediator, the_clock(clock).due_at)


def test_a_pause_is_over_when_what_stood_still_ends_otherwise(made: TheCase) -> None:
    lay(made, "entrusted-ordinary")
    pause = begin(made, made.people.mediator, made.at + DAY)
    with unit_of_work() as session:
        the = session.scalars(select(Clock).where(Clock.name == "entrusted-ordinary")).one()
        the.status, the.ended_at = "met", made.at
    made.at += DAY

    made.take("case.withdraw", made.people.tourist, papers={"code_checked": True})

    assert made.stage(pause) == "ended"


def test_while_time_stands_still_it_is_nobodys_turn_without_gap_or_overlap(made: TheCase) -> None:
    lay(made)
    at = made.at + DAY
    pause = begin(made, made.people.mediator, at)
    end(made, pause, made.people.mediator, at + 3 * DAY)

    found = turns.spans(db.session(), builders.case_row(made), at + 5 * DAY)

    assert [one.turn for one in found][-3:] == [Turn.MEDIATOR, Turn.WAIT, Turn.MEDIATOR]
    assert (found[-2].since, found[-2].until) == (at, at + 3 * DAY)
    assert sum(turns.totals(found).values(), timedelta()) == found[-1].until - found[0].since


def test_a_step_that_stops_a_clock_stops_it_also_while_it_stands_still(made: TheCase) -> None:
    clock = lay(made)
    begin(made, made.people.mediator, made.at + DAY)

    with unit_of_work() as session:
        subject = session.get_one(Subject, made.id)
        deadlines.stop(session, subject, ("entrusted-ordinary",), made.at + 2 * DAY)

    assert the_clock(clock).status == "met"
