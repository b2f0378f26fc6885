"""What only the tourist decides, by command and by page."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import TheCase, a_case
from tests.intake.conftest import Rows
from tests.intake.tourist import hidden
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.cases.errors import MovedOnError, UnmetNeedError
from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Event, Item, Place, Subject
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands.choices import (
    ChooseFor,
    SendSupplement,
    WithdrawComplaint,
    choose_for,
    send_supplement,
    withdraw_complaint,
)
from tourism_odr.people import links
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import Role


def version(subject_id: UUID) -> int:
    db.session.rollback()
    return db.session.get_one(Subject, subject_id).version


def returned() -> TheCase:
    case = a_case("lodged")
    case.take("case.return", case.people.officer)
    return case


def by_link(case: TheCase) -> Actor:
    return Actor(case.people.tourist.person_id, Role.TOURIST, link=True)


def test_a_supplement_gives_the_complaint_back_to_the_body(app: Flask) -> None:
    case = returned()

    send_supplement(
        SendSupplement(case.id, version(case.id), Words("The contract is attached.", "en")), by=case.people.tourist, at=now()
    )

    assert case.stage() == "lodged"
    texts = [item.kind for item in db.session.scalars(select(Item).join(Place, Place.id == Item.place_id).where(Place.kind == PlaceKind.FILE))]
    assert texts.count("statement") == 2


def test_what_is_meant_for_the_body_alone_never_lies_in_the_file(app: Flask) -> None:
    case = returned()

    send_supplement(
        SendSupplement(case.id, version(case.id), Words("My passport number", "en"), body_only=True), by=case.people.tourist, at=now()
    )

    places = db.session.scalars(select(Place.kind).join(Item, Item.place_id == Place.id).order_by(Item.at))
    assert list(places)[-1] == PlaceKind.TRIAGE


def test_a_supplement_on_an_old_version_is_refused_whole(app: Flask) -> None:
    case = returned()

    with pytest.raises(MovedOnError):
        send_supplement(SendSupplement(case.id, 0, Words("late", "en")), by=case.people.tourist, at=now())

    assert case.stage() == "returned"


def test_a_secret_link_alone_withdraws_nothing(app: Flask) -> None:
    case = a_case("lodged")

    with pytest.raises(UnmetNeedError):
        withdraw_complaint(WithdrawComplaint(case.id, version(case.id), "no-longer"), by=by_link(case), at=now())

    assert case.stage() == "lodged"


def test_withdrawing_ends_the_case_and_says_why(app: Flask) -> None:
    case = a_case("served")

    withdraw_complaint(
        WithdrawComplaint(case.id, version(case.id), "other-way", code_checked=True), by=by_link(case), at=now()
    )

    assert case.stage() == "withdrawn"
    assert case.stage(case.respondent) == "withdrawn"
    event = db.session.scalars(select(Event).where(Event.step == "case.withdraw")).first()
    assert event is not None
    assert event.facts["reason"] == "other-way"


def test_they_paid_counts_as_settled_by_the_parties(app: Flask) -> None:
    case = a_case("served")

    withdraw_complaint(
        WithdrawComplaint(case.id, version(case.id), "they-paid", code_checked=True), by=by_link(case), at=now()
    )

    assert case.stage(case.respondent) == "settled"
    assert case.stage() == "closed"


def test_an_invitation_is_chosen_for_one_respondent_alone(app: Flask) -> None:
    case = a_case("answered", mediation=False, respondents=2)
    before = case.stage(case.respondents[1])

    choose_for(
        ChooseFor(case.id, case.respondent, "respondent.invite", version(case.respondent)), by=case.people.tourist, at=now()
    )

    assert case.stage(case.respondent) == "invited"
    assert case.stage(case.respondents[1]) == before


def test_a_choice_that_another_took_first_is_refused(app: Flask) -> None:
    case = a_case("answered", mediation=False)
    seen = version(case.respondent)
    choose_for(ChooseFor(case.id, case.respondent, "respondent.invite", seen), by=case.people.tourist, at=now())

    with pytest.raises(MovedOnError):
        choose_for(ChooseFor(case.id, case.respondent, "respondent.invite", seen), by=case.people.tourist, at=now())


@pytest.fixture
def made(built: Flask) -> Callable[..., TheCase]:
    """A case made in a context of its own, so that no request shares it."""

    def make(stage: str, **more: object) -> TheCase:
        with built.app_context():
            return returned() if stage == "returned" else a_case(stage, **more)  # type: ignore[arg-type]  # passed through

    return make


@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
def test_the_pages_of_the_tourist_are_whole(client: PageClient, made: Callable[..., TheCase], locale: str) -> None:
    case = made("answered", mediation=False)
    sign_in(client, case.people.tourist, case.id)
    base = f"/{locale}/cases/{case.id}"

    found = [
        client.get(f"{base}/{page}").status_code
        for page in (
            "withdraw", "access", "contact", f"respondents/{case.respondent}/choose",
            f"respondents/{case.respondent}/invite", f"respondents/{case.respondent}/end", f"respondents/{case.respondent}/settled",
        )
    ]  # fmt: skip

    assert found == [200] * 7
    assert client.get(f"{base}/supplement").status_code == 409
    assert client.get(f"{base}/respondents/{case.respondent}/ask-reminder").status_code == 409


def test_the_printed_code_binds_on_the_page(built: Flask, client: PageClient, made: Callable[..., TheCase], rows: Rows) -> None:
    case = made("answered", mediation=False)
    with built.app_context(), unit_of_work():
        code = links.make_printed_code(case.people.tourist.person_id, case.id, now())  # type: ignore[arg-type]  # a person
    sign_in(client, case.people.tourist, case.id)
    address = f"/en/cases/{case.id}/respondents/{case.respondent}/end"
    form = hidden(client.get(address))

    without = client.post(address, data=form)
    answer = client.post(address, data={**form, "code": code.lower()})

    assert "Enter the code" in without.get_data(as_text=True)
    assert answer.headers["Location"].endswith(f"/en/cases/{case.id}")
    assert rows(select(Subject.stage).where(Subject.id == case.respondent)) == ["terminated"]


def test_the_supplement_is_sent_by_page_with_what_was_refused_said(client: PageClient, made: Callable[..., TheCase], rows: Rows) -> None:
    case = made("returned")
    sign_in(client, case.people.tourist, case.id)
    address = f"/en/cases/{case.id}/supplement"
    form = hidden(client.get(address))

    empty = client.post(address, data={**form, "readers": "everybody", "words": ""})
    sent = client.post(address, data={**form, "readers": "everybody", "words": "Here it is."})

    assert "Write what was missing" in empty.get_data(as_text=True)
    assert sent.status_code == 303
    assert rows(select(Subject.stage).where(Subject.id == case.id)) == ["lodged"]


def test_a_helper_reads_and_changes_nothing(client: PageClient, made: Callable[..., TheCase]) -> None:
    case = made("lodged")
    sign_in(client, case.people.tourist, case.id, read_only=True)

    assert client.get(f"/en/cases/{case.id}/withdraw").status_code == 404
    assert client.get(f"/en/cases/{case.id}/access").status_code == 404


def test_renewing_ends_the_old_link_and_shows_the_new_one(built: Flask, client: PageClient, made: Callable[..., TheCase]) -> None:
    case = made("lodged")
    with built.app_context(), unit_of_work():
        code = links.make_printed_code(case.people.tourist.person_id, case.id, now())  # type: ignore[arg-type]  # a person
    sign_in(client, case.people.tourist, case.id)
    address = f"/en/cases/{case.id}/access"
    form = hidden(client.get(address))

    answer = client.post(address, data={**form, "code": code})
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    lent = client.post(f"{address}/lend", data=hidden(client.get(address)))

    assert answer.headers["Location"].endswith("/access/new")
    assert code not in page
    assert re.search(r"/en/l/[\w-]{40,}", page)
    assert "shown only this once" in client.get(lent.headers["Location"]).get_data(as_text=True)


def test_nobody_else_finds_these_pages(client: PageClient, made: Callable[..., TheCase]) -> None:
    case, other = made("answered", mediation=False), made("lodged")
    sign_in(client, other.people.tourist, other.id)

    for page in ("withdraw", "access", "contact", f"respondents/{case.respondent}/choose", f"respondents/{case.respondent}/end"):
        assert client.get(f"/en/cases/{case.id}/{page}").status_code == 404
