"""More time: by whom, by how much and how often the law says, from the last day as it stands, and never too late."""

from datetime import date, datetime
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import HOUR, TheCase, a_case
from tests.cases.timing import DAY, answer, ask, begin, end, lay, the_clock
from tests.rulebooks.verifier import complaint
from tourism_odr.cases import steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Clock, ClockChange, Event, Filing, Notice, Party
from tourism_odr.cases.places import open_place
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import clocks
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import explain


@pytest.fixture
def made(app: Flask) -> TheCase:
    return a_case("mediated")


def notices(beginning: str) -> set[str]:
    found = db.session().scalars(select(Notice.template).where(Notice.template.startswith(beginning)))
    return set(found)


def test_with_the_last_consent_the_time_is_longer_from_its_last_day(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    before = the_clock(clock).day
    asked = ask(made, clock, made.people.mediator, at, count=20)

    answer(made, asked, made.people.tourist, at + HOUR)
    first = the_clock(clock).day
    answer(made, asked, made.people.handler, at + DAY)

    after = the_clock(clock)
    part = after.derivation["extensions"][0]
    assert (first, made.stage(asked)) == (before, "granted")
    assert (date.fromisoformat(part["unmoved_day"]) - before).days == 20
    assert [(said["side"], said["number"]) for said in part["consents"]] == [("complainant", 1), ("respondent", 1)]
    assert (part["count"], part["most"]) == (20, 30)
    assert complaint(after.derivation) is None
    assert any("Consented: complainant 1 on" in line for line in explain(after.derivation, "en"))
    change = db.session().scalars(select(ClockChange).where(ClockChange.clock_id == clock)).one()
    assert (change.cause, change.cause_id, change.new_day) == ("extension", asked, after.day)
    assert notices("extension/grant/") == {f"extension/grant/{role}" for role in ("tourist", "respondent", "mediator", "officer")}


def test_a_party_that_proposes_has_consented(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    asked = ask(made, clock, made.people.handler, at)

    answer(made, asked, made.people.tourist, at + HOUR)

    assert made.stage(asked) == "granted"


def test_one_side_that_declines_keeps_the_first_date(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    before = the_clock(clock).day
    asked = ask(made, clock, made.people.mediator, at)
    answer(made, asked, made.people.tourist, at + HOUR)

    answer(made, asked, made.people.handler, at + HOUR, "extension.decline")

    assert (made.stage(asked), the_clock(clock).day) == ("declined", before)
    with pytest.raises(MovedOnError):
        answer(made, asked, made.people.handler, at + 2 * HOUR)


def test_what_is_not_answered_by_all_in_time_lapses(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    before = the_clock(clock).day
    asked = ask(made, clock, made.people.mediator, at)
    answer(made, asked, made.people.tourist, at + HOUR)

    due = db.session().scalars(select(Clock.due_at).where(Clock.name == "extension-answer")).one()
    with pytest.raises(UnmetNeedError):
        answer(made, asked, made.people.handler, due)
    clocks.sweep(due)

    assert (made.stage(asked), the_clock(clock).day) == ("lapsed", before)
    with pytest.raises(MovedOnError):
        answer(made, asked, made.people.handler, due + HOUR)


def test_nobody_waits_for_consent_longer_than_the_time_itself(made: TheCase) -> None:
    clock = lay(made)
    limit = the_clock(clock)

    ask(made, clock, made.people.mediator, limit.due_at - 10 * HOUR)

    waits = db.session().scalars(select(Clock).where(Clock.name == "extension-answer")).one()
    assert (waits.day, waits.derivation["basis"]) == (limit.day, "time-limit")


def test_time_becomes_longer_only_as_often_as_the_law_says(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    asked = ask(made, clock, made.people.tourist, at)
    answer(made, asked, made.people.handler, at + HOUR)

    with pytest.raises(MovedOnError):
        ask(made, clock, made.people.mediator, at + DAY)


def test_while_one_proposal_waits_there_is_no_second(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    ask(made, clock, made.people.mediator, at)

    with pytest.raises(MovedOnError):
        ask(made, clock, made.people.tourist, at + HOUR)


def test_more_than_the_law_allows_or_nothing_is_refused(made: TheCase) -> None:
    clock = lay(made)

    for count in (-1, 0, 31, 10_000):
        with pytest.raises(RefusedError):
            ask(made, clock, made.people.mediator, made.at + DAY, count=count)


def test_after_its_end_no_time_becomes_longer(made: TheCase) -> None:
    clock = lay(made)

    with pytest.raises(MovedOnError):
        ask(made, clock, made.people.mediator, the_clock(clock).due_at)


def test_a_side_answers_once_and_only_for_itself(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    asked = ask(made, clock, made.people.mediator, at)
    answer(made, asked, made.people.tourist, at + HOUR)

    with pytest.raises(UnmetNeedError):
        answer(made, asked, made.people.tourist, at + 2 * HOUR)
    with pytest.raises(NotYoursError):
        answer(made, asked, made.people.mediator, at + 2 * HOUR)
    with pytest.raises(NotYoursError):
        answer(made, asked, a_case("mediated").people.handler, at + 2 * HOUR)


def test_who_came_by_link_binds_nobody_without_a_code(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    asked = ask(made, clock, made.people.mediator, at)
    by_link = Actor(made.people.tourist.person_id, Role.TOURIST, link=True)

    with pytest.raises(UnmetNeedError), unit_of_work():
        steps.take(asked, "extension.consent", by=by_link, at=at + HOUR, party_id=uuid4())


def test_a_proposal_is_taken_back_by_who_made_it(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    asked = ask(made, clock, made.people.mediator, at)

    with pytest.raises(NotYoursError):
        answer(made, asked, made.people.tourist, at + HOUR, "extension.withdraw")
    answer(made, asked, made.people.mediator, at + HOUR, "extension.withdraw")

    assert made.stage(asked) == "withdrawn"
    assert ask(made, clock, made.people.mediator, at + 2 * HOUR)


def test_a_proposal_is_over_when_its_time_has_ended(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    asked = ask(made, clock, made.people.mediator, at)
    with unit_of_work() as session:
        session.get_one(Clock, clock).status = "met"
    made.at = at

    made.take("case.withdraw", made.people.tourist, papers={"code_checked": True})

    assert made.stage(asked) == "lapsed"
    assert db.session().scalars(select(Clock.status).where(Clock.name == "extension-answer")).one() == "met"


def test_a_clock_that_the_law_never_makes_longer_is_not_offered(made: TheCase) -> None:
    national = db.session().scalars(select(Clock.id).where(Clock.case_id == made.id, Clock.name == "conclude-national")).one()

    with pytest.raises(MovedOnError):
        ask(made, national, made.people.mediator, made.at + DAY)


def test_the_clock_of_another_case_is_nobodys(made: TheCase) -> None:
    other = lay(a_case("mediated"))

    with pytest.raises(NotYoursError):
        ask(made, other, made.people.mediator, made.at + DAY)


def test_time_that_stands_still_may_become_longer_too(made: TheCase) -> None:
    clock, at = lay(made), made.at + DAY
    pause = begin(made, made.people.mediator, at)
    answer(made, ask(made, clock, made.people.tourist, at + HOUR), made.people.handler, at + 2 * HOUR)

    end(made, pause, made.people.mediator, at + DAY)

    told = the_clock(clock).derivation
    assert (len(told["pauses"]), len(told["extensions"]), the_clock(clock).status) == (1, 1, "running")
    assert complaint(told) is None


def test_a_court_that_may_decide_does_so_with_one_click_of_a_judge(made: TheCase) -> None:
    clock, judge = lay(made, "confirmation-decide-2011"), a_judge(made)
    before = the_clock(clock).day

    for who in (Actor(judge.person_id, Role.CLERK, judge.organisation_id), made.people.officer, made.people.tourist):
        with pytest.raises(MovedOnError):
            ask(made, clock, who, made.at + DAY, count=10)
    asked = ask(made, clock, judge, made.at + DAY, count=10)

    part = the_clock(clock).derivation["extensions"][0]
    assert made.stage(asked) == "granted"
    assert (part["by"], part["count"], "consents" in part) == ("court", 10, False)
    assert the_clock(clock).day > before
    assert notices("extension/order/") >= {"extension/order/tourist", "extension/order/respondent"}


def a_judge(made: TheCase) -> Actor:
    """Of a court on whose desk a suit of this case lies."""
    with unit_of_work() as session:
        court = organisations.register_organisation(OrganisationKind.COURT, "演示人民法院", at=made.at)
        person = persons.create_person(locale="zh-Hans", at=made.at, name="演示法官")
        organisations.add_member(person, court, Role.JUDGE, made.at)
        steps.lock(session, made.id)
        plaintiff = session.scalars(select(Party.id).where(Party.case_id == made.id, Party.side == "complainant")).one()
        suit = steps.begin(session, made.id, "filing", open_place(session, made.id, PlaceKind.COURT), made.at, desk=court)
        session.add(
            Filing(
                id=suit.id, case_id=made.id, court_id=court, plaintiff_id=plaintiff, respondents=[], basis="ended",
                venue="domicile", foreign=False, cause="旅游合同纠纷", currency="CNY", small_claim=False,
            )
        )  # fmt: skip
    return Actor(person, Role.JUDGE, court)


def test_of_two_last_consents_at_the_same_time_one_makes_it_longer_once(built: Flask) -> None:
    with built.app_context():
        made = a_case("mediated")
        clock, at = lay(made), made.at + DAY
        asked = ask(made, clock, made.people.mediator, at)
        answer(made, asked, made.people.tourist, at + HOUR)
        db.session.remove()
    start, said = Barrier(3), list[str]()

    def click() -> None:
        with built.app_context():
            start.wait()
            said.append(_tries(made, asked, at + 2 * HOUR))
            db.session.remove()

    threads = [Thread(target=click) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    with built.app_context():
        assert sorted(said)[-1] == "done"
        assert said.count("done") == 1
        assert len(the_clock(clock).derivation["extensions"]) == 1
        granted = select(Event.id).where(Event.subject_id == asked, Event.step == "extension.grant")
        assert len(set(db.session().scalars(granted))) == 1


def _tries(made: TheCase, asked: UUID, at: datetime) -> str:
    try:
        answer(made, asked, made.people.handler, at)
    except (MovedOnError, UnmetNeedError):
        return "another was first"
    return "done"
