"""The road to the court in a real browser: the plaintiff on a phone, clerk and judge at their desks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Opens
from tests.journeys.roads import Road
from tests.journeys.test_filing import ADDRESS, terminated
from tests.journeys.test_filing import NUMBER as IDENTITY
from tests.journeys.test_in_the_browser import PHONE, TODAY
from tests.journeys.town import Town
from tests.journeys.window import Window
from tests.referral.courts import TheCourt, a_court

NUMBER, PHONE_NUMBER = "（2026）沪0106民初8812号", "13812345678"
NewBrowser = Callable[..., Any]


class Windows:
    """Plaintiff, clerk and judge; the mediation has failed already."""

    def __init__(self, town: Town, new_browser: NewBrowser, pictures: Path) -> None:
        self.road: Road = elsewhere(lambda: terminated(town))
        self.court: TheCourt = a_court(town)
        me = self.road.tourist
        elsewhere(lambda: self.road.open_case(me))  # their session is a new one after the days of mediation

        def at_work(actor: Any) -> Window:
            return Window(new_browser(), town.base, "zh-Hans", pictures).comes_in(town.app, actor)

        self.plaintiff = Window(new_browser(**PHONE), town.base, "en", pictures)
        self.plaintiff.context.add_cookies([
            {"name": one.decoded_key, "value": one.decoded_value, "url": town.base} for one in me.client._cookies.values()
        ])  # fmt: skip
        self.clerk, self.judge = at_work(self.court.clerk), at_work(self.court.judge)


def elsewhere(happens: Callable[[], Any]) -> Any:
    """What happens elsewhere: the browser's driver holds this thread's event loop, and sealing needs its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(happens).result()


@pytest.fixture
def people(open_town: Opens, new_browser: NewBrowser, artefacts: Path) -> Windows:
    """Opened on the morning of this day: the windows' cookies live by the machine's own clock."""
    (artefacts / "court").mkdir(exist_ok=True)
    return Windows(open_town(f"{TODAY} 09:00"), new_browser, artefacts / "court")


def test_a_suit_goes_from_a_phone_to_the_clerk_s_desk_and_to_the_judge(people: Windows) -> None:
    suit = prepares_the_papers(people)
    signs_and_submits(people)
    registers(people, suit)
    examines(people, suit)


def prepares_the_papers(people: Windows) -> str:
    plaintiff, case = people.plaintiff, people.road.tourist.case
    plaintiff.goes(f"/cases/{case}").follows("Other ways").keeps_picture("01-other-ways").follows("Prepare a suit")
    plaintiff.fills(court=people.court.id, arbitration="no", foreign="no").keeps_picture("02-prepare")
    plaintiff.presses("Prepare the papers").sees("Not signed yet").keeps_picture("03-papers")
    suit = plaintiff.page.url.rsplit("/", 1)[-1]
    plaintiff.follows("Read and correct Statement of claim").fills(identity=IDENTITY, address=ADDRESS, phone=PHONE_NUMBER)
    plaintiff.keeps_picture("04-claim").presses("Save").follows("Read and correct List of evidence")
    plaintiff.fills_all("purpose-", "The hotel was not the one promised").presses("Save")
    plaintiff.follows("Read and correct Confirmation of the service address")
    plaintiff.fills(address=ADDRESS, phone=PHONE_NUMBER, kept_up=True).presses("Save")
    return suit


def signs_and_submits(people: Windows) -> None:
    plaintiff, code = people.plaintiff, people.road.tourist.code
    for _paper in range(3):
        plaintiff.follows("Read and sign").fills(read=True, true=True, own=True, code=code).keeps_picture("05-sign").presses("Sign")
    plaintiff.follows("Answer both questions").fills(online_procedure="yes", online_service="yes", code=code)
    plaintiff.keeps_picture("06-questions").presses("Save my answers").follows("Check and submit")
    plaintiff.fills(checked=True, code=code).keeps_picture("07-submit").presses("Submit to the court")
    plaintiff.sees("With the court; not yet registered").keeps_picture("08-submitted")


def registers(people: Windows, suit: str) -> None:
    clerk, case = people.clerk, people.road.tourist.case
    clerk.goes("/court").sees("旅游合同纠纷").keeps_picture("09-court-desk").goes(f"/court/cases/{case}/suits/{suit}")
    clerk.sees("Statement of claim, signed").keeps_picture("10-package").follows("Register the suit")
    clerk.fills(number=NUMBER, procedure="summary", judge=str(people.court.judge.person_id)).keeps_picture("11-register").presses("Register the suit")
    clerk.sees("Registered by the court", NUMBER).keeps_picture("12-registered")


def examines(people: Windows, suit: str) -> None:
    judge, case = people.judge, people.road.tourist.case
    judge.goes(f"/court/cases/{case}/suits/{suit}").sees(NUMBER, "Record the judgment").keeps_picture("13-judge")
    judge.sees_not("Permit the withdrawal", "Entrust the case to mediation")
    people.plaintiff.goes(f"/cases/{case}/court/{suit}").sees("Registered by the court").sees_not("Consent to mediation under the court")
    people.plaintiff.keeps_picture("14-told-on-a-phone")
