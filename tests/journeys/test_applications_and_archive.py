"""What runs beside a case and what remains of it: applications to competent bodies, and the archive."""

from sqlalchemy import select

from tests.journeys.conftest import Opens
from tests.journeys.person import Person
from tests.journeys.roads import AGENCY, Road
from tests.journeys.town import Complaint, Town
from tests.packed import words_in
from tourism_odr.cases.models import Notice
from tourism_odr.db import db

INSIDE = "内部：拟移送执法总队，勿外传"
TOLD = "执法机构已立案，处理结果依法公开。"


def applications(road: Road, who: Person) -> Person:
    """The page of the applications of the case."""
    return who.goes(f"/cases/{road.tourist.case}/applications")


def opened(road: Road, sort: str) -> Person:
    """The officer opens an application about the first agency."""
    applications(road, road.officer).follows("Open an application").fills(sort=sort, respondent=AGENCY)
    return road.officer.presses("Open the application").sees("The letter is being prepared")


def written(road: Road) -> Person:
    """The officer writes the letter on unlawful conduct, with the tourist's photo."""
    road.officer.follows("Write the letter to enforcement")
    road.officer.fills(receiver="市文化市场综合行政执法总队", ground="shopping", account=INSIDE, files=["hotel.jpg"])
    return road.officer.presses("Issue the letter").sees("The letter is issued and waits for its dispatch")


def dispatched(road: Road) -> Person:
    """The officer records how it left."""
    road.officer.follows("Record the dispatch").fills(way="post", proof="EMS 1100")
    return road.officer.presses("Record the dispatch").sees("Sent; waiting for the receipt", "Receipt by the competent body")


def test_a_letter_to_enforcement_runs_beside_a_settlement_and_its_outcome_is_told(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).lodged(Complaint(photo=True)).accepted().served().opened().answered().seated()

    applications(road, road.tourist).follows("Ask for an application")
    road.tourist.fills(sort="enforcement", respondent=AGENCY, words="They made us shop.").presses("Send the request")
    road.tourist.sees("Asked for; the supervising body decides whether to send it", "They made us shop.")
    applications(road, road.tourist).follows("Ask for an application").fills(sort="enforcement", respondent=AGENCY)
    road.tourist.presses("Send the request", expect=422).sees("Such an application is open already.")

    road.open_case(road.officer).sees("Write the letter, or say why it is not sent")
    applications(road, road.officer).follows("Open")
    letter = written(road).reads_file("Letter to enforcement")
    assert letter.startswith(b"%PDF")
    dispatched(road)
    road.drafted(town.day(10)).power_filed_and_checked()
    road.signs(road.tourist)
    road.signs(road.handler)
    town.waits(days=20)
    applications(road, road.officer).follows("Open").sees("Sent; waiting for the receipt")
    assert told(town, "application/note-no-receipt/officer") == told(town, "application/note-no-receipt/head") == 1

    road.officer.goes(road.officer.address).follows("Record the receipt").fills(number="执〔2026〕9号").presses("Record the receipt")
    road.officer.sees("Received; waiting for the decision").follows("Record the decision")
    road.officer.fills(outcome="taken-up", words="立案调查，当事人另有前科。", told=TOLD).presses("Record the decision")
    road.officer.sees("Decided by the competent body", "当事人另有前科")
    town.jobs_run()
    applications(road, road.tourist).follows("Open").sees(TOLD, "Taken up; the matter goes on there", "By post")
    road.tourist.sees_not(INSIDE, "前科", "EMS 1100", "Letter to enforcement", "hotel.jpg")
    for stranger in (road.handler, road.mediator):
        stranger.goes(f"/cases/{road.tourist.case}/applications", expect=404)


def told(town: Town, template: str) -> int:
    """How many notices of this kind were written."""
    with town.app.app_context():
        return len(db.session().scalars(select(Notice.id).where(Notice.template == template)).all())


def test_a_request_is_declined_with_its_reason_and_another_body_never_sees_it(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).lodged()
    road.tourist.goes(f"/cases/{road.tourist.case}/applications").sees_not("Ask for an application")
    road.accepted()
    applications(road, road.tourist).follows("Ask for an application").fills(sort="deposit", respondent=AGENCY)
    road.tourist.presses("Send the request")
    _, stranger = town.another_body("邻市旅游质量监督所")

    town.waits(days=9)
    assert told(town, "application/note-unanswered/officer") == 1
    applications(road, road.officer).follows("Open").follows("Do not send it")
    road.officer.fills(reason="尚未查证属实。").presses("Do not send it").sees("Not sent")
    stranger.goes(f"/cases/{road.tourist.case}/applications", expect=404)

    town.jobs_run()
    applications(road, road.tourist).follows("Open").sees("Not sent", "尚未查证属实。")


def test_a_deposit_letter_rests_on_what_was_verified_and_on_no_weak_value(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).in_mediation().signed(town.day(10))
    town.waits(days=12)
    opened(road, "deposit").follows("Write the letter on the deposit").sees("Not read in the official text:")

    letter = {"receiver": "市文化和旅游局", "account": "经查证，旅行社未按协议退款。", "verified_on": town.day(0), "amount": "1,200"}
    road.officer.fills(**letter, ground="mediation-failed", rests_on="breach").presses("Issue the letter", expect=422)
    road.officer.sees("no step on a deposit rests on it")
    road.officer.fills(**letter, ground="violation", rests_on="silence").presses("Issue the letter", expect=422)
    road.officer.sees("No missed time limit of this agency is on record.")
    road.officer.fills(**letter, ground="violation", rests_on="breach").presses("Issue the letter")

    road.officer.sees("The letter is issued and waits for its dispatch", "Letter on the quality deposit")
    dispatched(road)
    applications(road, road.tourist).follows("Open").sees("Sent; waiting for the receipt")


def test_the_end_of_a_case_makes_a_volume_that_is_filed_lent_and_supplemented(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).lodged(Complaint(photo=True)).accepted().served().opened().answered().seated()
    road.says(road.tourist, "canary-in-the-room")
    road.says(road.handler, "canary-in-private", "Private")
    opened(road, "enforcement")
    written(road)
    road.signed(town.day(10))
    town.jobs_run()
    road.officer.goes("/archive").sees(road.tourist.number, "Compiled; to be checked and filed").follows("Open")
    road.officer.sees("Archive volume", "Permanent", "What is missing", "Mediation agreement: never issued")
    road.officer.sees("Receipt for a complaint", "Notice of acceptance", "Letter to enforcement", "Record of the course of the mediation")
    here = road.officer.address

    road.officer.follows("File the volume").fills(checked=True).presses("File the volume", expect=422)
    road.officer.sees("Something is missing: write why")
    road.officer.fills(checked=True, remark="调解书待负责人签署。").presses("File the volume").sees("Filed by", "高原", "调解书待负责人签署。")
    assert road.officer.reads_file("Catalogue of the archive volume").startswith(b"%PDF")
    town.jobs_run()

    road.officer.goes(here).follows("Lend the volume").fills(borrower="区法院 陈某", purpose="案件审理", part="public", until=town.day(14))
    road.officer.presses("Lend the volume").sees("On loan", "区法院 陈某", "not yet").follows("Record the return")
    road.officer.presses("Record the return").sees("Filed in the archive").sees_not("not yet")
    for part in ("public", "confidential"):
        package = road.officer.client.get(f"{here}/{part}.zip")
        assert package.status_code == 200
        assert "manifest.json" in words_in(package.data)
        assert "canary" not in words_in(package.data)
    road.tourist.goes(f"/cases/{road.tourist.case}/readers").sees("The archive volume, the confidential part")
    for stranger in (road.handler, road.mediator, road.tourist):
        stranger.goes(here.removeprefix("/en"), expect=404)

    road.reported()
    town.waits(days=9)
    road.payments(road.tourist).follows("The money has not come").presses("Tell the payer").fills(words="Nothing arrived.")
    road.tourist.presses("Tell the payer")
    town.jobs_run()
    road.officer.goes(f"/cases/{road.tourist.case}/volumes").sees("Volume 1", "Volume 2 · supplementary")
