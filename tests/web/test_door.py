"""The door to a case: whoever may not see it meets nothing, whoever comes too late is told so."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tourism_odr.cases.models import Case, Member, Place, Subject
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import Role
from tourism_odr.web.door import Entry, open_door
from tourism_odr.web.policy import Policy

AT = datetime(2026, 9, 28, 3, 0, tzinfo=UTC)
READ = Policy("case")


@pytest.fixture
def body(app: Flask) -> UUID:
    """A supervising body."""
    with unit_of_work() as session:
        body = Organisation(kind="body", name="临江区旅游质监所", created=AT)
        session.add(body)
        session.flush()
        return body.id


@pytest.fixture
def case_id(app: Flask, body: UUID) -> UUID:
    """A case in the first stage from which officers act, read by its body's officers."""
    with unit_of_work() as session:
        case = Case(
            number="LY-2026-000001", body_id=body, jurisdiction="cn-sh", category="refund", market="domestic",
            channel="web", received_at=AT, locale="en", currency="CNY", travellers=1, moved=AT,
        )  # fmt: skip
        session.add(case)
        session.flush()
        place = Place(case_id=case.id, kind="triage")
        session.add(place)
        session.flush()
        session.add(
            Subject(
                id=case.id,
                case_id=case.id,
                kind="case",
                place_id=place.id,
                stage="lodged",
                version=1,
                created=AT,
            )
        )
        session.add(
            Member(place_id=place.id, case_id=case.id, principal_id=body, role="duty-officer", since=AT)
        )
        return case.id


def officer(body: UUID) -> Actor:
    """Somebody on duty at the body."""
    return Actor(uuid4(), Role.OFFICER, body)


def opened(actor: Actor, case_id: UUID, policy: Policy) -> Entry | None:
    """The door, asked for the case itself."""
    return open_door(actor, case_id, None, policy)


def test_an_officer_of_the_body_enters(case_id: UUID, body: UUID) -> None:
    entry = opened(officer(body), case_id, READ)

    assert entry is not None
    assert entry.case.id == entry.subject.id == case_id


def test_an_officer_of_another_body_meets_nothing(case_id: UUID) -> None:
    assert opened(officer(uuid4()), case_id, READ) is None


def test_a_case_that_does_not_exist_is_met_like_one_that_is_not_yours(app: Flask, body: UUID) -> None:
    assert opened(officer(body), uuid4(), READ) is None


def test_a_page_for_mediators_does_not_exist_for_officers(case_id: UUID, body: UUID) -> None:
    assert opened(officer(body), case_id, Policy("case", frozenset({Role.MEDIATOR}))) is None


def test_a_step_of_the_role_is_open_in_its_stage(case_id: UUID, body: UUID) -> None:
    entry = opened(officer(body), case_id, Policy("step", steps=("case.accept",)))

    assert entry is not None
    assert not entry.moved_on


def test_a_step_whose_stage_has_passed_is_said_to_have_moved_on(case_id: UUID, body: UUID) -> None:
    with unit_of_work() as session:
        session.get_one(Subject, case_id).stage = "accepted"

    entry = opened(officer(body), case_id, Policy("step", steps=("case.accept",)))

    assert entry is not None
    assert entry.moved_on


def test_a_step_that_is_never_the_role_s_has_no_page(case_id: UUID, body: UUID) -> None:
    assert opened(officer(body), case_id, Policy("step", steps=("offer.accept",))) is None


def test_a_subject_of_another_case_has_no_page_here(case_id: UUID, body: UUID) -> None:
    assert open_door(officer(body), case_id, uuid4(), READ) is None
