"""The page of deadlines: the same reasons for both sides, old beside new, and a tourist's own dates for them alone."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.builders import TheCase, a_case
from tests.casefile.conftest import Inside
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.casefile.queries.own_dates import own_dates
from tourism_odr.cases.models import Case, Clock, ClockChange
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import COMPLAINANT

NewClient = Callable[[], PageClient]
REASONS = re.compile(r'<ol class="steps-of-count">.*?</ol>', re.DOTALL)


def shown(client: PageClient, made: TheCase, who: Actor, locale: str = "en") -> str:
    sign_in(client, who, made.id if who.role in COMPLAINANT else None)
    answer = client.get(f"/{locale}/cases/{made.id}/deadlines")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
def test_both_sides_read_the_very_same_reasons(locale: str, new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "served", at=now() - timedelta(days=1))

    agency = REASONS.findall(shown(new_client(), made, made.people.handler, locale))
    tourist = REASONS.findall(shown(new_client(), made, made.people.tourist, locale))

    assert agency
    assert set(agency) <= set(tourist)


def test_a_tourist_sees_their_own_dates_and_an_agency_does_not(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "served", at=now() - timedelta(days=1))

    assert "Limitation of the claim in court" in shown(new_client(), made, made.people.tourist)
    assert "Limitation of the claim in court" not in shown(new_client(), made, made.people.handler)


def test_the_safe_date_of_a_tourist_is_the_one_that_the_law_has_not_moved(app: object) -> None:
    made = a_case("lodged", at=datetime(2026, 10, 9, 2, tzinfo=UTC))

    found = own_dates(db.session(), db.session().get_one(Case, made.id), date(2026, 10, 9))

    assert {one.rule.public: one.safe for one in found} == {
        "shopping.return": date(2026, 11, 4), "limitation.general": date(2029, 10, 1),
    }  # fmt: skip


def test_a_deadline_counted_again_shows_the_old_date_beside_the_new(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "lodged", at=now() - timedelta(days=1))
    inside(_moved, made)

    assert "Counted again on" in shown(new_client(), made, made.people.tourist)


def _moved(made: TheCase) -> None:
    with unit_of_work() as session:
        clock = session.scalars(select(Clock).where(Clock.case_id == made.id, Clock.name == "conclude-local")).one()
        session.add(
            ClockChange(
                clock_id=clock.id, case_id=made.id, at=now(), cause="calendar", cause_id=clock.id,
                old_day=clock.day - timedelta(days=1), new_day=clock.day, old={}, new=clock.derivation,
            )
        )  # fmt: skip
