"""Binding clicks of who came by link: a code to the confirmed contact, or the printed one."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from tests.builders import TheCase, a_case
from tourism_odr.cases.models import Notice, Subject
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.people import links, mailing, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import DetailKind
from tourism_odr.web.codes import CodePart, code_checked, send_code

STEP = "case.withdraw"


@pytest.fixture
def made(app: Flask) -> Iterator[TheCase]:
    """A case whose tourist came by link and has a confirmed e-mail."""
    case = a_case("lodged")
    tourist = case.people.tourist
    case.people.tourist = Actor(tourist.person_id, tourist.role, link=True)
    assert tourist.person_id is not None
    with unit_of_work():
        persons.verify_contact(tourist.person_id, DetailKind.EMAIL, case.at)
    with app.test_request_context("/en/", method="POST"):
        yield case


def typed(code: str) -> CodePart:
    return CodePart(formdata=MultiDict({"code": code}), meta={"csrf": False})


def sent_code(made: TheCase) -> str:
    subject = db.session().get_one(Subject, made.id)
    send_code(made.people.tourist, subject, STEP, now())
    notice = db.session().scalars(select(Notice).where(Notice.template == "_other/code").order_by(Notice.created.desc())).first()
    assert notice is not None
    assert made.people.tourist.person_id is not None
    return mailing.open_from_outbox(made.people.tourist.person_id, notice.params["sealed_code"])


def test_the_code_that_was_sent_binds_once(made: TheCase) -> None:
    code = sent_code(made)

    first = code_checked(typed(code), made.people.tourist, STEP, made.id, now())
    second = code_checked(typed(code), made.people.tourist, STEP, made.id, now())

    assert (first, second) == (True, False)


def test_a_code_for_one_thing_does_not_bind_another(made: TheCase) -> None:
    code = sent_code(made)

    for_another_step = code_checked(typed(code), made.people.tourist, "respondent.settle", made.id, now())
    for_another_subject = code_checked(typed(code), made.people.tourist, STEP, made.respondent, now())
    for_another_text = code_checked(typed(code), made.people.tourist, STEP, made.id, now(), exact="abc")

    assert (for_another_step, for_another_subject, for_another_text) == (False, False, False)


def test_a_code_is_good_for_ten_minutes(made: TheCase) -> None:
    code = sent_code(made)

    late = code_checked(typed(code), made.people.tourist, STEP, made.id, now() + timedelta(minutes=11))

    assert not late


def test_the_printed_code_binds_as_well_and_again(made: TheCase) -> None:
    assert made.people.tourist.person_id is not None
    with unit_of_work():
        printed = links.make_printed_code(made.people.tourist.person_id, made.id, made.at)

    first = code_checked(typed(printed), made.people.tourist, STEP, made.id, now())
    again = code_checked(typed(printed.lower()), made.people.tourist, STEP, made.id, now())

    assert (first, again) == (True, True)


def test_nothing_typed_is_said_beside_the_field(made: TheCase) -> None:
    form = typed("")

    bound = code_checked(form, made.people.tourist, STEP, made.id, now())

    assert not bound
    assert form.code.errors


def test_guessing_ends_after_some_tries(made: TheCase) -> None:
    code = sent_code(made)
    for guess in range(10):
        code_checked(typed(f"{guess:06}"), made.people.tourist, STEP, made.id, now())

    right = code_checked(typed(code), made.people.tourist, STEP, made.id, now())

    assert not right


def test_no_code_goes_out_without_a_confirmed_contact(made: TheCase) -> None:
    assert made.people.tourist.person_id is not None
    with unit_of_work():
        persons.set_detail(made.people.tourist.person_id, DetailKind.EMAIL, "new@people.example", made.at)

    _, tone = send_code(made.people.tourist, db.session().get_one(Subject, made.id), STEP, now())

    assert tone == "error"
    assert db.session().scalars(select(Notice).where(Notice.template == "_other/code")).all() == []


def test_the_outbox_holds_no_code_in_clear(made: TheCase) -> None:
    code = sent_code(made)

    notice = db.session().scalars(select(Notice).where(Notice.template == "_other/code")).one()

    assert code not in str(notice.params)


def test_who_signed_in_with_two_factors_needs_no_code(made: TheCase) -> None:
    assert code_checked(typed(""), made.people.handler, STEP, made.id, now())
