"""The main road: from a complaint on a phone to an agreement that was performed."""

from datetime import date

from tests.journeys.conftest import Opens
from tests.journeys.roads import Road
from tests.journeys.town import Complaint, Town, says

TOURIST = "xiaotong@tourist.example"


def test_a_complaint_becomes_an_agreement_that_is_performed(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    road = Road(town)

    they_come_together(town, road)
    they_talk_in_private(road)
    they_bargain(town, road)
    road.drafted(date(2026, 11, 10)).power_filed_and_checked()
    they_sign(town, road)
    they_perform(town, road)

    everybody_was_told_in_their_language(town, road)


def they_come_together(town: Town, road: Road) -> None:
    road.lodged(Complaint(photo=True, named="远山"))
    assert says(road.tourist.receipt, road.tourist.number, "投诉登记回执", "版本：2026-03-15", "hotel.jpg")
    road.open_case(road.tourist).sees("Waiting for a decision on acceptance", "hotel.jpg", "Wed 14 October 2026")
    road.on_the_desk().sees("Not completed from the register").follows("Complete from the register")
    road.officer.fills(q="远山").presses("Search").fills(operator="远山旅行社").presses("This is the one")
    road.accepted().served()
    road.handler.goes("/respond").sees("Letter to open").sees_not("two classes lower")
    road.opened().answered()
    road.open_case(road.tourist).sees("Rooms were full.")
    road.seated()
    acceptance = road.tourist.reads_file("Notice of acceptance")
    assert says(acceptance, road.tourist.number, "受理通知书", "旅质受字〔2026〕1号", "版本：2026-03-15")


def they_talk_in_private(road: Road) -> None:
    road.says(road.mediator, "Welcome both of you.")
    road.room(road.handler).sees("Welcome both of you.").sees_not("unread")
    road.open_case(road.tourist).sees("A message to the contact when something is served").sees_not("e-service")
    road.says(road.mediator, "What do you really need?", "Private with Lin Xiaotong")
    road.says(road.tourist, "I would take 1,200.", "Private with the mediator").sees("What do you really need?")
    road.says(road.mediator, "What can you pay?", "Private with 远山旅行社")
    road.says(road.handler, "We could go to 1,300.", "Private with the mediator").sees("What can you pay?")
    road.says(road.handler, "We are sorry.")
    road.room(road.tourist).sees("We are sorry.").sees_not("1,300")
    road.room(road.handler).sees_not("I would take 1,200.")
    road.room(road.handler, "Private with the mediator").sees_not("I would take 1,200.", "What do you really need?")
    road.room(road.mediator, "Private with Lin Xiaotong").sees("I would take 1,200.")


def they_bargain(town: Town, road: Road) -> None:
    tourist = road.tourist
    road.offered(road.handler, "1,200")
    road.room(tourist).sees("¥1,200").follows("Accept…").sees("Check, then accept")
    tourist.fills(read=True, binds=True, code=tourist.code).presses("Accept the offer").sees("You have accepted.")
    tourist.follows("Take it back").presses("Take it back").sees("Taken back. Nobody was told.")
    tourist.follows("Accept…").fills(read=True, binds=True, code=tourist.code).presses("Accept the offer")
    road.room(road.handler).sees("Waiting for an answer")
    town.waits(minutes=11)
    road.room(road.handler).sees("Accepted")


def they_sign(town: Town, road: Road) -> None:
    tourist = road.tourist
    road.open_case(tourist).goes(f"/cases/{tourist.case}/contact").presses("Confirm with a code", to="e-mail")
    town.jobs_run()
    tourist.fills(contact_code=town.code_sent_to(TOURIST)).presses("Confirm")
    tourist.goes(f"/cases/{tourist.case}/agreements").follows("Mediated agreement").follows("Read and sign")
    tourist.fills(read=True, free=True, binds=True, effect=True).presses("Send me a code").sees("A code is on its way to you.")
    town.jobs_run()
    tourist.fills(code="000000").presses("Sign").sees("This code is not right")
    tourist.fills(code=town.code_sent_to(TOURIST)).presses("Sign")
    road.signs(road.handler)
    town.jobs_run()
    tourist.goes(f"/cases/{tourist.case}/agreements").follows("Mediated agreement").sees("The mediator signs next")
    road.issued()
    town.jobs_run()
    tourist.goes(f"/cases/{tourist.case}/agreements").follows("Mediated agreement").sees("Signed; to be performed")
    assert says(tourist.reads_file("(PDF)"), tourist.number, "1,200.00", "Lin Xiaotong", "远山旅行社", "每日万分之五", "顾清和", "沈所长")


def they_perform(town: Town, road: Road) -> None:
    town.waits(days=5)
    road.reported()
    town.jobs_run()
    road.payments(road.tourist).sees("Reported as paid").follows("The money has come").presses("Confirm the payment")
    town.jobs_run()
    road.payments(road.tourist).sees("Paid")
    assert says(road.tourist.reads_file("(PDF)"), road.tourist.number, "1,200.00")
    road.tourist.goes(f"/cases/{road.tourist.case}/agreements").follows("Mediated agreement").sees("Performed")
    for who in (road.tourist, road.handler, road.officer):
        road.open_case(who).sees("The agreement was performed", "Closed")


def everybody_was_told_in_their_language(town: Town, road: Road) -> None:
    for address, message in town.mailer.sent:
        subject = str(message["Subject"])
        ours = address == TOURIST
        assert message["Content-Language"] == ("en" if ours else "zh-Hans"), (address, subject)
        assert ("Case " in subject or "code" in subject) == ours, (address, subject)
    assert len(town.mails_to(TOURIST)) > 8
