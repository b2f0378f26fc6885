"""Complaints that end, or turn, before anybody is served: refused, returned, transferred, withdrawn."""

from tests.journeys.conftest import Opens
from tests.journeys.roads import Road
from tests.journeys.town import says


def test_a_refusal_is_sent_back_once_and_then_approved_by_the_head(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).lodged()
    reason = "投诉事项已由人民法院受理。"

    road.on_the_desk().follows("Propose refusal").fills(ground="court", reason="理由不足。")
    road.officer.presses("Propose to the head").sees("Refusal waiting for approval")
    road.open_case(road.tourist).sees_not("理由不足。", "Refusal waiting for approval")
    road.on_the_desk(road.head).follows("Read and decide").sees("理由不足。").follows("Send back to the officer")
    road.head.fills(reason="请写明法院。").presses("Send back to the officer")
    road.on_the_desk().sees("Decide on acceptance").follows("Propose refusal")
    road.officer.fills(ground="court", reason=reason, reason_en="A court has taken the matter up.").presses("Propose to the head")
    road.on_the_desk(road.head).follows("Read and decide").sees(reason).presses("Approve and issue the refusal")
    town.jobs_run()

    road.open_case(road.tourist).sees("Not accepted")
    paper = road.tourist.reads_file("Notice of refusal")
    assert says(paper, road.tourist.number, reason, "不予受理", "2026-03-15")
    assert road.tourist.number in town.last_mail_to("xiaotong@tourist.example")
    assert "请写明法院" not in road.tourist.words


def test_a_returned_complaint_is_completed_and_accepted(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).lodged()

    road.on_the_desk().follows("Return for completion").fills(missing=["contract"], more="行程单全页", more_en="All pages of the itinerary")
    road.officer.presses("Return the complaint").sees("Waiting for the tourist to complete the complaint")
    town.waits(days=1)
    road.open_case(road.tourist).sees("Waiting for the tourist to complete").follows("Send what was missing")
    road.tourist.sees("The travel contract, booking or order", "All pages of the itinerary")
    road.tourist.presses("Send").sees("There is a problem", "Write what was missing, or add a file.")
    road.tourist.fills(words="Here is the whole itinerary.", readers="everybody").presses("Send")
    road.tourist.sees("Waiting for a decision on acceptance")
    road.accepted()

    road.on_the_desk().sees("Here is the whole itinerary.", "Accepted")
    road.open_case(road.tourist).sees("Accepted")


def test_a_returned_complaint_that_nobody_completes_is_decided_on_what_is_there(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).lodged()

    road.on_the_desk().follows("Return for completion").fills(missing=["identity"]).presses("Return the complaint")
    town.waits(days=20)

    road.on_the_desk().sees("Waiting for a decision on acceptance").follows("Accept").presses("Accept the complaint")
    road.open_case(road.tourist).sees("Accepted")


def test_a_complaint_is_transferred_to_an_authority_outside(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).lodged()

    road.on_the_desk().follows("Transfer to a body outside this service")
    road.officer.presses("Transfer the complaint").sees("Enter the receiving body.", "Select a ground.")
    road.officer.fills(receiver="演示市市场监督管理局", receiver_en="Demo Market Office", ground="remit", reason="属于价格问题。")
    road.officer.presses("Transfer the complaint")
    town.jobs_run()

    road.open_case(road.tourist).sees("Transferred")
    paper = road.tourist.reads_file("Notice of transfer")
    assert says(paper, road.tourist.number, "演示市市场监督管理局", "属于价格问题。")


def test_a_complaint_is_offered_to_another_body_which_objects_then_to_one_which_takes_it_over(open_town: Opens) -> None:
    town = open_town()
    neighbour, neighbour_officer = town.another_body("邻区旅游质量监督所")
    road = Road(town).lodged()

    road.on_the_desk().follows("Offer to another body of this service")
    road.officer.fills(body=neighbour, ground="territory", reason="经营者在邻区。").presses("Offer the complaint")
    town.jobs_run()
    neighbour_officer.goes("/triage?queue=transfers").follows(road.tourist.number).sees("经营者在邻区。", "two classes lower")
    neighbour_officer.fills(answer="no").presses("Send the answer").sees("Give the reason of the objection.")
    neighbour_officer.fills(answer="no", reason="合同在贵区签订。").presses("Send the answer")
    road.on_the_desk().sees("合同在贵区签订。").follows("Offer to another body of this service")
    road.officer.fills(body=neighbour, ground="superior", reason="市级指定。").presses("Offer the complaint")
    neighbour_officer.goes("/triage?queue=transfers").follows(road.tourist.number).fills(answer="yes").presses("Send the answer")
    town.jobs_run()

    neighbour_officer.goes(f"/triage/cases/{road.tourist.case}").follows("Accept").presses("Accept the complaint")
    road.officer.goes(f"/triage/cases/{road.tourist.case}", expect=404)
    road.open_case(road.tourist).sees("Accepted")


def test_a_tourist_withdraws_because_they_paid(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).lodged().accepted().served().opened()

    road.open_case(road.tourist).follows("Withdraw the complaint").fills(reason="they-paid")
    road.tourist.presses("Withdraw the complaint").sees("Enter the code that was sent to you, or your printed recovery code.")
    road.tourist.fills(code=road.tourist.code).presses("Withdraw the complaint")
    town.jobs_run()

    road.open_case(road.tourist).sees("Settled by the parties")
    road.open_case(road.handler).sees("Settled by the parties")
