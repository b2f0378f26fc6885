"""People without a phone: an office enters their complaint and their acts, and the record names both."""

import re
from datetime import date

from tests.journeys.conftest import Opens
from tests.journeys.person import Person
from tests.journeys.roads import AGENCY, Road
from tests.journeys.town import PASSES, Town, photo, says
from tourism_odr.clock import now
from tourism_odr.db import unit_of_work
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.roles import Role

OFFICE = "演示区消费者权益保护委员会"
CLERK, PERSON = "王芳", "Lin Xiaotong"
BOTH = f"{CLERK} ({OFFICE}) for {PERSON}"
STORY = "购物点不在行程单上，要求退款。"


def office(town: Town, name: str = OFFICE, rules: str = "cn-sh-council") -> dict[Role, Actor]:
    """A consumer council with a clerk, an officer, a head and a mediator."""
    made = {}
    with town.app.app_context(), unit_of_work():
        council = organisations.register_organisation(
            OrganisationKind.COUNCIL, name, at=now(), code=f"{name[:3]}消保", territory="310100", level="district",
            settings={"jurisdiction": rules} if rules else {},
        )  # fmt: skip
        for role, called in ((Role.COUNCIL, CLERK), (Role.OFFICER, "李敏"), (Role.HEAD, "陆主任"), (Role.MEDIATOR, "许平")):
            person = persons.create_person(locale="zh-Hans", at=now(), name=called)
            organisations.add_member(person, council, role, now())
            made[role] = Actor(person, role, council)
    return made


def complaint(**more: object) -> dict[str, object]:
    """What the clerk types on the one page."""
    return {
        "category": "shopping", "businesses": AGENCY, "market": "domestic", "story": STORY, "wants": ["refund"],
        "refund": "1,400", "mediation": "yes", "told": "no", "name": PERSON, "only_page": True, "served": "page", "sharing": True,
    } | more  # fmt: skip


def enters(clerk: Person, path: str = "body", basis: str = "body-agency", **more: object) -> None:
    """The clerk fills in the one page while the person stands there."""
    clerk.goes("/counter").follows("Enter a complaint")
    clerk.fills(channel="counter", path=path, basis=basis, read_back="退还购物款一千四百元。", confirmed=True, **complaint(**more))
    clerk.presses("Send the complaint").sees("The complaint is entered")


def taken_over(road: Road, clerk: Person) -> str:
    """Number, link and code from the page that shows them once; the road goes on with them."""
    road.tourist.number = re.findall(r"LY-\d{4}-\d{6}", clerk.words)[0]
    road.tourist.code, road.tourist.link = clerk.holds("new-code"), clerk.holds("new-link")
    road.tourist.comes_in = type(road.tourist).opens_the_link
    road.tourist.away = True
    clerk.follows("To the case at the counter")
    found = PASSES.search(clerk.address)
    assert found
    road.tourist.case = found.group(1)
    return road.tourist.case


def authorised(road: Road, clerk: Person, scopes: list[str], until: date, party: str = PERSON) -> None:
    """The person signs the slip of the authority; the clerk scans it."""
    clerk.goes(f"/counter/cases/{road.tourist.case}").follows("Record an authority")
    clerk.fills(party=party, scopes=scopes, until=until, shown="identity-card", paper=[(photo("blue"), "slip.jpg")])
    clerk.presses("Record the authority").sees("The authority is on record")


def sits(road: Road, clerk: Person, scopes: list[str], means: str = "phone", party: str = PERSON) -> Person:
    """The clerk notes how the person is with them, reads back, and acts for them from then on."""
    clerk.goes(f"/counter/cases/{road.tourist.case}").follows("Act for a party")
    clerk.fills(party=party, means=means, scopes=scopes, note="来电登记，已核对身份。", read_back="按您说的办理。", confirmed=True)
    if means == "paper":
        clerk.fills(scans=[(photo("green"), "paper.jpg")])
    return clerk.presses("Begin to act for them").sees(f"You act for {party}")


def stands_up(clerk: Person) -> Person:
    """The sitting ends."""
    return clerk.presses("End the sitting").sees("You no longer act for anybody.")


def test_a_person_without_a_phone_comes_to_an_agreement_through_the_counter(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    road = Road(town)
    clerk = town.somebody(office(town)[Role.COUNCIL])

    enters(clerk)
    slip = clerk.presses("Print the slip (PDF)").answer.data
    assert says(slip, "投诉登记凭条", PERSON)
    clerk.goes("/counter").follows("LY-2026")
    road.tourist.case = PASSES.search(clerk.address).group(1)  # type: ignore[union-attr]  # the link leads into the case
    clerk.sees("No authority is on record.", "演示市旅游质量监督所")
    road.tourist.number = re.findall(r"LY-\d{4}-\d{6}", clerk.words)[0]
    the_body_works(road)
    the_clerk_acts(town, road, clerk)
    it_is_signed_on_paper(town, road, clerk)


def the_body_works(road: Road) -> None:
    road.on_the_desk().sees("It is about a travel agency, its licence or its deposit", "退还购物款一千四百元。")
    road.accepted().served().opened().answered()


def the_clerk_acts(town: Town, road: Road, clerk: Person) -> None:
    clerk.goes(f"/counter/cases/{road.tourist.case}/sit").fills(
        party=PERSON, means="phone", scopes=["evidence"], note="来电", read_back="补充照片。", confirmed=True
    ).presses("Begin to act for them").sees("You hold no authority of this party that covers all of it.")
    authorised(road, clerk, ["evidence", "sign"], town.day(60))
    sits(road, clerk, ["evidence"]).sees(STORY)
    road.open_case(clerk).follows("Add files").fills(files=[(photo(), "receipt.jpg")]).presses("Add files")
    road.open_case(clerk).sees("receipt.jpg", BOTH)
    stands_up(clerk)
    road.open_case(road.handler).sees("receipt.jpg", BOTH)


def it_is_signed_on_paper(town: Town, road: Road, clerk: Person) -> None:
    road.seated().drafted(date(2026, 11, 10)).power_filed_and_checked()
    sits(road, clerk, ["sign"], means="paper")
    road.signs(clerk)
    road.open_case(clerk).sees(BOTH)
    stands_up(clerk)
    road.signs(road.handler)
    road.issued()
    road.open_case(road.handler).sees(BOTH)
    paper = road.open_case(clerk).reads_file("Mediation agreement") if "Mediation agreement" in clerk.words else b""
    assert not paper or says(paper, PERSON, CLERK)
