"""Every page as each role that sees it: axe finds nothing, nothing scrolls sideways, the browser objects to nothing."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.languages.conftest import WHOLE
from tests.languages.looking import Looker
from tests.languages.visits import NOBODY, Crawler, Visit

Look = Callable[..., Looker]
FEWEST_VISITS = 300


# Endpoints that answer nobody in the crawl, and why.
NOT_REACHED = {
    "bare": "leads on to the reader's language",
    "intake.complain": "leads on to the first page that is not done",
    "mediation.room_door": "leads on to the room",
    "mediation.talk": "what was said is sent there; who opens it is led back to the room",
    "referral.papers_of_suit": "leads on to the page of the suit",
    "operations.ready": "says 503, as it should, because no test runs the jobs process",
}


def wrong_with(visit: Visit, looker: Looker, locale: str) -> list[str]:
    """Everything that is wrong with one page, with its name before."""
    wrong = [*looker.at(visit, locale), *looker.accessible(), *looker.fits()]
    return [f"{visit.role} at {visit.endpoint} ({locale}, {looker.width} px): {one}" for one in wrong]


def test_every_page_is_accessible_and_fits_a_narrow_screen(visits: list[Visit], look: Look) -> None:
    looker = look()

    wrong = [one for visit in visits for one in wrong_with(visit, looker, "zh-Hans")]

    assert wrong == []
    assert len(visits) >= FEWEST_VISITS


@pytest.mark.browser  # with the others, for whom the demo is loaded once
def test_somebody_reaches_every_page_of_the_url_map(crawler: Crawler, visits: list[Visit]) -> None:
    assert visits

    assert crawler.pages() - crawler.reached == set(NOT_REACHED)


@pytest.mark.proof
@pytest.mark.skipif(not WHOLE, reason="whole under make proofs")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_every_page_is_accessible_in_both_languages_at_both_widths(visits: list[Visit], look: Look, locale: str, width: int) -> None:
    looker = look(width)

    wrong = [one for visit in visits for one in wrong_with(visit, looker, locale)]

    print(f"axe: {len(visits)} pages by roles in {locale} at {width} px, {len(wrong)} faults")  # noqa: T201 - a proof prints its tally
    assert wrong == []


def test_a_fault_that_is_planted_is_found(filled: Flask, look: Look) -> None:
    looker = look()
    looker.at(Visit(NOBODY, "intake.start", "/en/", FlaskClient(filled)), "en")

    looker.page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', "
                         "'<img src=\"/favicon.ico\"><pre>' + 'wide'.repeat(200) + '</pre>')")  # fmt: skip

    assert any("image-alt" in one for one in looker.accessible())
    assert looker.fits() != []
