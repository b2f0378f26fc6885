"""Triage through its pages, as officers and the head use them."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask, g
from sqlalchemy import select

from tests.builders import TheCase, a_case, case_row
from tests.intake.officer import another_body, letters, some_time_ago, submit, version
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.cases.models import Party, Subject
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands import transfers, triage
from tourism_odr.intake.commands.letters import Bilingual
from tourism_odr.people.models import Organisation

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


def test_the_queue_shows_what_waits_for_a_decision_with_the_days_left(client: PageClient, lodged: TheCase) -> None:
    page = officer(client, lodged).get("/en/triage").get_data(as_text=True)

    assert f"/en/triage/cases/{lodged.id}" in page
    assert "working day" in page or "Ends today" in page


def test_each_queue_says_so_when_it_is_empty(client: PageClient, accepted: TheCase) -> None:
    page = officer(client, accepted).get("/en/triage?queue=decide").get_data(as_text=True)

    assert "No complaint waits for a decision." in page


@pytest.mark.parametrize(("query", "shown"), [("q=远山", True), ("q=nowhere", False), ("category=visa", False), ("late=1", False)])
def test_the_address_narrows_the_queue(client: PageClient, lodged: TheCase, query: str, shown: bool) -> None:
    page = officer(client, lodged).get(f"/en/triage?queue=decide&{query}").get_data(as_text=True)

    assert (str(lodged.id) in page) is shown


@pytest.mark.parametrize("queue", ["decide", "returned", "approve", "serve", "silent", "mediator", "transfers"])
def test_a_queue_needs_few_statements_whatever_lies_in_it(
    client: PageClient, accepted: TheCase, statements: list[str], queue: str
) -> None:
    officer(client, accepted).get(f"/en/triage?queue={queue}")
    statements.clear()

    client.get(f"/en/triage?queue={queue}")

    assert len([s for s in statements if s.lstrip().upper().startswith(("SELECT", "UPDATE", "INSERT"))]) <= 6


def test_another_bodys_officer_meets_a_page_that_does_not_exist(client: PageClient, lodged: TheCase) -> None:
    sign_in(client, another_body(some_time_ago()))

    answers = [client.get(desk(lodged)).status_code, client.get(desk(lodged, "/accept")).status_code]

    assert answers == [404, 404]


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_the_case_on_the_desk_names_the_rules_of_the_day_of_receipt(client: PageClient, lodged: TheCase, locale: str) -> None:
    page = officer(client, lodged).get(f"/{locale}/triage/cases/{lodged.id}").get_data(as_text=True)

    assert "旅游投诉处理办法（文化和旅游部令第14号，2026）" in page
    assert "行程被改" in page


def test_the_trip_on_the_desk_is_said_in_the_readers_language(client: PageClient, lodged: TheCase) -> None:
    page = officer(client, lodged).get(desk(lodged)).get_data(as_text=True)

    for words in ("Within mainland China", "Thu 1 October 2026", "Mon 5 October 2026", "¥6,480", "YS-7731", "演示市", "Travellers"):
        assert words in page
    assert "2026-10-01" not in page


def test_an_officer_accepts(client: PageClient, lodged: TheCase) -> None:
    answer = submit(officer(client, lodged), desk(lodged, "/accept"))

    assert answer.status_code == 303
    assert lodged.stage() == "accepted"


def test_a_respondent_that_is_not_known_stops_acceptance_with_a_reason(client: PageClient, lodged: TheCase) -> None:
    with unit_of_work() as session:
        session.get_one(Party, lodged.respondent).organisation_id = None

    answer = submit(officer(client, lodged), desk(lodged, "/accept"))

    assert "Complete every respondent from the register first." in answer.get_data(as_text=True)
    assert lodged.stage() == "lodged"


def test_a_complaint_goes_back_with_its_list(client: PageClient, lodged: TheCase) -> None:
    answer = submit(officer(client, lodged), desk(lodged, "/return"), missing=["contract", "payment"], more="发票", more_en="Invoice")

    assert answer.status_code == 303
    assert letters(lodged, "triage")[1] == "The travel contract, booking or order\nProof of what you paid\nInvoice"


def test_a_return_that_names_nothing_says_what_to_do(client: PageClient, lodged: TheCase) -> None:
    answer = submit(officer(client, lodged), desk(lodged, "/return"))

    assert "Tick or write at least one thing that is missing." in answer.get_data(as_text=True)


def test_a_refusal_goes_from_the_officer_to_the_head(client: PageClient, new_client: NewClient, lodged: TheCase) -> None:
    submit(officer(client, lodged), desk(lodged, "/refusal"), ground="outside-remit", reason="不属本所职责")
    head = new_client()
    sign_in(head, lodged.people.head)

    refused_to_officer = client.get(desk(lodged, "/refusal/approve")).status_code
    read = head.get(desk(lodged, "/refusal/approve")).get_data(as_text=True)
    submit(head, desk(lodged, "/refusal/approve"))

    assert refused_to_officer == 404
    assert "不属本所职责" in read
    assert "Turn to the body that is responsible" in read
    assert lodged.stage() == "not-accepted"


def test_the_head_sends_a_refusal_back(client: PageClient, lodged: TheCase) -> None:
    command = triage.ProposeRefusal(lodged.id, version(lodged.id), "too-late", Bilingual("过期"))
    triage.propose_refusal(command, by=lodged.people.officer, at=now())
    sign_in(client, lodged.people.head)

    submit(client, desk(lodged, "/refusal/send-back"), reason="未过期")

    assert lodged.stage() == "lodged"


def test_a_version_that_is_old_loses_nothing_that_was_typed(client: PageClient, lodged: TheCase) -> None:
    typed = {"seen": "0", "ground": "too-late", "reason": "写了很久的理由"}

    answer = submit(officer(client, lodged), desk(lodged, "/refusal"), **typed)

    assert answer.status_code == 409
    assert "写了很久的理由" in answer.get_data(as_text=True)


def test_what_was_decided_meanwhile_answers_409(client: PageClient, accepted: TheCase) -> None:
    answer = officer(client, accepted).get(desk(accepted, "/return"))

    assert answer.status_code == 409


def test_a_transfer_to_the_outside_ends_the_case_here(client: PageClient, lodged: TheCase) -> None:
    typed = {"receiver": "市场监督管理局", "ground": "remit", "reason": "商品质量争议"}

    submit(officer(client, lodged), desk(lodged, "/transfer-out"), **typed)

    assert lodged.stage() == "transferred"


def test_the_other_body_reads_the_offer_and_takes_over(client: PageClient, new_client: NewClient, lodged: TheCase) -> None:
    other = another_body(some_time_ago())
    typed = {"body": str(other.organisation_id), "ground": "territory", "reason": "合同在邻区签订"}
    submit(officer(client, lodged), desk(lodged, "/transfer"), **typed)
    offered = db.session().scalars(select(Subject.id).where(Subject.kind == "transfer")).one()
    receiver = new_client()
    sign_in(receiver, other)

    queue = receiver.get("/en/triage?queue=transfers").get_data(as_text=True)
    read = receiver.get(desk(lodged, f"/transfers/{offered}")).get_data(as_text=True)
    answer = submit(receiver, desk(lodged, f"/transfers/{offered}"), answer="yes")

    assert f"/transfers/{offered}" in queue
    assert "合同在邻区签订" in read
    assert "行程被改" in read
    assert answer.status_code == 303
    assert client.get(desk(lodged)).status_code == 404


def test_the_superior_body_finds_what_it_has_to_designate(client: PageClient, lodged: TheCase) -> None:
    above, third = another_body(some_time_ago()), another_body(some_time_ago())
    with unit_of_work() as session:
        session.get_one(Organisation, lodged.people.body).level = "district"
        superior = session.get_one(Organisation, above.organisation_id)
        superior.level, superior.territory = "city", "310000"
    for _ in range(2):
        other = another_body(some_time_ago())
        command = transfers.OfferTransfer(lodged.id, None, other.organisation_id or UUID(int=0), "territory", Bilingual("邻区"))
        offered = transfers.offer_transfer(command, by=lodged.people.officer, at=now())
        no = transfers.ObjectToTransfer(lodged.id, offered, 1, Bilingual("不属本区"))
        transfers.object_to_transfer(no, by=other, at=now())
    sign_in(client, above)
    page = desk(lodged, f"/transfers/{offered}/designate")

    queue = client.get("/en/triage?queue=transfers").get_data(as_text=True)
    read = client.get(page).get_data(as_text=True)
    done = submit(client, page, body=str(third.organisation_id), reason="行程始于该区")

    assert page in queue
    assert "不属本区" in read
    assert done.status_code == 303
    assert case_row(lodged).body_id == third.organisation_id


def test_a_receiving_body_that_objects_says_why(client: PageClient, lodged: TheCase) -> None:
    other = another_body(some_time_ago())
    command = transfers.OfferTransfer(lodged.id, None, other.organisation_id or UUID(int=0), "territory", Bilingual("邻区"))
    offered = transfers.offer_transfer(command, by=lodged.people.officer, at=now())
    sign_in(client, other)

    answer = submit(client, desk(lodged, f"/transfers/{offered}"), answer="no")

    assert "Give the reason of the objection." in answer.get_data(as_text=True)


def test_a_respondent_is_searched_and_completed(client: PageClient, lodged: TheCase) -> None:
    with unit_of_work() as session:
        party = session.get_one(Party, lodged.respondent)
        party.organisation_id, party.typed_name = None, "远山"
    address = desk(lodged, f"/respondents/{lodged.respondent}")

    answer = submit(officer(client, lodged), address, operator=str(lodged.people.agency))

    assert answer.status_code == 303
    assert db.session().get_one(Party, lodged.respondent, populate_existing=True).organisation_id == lodged.people.agency


def test_an_operator_that_the_register_lacks_is_entered_with_its_source(client: PageClient, lodged: TheCase) -> None:
    address = desk(lodged, f"/respondents/{lodged.respondent}/enter")
    officer(client, lodged)

    without = submit(client, address, name="新旅行社").get_data(as_text=True)
    answer = submit(client, address, name="新旅行社", source="现场查验", email="a@new.example")

    assert "Say where this was found" in without
    assert answer.status_code == 303


def test_a_respondent_is_added_and_joined_to_another(client: PageClient, lodged: TheCase) -> None:
    submit(officer(client, lodged), desk(lodged, "/respondents/add"), name="远山（门店）", kind="branch")
    added = db.session().scalars(select(Party.id).where(Party.typed_name == "远山（门店）")).one()

    answer = submit(client, desk(lodged, f"/respondents/{added}/merge"), into=str(lodged.respondent))

    assert answer.status_code == 303
    assert lodged.stage(added) == "withdrawn"
