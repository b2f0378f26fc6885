"""A complaint through its pages, without any script."""

import re
from io import BytesIO

import pytest
from sqlalchemy import func, select

from tests.intake.conftest import Rows
from tests.intake.tourist import ANSWERS, fill, fill_all, hidden, photo, send
from tests.pages import PageClient
from tourism_odr.cases.models import (
    Case,
    ClaimElement,
    Consent,
    Evidence,
    ItemText,
    Party,
    Subject,
    TripValue,
)
from tourism_odr.intake.models import Draft, DraftFile

pytestmark = pytest.mark.usefixtures("bodies")


@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
def test_the_start_page_says_what_this_is_and_what_is_kept(client: PageClient, locale: str) -> None:
    page = client.get(f"/{locale}/").get_data(as_text=True)

    assert "tel:110" in page
    assert "tel:12345" in page
    assert f"/{locale}/complain/problem" in page


def test_a_complaint_goes_through_the_pages_into_a_case(client: PageClient, rows: Rows) -> None:
    fill_all(client)

    answer = send(client)

    case = rows(select(Case))[0]
    assert answer.headers["Location"].endswith("/en/complain/sent")
    assert rows(select(Subject.stage).where(Subject.id == case.id)) == ["lodged"]
    assert (case.category, case.market, case.travellers, str(case.claimed)) == ("service_downgrade", "domestic", 2, "1400.00")
    assert {row.key: row.value for row in rows(select(TripValue))}["order"] == "YS-2026-77"
    assert [row.kind for row in rows(select(ClaimElement))] == ["refund"]
    given = {row.kind: row.given for row in rows(select(Consent))}
    assert given == {"mediation": True, "sharing": True, "e-service": True, "e-service-contact": True}


def test_the_confirmation_shows_number_link_and_code_until_they_are_saved(client: PageClient, rows: Rows) -> None:
    fill_all(client)
    send(client)

    page = client.get("/en/complain/sent")

    html = page.get_data(as_text=True)
    number = rows(select(Case.number))[0]
    assert number in html
    assert "/en/l/" in html
    assert client.get("/en/complain/sent/link.svg").mimetype == "image/svg+xml"
    assert client.get("/en/complain/sent/recovery-code.pdf").data.startswith(b"%PDF")
    assert client.get("/en/complain/sent/dates.ics").mimetype == "text/calendar"


def test_nobody_leaves_the_confirmation_without_having_saved_the_way_back(client: PageClient, rows: Rows) -> None:
    fill_all(client)
    send(client)
    page = client.get("/en/complain/sent")

    refused = client.post("/en/complain/sent", data=hidden(page))
    left = client.post("/en/complain/sent", data={**hidden(page), "saved": "y"})

    case_id = rows(select(Case.id))[0]
    assert "Without one of them you cannot come back" in refused.get_data(as_text=True)
    assert left.headers["Location"].endswith(f"/en/cases/{case_id}")
    assert rows(select(func.count(Draft.id)))[0] == 0
    assert client.get("/en/complain/sent/link.svg").status_code == 404


def test_sending_twice_makes_one_case_with_one_link(client: PageClient, rows: Rows) -> None:
    fill_all(client)
    page = client.get("/en/complain/check")
    agreed = {**hidden(page), "sharing": "y", "true": "y"}

    client.post("/en/complain/check", data=agreed)
    first = client.get("/en/complain/sent").get_data(as_text=True)
    again = client.get("/en/complain/check")

    assert rows(select(func.count(Case.id)))[0] == 1
    assert again.status_code == 303
    assert client.get("/en/complain/sent").get_data(as_text=True).count("/en/l/") == first.count("/en/l/")


def test_without_consent_nothing_is_sent_and_nothing_is_lost(client: PageClient, rows: Rows) -> None:
    fill_all(client)
    page = client.get("/en/complain/check")

    answer = client.post("/en/complain/check", data=hidden(page))

    assert "without it nobody can work on it" in answer.get_data(as_text=True)
    assert rows(select(func.count(Case.id)))[0] == 0
    assert "two classes lower" in client.get("/en/complain/check").get_data(as_text=True)


@pytest.mark.parametrize(
    ("page", "changed", "said"),
    [
        ("problem", {"category": "nonsense"}, "Select what went wrong"),
        ("trip", {"first-month": "13"}, "Enter a real date"),
        ("trip", {"last-year": "2025"}, "before the first day"),
        ("trip", {"market": ""}, "Select where you travelled"),
        ("trip", {"fee": "-3"}, "Enter an amount such as"),
        ("story", {"story": " "}, "Say what happened"),
        ("wish", {"wants": ""}, "Select"),
        ("wish", {"refund": "0"}, "more than 0"),
        ("wish", {"told": "yes"}, "Say which office"),
        ("contact", {"phone": "12"}, "Enter a phone number"),
        ("contact", {"phone": "", "served": "page"}, "tick that you give none"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_kept(client: PageClient, page: str, changed: dict[str, str], said: str) -> None:
    for before in list(ANSWERS)[: list(ANSWERS).index(page)]:
        fill(client, before)

    answer = fill(client, page, **changed)

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "There is a problem" in html
    assert said in html
    if page == "contact":
        assert "Lin Xiaotong" in html


def test_one_may_say_that_one_does_not_know_who_is_responsible(client: PageClient) -> None:
    fill(client, "problem")

    answer = fill(client, "whom", named="", unknown="y")

    assert answer.headers["Location"].endswith("/en/complain/trip")


def test_the_register_is_searched_and_several_are_named(client: PageClient, bodies: tuple[object, object]) -> None:
    fill(client, "problem")
    form = hidden(client.get("/en/complain/whom"))

    found = client.post("/en/complain/whom", data={**form, "q": "云帆", "kind": "agency", "named": ""})
    added = client.post("/en/complain/whom", data={**hidden(found), "act": f"add:{bodies[1]}", "q": "", "kind": "agency"})
    also = client.post("/en/complain/whom", data={**hidden(added), "act": "other", "named": "Silk shop", "kind": "shop"})

    html = also.get_data(as_text=True)
    assert "浦江云帆国际旅行社有限公司" in found.get_data(as_text=True)
    assert "from the register" in html
    assert "Silk shop" in html


def test_the_code_printed_on_a_contract_names_the_agency(client: PageClient, bodies: tuple[object, object]) -> None:
    start = client.get("/en/s/L-SH-00001").get_data(as_text=True)
    form = hidden(client.get("/en/complain/problem?about=L-SH-00001"))

    client.post("/en/complain/problem", data={**form, "category": "visa"})

    assert "浦江云帆国际旅行社有限公司" in start
    assert "浦江云帆国际旅行社有限公司" in client.get("/en/complain/whom").get_data(as_text=True)
    assert client.get("/en/s/nobody").status_code == 404


def test_after_the_bar_other_ways_are_shown_and_one_may_go_on(client: PageClient) -> None:
    for page in ("problem", "whom"):
        fill(client, page)

    answer = fill(client, "trip", **{"first-year": "2025", "last-year": "2025"})
    page = client.get(answer.headers["Location"]).get_data(as_text=True)

    assert answer.headers["Location"].endswith("/complain/late")
    assert "suit" in page
    assert "/en/complain/story" in page


def test_a_refused_file_takes_no_other_with_it(client: PageClient, rows: Rows) -> None:
    for page in ("problem", "whom", "trip"):
        fill(client, page)
    form = {**hidden(client.get("/en/complain/story")), **ANSWERS["story"]}

    answer = client.post("/en/complain/story", data={**form, "files": [(photo(), "room.jpg"), (photo(), ""), (BytesIO(b"<html>"), "x.jpg")]})

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "room.jpg" in html
    assert "This type of file is not accepted." in html
    assert "two classes lower" in html
    assert rows(select(func.count(DraftFile.id)))[0] == 1


def test_photos_reach_the_case_and_are_seen_by_this_device_only(client: PageClient, rows: Rows, new_client: object) -> None:
    fill_all(client)
    token = hidden(client.get("/en/complain/story"))["csrf_token"]
    said = client.post("/en/complain/files", data={"csrf_token": token, "files": [(photo(), "room.jpg")]})
    file_id = rows(select(DraftFile.id))[0]
    shown = client.get(f"/en/complain/files/{file_id}")
    stranger = new_client().get(f"/en/complain/files/{file_id}")  # type: ignore[operator]  # a factory of clients

    send(client, sensitive="y")

    assert said.status_code == 200
    assert shown.mimetype == "image/webp"
    assert stranger.status_code == 404
    assert [row.name for row in rows(select(Evidence))] == ["room.jpg"]


def test_words_of_attack_stay_words(client: PageClient, rows: Rows) -> None:
    evil = '<script>alert(1)</script>{{7*7}}" onload="x'
    fill_all(client, whom={"named": evil}, story={"story": evil}, contact={"name": evil}, trip={"order": evil})

    html = client.get("/en/complain/check").get_data(as_text=True)
    send(client)

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert evil in rows(select(ItemText.body))
    assert evil in [row.typed_name for row in rows(select(Party))]


def test_switching_the_language_keeps_what_was_typed_and_saved(client: PageClient) -> None:
    fill(client, "problem")
    form = hidden(client.get("/en/complain/whom"))

    switched = client.post("/zh-Hans/complain/whom", data={**form, "named": "Half a na", "kind": "hotel", "switch": "zh-Hans"})

    assert "Half a na" in switched.get_data(as_text=True)
    assert 'lang="zh-Hans"' in switched.get_data(as_text=True)


@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
def test_we_propose_to_write_in_the_language_of_the_page(client: PageClient, locale: str) -> None:
    for page in list(ANSWERS)[:-1]:
        fill(client, page, locale)

    html = client.get(f"/{locale}/complain/contact").get_data(as_text=True)

    assert re.search(rf'<option[^>]*value="{locale}"[^>]* selected|<option[^>]* selected[^>]*value="{locale}"', html)


def test_a_page_that_nobody_reached_leads_back_to_the_first(client: PageClient) -> None:
    for page in list(ANSWERS)[1:]:
        assert client.get(f"/en/complain/{page}").headers["Location"].endswith("/en/complain/problem")

    assert client.get("/en/complain/sent").status_code == 303
    assert client.get("/en/complain/sent/recovery-code.pdf").status_code == 404


def test_a_file_that_the_pages_script_could_not_send_keeps_the_visitor_on_the_page_once(client: PageClient, bodies: object) -> None:
    fill_all(client)
    form = {**hidden(client.get("/en/complain/story")), **ANSWERS["story"]}

    stays = client.post("/en/complain/story", data={**form, "refused": "plan.exe", "reason": "This kind of file is not accepted."})
    goes_on = client.post("/en/complain/story", data={**hidden(stays), **ANSWERS["story"]})

    assert stays.status_code == 422
    assert all(words in stays.get_data(as_text=True) for words in ("plan.exe", "not accepted", "Some files were not added", ANSWERS["story"]["story"]))
    assert goes_on.status_code == 303
