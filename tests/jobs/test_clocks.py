"""Clocks take their steps once, in order, and block with a reason when a step is refused."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from tests import builders
from tests.builders import HOUR
from tourism_odr.cases import steps
from tourism_odr.cases.deadlines import UNCERTAIN
from tourism_odr.cases.ledger import verify_all
from tourism_odr.cases.models import Clock, Document, Event, Notice, PendingStep, Subject
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import clocks

MONTH = timedelta(days=31)
MINUTES = timedelta(minutes=11)


def count(name: str) -> int:
    return db.session().scalar(select(func.count()).select_from(Event).where(Event.step == name)) or 0


def clock(name: str) -> Clock:
    return (
        db.session()
        .scalars(
            select(Clock)
            .where(Clock.name == name)
            .order_by(Clock.started_at)
            .execution_options(populate_existing=True)
        )
        .first()
    )


def test_a_missed_answer_is_recorded_once_and_told_to_both(app):
    made = builders.a_case("served", answer_day=date(2026, 10, 19))

    first = clocks.sweep(clock("answer").due_at)
    second = clocks.sweep(clock("answer").due_at)

    assert made.stage(made.respondent) == "silent"
    assert (first > 0, second) == (True, 0)
    assert count("respondent.fall-silent") == 1
    told = set(
        db.session().scalars(select(Notice.template).where(Notice.template.like("respondent/fall-silent/%")))
    )
    assert told == {f"respondent/fall-silent/{who}" for who in ("tourist", "respondent", "officer")}


def test_a_clock_that_is_not_due_is_left_alone(app):
    made = builders.a_case("served", answer_day=date(2026, 10, 19))

    clocks.sweep(clock("answer").due_at - timedelta(seconds=1))

    assert made.stage(made.respondent) == "awaiting-answer"


def test_after_an_outage_everything_due_happens_in_the_order_in_which_it_was_due(app):
    builders.a_case("served", answer_day=date(2026, 10, 19))
    late = builders.AT + MONTH + MONTH

    clocks.sweep(late)

    rows = db.session().execute(
        select(Event.step, Event.facts).where(Event.role == "clock").order_by(Event.place_id, Event.number)
    )
    by_place = [row.facts["was_due"] for row in rows if row.step != "case.note-late-decision"]
    assert by_place == sorted(by_place)
    assert all(isinstance(fault, int) for fault in verify_all(db.session()))


def test_the_time_limit_of_the_case_ends_every_respondent_and_stops_all_clocks(app):
    made = builders.a_case("mediated", respondents=2)

    clocks.sweep(clock("conclude-local").due_at)

    assert made.stage() == "closed"
    assert [made.stage(one) for one in made.respondents] == ["terminated", "terminated"]
    assert db.session().scalar(select(func.count()).select_from(Clock).where(Clock.status == "running")) == 0


def test_a_body_that_lets_mediation_run_to_day_60_only_notes_day_45(app):
    from tourism_odr.cases.models import BodySetting

    made = builders.a_case("mediated")
    with unit_of_work() as session:
        session.add(
            BodySetting(body_id=made.people.body, key="when-missed:conclude-local", value="case.note-day-45",
                        ground="consent", set_by=made.people.head.person_id, since=date(2026, 1, 1))
        )  # fmt: skip

    clocks.sweep(clock("conclude-local").due_at)

    assert (made.stage(), count("case.note-day-45")) == ("accepted", 1)


def test_a_number_from_a_draft_warns_but_harms_nobody(app):
    made = builders.a_case("served", answer_day=date(2026, 10, 19))
    with unit_of_work() as session:
        session.scalars(select(Clock).where(Clock.name == "answer")).one().weak = True

    clocks.sweep(clock("answer").due_at)

    assert made.stage(made.respondent) == "awaiting-answer"
    assert count("respondent.note-unanswered") == 1
    assert db.session().scalars(select(Document).where(Document.kind == "non-response")).all() == []


def test_a_provisional_day_without_a_gentle_step_blocks_with_its_reason(app):
    made = builders.a_case("mediated")
    with unit_of_work() as session:
        found = session.scalars(select(Clock).where(Clock.name == "conclude-local")).one()
        found.provisional, found.derivation = True, {"basis": "letter"}

    clocks.sweep(clock("conclude-local").due_at)

    assert made.stage() == "accepted"
    assert (clock("conclude-local").status, "certain" in clock("conclude-local").reason) == ("blocked", True)


def test_a_day_of_a_year_not_announced_waits_and_says_so_on_the_case(app):
    made = builders.a_case("lodged", at=datetime(2026, 12, 28, 2, tzinfo=UTC))
    made.take("case.return", made.people.officer)

    clocks.sweep(clock("supplement").due_at)

    waiting = clock("supplement")
    assert (waiting.provisional, waiting.status, waiting.reason) == (True, "blocked", UNCERTAIN)
    assert made.stage() == "returned"


def test_a_refused_step_blocks_its_clock_for_good_and_the_others_go_on(app):
    made = builders.a_case("served", answer_day=date(2026, 10, 19))
    other = builders.a_case("served", answer_day=date(2026, 10, 19), people=made.people)
    with unit_of_work() as session:
        session.get_one(Subject, made.respondent).stage = "answered"

    clocks.sweep(clock("answer").due_at)
    again = clocks.sweep(clock("answer").due_at)

    states = {
        row.subject_id: row.status
        for row in db.session().scalars(select(Clock).where(Clock.name == "answer"))
    }
    assert states == {made.respondent: "blocked", other.respondent: "missed"}
    assert again == 0


def pending_offer() -> builders.TheCase:
    made = builders.a_case("mediated")
    day = date(2026, 10, 19)
    builders.offer(made, Decimal("900"), valid_until=day)
    made.at = clock("offer-validity").due_at - timedelta(minutes=2) - HOUR
    made.take("offer.accept", made.people.tourist, made.offer)
    return made


def test_an_acceptance_clicked_in_time_counts_although_it_becomes_final_later(app):
    made = pending_offer()
    due = clock("offer-validity").due_at

    clocks.sweep(due)
    meanwhile = made.stage(made.offer)
    clocks.sweep(due + MINUTES)

    assert (meanwhile, made.stage(made.offer)) == ("open", "accepted")
    assert count("offer.expire") == 0


def test_an_acceptance_that_cannot_be_saved_holds_up_nothing_else(app, monkeypatch):
    made = pending_offer()

    def breaks(_pending, _at):
        raise ValueError("a fault")

    monkeypatch.setattr(steps, "finalise", breaks)
    clocks.sweep(clock("offer-validity").due_at + MINUTES)

    assert made.stage(made.offer) == "expired"
    assert (clock("undo").status, clock("undo").reason) == ("blocked", "error: ValueError")


def test_an_acceptance_taken_back_lets_the_offer_expire(app):
    made = pending_offer()
    due = clock("offer-validity").due_at
    with unit_of_work() as session:
        steps.undo(session.scalars(select(PendingStep.id)).one(), by=made.people.tourist, at=made.at)

    clocks.sweep(due + MINUTES)

    assert made.stage(made.offer) == "expired"


def test_of_acceptance_and_withdrawal_the_earlier_click_wins_and_the_later_author_is_told(app):
    made = builders.a_case("offered")
    made.take("offer.withdraw", made.people.handler, made.offer)
    made.at -= HOUR - timedelta(minutes=1)
    made.take("offer.accept", made.people.tourist, made.offer)

    clocks.sweep(made.at + HOUR)

    assert made.stage(made.offer) == "withdrawn"
    lost = db.session().scalars(select(Notice).where(Notice.template == "_other/pending-lost")).one()
    assert lost.person_id == made.people.tourist.person_id


@pytest.mark.parametrize("sweepers", [2, 4])
def test_sweeps_beside_each_other_take_every_step_once(built, sweepers):
    with built.app_context():
        first = builders.a_case("served", answer_day=date(2026, 10, 19))
        for _ in range(5):
            builders.a_case("served", answer_day=date(2026, 10, 19), people=first.people)
        due = clock("answer").due_at
        db.session.remove()
    start, faults = Barrier(sweepers), []

    def run() -> None:
        with built.app_context():
            try:
                start.wait(10)
                clocks.sweep(due, batch=2)
            except Exception as wrong:  # noqa: BLE001, RUF100 - told to the test
                faults.append(wrong)
            finally:
                db.session.remove()

    threads = [Thread(target=run) for _ in range(sweepers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    with built.app_context():
        assert faults == []
        assert count("respondent.fall-silent") == 6
        assert all(isinstance(fault, int) for fault in verify_all(db.session()))
        db.session.remove()
