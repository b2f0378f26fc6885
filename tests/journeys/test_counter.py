"""People without a phone: an office enters their complaint and their acts, and the record names both."""

import re
from datetime import date
from io import BytesIO

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


def test_a_consumer_council_mediates_by_its_own_clock_and_documents(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    staff = office(town)
    clerk = town.somebody(staff[Role.COUNCIL])
    road = at_the_council(town, staff)

    enters(clerk, path="council", basis="council-near")
    taken_over(road, clerk)
    road.open_case(road.tourist).sees("由消保委调解" if road.tourist.base.endswith("zh-Hans") else "Decision of the council whether it mediates")
    road.on_the_desk().sees("The business is near and known to the council").sees_not("Offer to another body of this service")
    road.accepted()
    road.open_case(road.tourist).sees("60 calendar days by Shanghai Consumer Protection Ordinance", "Fri 11 December 2026").sees_not("45 calendar days")
    assert says(road.tourist.reads_file("Notice that the consumer council mediates"), "消费者投诉受理通知书", OFFICE, "消保受字〔2026〕1号")
    road.served().opened().answered().seated("许平")
    road.drafted(date(2026, 11, 10)).power_filed_and_checked()
    road.signs(road.tourist)
    road.signs(road.handler)
    road.issued()
    road.tourist.goes(f"/cases/{road.tourist.case}/agreements").follows("Mediated agreement")
    paper = road.tourist.reads_file("(PDF)")
    assert says(paper, "消费争议调解协议书", OFFICE, "消保调字〔2026〕1号")


def at_the_council(town: Town, staff: dict[Role, Actor]) -> Road:
    """The same road, with the council's own people on its desks."""
    road = Road(town)
    road.officer, road.head = town.somebody(staff[Role.OFFICER]), town.somebody(staff[Role.HEAD])
    road.mediator = town.somebody(staff[Role.MEDIATOR])
    return road


def test_an_authority_reaches_as_far_as_it_says_and_no_further(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    road = Road(town)
    staff = office(town)
    clerk, colleague = town.somebody(staff[Role.COUNCIL]), town.somebody(office(town, "邻区消费者权益保护委员会")[Role.COUNCIL])
    enters(clerk)
    taken_over(road, clerk)
    case = road.tourist.case

    colleague.goes(f"/counter/cases/{case}", expect=404).goes(f"/cases/{case}", expect=404)
    colleague.goes("/counter?of=all").sees("No case yet.")
    authorised(road, clerk, ["evidence", "withdraw"], town.day(30))
    road.open_case(road.tourist).follows("Who may act for me at a counter").sees(CLERK, "Withdraw the complaint")
    sits(road, clerk, ["evidence"])
    clerk.goes("/counter", expect=404).goes("/me", expect=404)
    clerk.goes(f"/cases/{case}/withdraw").fills(reason="no-longer").presses("Withdraw the complaint", expect=422)
    clerk.sees("This was not read back: “Withdraw the complaint”.")
    stands_up(clerk)

    road.tourist.goes(f"/cases/{case}/authorities").presses("End this authority").sees("Ended")
    clerk.goes(f"/counter/cases/{case}").sees("No authority is on record.")
    clerk.follows("Act for a party").fills(
        party=PERSON, means="desk", scopes=["evidence"], note="在场", read_back="补充。", confirmed=True
    ).presses("Begin to act for them", expect=422).sees("You hold no authority of this party")


def test_an_authority_that_ends_during_a_sitting_ends_the_sitting(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    road = Road(town)
    clerk = town.somebody(office(town)[Role.COUNCIL])
    enters(clerk)
    taken_over(road, clerk)
    authorised(road, clerk, ["evidence"], town.day(30))
    sits(road, clerk, ["evidence"])

    road.tourist.goes(f"/cases/{road.tourist.case}/authorities").presses("End this authority")

    road.open_case(clerk).sees_not("You act for").sees("Consumer council clerk")


def test_an_officer_enters_the_answer_that_a_respondent_sent_on_paper(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    road = Road(town).lodged().accepted().served().opened()
    officer = road.officer

    road.on_the_desk().follows("Act for a party, or renew link and code")
    sits(road, officer, ["answer"], means="paper", party=AGENCY)
    officer.goes(f"/cases/{road.tourist.case}").follows("Send the answer")
    officer.answers_all("stand-", "in-part").fills(account="Paper says: rooms were full.", consent="yes").presses("Check the answer")
    officer.fills(true=True).presses("Send the answer")
    officer.goes("/desk", expect=404)
    stands_up(officer)

    road.open_case(road.tourist).sees("Paper says: rooms were full.", "高原 (Demo Tourism Quality Institute (演示市旅游质量监督所)) for 远山旅行社")


def test_a_complaint_sent_twice_from_the_counter_is_entered_once(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    clerk = town.somebody(office(town)[Role.COUNCIL])
    clerk.goes("/counter").follows("Enter a complaint")
    page, typed = clerk.tree, complaint(
        channel="phone", path="body", basis="body-wished", read_back="退款。", confirmed=True
    )
    clerk.fills(**typed).presses("Send the complaint").sees("The complaint is entered")
    address = "/en/counter/enter"

    clerk.tree, clerk.address = page, address
    clerk.fills(**typed).presses("Send the complaint").sees("For whom you may act")

    clerk.goes("/counter").sees("1 in all")


def test_a_hotline_gets_its_replies_on_acceptance_and_on_conclusion(open_town: Opens) -> None:
    town = open_town("2026-10-14 09:00")
    road = Road(town)
    officer = road.officer

    officer.goes("/counter/entries").follows("Enter a matter").fills(**hotline("20261012-77"))
    officer.presses("Enter it").sees("The complaint is entered")
    taken_over(road, officer)
    officer.sees("Government hotline 12345", "20261012-77", "Waiting for the decision on the complaint")
    road.open_case(officer).sees("received, Tue 13 October 2026 10:00")  # ours, not the hotline's, starts the body's time
    officer.goes("/counter/entries/enter").fills(**hotline("20261012-77")).presses("Enter it", expect=422)
    officer.sees("was entered already, as case", road.tourist.number)
    road.accepted()
    replies(officer, "Reply on the acceptance", "已受理，将组织调解。")
    road.tourist.goes(f"/cases/{road.tourist.case}").sees("The channel that sent the matter was told of the acceptance")
    withdraws(road)
    replies(officer, "Reply on the conclusion", "投诉人已撤回。")
    officer.goes("/counter/entries?which=all").sees("Replied")
    officer.goes("/counter/entries").sees("Nothing here.")


def hotline(number: str, **more: object) -> dict[str, object]:
    """What stands on the hotline's sheet."""
    return complaint(
        channel="12345", channel_number=number, sent_day=date(2026, 10, 12), sent_time="16:20",
        ours_day=date(2026, 10, 13), ours_time="10:00", reply_day=date(2026, 10, 20), **more,
    )  # fmt: skip


def replies(officer: Person, words: str, reply: str) -> None:
    """The officer replied by the hotline's own means, and records it with its proof."""
    officer.goes("/counter/entries").follows(words)
    officer.fills(reply=reply, proof=[(photo(), "sent.jpg")]).presses("Record the reply").sees("The reply to the channel is on record.")


def withdraws(road: Road) -> None:
    """The person takes the complaint back."""
    tourist = road.tourist
    tourist.goes(f"/cases/{tourist.case}/withdraw").fills(reason="no-longer", code=tourist.code).presses("Withdraw the complaint")


def test_what_another_body_has_taken_on_is_followed_there_and_never_mediated_twice(open_town: Opens) -> None:
    town = open_town("2026-10-14 09:00")
    road = Road(town)
    road.officer.goes("/counter/entries/enter").fills(**hotline("20261012-78", elsewhere="静安区市场监管所")).presses("Enter it")
    taken_over(road, road.officer)

    road.on_the_desk().sees("静安区市场监管所 has taken it on already").follows("Accept").presses("Accept the complaint", expect=422)
    road.officer.sees("静安区市场监管所 has taken this matter on.")
    road.on_the_desk().follows("Another body has it already: follow it there").fills(reason="该所已受理。")
    road.officer.presses("End it here and follow it there").sees("The complaint has ended here.")

    road.open_case(road.tourist).sees("Handled by another body, and followed there", "该所已受理。")
    replies(road.officer, "Reply on the conclusion", "已由其他机构受理。")


def test_a_file_of_entries_is_tried_first_and_its_mistakes_are_named(open_town: Opens) -> None:
    town = open_town("2026-10-14 09:00")
    officer = Road(town).officer
    head = "channel,number,channel_received,received,reply_by,name,story,refund"
    rows = [head, "12345,A-1,2026-10-12 16:20,2026-10-13,2026-10-20,张三,导游强迫购物,800", "fax,A-2,2026-10-12,2026-13-40,,李四,退款,x"]
    content = "\n".join(rows).encode()

    officer.goes("/counter/entries").follows("Import a file").fills(file=[(BytesIO(content), "e.csv")]).presses("Send the file")
    officer.sees("1 row is right. Nothing was entered yet.", "No such channel.", "Enter a past day", "Enter an amount such as")
    officer.fills(file=[(BytesIO(content), "e.csv")], really=True).presses("Send the file").sees("1 matter was entered.")
    officer.fills(file=[(BytesIO(content), "e.csv")], really=True).presses("Send the file").sees("This number of the channel was entered already.")
    officer.goes("/counter/entries?which=all").sees("A-1")


def test_a_person_whom_the_tourist_names_acts_for_them_by_a_link_of_their_own(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    road = Road(town).lodged().accepted().served().opened().answered().seated()
    tourist, niece = road.tourist, town.tourist()

    tourist.goes(f"/cases/{tourist.case}/authorities").follows("Let a person of your choice act for you")
    tourist.fills(name="陈小妹", scopes=["evidence", "settle"], until=town.day(30), code=tourist.code)
    tourist.presses("Give the authority").sees("The authority is given")
    niece.link, niece.code = tourist.holds("new-link"), tourist.holds("new-code")
    niece.goes(niece.link).presses("Open my case").sees(f"You act for {PERSON}", "Representative")
    niece.case = tourist.case
    road.offered(road.handler, "1,200")
    road.room(niece).follows("Accept…").fills(read=True, binds=True, code=niece.code).presses("Accept the offer").sees("You have accepted.")
    niece.goes(f"/cases/{tourist.case}/withdraw").fills(reason="no-longer", code=niece.code)
    niece.presses("Withdraw the complaint", expect=422).sees("The authority does not cover this: “Withdraw the complaint”.")
    niece.goes(f"/cases/{tourist.case}/authorities/give", expect=404)
    town.waits(minutes=11)

    road.open_case(road.handler).sees(f"陈小妹 for {PERSON}")
    tourist.goes(f"/cases/{tourist.case}/authorities").presses("End this authority")
    niece.goes(f"/cases/{tourist.case}", expect=404)
