"""The main road in a real browser: four people, each at a window of their own, in their own language."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Opens
from tests.journeys.town import EVERYTHING, Town, photo
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

    def meanwhile(self, happens: Callable[[], None]) -> None:
        """What happens elsewhere: the browser's driver holds this thread's event loop, and sealing needs its own."""
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(happens).result()

    @property
    def case(self) -> str:
        """The case, as the tourist's window shows it."""
        return self.tourist.case


@pytest.fixture
def town(open_town: Opens) -> Town:
    """Opened on the morning of this day."""
    return open_town(f"{TODAY} 09:00")


def lodges(tourist: Window, *, scripts: bool = True) -> None:
    """The five pages with a photo, and the check page."""
    tourist.goes("/").keeps_picture("01-start").follows("Start a complaint")
    tourist.fills(category="service_downgrade").presses("Continue")
    tourist.fills(q="Far Mountain").presses("Search the register").sees("Nothing was found in the register.")
    tourist.fills(named="Far Mountain Travel").presses("Add this name").sees("Far Mountain Travel").presses("Continue")
    tourist.fills(order="YS-2026-77", travellers="2", fee="4400", market="domestic").presses("Continue")
    tourist.fills(story="The hotel was two classes lower than promised.")
    tourist.fills(files=("hotel.jpg", "image/jpeg", photo().getvalue()))
    if scripts:
        tourist.sees("hotel.jpg")
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
    people.number = tourist.page.locator(".confirmation .num").inner_text()
    people.code = tourist.page.locator(".recovery-code").inner_text()
    tourist.keeps_picture("04-sent").fills(saved=True).presses("Open my case").sees("hotel.jpg").keeps_picture("05-case")


def decides_and_serves(people: Windows) -> None:
    officer, desk = people.officer, f"/triage/cases/{people.case}"
    officer.goes("/triage").keeps_picture("06-triage").goes(desk).follows("Complete from the register")
    officer.fills(q="远山").presses("Search").fills(operator=AGENCY).presses("This is the one")
    officer.goes(desk).keeps_picture("07-desk").follows("Accept").presses("Accept the complaint")
    officer.goes(desk).follows("Serve the complaint").fills(method="invitation").keeps_picture("08-serve")
    officer.presses("Issue and send the letter")
    officer.goes(desk).follows("Assign mediator").fills(mediator="顾清和").presses("Ask this mediator")
    people.meanwhile(people.town.jobs_run)
    officer.goes(desk).keeps_picture("09-served")


def answers(people: Windows) -> None:
    handler = people.handler
    handler.goes("/respond").keeps_picture("10-inbox").opens(people.number).presses("Open the letter")
    handler.goes("/respond").opens(people.number).follows("Write the answer").answers_all("stand-", "in-part")
    handler.fills(account="酒店满房，临时更换。", consent="yes").keeps_picture("11-answer").presses("Check the answer")
    handler.fills(true=True).presses("Send the answer")


def takes_the_case_up(people: Windows) -> None:
    mediator = people.mediator
    mediator.goes("/desk").keeps_picture("12-appointment").follows("Read and answer").fills(free=True, secret=True)
    mediator.presses("Accept the appointment").goes("/desk").keeps_picture("13-mediators-desk")


def room(people: Windows, who: Window, tab: str = "Joint room", **params: str) -> Window:
    """One of the places of the room."""
    return who.goes(f"/cases/{people.case}/room").follows(tab, **params)


def they_talk_live(people: Windows) -> None:
    everybody = people.tourist, people.handler, people.mediator
    for one in everybody:
        room(people, one)
        one.marks_the_page()

    people.mediator.fills(words="两位好，请各自说说最在意的是什么。").presses("Send")

    people.tourist.sees("两位好，请各自说说最在意的是什么。").was_not_loaded_again()
    people.handler.sees("两位好，请各自说说最在意的是什么。").was_not_loaded_again()
    people.tourist.fills(words="Only the price of the better hotel.").presses("Send")
    people.handler.sees("Only the price of the better hotel.").was_not_loaded_again()
    people.mediator.sees("Only the price of the better hotel.").keeps_picture("14-joint-room")
    people.tourist.keeps_picture("15-joint-room-on-a-phone")


def they_talk_in_private(people: Windows) -> None:
    mediator, tourist, handler = people.mediator, people.tourist, people.handler
    room(people, mediator, "Private with %(name)s", name="Lin Xiaotong").fills(words="您的底线是多少？")
    mediator.presses("Send in private").keeps_picture("16-caucus")
    room(people, tourist, "Private with the mediator").sees("您的底线是多少？").fills(words="I would take 1,200.")
    tourist.presses("Send in private").keeps_picture("17-caucus-on-a-phone")
    room(people, mediator, "Private with %(name)s", name=AGENCY).fills(words="公司能付多少？").presses("Send in private")
    room(people, handler, "Private with the mediator").sees("公司能付多少？").sees_not("I would take 1,200.")
    handler.fills(words="最多一千三。").presses("Send in private").sees("最多一千三。")
    room(people, tourist).sees_not("最多一千三。", "公司能付多少？")


def they_bargain(people: Windows) -> None:
    tourist, handler = people.tourist, people.handler
    room(people, handler).follows("Make an offer").fills(amount="1200", words="退还房费差价1200元，一次付清。")
    handler.presses("Make an offer").sees("退还房费差价1200元，一次付清。").keeps_picture("18-offer")
    room(people, tourist).follows("Accept…").fills(read=True, binds=True, code=people.code).keeps_picture("19-accept")
    tourist.presses("Accept the offer").sees("Take it back")
    people.meanwhile(lambda: people.town.waits(minutes=11))
    room(people, people.mediator).keeps_picture("20-accepted")


def they_write_it_down(people: Windows) -> None:
    mediator, day = people.mediator, TODAY + timedelta(days=20)
    mediator.goes(f"/cases/{people.case}/agreements").follows("Draft an agreement").fills(respondents=AGENCY).presses("Begin")
    mediator.follows("Change").fills(
        payer=AGENCY, payee="Lin Xiaotong", amount="1200", day=day, method="bank-transfer",
        default="逾期按日万分之五付违约金。", text="退还房费差价。",
    )  # fmt: skip
    mediator.presses("Save the clause").keeps_picture("21-draft")
    mediator.follows("Check and send").presses("Send for signature")


def they_sign(people: Windows) -> None:
    handler, mediator, case = people.handler, people.mediator, people.case
    handler.goes(f"/cases/{case}").follows("File a power").fills(
        kind="written-power", scopes=EVERYTHING, paper=("power.jpg", "image/jpeg", photo("blue").getvalue())
    )
    handler.presses("File the power")
    mediator.goes(f"/cases/{case}").follows("Check the power").follows("Check the power").fills(sound="yes").presses("Record the check")
    for who, code in ((people.tourist, {"code": people.code}), (handler, {})):
        who.goes(f"/cases/{case}/agreements").follows("Mediated agreement").follows("Read and sign")
        who.fills(read=True, free=True, binds=True, effect=True, **code).keeps_picture(f"22-sign-{who.locale}").presses("Sign")
    people.meanwhile(people.town.jobs_run)
    handler.goes(f"/cases/{case}/agreements").follows("Mediated agreement").sees("Signed; to be performed")


def they_pay(people: Windows) -> None:
    tourist, handler, payments = people.tourist, people.handler, f"/cases/{people.case}/payments"
    handler.goes(payments).follows("Report the payment").fills(files=("transfer.jpg", "image/jpeg", photo("green").getvalue()))
    handler.presses("Report the payment")
    tourist.goes(payments).sees("Reported as paid").keeps_picture("23-reported").follows("The money has come")
    tourist.presses("Confirm the payment")
    tourist.goes(f"/cases/{people.case}").sees("The agreement was performed", "Closed").keeps_picture("24-performed")


def test_a_complaint_is_lodged_in_a_browser_without_scripts(town: Town, new_browser: NewBrowser, artefacts: Path) -> None:
    tourist = Window(new_browser(**PHONE, java_script_enabled=False), town.base, "en", artefacts / "no-script")

    lodges(tourist, scripts=False)

    tourist.fills(saved=True).presses("Open my case").sees("hotel.jpg")
