"""The main road in a real browser: four people, each at a window of their own, in their own language."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Opens
from tests.journeys.town import EVERYTHING, MINUTE, Town, photo
from tests.journeys.window import Window
from tourism_odr.clock import local_day, now
from tourism_odr.people.actor import Actor

AGENCY = "远山旅行社"
PHONE = {"locale": "en-GB", "width": 390, "has_touch": True, "is_mobile": True}
TODAY = local_day(now())  # the windows' cookies live by the machine's own clock, so the town opens today

NewBrowser = Callable[..., Any]


class Windows:
    """The four people of the main road."""

    def __init__(self, town: Town, new_browser: NewBrowser, pictures: Path) -> None:
        cast = town.cast
        self.town = town

        def at_work(actor: Actor) -> Window:
            return Window(new_browser(), town.base, "zh-Hans", pictures).comes_in(town.app, actor)

        self.tourist = Window(new_browser(**PHONE), town.base, "en", pictures)
        self.officer, self.handler, self.mediator = at_work(cast.officer), at_work(cast.handler), at_work(cast.mediator)
        self.code = self.number = ""

    @property
    def case(self) -> str:
        """The case, as the tourist's window shows it."""
        return self.tourist.case


@pytest.fixture
def town(open_town: Opens) -> Town:
    """Opened on the morning of this day."""
    return open_town(f"{TODAY} 09:00")


def lodges(tourist: Window) -> None:
    """The five pages with a photo, and the check page."""
    tourist.goes("/").keeps_picture("01-start").follows("Start a complaint")
    tourist.fills(category="service_downgrade").presses("Continue")
    tourist.fills(q=AGENCY).presses("Search the register").presses("Add").sees(AGENCY).presses("Continue")
    tourist.fills(order="YS-2026-77", travellers="2", fee="4400", market="domestic").presses("Continue")
    tourist.fills(story="The hotel was two classes lower than promised.")
    tourist.fills(files=("hotel.jpg", "image/jpeg", photo().getvalue())).sees("hotel.jpg")
    tourist.keeps_picture("02-story").presses("Continue")
    tourist.fills(wants=["refund"], refund="1,400", mediation="yes", told="no").presses("Continue")
    tourist.fills(name="Lin Xiaotong", email="xiaotong@tourist.example", phone="138 1234 5678")
    tourist.fills(language="English", served="contact").presses("Continue")
    tourist.sees("Check your answers", "The hotel was two classes lower than promised.", "hotel.jpg")
    tourist.keeps_picture("03-check").fills(sharing=True, sensitive=True, true=True).presses("Send complaint")
    tourist.sees("Your complaint is sent")


def test_four_people_bring_a_complaint_to_a_performed_agreement(
    town: Town, new_browser: NewBrowser, artefacts: Path
) -> None:
    people = Windows(town, new_browser, artefacts)

    lodges(people.tourist)
    saves_the_way_back(people)
    decides_and_serves(people)
    answers(people)
    takes_the_case_up(people)
    they_talk_live(people)
    they_talk_in_private(people)
    they_bargain(people)
    they_write_it_down(people)
    they_sign(people)
    they_pay(people)


def saves_the_way_back(people: Windows) -> None:
    tourist = people.tourist
    people.code = tourist.page.locator("#recovery-code").input_value()
    tourist.keeps_picture("04-sent").fills(saved=True).presses("Open my case").sees("hotel.jpg").keeps_picture("05-case")
    people.number = tourist.page.locator(".identity .num, .identity-bar .num, .num").first.inner_text()


def decides_and_serves(people: Windows) -> None:
    officer, desk = people.officer, f"/triage/cases/{people.case}"
    officer.goes("/triage").keeps_picture("06-triage").goes(desk).keeps_picture("07-desk")
    officer.follows("Accept").presses("Accept the complaint")
    officer.goes(desk).follows("Serve the complaint").fills(method="invitation").keeps_picture("08-serve")
    officer.presses("Issue and send the letter")
    officer.goes(desk).follows("Assign mediator").fills(mediator="顾清和").presses("Ask this mediator")
    people.town.jobs_run()
    officer.goes(desk).keeps_picture("09-served")


def answers(people: Windows) -> None:
    handler = people.handler
    handler.goes("/respond").keeps_picture("10-inbox").follows(AGENCY_CASE(people)).presses("Open the letter")
    handler.goes("/respond").follows(AGENCY_CASE(people)).follows("Write the answer").answers_all("stand-", "in-part")
    handler.fills(account="酒店满房，临时更换。", consent="yes").keeps_picture("11-answer").presses("Check the answer")
    handler.fills(true=True).presses("Send the answer")


def AGENCY_CASE(people: Windows) -> str:  # noqa: N802
    return people.number
