"""Bad days: no mail leaves, forms hold junk, two people act at once."""

from io import BytesIO

from tests.journeys.conftest import Opens
from tests.journeys.roads import Road
from tests.journeys.town import Complaint
from tourism_odr.jobs.mail import MailLaterError


def test_while_the_mail_server_is_down_the_case_goes_on_and_notices_wait(open_town: Opens) -> None:
    town = open_town()
    admin = town.somebody(town.cast.admin)
    town.mailer.failing = MailLaterError("the mail server does not answer")
    road = Road(town).lodged().accepted().served()

    road.on_the_desk().sees("The mail server did not take the message yet")
    admin.goes("/administration/outbox").sees("the mail server does not answer")
    road.opened().answered().seated()
    road.room(road.tourist).sees("顾清和")
    assert town.mailer.sent == []

    town.mailer.failing = None
    town.waits(hours=2)
    subjects = [str(message["Subject"]) for message in town.mails_to("xiaotong@tourist.example")]
    assert any("accepted" in subject for subject in subjects), subjects
    admin.goes("/administration/outbox").sees_not("the mail server does not answer")


def test_junk_in_every_form_of_the_lodging_is_named_and_kept(open_town: Opens) -> None:
    tourist = open_town().tourist()
    problem = "There is a problem"

    tourist.goes("/").follows("Start a complaint").presses("Continue").sees(problem, "Select what went wrong.")
    tourist.fills(category="service_downgrade").presses("Continue")
    tourist.presses("Continue").sees(problem, "Search for the business and add it")
    tourist.fills(q="nobody of this name").presses("Search the register").sees_in("q", "nobody of this name")
    tourist.fills(q="", named="Silk & <Sons>").presses("Continue")
    tourist.fills(order="A" * 61, travellers="many", fee="-3", first_year="2026", first_month="13", first_day="40")
    tourist.presses("Continue").sees(problem, "Enter a whole number", "Enter an amount such as", "Enter a real date")
    tourist.sees("Select where you travelled.").sees_in("travellers", "many").sees_in("fee", "-3").sees_in("first-month", "13")
    tourist.fills(order="YS-1", travellers="２", fee="￥4,400元", first_month="10", first_day="1", market="domestic")
    tourist.presses("Continue")
    tourist.fills(story="   ", files=[(_program(), "holiday.jpg")]).presses("Continue").sees(problem, "Say what happened.")
    tourist.fills(story="x" * 6001).presses("Continue").sees(problem).sees_in("story", "x" * 6001)
    tourist.fills(story="<script>alert('旅')</script> وصلنا متأخرين").presses("Continue")
    tourist.fills(refund="a lot", told="yes").presses("Continue").sees(problem, "Enter an amount such as", "Say which office it was.")
    tourist.sees("Select whether you agree to mediation.").sees_in("refund", "a lot")
    tourist.fills(wants=["refund"], refund="1400", mediation="yes", told="no").presses("Continue")
    tourist.fills(name="Lin", phone="12", email="no address").presses("Continue").sees(problem, "Enter a phone number such as")
    tourist.sees("Enter an e-mail address such as").sees_in("name", "Lin").sees_in("phone", "12").sees_in("email", "no address")
    tourist.fills(phone="１３８ 1234 5678", email="", served="contact").presses("Continue").sees("Check your answers")
    tourist.sees("<script>alert('旅')</script> وصلنا متأخرين", "Silk & <Sons>").presses("Send complaint").sees(problem)
    tourist.fills(sharing=True, true=True).presses("Send complaint").sees("Your complaint is sent")


def test_of_two_who_act_at_once_one_wins_and_the_other_keeps_what_was_typed(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).lodged()

    road.on_the_desk(road.head).follows("Return for completion")
    road.on_the_desk().follows("Accept").presses("Accept the complaint").sees("Accepted")
    road.head.fills(missing=["contract"], more="请补充合同全文。").presses("Return the complaint", expect=409)

    road.head.sees("The case has moved on", "It stands now at: Accepted", "请补充合同全文。")
    road.on_the_desk(road.head).sees("Accepted")
    road.open_case(road.tourist).sees("Accepted").sees_not("请补充合同全文。")


def test_two_windows_on_one_page_of_a_draft_do_not_overwrite_each_other(open_town: Opens) -> None:
    town = open_town()
    tourist = town.tourist()
    tourist.answers_the_pages(Complaint()).goes("/complain/story")
    other = town.second_window(tourist).goes("/complain/story")

    other.fills(story="Written in the second window.").presses("Continue")
    tourist.fills(story="Written in the first window.").presses("Continue")

    tourist.sees("There is a problem").sees_in("story", "Written in the first window.")


def _program() -> BytesIO:
    return BytesIO(b"MZ\x90\x00" + bytes(200))
