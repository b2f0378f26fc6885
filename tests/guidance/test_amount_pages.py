"""The calculators on public pages: the same numbers as elsewhere, their steps and articles, and kind refusals."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.amounts.worked import amounts, dates
from tests.pages import PageClient
from tourism_odr.amounts import CALCULATORS
from tourism_odr.text import format_day


@pytest.fixture(autouse=True)
def forms_without_token(built: Flask) -> None:
    built.config["WTF_CSRF_ENABLED"] = False


def typed(name: str, given: dict[str, Any]) -> dict[str, str]:
    """The fields of a form as a browser sends them."""
    found: dict[str, str] = {}
    for key, value in given.items():
        if key == "on":
            found |= dict(zip((f"{key}-year", f"{key}-month", f"{key}-day"), str(value).split("-"), strict=True))
        elif value is not False:
            found[key] = "y" if value is True else str(value)
    return found


def send(client: PageClient, name: str, given: dict[str, Any], locale: str = "en") -> str:
    return client.post(f"/{locale}/amounts/{name}", data=typed(name, given)).get_data(as_text=True)


def words(expected: dict[str, Any]) -> list[str]:
    """How a page shows an answer."""
    shown = {"percent": "{}%", "eur": "{} euros", "track": "{}"}
    tracks = {"small_claims": "Small claims: one instance", "summary_or_ordinary": "Summary or ordinary procedure."}
    return [
        shown[key].format(tracks.get(value, value)) if key in shown else f"{float(value):,.2f}"
        for key, value in expected.items()
    ]


def test_the_pages_give_every_worked_amount(client: PageClient) -> None:
    wrong = [asked for asked, expected in amounts() if not shows(send(client, asked["calc"], rest(asked)), expected)]

    assert wrong == []


def rest(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name != "calc"}


def shows(page: str, expected: dict[str, Any]) -> bool:
    return 'id="result"' in page and all(one in page for one in words(expected))


def test_the_page_of_dates_gives_every_worked_date(client: PageClient) -> None:
    for asked, expected in dates():
        parts = dict(zip(("start-year", "start-month", "start-day"), asked["start"].split("-"), strict=True))

        page = client.post("/en/amounts/dates", data=parts | rest(asked)).get_data(as_text=True)

        if "due" in expected:
            assert f"It ends at 24:00 on {format_day(date.fromisoformat(expected['due']), 'en')}." in page
        assert ("Provisional:" in page) == expected["provisional"]


@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
def test_the_foot_of_every_page_leads_to_the_list_and_the_list_to_every_calculator(client: PageClient, locale: str) -> None:
    start = client.get(f"/{locale}/").get_data(as_text=True)
    listed = client.get(f"/{locale}/amounts").get_data(as_text=True)

    assert f'href="/{locale}/amounts"' in start
    for name in [*CALCULATORS, "dates"]:
        assert f'href="/{locale}/amounts/{name}"' in listed
        assert client.get(f"/{locale}/amounts/{name}").status_code == 200


def test_a_result_shows_steps_articles_grade_and_what_it_assumes(client: PageClient) -> None:
    page = send(client, "midtrip", {"market": "domestic", "fee": 6000, "days": 6, "done": 2})

    for said in ("3,600.00 + 800.00 = 4,400.00", "article 15", "model contract", "Assumed", "no promise"):
        assert said in page


def test_a_chinese_reader_gets_the_same_number_in_chinese(client: PageClient) -> None:
    page = send(client, "fraud", {"price": "166.67"}, "zh-Hans")

    assert "500.01" in page
    assert "第55条" in page


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("fraud", {"price": "much"}, "Enter an amount such as"),
        ("fraud", {"price": "0"}, "Enter an amount above 0."),
        ("fraud", {"price": ""}, "Fill this in."),
        ("fraud", {"price": "1e5"}, "Enter an amount such as"),
        ("midtrip", {"market": "domestic", "fee": 6000, "days": 6, "done": 7}, "7 days travelled are more"),
        ("midtrip", {"market": "mars", "fee": 6000, "days": 6, "done": 1}, "Select an answer."),
        ("eu261", {"km": "far"}, "Enter a number such as 2 or 2.5."),
        ("eu261", {"km": "0"}, "Enter a number from 1 up."),
        ("standard", {"item": "missed-sight", "fee": 6000}, "cannot be computed without this amount"),
        ("small-claims", {"province": "shanghai", "on": "2020-01-01", "amount": 5}, "No figure is known"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client: PageClient, name: str, given: dict[str, Any], said: str) -> None:
    page = send(client, name, given)

    assert said in page
    assert 'class="error-summary"' in page
    assert 'id="result"' not in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"contract": "model-2014"}, "its own table applies"),
        ({"contract": "own-terms"}, "Civil Code, article 585"),
        ({"respondent": "carrier"}, "Tourism Law, article 71"),
        ({"by": "tourist"}, "Tourism Law, article 65"),
        ({"day-year": "2009", "day-month": "5", "day-day": "1"}, "before, what was agreed applies"),
    ],
)
def test_where_the_standard_does_not_speak_the_basis_that_does_is_named_instead_of_a_number(
    client: PageClient, more: dict[str, str], said: str
) -> None:
    given = {"basis": "standard-2011", "market": "domestic", "by": "agency", "days_before": 7, "fee": 6000}

    page = client.post("/en/amounts/cancellation", data=given | more).get_data(as_text=True)

    assert said in page
    assert 'id="result"' not in page
