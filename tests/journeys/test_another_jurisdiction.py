"""A consumer dispute body in Ireland: its rulebook is data, and the same pages carry a complaint to its end."""

from datetime import date

from tests.journeys.conftest import Opens
from tests.journeys.roads import AGENCY, Road
from tests.journeys.town import Complaint, Town, says

BODY = "Travel Disputes Ireland"
TRANSFER, URGE, COURT = "Offer to another body of this service", "Urge", "Confirmation by the court"


def in_ireland(town: Town) -> Road:
    """An administrator adds the body under its rules; then it has its people."""
    admin = town.somebody(town.cast.admin)
    admin.goes("/administration/organisations").follows("Add an organisation")
    admin.fills(kind="Supervising body", name=BODY, name_en=BODY, code="TDI", territory="IE", rulebook="Ireland, European Union")
    admin.presses("Save").sees("Ireland, European Union").sees_not("Day 45")
    town.body_with("Aoife Byrne", "Niamh Walsh", BODY)
    return Road(town)


def complaint(asked: date | None) -> Complaint:
    """About a hotel, in euro, and put to the trader first."""
    return Complaint(place=BODY, market="abroad", currency="EUR", refund="900", asked=asked)


def test_before_september_2028_silence_decides_nothing_and_the_two_sides_come_to_terms(open_town: Opens) -> None:
    town = open_town("2027-03-01 18:00")
    road = in_ireland(town).authorised("non-response")

    the_file_is_completed(town, road)
    the_trader_is_silent_first_and_then_comes(town, road)
    they_agree_and_perform(town, road)


def the_file_is_completed(town: Town, road: Road) -> None:
    tourist, officer = road.tourist, road.officer
    tourist.lodges(complaint(date(2027, 2, 1)))
    road.open_case(tourist).sees("Mon 22 March 2027 24:00", "21 calendar days by Directive on consumer ADR (Directive 2013/11/EU), article 5 (4)")
    tourist.sees_not("45 calendar days", "tourism authority")
    road.on_the_desk().sees("Business asked first", "The tourist says that the business was asked on Mon 1 February 2027.")
    officer.sees("Directive 2013/11/EU").sees_not(TRANSFER, "Measures for Handling Tourist Complaints")
    officer.goes(f"/triage/cases/{tourist.case}/transfer", expect=404)
    road.on_the_desk().follows("Propose refusal").sees("The dispute is frivolous or vexatious", "article 5 (4)")
    officer.sees_not("people's court", "consumer council")
    road.on_the_desk().follows("Return for completion").fills(missing=["contract"]).presses("Return the complaint")
    town.waits_until("2027-03-05 18:00")
    road.open_case(tourist).follows("Send what was missing").fills(words="Here it is.", readers="everybody").presses("Send")
    town.waits_until("2027-03-10 18:00")
    road.on_the_desk().follows("Accept").sees("90 calendar days", "the complete file arrived, Fri 5 March 2027 10:00")
    officer.presses("Accept the complaint")
    road.open_case(tourist).sees("Thu 3 June 2027 24:00")


def the_trader_is_silent_first_and_then_comes(town: Town, road: Road) -> None:
    road.served().opened()
    road.open_case(road.tourist).sees("10 working days")
    town.waits_until("2027-03-31 18:00")
    road.open_case(road.tourist).sees("No answer; the tourist chooses").follows("Invite to mediation").presses("Invite to mediation")
    town.jobs_run()
    road.open_case(road.handler).follows("Accept mediation").presses("Agree to mediation")
    town.jobs_run()
    road.seated()


def they_agree_and_perform(town: Town, road: Road) -> None:
    tourist = road.tourist
    road.drafted(date(2027, 4, 20), amount="600").power_filed_and_checked()
    road.signs(tourist)
    tourist.sees_not(COURT)
    road.signs(road.handler)
    road.issued()
    tourist.goes(f"/cases/{tourist.case}/agreements").follows("Mediated agreement").sees("€600").sees_not(COURT, "¥")
    road.reported()
    town.jobs_run()
    road.payments(tourist).follows("The money has come").presses("Confirm the payment")
    town.jobs_run()
    road.open_case(tourist).sees("The agreement was performed", "Closed")


def test_from_september_2028_the_traders_silence_is_a_refusal_and_ends_the_procedure(open_town: Opens) -> None:
    town = open_town("2028-10-02 18:00")
    road = in_ireland(town).authorised("termination")
    tourist = road.tourist

    tourist.lodges(complaint(None))
    road.on_the_desk().sees("The tourist named no day on which the business was asked to put it right.")
    road.accepted().on_the_desk().follows("Serve the complaint").sees("October public holiday", "Tue 31 October 2028 24:00")
    road.served().opened()
    road.open_case(tourist).sees("20 working days by Directive on consumer ADR, as amended in 2025")
    tourist.follows("All dates, counted day by day").sees("Silence counts as a refusal to take part.")

    town.waits_until("2028-11-01 07:50")  # ten minutes before midnight in Dublin, where summer time is over
    road.open_case(tourist).sees("Waiting for the answer")
    town.waits_until("2028-11-01 18:00")
    road.open_case(tourist).sees("No answer came in time; by law that is a refusal to take part", "Ended without agreement", "Closed")
    paper = tourist.reads_file("Notice that the procedure has ended")
    assert says(paper, tourist.number, AGENCY, "争议解决程序终结通知", "Directive 2013/11/EU")
    road.open_case(road.handler).sees("Closed")


def test_a_dispute_that_was_not_put_to_the_trader_first_is_not_taken_up(open_town: Opens) -> None:
    town = open_town("2028-10-02 18:00")
    road = in_ireland(town)
    tourist = road.tourist.lodges(complaint(None))

    road.on_the_desk().follows("Propose refusal").fills(ground="The consumer did not first ask the trader", reason="Ask the hotel first.")
    road.officer.presses("Propose")
    road.on_the_desk(road.head).follows("Read and decide").presses("Approve and issue the refusal")
    town.jobs_run()

    road.open_case(tourist).sees("Not accepted")
    paper = tourist.reads_file("Notice that the dispute is not taken up")
    assert says(paper, "Ask the trader first, and come back if that does not help")


def test_only_the_rules_that_want_to_know_ask_when_the_business_was_asked(open_town: Opens) -> None:
    town = open_town("2028-10-02 18:00")
    in_ireland(town)
    question = "On which day did you first ask the business to put it right?"

    town.tourist().answers_the_pages(complaint(None)).goes("/complain/wish").sees(question)
    town.tourist().answers_the_pages(Complaint()).goes("/complain/wish").sees_not(question)


def test_a_rulebook_is_not_shown_for_a_day_before_its_law_was_made(open_town: Opens) -> None:
    town = open_town()
    admin = town.somebody(town.cast.admin)

    admin.goes("/administration/rules?on=2012-01-01").sees_not("Ireland, European Union")
    admin.goes("/administration/rules?on=2028-10-01").sees("Ireland, European Union")
