"""Respondents who do not answer: reminded, invited, left; and what the tourist chooses."""

from tests.journeys.conftest import Opens
from tests.journeys.roads import AGENCY, SECOND_AGENCY, Road
from tests.journeys.town import Complaint, Town, says


def fallen_silent(town: Town) -> Road:
    """A complaint that was opened and never answered, until its date."""
    road = Road(town).authorised("non-response", "termination").lodged().accepted().served().opened()
    town.waits(days=14)
    return road


def test_of_two_respondents_one_agrees_and_the_other_stays_silent_to_the_end(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).authorised("non-response", "termination").lodged(Complaint(agencies=(AGENCY, SECOND_AGENCY))).accepted().served(times=2)
    tourist, second = road.tourist, road.second_handler
    road.opened().answered()
    second.goes("/respond").follows(tourist.number).presses("Open the letter")
    town.waits(days=14)

    road.open_case(tourist).sees("No answer; the tourist chooses", "Record of non-response")
    assert says(tourist.reads_file("Record of non-response"), tourist.number, SECOND_AGENCY, "未答复情况记录")
    road.open_case(second).sees("Record of non-response")
    road.open_case(tourist).follows("Ask for one reminder").presses("Ask for one reminder")
    road.on_the_desk().follows("Send the reminder").presses("Send the reminder")
    town.jobs_run()
    road.open_case(second).sees("Reminded; waiting for the answer")
    assert says(second.reads_file("Reminder to answer"), SECOND_AGENCY, "催告函")
    town.waits(days=10)

    road.open_case(tourist).sees("No answer after the reminder; the tourist chooses")
    end = "End without mediation"
    tourist.follows(end).presses(end).sees("Enter the code")
    tourist.fills(code=tourist.code).presses(end)
    road.head_signs()
    road.open_case(tourist).sees("Ended without agreement", "In mediation")
    assert says(tourist.reads_file("Termination of mediation"), SECOND_AGENCY, tourist.number)

    road.seated().signed(town.day(20))
    town.jobs_run()
    road.open_case(tourist).sees("Closed", "Agreement signed", "Ended without agreement")


def test_a_silent_respondent_accepts_an_invitation(open_town: Opens) -> None:
    town = open_town()
    road = fallen_silent(town)

    road.open_case(road.tourist).follows("Invite to mediation").presses("Invite to mediation")
    town.jobs_run()
    road.open_case(road.handler).sees("Invited to mediation").follows("Accept mediation")
    road.handler.presses("Agree to mediation")
    town.jobs_run()

    road.open_case(road.tourist).sees("In mediation", "The mediation room")


def test_an_invitation_that_nobody_answers_lapses_and_ends_the_case(open_town: Opens) -> None:
    town = open_town()
    road = fallen_silent(town)

    road.open_case(road.tourist).follows("Invite to mediation").presses("Invite to mediation")
    town.waits(days=12)

    road.open_case(road.tourist).sees("Ended without agreement", "Closed")
