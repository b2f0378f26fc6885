"""Service, reminders, the counter and mediators through their pages."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask, g
from sqlalchemy import select

from tests.builders import TheCase, a_case, appoint
from tests.intake.officer import some_time_ago, submit
from tests.intake.tourist import photo
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.cases import steps
from tourism_odr.cases.models import Appointment, Notice, Party, Power, Service
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands import service
from tourism_odr.people import organisations
from tourism_odr.people.actor import THE_CLOCK

NewClient = Callable[[], PageClient]


@pytest.fixture(autouse=True)
def each_request_asks_anew_who_acts(built: Flask) -> None:
    """The context of a test stays open: neither who acted nor what was read before is kept for the next request."""

    def forget() -> None:
        for name in [name for name in g if name != "locale"]:
            g.pop(name)
        db.session.rollback()

    built.before_request(forget)


@pytest.fixture
def lodged(app: Flask) -> TheCase:
    """A complaint that waits for a decision, lodged less than a day ago."""
    return a_case(at=some_time_ago())


@pytest.fixture
def accepted(app: Flask) -> TheCase:
    """A complaint whose respondent waits to be served."""
    return a_case("accepted", at=some_time_ago())


def desk(case: TheCase, more: str = "") -> str:
    return f"/en/triage/cases/{case.id}{more}"


def officer(client: PageClient, case: TheCase) -> PageClient:
    sign_in(client, case.people.officer)
    return client


def test_the_letter_shows_the_proposed_date_with_its_grade_and_lets_the_officer_set_it(client: PageClient, accepted: TheCase) -> None:
    officer(client, accepted)
    page = client.get(desk(accepted, "/serve")).get_data(as_text=True)

    typed = {"answer_day-year": "2099", "answer_day-month": "3", "answer_day-day": "2", "method": "invitation"}
    answer = submit(client, desk(accepted, "/serve"), **typed)

    sent = db.session().scalars(select(Service)).one()
    assert "not seen in an official text" in page
    assert answer.status_code == 303
    assert (str(sent.answer_day), sent.basis) == ("2099-03-02", "officer")


def test_a_day_for_the_answer_that_has_passed_is_refused_beside_its_field(client: PageClient, accepted: TheCase) -> None:
    typed = {"answer_day-year": "2020", "answer_day-month": "3", "answer_day-day": "2", "method": "invitation"}

    page = submit(officer(client, accepted), desk(accepted, "/serve"), **typed).get_data(as_text=True)

    assert "The date for the answer must lie after today." in page
    assert 'value="2020"' in page


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ({"attempts": 3, "error": "refused"}, "The mail server did not take the message yet"),
        ({"status": "sent", "sent_at": now()}, "It counts as served only when it is opened."),
        ({"status": "sent", "sent_at": now(), "bounced_at": now()}, "The message came back"),
    ],
)
def test_the_desk_says_how_the_message_fares(client: PageClient, accepted: TheCase, status: dict[str, object], said: str) -> None:
    day = now().date().replace(year=2099, month=3, day=2)
    sent = service.send(
        service.SendService(accepted.id, accepted.respondent, None, day), by=accepted.people.officer, at=now()
    )
    with unit_of_work() as session:
        notice = session.get_one(Notice, session.get_one(Service, sent).notice_id)
        for name, value in status.items():
            setattr(notice, name, value)

    page = officer(client, accepted).get(desk(accepted)).get_data(as_text=True)

    assert said in page


def test_a_delivery_by_hand_needs_a_proof(client: PageClient, app: Flask) -> None:
    case = a_case("sent", at=some_time_ago())
    today = now().astimezone().date()
    typed = {
        "method": "hand", "delivered-year": str(today.year), "delivered-month": str(today.month), "delivered-day": str(today.day),
        "answer_day-year": "2099", "answer_day-month": "3", "answer_day-day": "2",
    }  # fmt: skip
    officer(client, case)
    address = desk(case, f"/services/{case.services[0]}/prove")

    without = submit(client, address, **typed).get_data(as_text=True)
    answer = submit(client, address, **typed, proof=(photo(), "receipt.jpg"))

    assert "Add the proof as one file" in without
    assert answer.status_code == 303
    assert case.stage(case.respondent) == "awaiting-answer"


def test_a_proof_that_is_no_document_is_refused_with_its_remedy(client: PageClient, app: Flask) -> None:
    case = a_case("sent", at=some_time_ago())
    today = now().astimezone().date()
    typed = {
        "method": "hand", "delivered-year": str(today.year), "delivered-month": str(today.month), "delivered-day": str(today.day),
        "answer_day-year": "2099", "answer_day-month": "3", "answer_day-day": "2",
    }  # fmt: skip

    page = submit(
        officer(client, case), desk(case, f"/services/{case.services[0]}/prove"), **typed, proof=(BytesIO(b"MZ" * 40), "run.exe")
    ).get_data(as_text=True)

    assert "run.exe" in page
    assert case.stage(case.respondent) == "awaiting-service"


def test_a_service_is_revoked_with_a_reason(client: PageClient, app: Flask) -> None:
    case = a_case("served", at=some_time_ago())

    answer = submit(officer(client, case), desk(case, f"/services/{case.services[0]}/revoke"), reason="信件退回")

    assert answer.status_code == 303
    assert case.stage(case.respondent) == "awaiting-service"


def test_a_silent_respondent_is_reminded(client: PageClient, app: Flask) -> None:
    case = a_case("served", at=some_time_ago())
    with unit_of_work():
        steps.take(case.respondent, "respondent.fall-silent", by=THE_CLOCK, at=now())
    typed = {"answer_day-year": "2099", "answer_day-month": "3", "answer_day-day": "2"}

    queue = officer(client, case).get("/en/triage?queue=silent").get_data(as_text=True)
    answer = submit(client, desk(case, f"/respondents/{case.respondent}/remind"), **typed)

    assert str(case.id) in queue
    assert answer.status_code == 303
    assert case.stage(case.respondent) == "reminded"


def test_new_secrets_are_shown_once(client: PageClient, lodged: TheCase) -> None:
    party = db.session().scalars(select(Party.id).where(Party.side == "complainant")).one()

    answer = submit(officer(client, lodged), desk(lodged, "/identify"), party=str(party), shown="passport")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "/en/l/" in page
    assert "They are shown this once." in page
    assert "/en/l/" not in client.get(desk(lodged, "/identify")).get_data(as_text=True)


def test_a_case_in_mediation_waits_for_its_mediator_until_one_is_asked(client: PageClient, app: Flask) -> None:
    case = a_case("mediation", at=some_time_ago())

    before = officer(client, case).get("/en/triage?queue=mediator").get_data(as_text=True)
    submit(client, desk(case, "/mediator"), mediator=str(case.people.mediator.person_id))
    after = client.get("/en/triage?queue=mediator").get_data(as_text=True)

    asked = db.session().scalars(select(Appointment.person_id)).one()
    assert (str(case.id) in before, str(case.id) in after) == (True, False)
    assert asked == case.people.mediator.person_id


def test_a_mediator_who_belongs_to_a_side_is_named_and_cannot_be_asked(client: PageClient, app: Flask) -> None:
    case = a_case("mediation", at=some_time_ago())
    with unit_of_work():
        person = case.people.mediator.person_id or UUID(int=0)
        organisations.add_member(person, case.people.agency, case.people.handler.role, case.at)

    page = officer(client, case).get(desk(case, "/mediator")).get_data(as_text=True)

    assert "Belongs to a side of this case" in page
    assert f'value="{case.people.mediator.person_id}"' not in page


def test_a_mediator_is_replaced_from_the_desk(client: PageClient, app: Flask) -> None:
    case = a_case("mediated", at=some_time_ago())

    answer = submit(officer(client, case), desk(case, f"/mediators/{case.appointment}/replace"), reason="party-objected")

    assert answer.status_code == 303
    assert case.stage(case.appointment) == "replaced"


def test_an_officer_who_was_asked_to_mediate_sees_no_such_case(client: PageClient, app: Flask) -> None:
    case = a_case("mediation", at=some_time_ago())
    appoint(case, case.people.head)
    sign_in(client, case.people.head)

    answer = client.get(desk(case))

    assert answer.status_code == 404


def test_a_filed_power_is_found_looked_at_and_checked(client: PageClient, app: Flask) -> None:
    case = a_case("served", at=some_time_ago())
    with unit_of_work() as session:
        person = case.people.handler.person_id or UUID(int=0)
        session.add(Power(id=UUID(int=9), case_id=case.id, party_id=case.respondent, person_id=person, kind="written-power",
                          scopes=["sign"], since=case.at))  # fmt: skip
    check = f"/en/cases/{case.id}/respondents/{case.respondent}/powers/{UUID(int=9)}/check"

    listed = officer(client, case).get(desk(case)).get_data(as_text=True)
    answer = submit(client, check, sound="yes")

    assert check in listed
    assert answer.status_code == 303
    assert db.session().get_one(Power, UUID(int=9), populate_existing=True).checked_at is not None
