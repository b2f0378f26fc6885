"""What the texts say of a case: one text for everybody, both ways where something is open, one where all agree."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import select

from tests.builders import give_power
from tests.mediation.room_world import World, world_at
from tests.pages import PageClient
from tourism_odr.amounts import Known, Situation, heads, ranges
from tourism_odr.amounts.texts import CONTRACTS, RESPONDENTS
from tourism_odr.cases.categories import CONTRACT_SAID, RESPONDENT_KINDS, TITLES, TRIP_SHEET
from tourism_odr.cases.models import Case, TripValue
from tourism_odr.db import db, unit_of_work


@pytest.fixture
def world(app: Flask, new_client: Callable[[], PageClient]) -> World:
    made = world_at(app, new_client)
    give_power(made.case, made.case.respondent, made.case.people.handler)
    return made


def of_kind(world: World, category: str) -> None:
    """The same case with another kind of complaint, the trip within mainland China."""
    db.session.rollback()
    with unit_of_work() as session:
        case = session.get_one(Case, world.case.id)
        case.category, case.market, case.currency = category, "domestic", "CNY"


def add(world: World, key: str, value: str) -> None:
    assert world.clients["mediator"].post(world.path("facts/add"), data={"key": key, "value": value}).status_code == 303


def say(world: World, who: str, key: str, stand: str) -> None:
    value = db.session.scalars(select(TripValue).where(TripValue.key == key).order_by(TripValue.at.desc())).first()
    assert value is not None
    sent = world.clients[who].post(world.path("facts/stand"), data={f"fact-{value.id.hex}": stand})
    assert sent.status_code == 303


def section(world: World, who: str, locale: str = "en") -> bytes:
    page = world.clients[who].get(f"/{locale}/cases/{world.case.id}/facts").get_data()
    start = page.index(b'<section class="stack" id="ranges"')
    return page[start : page.index(b"</section>", start)]


@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
def test_both_sides_mediator_and_officer_read_the_same_bytes(world: World, locale: str) -> None:
    of_kind(world, "cancelled_by_tourist")
    add(world, "fee", "6000")

    read = {who: section(world, who, locale) for who in ("tourist", "handler", "mediator", "officer")}

    assert len(set(read.values())) == 1
    assert b"0.00" in read["tourist"]


def test_what_is_open_shows_both_ways_and_what_all_agree_to_shows_one(world: World) -> None:
    of_kind(world, "forced_shopping")
    add(world, "forced-shopping", "2")
    before = section(world, "tourist").decode()
    for who in ("tourist", "handler"):
        say(world, who, "forced-shopping", "agree")

    after = section(world, "handler").decode()

    assert before.count("If it is so:") == 2
    assert before.count("If not:") == 2
    assert "All sides agree that this is so." in after
    assert after.count("If not:") == 1


def test_an_agreed_day_of_notice_and_an_agreed_contract_narrow_the_range(world: World) -> None:
    of_kind(world, "cancelled_by_agency")
    for key, value in (("from", "2026-05-10"), ("notice", "2026-05-05"), ("fee", "6000"), ("contract-model-2014", "clause 17")):
        add(world, key, value)
        for who in ("tourist", "handler"):
            say(world, who, key, "agree")

    text = section(world, "mediator").decode()

    assert "Besides the whole fee, the agency pays 10% of it: 600.00." in text
    assert "2011 standard" not in text


def test_a_day_of_notice_that_is_open_shows_what_follows_if_it_holds_and_if_not(world: World) -> None:
    of_kind(world, "cancelled_by_agency")
    for key, value in (("notice", "2026-09-26"), ("contract-model-2014", "clause 17")):
        add(world, key, value)
    for who in ("tourist", "handler"):
        say(world, who, "contract-model-2014", "agree")

    text = section(world, "tourist").decode()

    assert "<b>it came 5 days before departure:</b> <span class=\"num\">Besides the whole fee, the agency pays 10% of it: 648.00." in text
    assert "<b>it came on another day:</b> <span class=\"num\">Besides the whole fee, the agency pays 0 to 20% of it: 0.00 to 1,296.00." in text


def test_a_price_that_is_not_agreed_counts_from_the_lowest_to_the_highest(world: World) -> None:
    of_kind(world, "itinerary_change")
    add(world, "fee", "5,000 元")
    say(world, "handler", "fee", "deny")

    text = section(world, "tourist").decode()

    assert "1,250.00 to 1,620.00 in all." in text
    assert "The amounts on the trip sheet are not agreed by all" in text


def test_every_stand_is_open_to_every_key_and_every_key_has_its_title() -> None:
    assert {f"contract-{code}" for code in CONTRACTS} == set(CONTRACT_SAID)
    assert set(RESPONDENTS) == set(RESPONDENT_KINDS)
    assert set(heads()) <= set(TRIP_SHEET)
    assert {category for head in heads().values() for category in head.categories} <= set(TITLES)


def situation(**more: Any) -> Situation:
    facts: dict[str, Any] = {
        "jurisdiction": "cn-sh", "category": "forced_shopping", "market": "domestic", "currency": "CNY",
        "day": date(2026, 5, 1), "respondents": ("agency",), "amounts": {"fee": (Decimal(6000),)},
    }  # fmt: skip
    return Situation(**(facts | more))


def sentences(case: Situation) -> str:
    return " ".join(row.says.id % row.says.params if row.says.params else row.says.id for one in ranges(case) for row in one.rows)


def test_a_business_that_is_no_agency_gets_the_name_of_what_applies_instead_of_a_number() -> None:
    assert "article 71" in sentences(situation(respondents=("carrier",)))
    assert "for each time" not in sentences(situation(respondents=("hotel",)))


def test_beside_an_agency_another_business_is_named_what_applies_to_it() -> None:
    assert "article 71" in sentences(situation(respondents=("agency", "carrier")))
    assert "%" in sentences(situation(respondents=("agency", "carrier"), amounts={}))


def test_a_trip_before_the_standard_or_from_abroad_gets_no_number() -> None:
    assert "for each time" not in sentences(situation(day=date(2009, 5, 1)))
    assert "%" not in sentences(situation(category="cancelled_by_agency", market="inbound"))


def test_another_jurisdiction_gets_its_own_law_and_none_of_this() -> None:
    flight = situation(jurisdiction="eu-ie", category="itinerary_change", respondents=("carrier",), currency="EUR")

    assert ranges(situation(jurisdiction="eu-ie")) == ()
    assert "euros for each passenger" in sentences(flight)
    assert "binds the airline" in sentences(situation(jurisdiction="eu-ie", category="itinerary_change"))


def test_something_that_was_agreed_to_counts_its_times() -> None:
    happened = {"forced-shopping": Known(("3",), settled=True)}

    found = ranges(situation(happened=happened))[0]

    assert found.settled
    assert [row.says.params["sums"] for row in found.rows if row.cited] == ["3,600.00"]


def test_the_ranges_are_clean_in_a_browser_on_a_telephone_and_on_a_desk(
    world: World, server: str, new_browser: Callable[..., Any], artefacts: Path
) -> None:
    of_kind(world, "cancelled_by_tourist")
    add(world, "notice", "2026-09-26")
    kept = world.clients["tourist"].client._cookies.values()  # type: ignore[attr-defined]  # a test client shows its cookies nowhere else
    cookies = [{"name": one.decoded_key, "value": one.decoded_value, "url": server} for one in kept]
    for locale, width in (("zh-Hans", 390), ("en", 1280)):
        context = new_browser(width=width)
        context.add_cookies(cookies)
        page = context.new_page()

        page.goto(f"{server}/{locale}/cases/{world.case.id}/facts", wait_until="load")

        page.locator("#ranges").screenshot(path=artefacts / f"ranges-{locale}-{width}.png")
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
