"""Judicial confirmation: applied for together, heard, decided; and what stays open without it."""

from datetime import timedelta

from tests.journeys.conftest import Opens
from tests.journeys.person import Person
from tests.journeys.roads import AGENCY, Road
from tests.journeys.town import Tourist, Town, says, text_of
from tests.referral.courts import TheCourt, a_court
from tourism_odr.clock import local_day, now

NUMBER, ENFORCEMENT = "（2026）演0106民特12号", "（2026）演0106执77号"
FREE = {"read": True, "free": True, "binds": True, "effect": True}


class Confirming(Road):
    """A road that leads to a court; each method is one thing that somebody does."""

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self.court: TheCourt = a_court(town)
        self.clerk = town.somebody(self.court.clerk)
        self.judge = town.somebody(self.court.judge)

    def on_the_roster(self, grade: str = "statute_text") -> "Confirming":
        """The clerk writes the body on the court's roster."""
        self.clerk.goes("/court/roster").sees("No body stands on the roster.")
        self.clerk.fills(body=str(self.town.cast.body), source="院发〔2026〕3号", grade=grade).presses("Add to the roster")
        self.clerk.sees("The body is on the roster.", "院发〔2026〕3号")
        return self

    def signs_with(self, who: Person, application: str) -> Person:
        """One sitting, one code: the agreement, and the application or not."""
        who.goes(f"/cases/{self.tourist.case}/agreements").follows("Mediated agreement").follows("Read and sign")
        who.sees("Joint application for judicial confirmation", "What the court looks at").fills(**FREE, application=application)
        return proves(who).presses("Sign").sees("You have signed.")

    def both_sign(self) -> "Confirming":
        """Tourist and agency sign agreement and application together."""
        self.power_filed_and_checked()
        self.signs_with(self.tourist, "join")
        self.signs_with(self.handler, "join")
        return self

    def agreement(self, who: Person, which: str = "Mediated agreement") -> Person:
        """Somebody opens the agreement."""
        return who.goes(f"/cases/{self.tourist.case}/agreements").follows(which)

    def application(self, who: Person) -> Person:
        """Somebody opens the page of the confirmation."""
        return self.agreement(who).follows("Go to the confirmation")

    def lies_at_court(self, who: Person, show: str = "") -> Person:
        """Somebody of the court opens the application from the list."""
        who.goes(f"/court/confirmations{show and f'?show={show}'}").follows(self.tourist.number if not show else NUMBER)
        return who.sees("Judicial confirmation")

    def registered(self) -> "Confirming":
        """The clerk accepts."""
        self.lies_at_court(self.clerk).follows("Accept and register").fills(number=NUMBER, judge="陆审判员")
        self.clerk.presses("Accept and register").sees("The application is accepted.", NUMBER)
        return self

    def heard(self) -> "Confirming":
        """The clerk sets the hearing, the judge holds it and keeps the record."""
        self.lies_at_court(self.clerk, "registered").follows("Set the hearing")
        self.clerk.fills(day=self.town.day(3), hour="09:30", where="线上法庭 3").presses("Set the hearing")
        self.application(self.tourist).sees("Hearing", "线上法庭 3")
        self.town.waits(days=3)
        self.lies_at_court(self.judge, "registered").sees_not("Accept and register").follows("Record the hearing")
        self.judge.fills(both=True, own_will=True, record="双方均到庭，确认自愿。").presses("Keep the record")
        return self

    def granted(self) -> "Confirming":
        """The judge confirms."""
        self.judge.follows("Confirm the agreement").fills(reasons="协议系自愿达成，内容明确。").presses("Issue the ruling")
        self.judge.sees("The agreement is confirmed.")
        self.town.jobs_run()
        return self


def proves(who: Person) -> Person:
    """A tourist proves with the recovery code that it is them."""
    return who.fills(code=who.code) if isinstance(who, Tourist) else who


def test_signed_in_one_sitting_submitted_on_day_25_granted_broken_and_enforced(open_town: Opens) -> None:
    town = open_town()
    road = Confirming(town).on_the_roster()
    road.in_mediation()
    road.drafted(town.day(10)).both_sign()
    effect = local_day(now())

    road.application(road.tourist).sees("Signed by every side; not yet with the court", "on the 25th day")
    road.clerk.goes("/court/confirmations").sees("Nothing lies here.")
    road.clerk.goes(f"/cases/{road.tourist.case}", expect=404)
    town.waits(days=26)
    assert local_day(now()) == effect + timedelta(days=26)
    road.application(road.handler).sees("With the court; not yet accepted")
    the_court_reads_its_own_place_only(road)
    road.registered()
    other = town.somebody(a_court(town, "演示市别区人民法院", "310115").clerk)
    other.goes(road.clerk.address, expect=404)
    judge_and_clerk_keep_their_parts(road)
    road.heard().granted()
    road.application(road.tourist).sees("Confirmed by the court", NUMBER, "Enforcement can be applied for until")
    assert says(road.tourist.reads_file("Ruling on the confirmation"), "民事裁定书", NUMBER, "上述调解协议有效", "1年内请求本院撤销", "每日万分之五", "陆审判员")
    the_payee_enforces(road)


def the_court_reads_its_own_place_only(road: Confirming) -> None:
    clerk = road.lies_at_court(road.clerk).sees("1,200", "每日万分之五", AGENCY, "Lin Xiaotong", "What to check")
    clerk.sees_not("two classes lower", "Rooms were full.")
    application = clerk.reads_file("Joint application for judicial confirmation")
    assert says(application, "司法确认申请书", "第25日", "每日万分之五", "Lin Xiaotong", "周启明")
    assert says(clerk.reads_file("Proof of the mediation"), "顾清和")
    for path in ("", "/agreements", "/room", "/documents", "/facts", "/payments"):
        clerk.goes(f"/cases/{road.tourist.case}{path}", expect=404)


def judge_and_clerk_keep_their_parts(road: Confirming) -> None:
    """A clerk taking the judge's step is answered like one who has no such page."""
    here = road.lies_at_court(road.clerk, "registered").sees_not("Refuse confirmation").address
    for step in ("grant", "refuse", "record", "close", "reject"):
        road.clerk.goes(f"{here}/{step}", expect=404)
    road.lies_at_court(road.judge, "registered").follows("Confirm the agreement").fills(reasons="理由").presses("Issue the ruling")
    road.judge.sees("Hear both sides and record it first")


def the_payee_enforces(road: Confirming) -> None:
    payments = road.payments(road.tourist).sees("A payment was missed.", "Enforcement: the court confirmed")
    payments.sees_not("A suit on the agreement", "can be invited")
    road.payments(road.handler).sees("Enforcement: the court confirmed")
    road.application(road.handler).sees_not("Apply for enforcement")
    road.application(road.tourist).follows("Apply for enforcement")
    proves(road.tourist).presses("Apply for enforcement").sees("The application for enforcement is with the court.")
    assert says(road.tourist.reads_file("Application for enforcement"), "强制执行申请书", "1,200")
    road.lies_at_court(road.clerk, "enforcement").follows("Register the enforcement").fills(number=ENFORCEMENT)
    road.clerk.presses("Register the enforcement").sees("The enforcement is registered.")
    road.application(road.tourist).sees("Confirmed; the court enforces it", ENFORCEMENT)


def test_refused_for_unclear_content_mended_and_granted(open_town: Opens) -> None:
    town = open_town()
    road = Confirming(town).on_the_roster()
    road.in_mediation()
    an_unclear_text_is_written_and_signed(town, road)
    road.registered().heard()

    road.judge.follows("Refuse confirmation").fills(reasons="理由").presses("Issue the ruling").sees("Select at least one ground.")
    road.judge.fills(grounds=["unclear"], reasons="“适当”无从执行。").presses("Issue the ruling")
    town.jobs_run()
    road.application(road.tourist).sees("Confirmation refused", "Its content is unclear", "Mend the agreement")
    assert says(road.tourist.reads_file("Ruling on the confirmation"), "内容不明确", "“适当”无从执行。")
    road.agreement(road.handler).sees_not("Invite the other side to confirm")
    they_mend_it(road)
    road.lies_at_court(road.clerk).follows("Accept and register").fills(number="（2026）演0106民特13号", judge="陆审判员")
    road.clerk.presses("Accept and register")
    there = road.clerk.address.split("/court/")[1]
    road.judge.goes(f"/court/{there}").follows("Record the hearing").fills(both=True, own_will=True, record="确认。")
    road.judge.presses("Keep the record").follows("Confirm the agreement").fills(reasons="内容明确。").presses("Issue the ruling")
    road.tourist.goes(f"/cases/{road.tourist.case}/agreements").sees("Replaced by a new edition", "Signed; to be performed")


def an_unclear_text_is_written_and_signed(town: Town, road: Confirming) -> None:
    """At once, with a clause that leaves open what is owed; the check says so before anybody signs."""
    mediator = road.mediator
    mediator.goes(f"/cases/{road.tourist.case}/agreements").follows("Draft an agreement").fills(respondents=[AGENCY]).presses("Begin")
    mediator.follows("Payment").fills(
        payer=AGENCY, payee="Lin Xiaotong", amount="1,200", day=town.day(40), method="bank-transfer", default="另行适当补偿",
    ).presses("Save the clause")  # fmt: skip
    mediator.fills(joint=True, submission="at-once").presses("Save")
    mediator.follows("Check and send").sees("leaves open what is owed").presses("Send for signature")
    road.both_sign()
    road.application(road.tourist).sees("With the court; not yet accepted")


def they_mend_it(road: Confirming) -> None:
    """The new edition says what the old one left open; the signed text stays in force until all have signed."""
    road.agreement(road.mediator).follows("Mend the agreement").presses("Begin the new edition").sees("edition 2")
    here = road.mediator.address
    road.mediator.follows("Change clause 1").fills(default="每日万分之五").presses("Save the clause")
    road.mediator.follows("Check and send").sees_not("leaves open").presses("Send for signature")
    for who in (road.tourist, road.handler):
        who.goes(here).follows("Read and sign").fills(**FREE, application="join")
        proves(who).presses("Sign").sees("You have signed.")


def test_breach_without_confirmation_leaves_the_suit_and_the_invitation_while_it_lasts(open_town: Opens) -> None:
    town = open_town()
    road = Confirming(town).on_the_roster()
    road.in_mediation()
    road.drafted(town.day(5)).power_filed_and_checked()
    who_signs_says_which(road)
    road.signs_with(road.tourist, "join")
    road.signs_with(road.handler, "decline")

    road.application(road.tourist).sees("One side did not join the application")
    town.waits(days=7)
    road.payments(road.tourist).sees("A suit on the agreement", "can be invited to join until").sees_not("Enforcement:")
    road.tourist.follows("Invite the other side to confirm").fills(free=True, court=True)
    proves(road.tourist).presses("Sign and invite").sees("You have signed. The other side is asked to join.")
    road.payments(road.handler).sees_not("Invite the other side to confirm").sees("There is an application on this agreement already.")
    road.application(road.handler).follows("Sign the application").fills(free=True, court=True).presses("Sign the application")
    road.application(road.tourist).sees("With the court; not yet accepted")
    the_court_asks_for_more(town, road)


def who_signs_says_which(road: Confirming) -> None:
    """Saying nothing is neither an application nor its refusal."""
    road.agreement(road.tourist).follows("Read and sign").fills(**FREE)
    proves(road.tourist).presses("Sign").sees("Say whether you sign the application, too.")


def the_court_asks_for_more(town: Town, road: Confirming) -> None:
    """Returned for a supplement: sent once, then nothing comes, and a judge ends it as withdrawn."""
    road.lies_at_court(road.clerk).follows("Return for a supplement").fills(points="请补充授权委托书。").presses("Ask for the supplement")
    road.application(road.handler).sees("请补充授权委托书。").follows("Send the supplement").fills(words="已补充。")
    road.handler.presses("Send the supplement").sees("Sent.")
    road.lies_at_court(road.clerk).sees("已补充。").follows("Return for a supplement").fills(points="仍缺身份证明。")
    road.clerk.presses("Ask for the supplement")
    town.waits(days=12)
    road.lies_at_court(road.judge).follows("End as withdrawn").fills(reasons="逾期未补充。").presses("Issue the ruling")
    road.application(road.tourist).sees("Application withdrawn")


def test_performed_and_withdrawn_by_both_and_nothing_goes_to_the_court(open_town: Opens) -> None:
    town = open_town()
    road = Confirming(town).on_the_roster("memory")
    road.clerk.sees("Uncertain")
    road.in_mediation()
    road.drafted(town.day(10)).both_sign()
    road.reported()
    road.payments(road.tourist).follows("The money has come").presses("Confirm the payment")
    town.jobs_run()

    told = [text_of(message) for message in town.mails_to("xiaotong@tourist.example")]
    assert any("both sides can withdraw the application" in words for words in told)
    road.application(road.tourist).follows("Withdraw the application")
    proves(road.tourist).presses("Withdraw the application").sees("It ends once every side has.").sees_not("Withdraw the application")
    road.application(road.handler).follows("Withdraw the application").presses("Withdraw the application")
    road.application(road.tourist).sees("Application withdrawn")
    town.waits(days=27)
    road.clerk.goes("/court/confirmations").sees("Nothing lies here.")


def test_two_sides_alone_and_a_body_off_the_roster_are_told_that_no_court_confirms(open_town: Opens) -> None:
    town = open_town()
    road = Confirming(town)
    road.in_mediation()

    mediator = road.mediator.goes(f"/cases/{road.tourist.case}/agreements").follows("Draft an agreement")
    mediator.fills(respondents=[AGENCY]).presses("Begin").sees("No court of this service has the mediating body on its roster.")
    me = road.tourist.goes(f"/cases/{road.tourist.case}/agreements").follows("Draft an agreement").fills(respondents=[AGENCY])
    me.presses("Begin").follows("Payment").fills(
        payer=AGENCY, payee="Lin Xiaotong", amount="800", day=town.day(10), method="bank-transfer", default="每日万分之五"
    ).presses("Save the clause").follows("Check and send").presses("Send for signature")
    me.follows("Read and sign").sees("No court confirms this contract").sees_not("Joint application for judicial confirmation")


def test_after_the_window_nobody_can_be_invited_any_more(open_town: Opens) -> None:
    town = open_town()
    road = Confirming(town).on_the_roster()
    road.in_mediation()
    road.drafted(town.day(5)).power_filed_and_checked()
    road.signs_with(road.handler, "decline")
    road.signs(road.tourist)
    invite = road.agreement(road.tourist).follows("Invite the other side to confirm").address

    town.waits(days=32)

    road.payments(road.tourist).sees("The 30 days for applying together are over.", "A suit on the agreement")
    road.tourist.goes(invite).sees("The 30 days for applying together are over.").sees_not("Sign and invite")
