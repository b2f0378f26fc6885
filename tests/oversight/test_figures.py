"""The figures: each by a small world, adding up, equal to a recount whoever counted, closed months that tell what moved."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests import builders
from tests.intake.officer import version
from tests.proofs.test_walk import Walker
from tourism_odr.cases import steps
from tourism_odr.cases.lifecycle import TABLES
from tourism_odr.cases.models import Agreement, Case, CaseChange
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.figures import rollups
from tourism_odr.figures.models import FigureCount, FigureFact, FigureRevision, FigureState
from tourism_odr.figures.table import CONCLUDED, ENDS, FIGURES, RECEIVED
from tourism_odr.intake.commands import transfers
from tourism_odr.intake.commands.letters import Bilingual
from tourism_odr.jobs import clocks
from tourism_odr.oversight import commands
from tourism_odr.oversight.queries import figures as sums
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import THE_TABLE, Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role

OCTOBER = date(2026, 10, 1)


def counted(**where):
    """Every figure, all qualities together."""
    wanted = select(FigureCount.figure, FigureCount.unit, func.sum(FigureCount.number)).where(FigureCount.cut == 0)
    for name, value in where.items():
        wanted = wanted.where(getattr(FigureCount, name) == value)
    rows = db.session().execute(wanted.group_by(FigureCount.figure, FigureCount.unit)).all()
    return {f"{figure} {unit}".strip(): int(number) for figure, unit, number in rows if number}


def count(case):
    rollups.count(case.at)
    return counted()


def wrong():
    db.session.rollback()
    return list(rollups.recount(db.session()))


def balance(figures):
    """What is open, by the figures."""
    return figures.get(RECEIVED, 0) - sum(figures.get(end, 0) for end in ENDS)


def a_neighbour(case, territory="310106", level="district"):
    """Another body, and its officer."""
    with unit_of_work():
        body = organisations.register_organisation(
            OrganisationKind.BODY, "演示东区旅游质量监督站", at=case.at, code=f"东{uuid4().hex[:6]}", territory=territory, level=level
        )
        person = persons.create_person(locale="zh-Hans", at=case.at, name="东区", email=f"{body}@people.example")
        organisations.add_member(person, body, Role.OFFICER, case.at)
    return Actor(person, Role.OFFICER, body)


def hand_over(case, to):
    """The case passes to another body of this service."""
    case.at += builders.HOUR
    offer = transfers.OfferTransfer(case.id, version(case.id), to.organisation_id, "territory", Bilingual("合同在邻区签订"))
    offered = transfers.offer_transfer(offer, by=case.people.officer, at=case.at)
    case.at += builders.HOUR
    transfers.take_over(transfers.TakeOver(case.id, offered, 1), by=to, at=case.at)


# --- small worlds: how a case gets there, and what it then counts for beside "received"


def refused(case):
    case.take("case.propose-refusal", case.people.officer)
    case.take("case.approve-refusal", case.people.head)


def silent_and_unserved(case):
    builders.fall_silent(case)
    case.take("service.bounce", case.people.officer, case.services[0])


def ran_out(case):
    case.at += timedelta(days=50)
    clocks.sweep(case.at, only=[case.id])


def breached(case):
    case.at += timedelta(days=60)
    clocks.sweep(case.at, only=[case.id])


WORLDS = {
    "lodged": ("lodged", None, {}),
    "accepted": ("accepted", None, {"accepted"}),
    "refused": ("lodged", refused, {"refused"}),
    "transferred out": ("lodged", lambda case: case.take("case.transfer-out", case.people.officer), {"transferred"}),
    "withdrawn": ("lodged", lambda case: case.take("case.withdraw", case.people.tourist, papers={"code_checked": True}), {"withdrawn"}),
    "answered": ("answered", None, {"accepted", "answered"}),
    "silent": ("served", builders.fall_silent, {"accepted", "silent"}),
    "mediated": ("mediated", None, {"accepted", "answered", "mediated"}),
    "terminated": (
        "mediated",
        lambda case: case.take("respondent.terminate", case.people.mediator, case.respondent),
        {"accepted", "answered", "mediated", "terminated", "concluded", "in-time", "days"},
    ),
    "settled": ("signed", None, {"accepted", "answered", "mediated", "settled", "concluded", "in-time", "days"}),
    "breached": ("signed", breached, {"accepted", "answered", "mediated", "settled", "concluded", "in-time", "days", "breached"}),
    "performed": ("performed", None, {"accepted", "answered", "mediated", "settled", "concluded", "in-time", "days", "performed"}),
    "run out": ("mediated", ran_out, {"accepted", "answered", "mediated", "terminated", "concluded", "overdue", "days"}),
}


@pytest.mark.parametrize("world", WORLDS)
def test_a_case_counts_once_in_each_figure_of_its_road(app, world):
    stage, then, expected = WORLDS[world]
    case = builders.a_case(stage)
    if then:
        then(case)

    found = count(case)

    plain = {code: number for code, number in found.items() if " " not in code}
    assert plain == dict.fromkeys({RECEIVED} | set(expected), 1)
    assert wrong() == []


def test_money_is_counted_in_its_currency_and_minutes_by_turn(app):
    case = builders.a_case("performed")

    found = count(case)

    spent = {name: number for name, number in found.items() if name.startswith("turn ")}
    closed = db.session().get_one(Case, case.id).ended_at
    assert found["money CNY"] == 140_000
    assert sum(spent.values()) == (closed - builders.AT) // timedelta(minutes=1)


def test_what_the_two_sides_settle_alone_keeps_its_amount(app):
    case = builders.a_case("performed")
    with unit_of_work() as session:
        session.get_one(Agreement, case.agreement).path = "parties"

    found = count(case)

    assert found["performed"] == 1
    assert not [name for name in found if name.startswith("money")]


def test_a_service_that_failed_takes_the_silence_back(app):
    case = builders.a_case("served")
    builders.fall_silent(case)
    assert count(case)["silent"] == 1

    with unit_of_work():
        steps.take(case.respondent, "respondent.unserve", by=THE_TABLE, at=case.at + builders.HOUR)

    assert "silent" not in count(case)
    assert wrong() == []


def test_a_case_that_passes_on_is_received_and_transferred_and_received_again(app):
    case = builders.a_case("lodged")
    other = a_neighbour(case)

    hand_over(case, other)
    rollups.count(case.at)

    assert counted(body_id=case.people.body) == {"received": 1, "transferred": 1}
    assert counted(body_id=other.organisation_id) == {"received": 1}
    assert balance(counted()) == 1
    assert wrong() == []


def test_a_month_is_a_local_month(app):
    late = builders.AT.replace(year=2026, month=10, day=31, hour=16, minute=30)  # past midnight in Shanghai

    builders.a_case("lodged", at=late)
    rollups.count(late)

    assert list(db.session().scalars(select(FigureFact.month))) == [date(2026, 11, 1)]


def test_every_end_of_a_case_is_one_of_the_ends_that_add_up():
    table = TABLES["case"]

    ending = {row.name for row in table.steps.values() if row.enters in table.finals}

    assert ending == {name for end in ENDS for name in FIGURES[end].counts if name.startswith("case.")}


def test_every_step_that_a_figure_counts_stands_in_its_table():
    named = {name for figure in FIGURES.values() for name in (*figure.counts, *figure.undone)}

    assert {name for name in named if name.split(".")[0] in TABLES and name not in TABLES[name.split(".")[0]].steps} == set()


def test_figures_add_up_and_equal_a_recount_after_a_random_walk(app):
    dice = Random(4)  # noqa: S311 - the same every time
    for _ in range(6):
        walker = Walker(dice, Counter())
        for _ in range(20):
            walker.go()
        rollups.count(walker.made.at)
    rollups.count(walker.made.at)

    figures = counted()

    open_cases = db.session().scalar(select(func.count()).select_from(Case).where(Case.ended_at.is_(None)))
    assert balance(figures) == open_cases
    assert figures.get(CONCLUDED, 0) == figures.get("in-time", 0) + figures.get("overdue", 0) == figures.get("days", 0)
    assert wrong() == []
    for cut in rollups.CUTS:
        summed = select(func.sum(FigureCount.number)).where(FigureCount.cut == cut, FigureCount.figure == RECEIVED)
        assert db.session().scalar(summed) == figures[RECEIVED]


def test_counting_twice_changes_nothing(app):
    case = builders.a_case("performed")
    before = count(case)
    with unit_of_work() as session:
        session.add(CaseChange(id=uuid4(), case_id=case.id, at=case.at))

    again = count(case)

    assert again == before
    assert db.session().scalar(select(func.count()).select_from(CaseChange)) == 0


def test_what_was_not_counted_or_was_tampered_with_is_found_and_mended(app):
    case = builders.a_case("accepted")
    count(case)
    with unit_of_work() as session:
        session.execute(FigureCount.__table__.update().where(FigureCount.figure == RECEIVED).values(number=7))
    assert wrong()

    rollups.mend(case.at)
    rollups.count(case.at)

    assert wrong() == []
    assert counted() == {"received": 1, "accepted": 1}


def test_erasing_a_person_leaves_every_figure(app):
    case = builders.a_case("performed")
    before = count(case)

    with unit_of_work():
        persons.erase(case.people.tourist.person_id, case.at)
    rollups.mend(case.at)

    assert count(case) == before
    assert wrong() == []


def test_one_unit_of_work_leaves_one_row_of_work(app):
    case = builders.a_case("lodged")
    before = db.session().scalar(select(func.count()).select_from(CaseChange))

    case.take("case.accept", case.people.officer)

    assert db.session().scalar(select(func.count()).select_from(CaseChange)) == before + 1


# --- median


@pytest.mark.parametrize(
    ("days", "middle"),
    [({}, None), ({5: 1}, 5), ({5: 1, 8: 1}, 6.5), ({5: 2, 8: 1}, 5), ({1: 1, 5: 1, 9: 1}, 5), ({1: 2, 9: 2}, 5), ({3: 0, 4: 1}, 4)],
)
def test_the_median_is_exact(days, middle):
    assert sums.middle(days) == middle


# --- closed months


def close(case, month=OCTOBER):
    commands.close_month(month, by=case.people.head, at=case.at + timedelta(days=60))


def test_a_change_after_the_month_was_closed_is_a_revision_with_old_and_new(app):
    case = builders.a_case("performed")
    count(case)
    close(case)

    with unit_of_work() as session:
        session.get_one(Case, case.id).category = "visa"
        session.add(CaseChange(id=uuid4(), case_id=case.id, at=case.at))
    count(case)

    kept = db.session().scalars(select(FigureRevision).where(FigureRevision.figure == RECEIVED)).all()
    assert {(one.category, one.old, one.new) for one in kept} == {("itinerary", 1, 0), ("visa", 0, 1)}
    assert wrong() == []


def test_an_open_month_changes_without_revision(app):
    case = builders.a_case("accepted")
    count(case)

    case.take("case.withdraw", case.people.tourist, papers={"code_checked": True})
    count(case)

    assert db.session().scalars(select(FigureRevision)).all() == []


def test_a_month_is_closed_once_by_the_head_when_it_is_over_and_all_is_counted(app):
    case = builders.a_case("accepted")

    with pytest.raises(RefusedError, match="not counted yet"):
        close(case)
    count(case)
    with pytest.raises(RefusedError, match="not over"):
        commands.close_month(local_day(case.at).replace(day=1), by=case.people.head, at=case.at)
    close(case)
    with pytest.raises(RefusedError, match="closed already"):
        close(case)


# --- whose figures


def test_a_body_adds_up_its_own_and_those_below_it_in_its_territory(app):
    case = builders.a_case("lodged")
    below, beside = a_neighbour(case), a_neighbour(case, territory="320100", level="city")

    def seen(actor):
        return {row.id for row in sums.bodies_of(db.session(), actor)}

    assert {below.organisation_id, case.people.body} <= seen(case.people.officer)
    assert beside.organisation_id not in seen(case.people.officer)
    assert seen(below) == {below.organisation_id}


def test_the_sums_say_up_to_when_they_are(app):
    case = builders.a_case("lodged")
    assert sums.freshness(db.session()).waits == builders.AT

    count(case)

    assert sums.freshness(db.session()) == sums.Freshness(case.at, None)
    assert db.session().scalars(select(FigureState.counted_at)).one() == case.at
