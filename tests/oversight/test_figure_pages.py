"""The pages of figures: a number leads to as many cases and to what it means; tables come as CSV; late figures say so."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest

from tests import builders
from tests.oversight.test_figures import a_neighbour, hand_over
from tests.signing_in import sign_in
from tests.submitting import submit
from tourism_odr.clock import local_day, now
from tourism_odr.db import unit_of_work
from tourism_odr.figures import rollups
from tourism_odr.figures.table import FIGURES
from tourism_odr.oversight.queries.figures import BY, later
from tourism_odr.people.models import Organisation

BASE = "/en/supervision"
IN_ALL = re.compile(r"(\d+) in all")


def recent(stage="lodged", **more):
    return builders.a_case(stage, at=now() - timedelta(hours=12), **more)


@pytest.fixture
def case(app, client):
    """A concluded case of a body, counted, whose head looks."""
    made = recent("performed")
    recent("accepted", people=made.people)
    rollups.count(now())
    sign_in(client, made.people.head)
    return made


def table(response):
    assert response.mimetype == "text/csv"
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(response.data.decode("utf-8-sig"))))


def test_a_figure_leads_to_as_many_cases(case, client):
    sheet = {row[0]: row[-1] for row in table(client.get(f"{BASE}/figures.csv"))}

    for code in ("received", "accepted", "answered", "settled", "performed", "in-time"):
        page = client.get(f"{BASE}/figures/{code}/cases")
        assert IN_ALL.search(page.text)[1] == sheet[FIGURES[code].title]
        assert len(table(client.get(f"{BASE}/figures/{code}/cases.csv"))) - 1 == int(sheet[FIGURES[code].title])
        assert f"/supervision/figures/{code}/cases" in client.get(f"{BASE}/figures").text


def test_every_figure_has_a_page_that_defines_it_and_a_sheet_of_each_panel(case, client):
    for code, figure in FIGURES.items():
        page = client.get(f"{BASE}/figures/{code}")
        assert figure.title in page.text
        assert "The day that decides the month" in page.text
    for by in BY:
        assert client.get(f"{BASE}/figures/days.csv?by={by}").status_code == 200


def test_the_overview_draws_a_chart_with_the_same_as_a_table(case, client):
    page = client.get(BASE).text

    assert '<svg class="chart"' in page
    assert "Received and concluded, by month" in page
    for part in ("Success of mediation", "Median days", "Due soon or overdue", "Warnings", "Causes (2 cases)", "Whose turn it was"):
        assert part in page
    assert f"{BASE}/figures/received/cases" in page
    assert f'{BASE}/figures/received"' in page


def test_filters_stand_in_the_address_and_narrow_every_number(case, client):
    assert IN_ALL.search(client.get(f"{BASE}/figures/received/cases?category=itinerary&kind=agency").text)[1] == "2"
    assert "No case counts here" in client.get(f"{BASE}/figures/received/cases?category=visa").text
    every = "kind=agency&category=itinerary&channel=web&market=domestic"
    assert table(client.get(f"{BASE}/figures.csv?{every}"))[1][-1] == "2"
    assert table(client.get(f"{BASE}/figures/received.csv?by=month&{every}"))[1][-1] == "2"
    assert "No case counts here" in client.get(f"{BASE}/figures/received/cases?from=2020-01&to=2020-12").text
    assert client.get(f"{BASE}?from=never&to=2020-13").status_code == 200


def test_a_figure_says_how_many_of_its_cases_the_reader_does_not_read(app, client):
    case = recent("lodged")
    other = a_neighbour(case)
    hand_over(case, other)
    rollups.count(now())
    sign_in(client, case.people.officer)

    page = client.get(f"{BASE}/figures/received/cases")

    assert "2 more count here that you do not read" in page.text
    assert "LY-" not in page.text


def test_nobody_asks_for_the_figures_of_a_body_that_is_not_below_theirs(app, client):
    case = recent("lodged")
    other = a_neighbour(case)
    sign_in(client, other)

    assert client.get(f"{BASE}/figures?body={case.people.body}").status_code == 404
    assert client.get(f"{BASE}/figures?body={other.organisation_id}").status_code == 200


def test_no_cell_of_a_sheet_is_a_formula(app, client):
    case = recent("served")
    with unit_of_work() as session:
        session.get_one(Organisation, case.people.agency).name = '=HYPERLINK("http://evil.example")'
    sign_in(client, case.people.officer)

    rows = table(client.get("/zh-Hans/supervision/cases.csv"))

    assert rows[1][1].startswith("'=HYPERLINK")


def test_late_figures_say_so(app, client):
    case = recent("lodged")
    rollups.count(now() - timedelta(hours=1))
    sign_in(client, case.people.officer)
    assert "These figures are behind" in client.get(BASE).text

    rollups.count(now())

    assert "These figures are behind" not in client.get(BASE).text


def test_the_head_closes_a_month_and_the_officer_reads_that(app, client, new_client):
    case = builders.a_case("performed", at=now() - timedelta(days=70))
    rollups.count(now())
    month = f"{local_day(now() - timedelta(days=70)):%Y-%m}"
    officer = sign_in(new_client(), case.people.officer)
    sign_in(client, case.people.head)

    refused = submit(client, f"{BASE}/months", {"month": month})
    submit(client, f"{BASE}/months", {"month": month, "agree": "y"})

    assert "Tick the statement" in refused.text
    assert "沈所长" in officer.get(f"{BASE}/months").text
    assert officer.post(f"{BASE}/months", data={"month": month}).status_code in (400, 404)


def test_a_year_has_twelve_months():
    assert later(later(local_day(now()).replace(day=1), -12), 12) == local_day(now()).replace(day=1)


def test_the_sheet_of_all_figures_can_be_had_before_anything_was_counted(app, client):
    made = recent("lodged")
    sign_in(client, made.people.head)

    rows = table(client.get(f"{BASE}/figures.csv"))

    assert len(rows) > len(FIGURES)
