"""The supervising body beside a mediation: it joins, urges, follows up; never in a case that its officer mediates."""

from tests.journeys.conftest import Opens
from tests.journeys.roads import Road


def test_an_officer_joins_the_room_and_urges_with_the_heads_approval(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).in_mediation()
    case, officer, head = road.tourist.case, road.officer, road.head
    road.says(road.tourist, "Said before the officer came.")
    town.waits(minutes=5)

    officer.goes(f"/supervision/cases/{case}/join").sees("Everybody in the room sees that you are there")
    officer.presses("Join the room")
    for who in (road.tourist, road.handler, road.mediator):
        road.room(who).sees("高原")
    road.room(officer).sees_not("Said before the officer came.", "Private with")
    road.says(officer, "Please keep to the dates.")
    road.room(road.handler).sees("Please keep to the dates.")

    officer.goes("/supervision/cases").follows(f"Urge {road.tourist.number}").presses("Send to the head").sees("Select who is to act.")
    officer.fills(to="远山旅行社", order="请于期限内提交账单。", day=town.day(4)).presses("Send to the head")
    road.open_case(road.handler).sees_not("请于期限内提交账单。")
    head.goes("/supervision/urgings").follows(f"Open {road.tourist.number}").sees("请于期限内提交账单。").follows("Approve and send")
    head.presses("Approve and send")
    town.jobs_run()
    road.open_case(road.handler).follows("Reply").fills(words="账单已附。").presses("Send the reply")
    officer.goes("/supervision/urgings").follows(f"Open {road.tourist.number}").sees("账单已附。").follows("Close with a finding")
    officer.fills(words="已按要求提交。").presses("Close with a finding").sees("已按要求提交。")

    road.open_case(road.tourist).sees("Urging order")


def test_an_urging_that_nobody_answers_falls_overdue(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).in_mediation()
    road.officer.goes("/supervision/cases").follows(f"Urge {road.tourist.number}")
    road.officer.fills(to="顾清和", order="请安排调解时间。", day=town.day(3)).presses("Send to the head")
    road.head.goes("/supervision/urgings").follows(f"Open {road.tourist.number}").follows("Approve and send").presses("Approve and send")

    town.waits(days=5)

    road.officer.goes("/supervision/urgings").sees("Reply overdue")
    road.mediator.goes("/desk").sees("The supervising body urges you").follows("Read and reply")
    road.mediator.fills(words="调解已排定。").presses("Send the reply")
    road.officer.goes("/supervision/urgings").follows(f"Open {road.tourist.number}").sees("调解已排定。")


def test_an_officer_who_mediates_a_case_does_not_supervise_it(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).in_mediation()
    both = town.also_officer(town.cast.mediator)

    both.goes("/supervision/cases").sees_not(road.tourist.number)
    for page in ("/supervision/cases/{}/join", "/supervision/cases/{}/urge", "/triage/cases/{}"):
        both.goes(page.format(road.tourist.case), expect=404)
