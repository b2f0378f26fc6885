"""Buttons find their page in the URL map."""

from uuid import uuid4

from flask import Flask

from tests.builders import a_case
from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.cases.models import Case, Subject
from tourism_odr.db import db
from tourism_odr.web.steps_map import actions_for, step_pages, step_url


def test_a_step_leads_to_the_page_that_takes_it(built: Flask) -> None:
    case_id = uuid4()

    with built.test_request_context("/en/"):
        address = step_url("case.write", case_id)

    assert address is not None
    assert address.endswith(f"/cases/{case_id}/write")


def test_a_step_of_the_clock_has_no_page(built: Flask) -> None:
    with built.test_request_context("/en/"):
        assert step_url("respondent.fall-silent", uuid4(), uuid4()) is None


def test_a_page_about_a_subject_is_named_only_with_its_subject(built: Flask) -> None:
    named = [name for name, page in step_pages(built).items() if page.by_subject]

    with built.test_request_context("/en/"):
        assert all(step_url(name, uuid4()) is None for name in named)
        assert all(step_url(name, uuid4(), uuid4()) for name in named)


def test_every_step_with_a_page_is_one_of_the_lifecycle(built: Flask) -> None:
    assert set(step_pages(built)) <= set(STEPS)


def test_the_actions_of_a_subject_are_those_open_to_its_reader(app: Flask) -> None:
    made = a_case("lodged")
    case, subject = db.session().get_one(Case, made.id), db.session().get_one(Subject, made.id)

    with app.test_request_context("/en/"):
        names = {action.step.name for action in actions_for(case, subject, made.people.officer)}
        others = actions_for(case, subject, made.people.mediator)

    assert "case.accept" in names
    assert others == []
