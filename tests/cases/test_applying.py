"""What a letter on the quality deposit must rest on, and that nothing ends an application but its own road."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import select

from tests import builders
from tests.builders import HOUR, TheCase
from tourism_odr.cases import items, steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Clock, Document, Evidence, Item, Party
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.people.refusal import RefusedError
from tourism_odr.referral.commands import applications

WEAK = "is not read in the official text"


def opened(made: TheCase, sort: str = "deposit") -> UUID:
    begin = applications.Begin(made.id, sort, made.respondent)
    return applications.open_application(begin, by=made.people.officer, at=made.at)


def letter(application: UUID, made: TheCase, **other) -> applications.Letter:
    plain = applications.Letter(
        application, 1, "文化和旅游局", "", None, "violation", "查证属实。", "", (), Decimal(100), "inquiry", local_day(made.at)
    )
    return replace(plain, **other)


def write(made: TheCase, said: applications.Letter) -> None:
    applications.write_letter(said, by=made.people.officer, at=made.at)


def test_a_missed_limit_of_a_weak_grade_carries_no_letter_and_one_of_statute_does(app):
    made = builders.a_case("served")
    builders.fall_silent(made)
    begun = opened(made)
    clock = select(Clock).where(Clock.subject_id == made.respondent, Clock.name == "answer")
    with unit_of_work() as session:
        session.scalars(clock).one().weak = True

    with pytest.raises(UnmetNeedError) as refused:
        write(made, letter(begun, made, rests_on="silence"))
    with unit_of_work() as session:
        session.scalars(clock).one().weak = False
    write(made, letter(begun, made, rests_on="silence"))

    assert WEAK in refused.value.message.id
    assert made.stage(begun) == "issued"


def test_a_ground_of_a_weak_grade_carries_no_letter(app):
    made = builders.a_case("accepted")

    with pytest.raises(UnmetNeedError) as refused:
        write(made, letter(opened(made), made, ground="mediation-failed"))

    assert WEAK in refused.value.message.id


def test_only_a_travel_agency_has_a_deposit(app):
    made = builders.a_case("accepted")
    with unit_of_work() as session:
        session.get_one(Party, made.respondent).kind = "hotel"

    with pytest.raises(UnmetNeedError):
        write(made, letter(opened(made), made))


def test_a_file_that_may_not_go_to_a_court_goes_along_with_no_letter(app):
    made = builders.a_case("mediation")
    hidden = [_file(made, kind, court=kind is PlaceKind.JOINT) for kind in (PlaceKind.FILE, PlaceKind.JOINT)]
    open_one = _file(made, PlaceKind.FILE, court=True)
    begun = opened(made, "enforcement")

    for item in hidden:
        with pytest.raises(NotYoursError):
            write(made, letter(begun, made, ground="shopping", files=(item,)))
    write(made, letter(begun, made, ground="shopping", files=(open_one,)))

    paper = db.session().scalars(select(Document).where(Document.kind == "enforcement-letter")).one()
    names = set(db.session().scalars(select(Evidence.name).where(Evidence.item_id == open_one)))
    assert {one["name"] for one in paper.data["files"]} == names


def _file(made: TheCase, kind: PlaceKind, *, court: bool) -> UUID:
    with unit_of_work() as session:
        steps.lock(session, made.id)
        stored = items.StoredFile("0" * 64, 3, "text", "text/plain", f"{kind}-{court}.txt", {})
        item: Item = items.add_item(
            session, made.place(kind), items.FILE, by=made.people.tourist, at=made.at, file=stored, court=court
        )
        return item.id


def test_each_sort_has_its_own_letter(app):
    made = builders.a_case("accepted")
    begun = opened(made, "enforcement")

    with pytest.raises(NotYoursError), unit_of_work():
        steps.take(begun, "application.write-deposit", by=made.people.officer, at=made.at, seen=1)


def test_a_second_application_of_the_sort_waits_for_the_end_of_the_first(app):
    made = builders.a_case("accepted")
    first = opened(made)

    with pytest.raises(RefusedError):
        opened(made)
    applications.decline(first, 1, "未查证。", by=made.people.officer, at=made.at)

    assert opened(made) != first


def test_before_the_complaint_is_decided_on_there_is_no_application(app):
    made = builders.a_case()

    with pytest.raises(UnmetNeedError):
        opened(made)


def test_neither_settlement_nor_withdrawal_ends_an_application(app):
    made = builders.a_case("accepted")
    begun = opened(made, "enforcement")

    made.take("case.withdraw", made.people.tourist)
    write(made, letter(begun, made, ground="other"))

    assert made.stage() == "withdrawn"
    assert made.stage(begun) == "issued"


def test_a_letter_that_somebody_else_has_issued_meanwhile_is_not_issued_twice(app):
    made = builders.a_case("accepted")
    begun = opened(made)
    write(made, letter(begun, made))
    made.at += HOUR

    with pytest.raises(MovedOnError):
        write(made, letter(begun, made))

    assert len(db.session().scalars(select(Document).where(Document.kind == "deposit-letter")).all()) == 1
