"""Before the court: returned, registered, refused; back to mediation; and the outcome that comes home."""

from tests.journeys.conftest import Opens
from tests.journeys.roads import AGENCY, Road
from tests.journeys.test_confirmation import NUMBER as CONFIRMED
from tests.journeys.test_confirmation import Confirming
from tests.journeys.test_filing import NUMBER as IDENTITY
from tests.journeys.test_filing import agreed, corrected, prepared, signed, submitted, terminated
from tests.journeys.town import Tourist, Town, says, words_of
from tests.referral.courts import TheCourt, a_court
from tourism_odr.clock import now
from tourism_odr.db import unit_of_work
from tourism_odr.people import persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.organisations import add_member, register_organisation
from tourism_odr.people.roles import Role

NUMBER, RULING = "（2026）沪0106民初8812号", "（2026）沪0106民初13号"


class Bench:
    """A town whose complaint went to a court: plaintiff, clerk, judge, and a mediator whom nobody asked before."""

    def __init__(self, town: Town, road: Road, court: TheCourt | None = None) -> None:
        self.town, self.road, self.court = town, road, court or a_court(town)
        self.clerk, self.judge = town.somebody(self.court.clerk), town.somebody(self.court.judge)
        self.mediator = town.somebody(another_mediator(town))
        self.me: Tourist = road.tourist
        self.suit = ""

    def filed(self) -> "Bench":
        """From the failed mediation to the court's desk."""
        me = agreed(signed(corrected(prepared(self.road, self.court.name))))
        submitted(me)
        self.suit = me.address.rsplit("/", 1)[-1]
        self.town.jobs_run()
        return self

    @property
    def page(self) -> str:
        """The package at the court."""
        return f"/court/cases/{self.me.case}/suits/{self.suit}"

    @property
    def told(self) -> str:
        """What the sides and the mediator read of it."""
        return f"/cases/{self.me.case}/court/{self.suit}"

    def registered(self) -> "Bench":
        """Number, procedure, judge."""
        self.clerk.goes(self.page).follows("Register the suit").fills(number=NUMBER, procedure="summary", judge="陆审判员")
        self.clerk.presses("Register the suit").sees("Registered by the court", NUMBER)
        self.town.jobs_run()
        return self

    def both_consent(self) -> "Bench":
        """The court asks, each side answers on its own page."""
        self.clerk.goes(self.page).follows("Ask both sides").presses("Ask both sides").sees("Has not answered about mediation")
        self.me.goes(self.told).follows("Consent to mediation under the court").fills(code=self.me.code).presses("I consent")
        self.road.handler.goes(self.told).sees("Say whether you want to mediate under the court")
        self.road.handler.follows("Consent to mediation under the court").presses("I consent").sees("The court is told that you consent.")
        return self

    def mediator_seated(self) -> "Bench":
        """The clerk names a mediator, who accepts: the time runs from then on."""
        self.clerk.goes(self.page).follows("Name the mediator").sees("Cannot be asked in this case", "顾清和")
        self.clerk.fills(mediator="白调解").presses("Ask this mediator").sees("Waiting for the mediator to accept")
        self.town.jobs_run()
        self.mediator.goes("/desk").follows("Read and answer").fills(free=True, secret=True).presses("Accept the appointment")
        self.town.jobs_run()
        return self


def another_mediator(town: Town) -> Actor:
    """Somebody who has not mediated in the case."""
    with town.app.app_context(), unit_of_work():
        house = register_organisation(OrganisationKind.MEDIATION, "演示特邀调解组织", at=now())
        person = persons.create_person(locale="en", at=now(), name="白调解")
        add_member(person, house, Role.MEDIATOR, now())
        return Actor(person, Role.MEDIATOR, house)


def test_a_suit_is_returned_twice_registered_entrusted_and_ends_in_the_judge_s_instrument(open_town: Opens) -> None:
    bench = Bench(town := open_town(), terminated(town)).filed()
    road, clerk, judge, me = bench.road, bench.clerk, bench.judge, bench.me

    only_this_court_sees_only_its_view(bench)
    returned_twice(bench)
    bench.registered()
    me.goes(f"/cases/{me.case}").sees("Registered by the court", NUMBER)
    bench.both_consent()
    clerk.goes(bench.page).sees("Consents to mediation").follows("Entrust the case to mediation").presses("Hand the case over")
    clerk.sees("Entrusted to mediation by the court")
    bench.mediator_seated()
    me.goes(f"/cases/{me.case}/deadlines").sees("Mediation entrusted after registration (summary procedure)", "Why")
    they_talk_in_the_rooms(bench)
    no_confirmation_is_open(bench)
    bench.mediator.goes(bench.told).follows("Report the agreement").fills(terms="被告于2026年12月31日前向原告支付1200元。")
    bench.mediator.presses("Report the agreement")
    clerk.goes(f"{bench.page}/instrument", expect=404)
    judge.goes(bench.page).sees("被告于2026年12月31日前").follows("Issue the mediation instrument")
    judge.fills(amount="1200", lawful=True).presses("Issue the instrument").sees("Takes effect with the last receipt")
    town.jobs_run()
    both_receive_it(bench)
    for who in (me, road.handler, road.officer):
        road.open_case(who).sees("Ended by the court's mediation instrument", "The court's mediation instrument", "¥1,200")


def only_this_court_sees_only_its_view(bench: Bench) -> None:
    other = a_court(bench.town, "演示市另一法院", "310115")
    for stranger in (other.clerk, other.judge):
        bench.town.somebody(stranger).goes("/court").sees("No suit waits for registration.").goes(bench.page, expect=404)
    case = f"/cases/{bench.me.case}"
    clerk = bench.clerk.goes("/court").sees("Lin Xiaotong", "远山旅行社", "旅游合同纠纷")
    for closed in (case, f"{case}/room", f"{case}/deadlines", f"{case}/facts", f"/triage{case}", f"{bench.page}/refuse", f"{bench.page}/decide"):
        clerk.goes(closed, expect=404)
    clerk.goes(bench.page).sees("Statement of claim, signed", "There", "hotel was two classes lower", IDENTITY)
    clerk.sees_not("立场差距过大").follows("hotel.jpg").sees("SHA-256", "Download the original")
    bench.road.handler.goes(bench.told, expect=404)


def returned_twice(bench: Bench) -> None:
    town, clerk, me = bench.town, bench.clerk, bench.me
    for words in ("请写明退还的项目和金额。", "请补充被告的住所。"):
        day = town.day(7)
        clerk.goes(bench.page).follows("Return for correction").presses("Return for correction", expect=422).sees("Tick at least one thing")
        clerk.fills(**{"point-claim-unclear": "1", "words-claim-unclear": words}, day=day).presses("Return for correction")
        clerk.sees("Returned for correction", words)
        town.jobs_run()
        me.goes(f"/cases/{me.case}").goes(f"/cases/{me.case}/suits/{bench.suit}").sees("What the court wants corrected", words)
        me.follows("Read and correct Statement of claim").fills(claims=f"判令被告退还1400元。{words}").presses("Save")
        submitted(signed(me.goes(f"/cases/{me.case}/suits/{bench.suit}")))
        town.jobs_run()


def they_talk_in_the_rooms(bench: Bench) -> None:
    road, mediator = bench.road, bench.mediator
    road.says(mediator, "Let us look for a way.")
    road.room(bench.me).sees("Let us look for a way.")
    road.says(road.handler, "We can pay 1,200.")
    road.room(mediator).sees("We can pay 1,200.").sees_not("Welcome both of you.")
    road.says(mediator, "And in private?", "Private with Lin Xiaotong")
    road.room(road.handler).sees_not("And in private?")
    bench.clerk.goes(f"/cases/{bench.me.case}/room", expect=404).goes(bench.page).sees_not("We can pay 1,200.")


def no_confirmation_is_open(bench: Bench) -> None:
    """After registration the judge's instrument follows: nobody is offered a text that a court would confirm."""
    agreements = f"/cases/{bench.me.case}/agreements"
    for who in (bench.mediator, bench.me, bench.road.handler):
        who.goes(agreements).sees("No agreement has been drafted yet.").sees_not("Draft an agreement", "onfirmation")
    bench.mediator.goes(f"{agreements}/draft").sees("There is nobody left with whom it could be made.")
    bench.clerk.goes("/court/confirmations").sees("Nothing lies here.")


def both_receive_it(bench: Bench) -> None:
    me, handler = bench.me, bench.road.handler
    me.goes(bench.told).sees("Civil mediation instrument")
    assert says(me.reads_file("Civil mediation instrument"), "民事调解书", NUMBER, "支付1200元", "陆审判员", "Lin Xiaotong", "远山旅行社")
    me.follows("Confirm that I received the instrument").fills(code=me.code).presses("I received it").sees("Takes effect with the last receipt")
    bench.clerk.goes(bench.page).follows("Record a receipt on paper").fills(party="远山旅行社", how="hand", day=bench.town.day(0))
    bench.clerk.presses("Record the receipt").sees("In effect since")
    handler.goes(bench.told).sees("In effect since")


def test_a_judge_alone_refuses_registration_and_the_ruling_names_the_appeal(open_town: Opens) -> None:
    bench = Bench(town := open_town(), terminated(town)).filed()
    judge, me = bench.judge, bench.me

    town.waits(days=9)
    bench.clerk.goes("/court").sees("The time for registration has passed")
    judge.goes(bench.page).follows("Refuse registration by ruling").fills(
        ground="other-court", words="本案应由被告住所地法院管辖。", number="2026-13", appeal_to="演示市中级人民法院"
    ).presses("Issue the ruling", expect=422).sees("Enter the number as the court writes it")
    judge.fills(ground="other-court", words="本案应由被告住所地法院管辖。", number=RULING, appeal_to="演示市中级人民法院")
    judge.presses("Issue the ruling").sees("Registration refused by ruling")
    town.jobs_run()

    me.goes(f"/cases/{me.case}/suits/{bench.suit}").sees("Registration refused by ruling")
    ruling = me.reads_file("Ruling not to register the suit")
    assert says(ruling, "民事裁定书", RULING, "10", "演示市中级人民法院", "陆审判员", "被告住所地法院管辖")
    me.goes(f"/cases/{me.case}/deadlines").sees("Last day to appeal against the ruling not to register the suit")


def test_the_time_of_the_entrusted_mediation_runs_out_and_the_judgment_comes_home(open_town: Opens) -> None:
    bench = Bench(town := open_town(), terminated(town)).filed().registered().both_consent()
    road, me = bench.road, bench.me
    bench.clerk.goes(bench.page).follows("Entrust the case to mediation").presses("Hand the case over")
    bench.mediator_seated()
    me.goes(bench.told).follows("Consent to more time").fills(code=me.code).presses("I consent")

    town.waits(days=9)

    bench.clerk.goes(bench.page).sees("Registered by the court")
    road.handler.goes(bench.told).sees("Registered by the court")
    bench.mediator.goes(f"{bench.told}/agreement", expect=404)
    bench.judge.goes(bench.page).follows("Record the judgment").fills(code="allowed-in-part", amount="900", day=town.day(0))
    bench.judge.presses("Record the outcome").sees("The claim was allowed in part", "¥900")
    town.jobs_run()
    for who in (me, road.handler, road.officer):
        road.open_case(who).sees("The claim was allowed in part", "¥900")


def test_an_older_case_is_delegated_before_registration_and_may_be_confirmed(open_town: Opens) -> None:
    town = open_town("2024-10-14 09:00")
    road = Confirming(town)
    bench = Bench(town, terminated(town, road), road.court).filed().both_consent()
    road.mediator = bench.mediator

    bench.clerk.goes(bench.page).follows("Delegate to mediation before registration").presses("Hand the case over")
    bench.clerk.sees("Delegated to mediation before registration")
    bench.mediator_seated()
    bench.me.goes(bench.told).sees("Mediation delegated before registration")
    they_talk_in_the_rooms(bench)
    they_come_to_terms(bench)
    bench.mediator.goes(bench.told).follows("Agreements of this case").follows("Draft an agreement").sees(AGENCY, "The accepted offer of")
    road.drafted(town.day(20)).both_sign()
    the_delegation_has_ended(bench)
    the_mediator_signs_and_no_body_issues(road)
    town.waits(days=26)
    road.registered()
    assert says(road.lies_at_court(road.clerk, "registered").reads_file("Proof of the mediation"), "委派", "白调解", "演示特邀调解组织")
    road.heard().granted()
    for who in (road.tourist, road.handler):
        road.application(who).sees("Confirmed by the court", CONFIRMED)
        assert says(who.reads_file("Ruling on the confirmation"), "民事裁定书", CONFIRMED, "上述调解协议有效", "陆审判员")


def they_come_to_terms(bench: Bench) -> None:
    road, me = bench.road, bench.me
    road.offered(road.handler, "1,200")
    road.room(me).sees("¥1,200").follows("Accept…").fills(read=True, binds=True, code=me.code).presses("Accept the offer")
    bench.town.waits(minutes=11)
    road.room(bench.mediator).sees("Accepted")


def the_delegation_has_ended(bench: Bench) -> None:
    """With the last signature the suit rests, no clock of it runs, and nothing waits for registration."""
    bench.town.jobs_run()
    for who in (bench.me, bench.road.handler):
        who.goes(bench.told).sees("Agreement reached in delegated mediation").sees_not("Mediation delegated before registration")
        bench.road.open_case(who).sees("Agreement reached in delegated mediation")
    bench.clerk.goes("/court").sees("No suit waits for registration.")
    bench.mediator.goes(f"{bench.told}/give-back", expect=404)


def the_mediator_signs_and_no_body_issues(road: Confirming) -> None:
    road.agreement(road.mediator).follows("Read and sign").sees("no body issues the document").presses("Sign as the mediator")
    text = road.agreement(road.handler).reads_file("协1号")
    assert says(text, "调解协议", "1,200", "白调解", "司法确认")
    assert "旅游投诉调解书" not in words_of(text)
    road.officer.goes(road.handler.address, expect=404)


def test_since_2025_no_court_delegates_before_registration(open_town: Opens) -> None:
    bench = Bench(town := open_town(), terminated(town)).filed().both_consent()

    bench.clerk.goes(f"{bench.page}/delegate").presses("Hand the case over", expect=422)

    bench.clerk.sees("Since 2025 the court registers first")
