"""From a mediation that failed to the court: the package is prepared, corrected, signed and submitted by the plaintiff."""

import json
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from tests.journeys.conftest import Opens
from tests.journeys.person import Person
from tests.journeys.roads import Road
from tests.journeys.town import Complaint, Tourist, Town, photo, says
from tests.referral.courts import a_court

ADDRESS, NUMBER = "Nanjing West Road 1, flat 22", "E12345678"


def terminated(town: Town, road: Road | None = None) -> Road:
    """A mediation that the mediator ended, with the document signed by the head."""
    road = (road or Road(town)).lodged(Complaint(photo=True)).accepted().served().opened().answered().seated()
    road.room(road.mediator).follows("End mediation…").fills(reason="no-agreement", words="立场差距过大。", agree=True)
    road.mediator.presses("End mediation")
    town.jobs_run()
    return road.head_signs()


def prepared(road: Road, court: str) -> Tourist:
    """The tourist goes from the other ways to a package written from the record."""
    me = road.tourist
    road.open_case(me).follows("Other ways").follows("Prepare a suit").sees("远山旅行社", "ended without agreement", "Court fee")
    me.fills(court=court, arbitration="no", foreign="no").presses("Prepare the papers")
    return me


def corrected(me: Tourist) -> Tourist:
    """Nothing is typed twice: what is missing is added, what each file proves is said."""
    me.follows("Read and correct Statement of claim").sees_in("name", "Lin Xiaotong")
    me.sees("two classes lower than promised").fills(identity=NUMBER, address=ADDRESS, phone="13812345678").presses("Save")
    me.follows("Read and correct List of evidence").sees("hotel.jpg")
    me.follows("Add a file for the court").fills(files=[(photo("blue"), "passport.jpg")]).presses("Add files").sees("passport.jpg")
    me.answers_all("purpose-", "The hotel was not the one promised").answers_all("content-", "the sign").presses("Save")
    me.follows("Read and correct Confirmation of the service address").fills(address=ADDRESS, phone="13812345678", kept_up=True)
    me.presses("Save")
    return me


def signed(me: Tourist) -> Tourist:
    """Each paper is read and signed by itself."""
    while "Read and sign" in me.words:
        me.follows("Read and sign").fills(read=True, true=True, own=True, code=me.code).presses("Sign")
    return me


def agreed(me: Tourist) -> Tourist:
    """Both questions are answered with yes."""
    me.follows("Answer both questions").fills(online_procedure="yes", online_service="yes", code=me.code)
    me.presses("Save my answers").sees("Agreed")
    return me


def submitted(me: Tourist) -> Tourist:
    """The last look, and the click of the plaintiff."""
    me.follows("Check and submit").sees("This goes to the court", "hotel.jpg", "Termination of mediation")
    me.fills(checked=True, code=me.code).presses("Submit to the court").sees("With the court; not yet registered")
    return me


def test_a_failed_mediation_goes_to_the_court_by_the_plaintiff_s_own_hand(open_town: Opens) -> None:
    town = open_town()
    court = a_court(town)
    road = terminated(town)

    me = corrected(prepared(road, court.name))
    me.sees("Not signed yet", "Sign every paper and answer both questions with yes first.").sees_not("Check and submit")
    suit = me.address
    me.goes(submit_page(me), expect=409)
    signed(me.goes(suit)).sees("Signed; not yet submitted")
    me.goes(submit_page(me)).fills(checked=True, code=me.code).presses("Submit to the court", expect=422)
    me.sees("Sign every paper and answer both questions with yes first.")
    agreed(me.goes(suit))
    clerk = town.somebody(court.clerk)
    clerk.goes(suit, expect=404).goes(package_page(suit), expect=404)
    submitted(me.goes(suit))

    package = me.reads_file("Download the package")
    check_the_package(package, me)
    road.open_case(me).sees("With the court; not yet registered", "Registration of the suit, or refusal")
    me.goes(f"/cases/{me.case}/deadlines").sees("Registration of the suit, or refusal")
    assert clerk.client.get(package_page(suit)).data == package
    road.handler.goes(suit, expect=404).goes(package_page(suit), expect=404)
    stranger = town.tourist()
    stranger.lodges(Complaint(email="other@tourist.example"))
    stranger.goes(suit, expect=404).goes(package_page(suit), expect=404)
    me.goes(submit_page(me, suit), expect=409)

    me.goes(suit).follows("Withdraw the suit").fills(sure=True, code=me.code).presses("Withdraw the suit")
    me.sees("Withdrawn before registration").goes(submit_page(me, suit), expect=409)


def submit_page(me: Person, suit: str = "") -> str:
    """Where the plaintiff would submit."""
    return (suit or me.address).replace("/suits/", "/filings/") + "/submit"


def package_page(suit: str) -> str:
    """Where the package is."""
    return suit + "/package.zip"


def check_the_package(package: bytes, me: Tourist) -> None:
    """Sealed papers, the evidence, and a manifest from which a clerk registers without typing."""
    with ZipFile(BytesIO(package)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(held.pop("manifest.json"))

    assert {one["name"]: one["sha256"] for one in manifest["members"]} == {n: sha256(d).hexdigest() for n, d in held.items()}
    assert manifest["case_number"] == me.number
    assert [one["name"] for one in manifest["parties"]] == ["Lin Xiaotong", "远山旅行社"]
    assert manifest["claim"] == {"amount": "1400.00", "currency": "CNY"}
    assert NUMBER not in json.dumps(manifest)
    assert ADDRESS not in json.dumps(manifest)
    assert says(held["01-民事起诉状.pdf"], "民事起诉状", "Lin Xiaotong", NUMBER, ADDRESS, "旅游合同纠纷")
    assert says(held["02-证据清单.pdf"], "hotel", "The hotel was not the one promised")
    assert says(held["03-送达地址确认书.pdf"], ADDRESS)
    assert any("终止调解书" in name for name in held)
    assert any(name.startswith("证据/01-") for name in held)
    assert manifest["evidence"][0]["purpose"] == "The hotel was not the one promised"


def test_an_arbitration_clause_leads_elsewhere(open_town: Opens) -> None:
    town = open_town()
    court = a_court(town)
    road = terminated(town)

    me = road.tourist
    road.open_case(me).follows("Other ways").follows("Prepare a suit")
    me.fills(court=court.name, arbitration="yes", foreign="no").presses("Prepare the papers", expect=422)

    me.sees("With an arbitration clause the way leads to arbitration")


def test_while_mediation_goes_on_no_package_is_prepared(open_town: Opens) -> None:
    town = open_town()
    a_court(town)
    road = Road(town).in_mediation()

    road.open_case(road.tourist).follows("Other ways").sees("Bring a suit in the people's court").sees_not("Prepare a suit")


