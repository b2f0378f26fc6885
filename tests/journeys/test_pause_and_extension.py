"""Time that stands still for an appraisal, and time that becomes longer by everybody's consent, through the pages."""

from uuid import UUID

from tests.builders import TheCase
from tests.cases import timing
from tests.journeys.conftest import Opens
from tests.journeys.roads import Road
from tests.journeys.town import Town, photo, text_of
from tourism_odr.clock import now
from tourism_odr.db import unit_of_work
from tourism_odr.people.models import Organisation

COUNCIL = "60 calendar days by Shanghai Consumer Protection Ordinance"
ORDER = [(photo("green"), "order.jpg")]
WHY = "The report of the appraisal is not there yet."


def under_a_council(town: Town) -> Road:
    """The body of the cast works by the rules of a consumer council, whose 60 days may become 30 longer, once."""
    with town.app.app_context(), unit_of_work() as session:
        body = session.get_one(Organisation, town.cast.body)
        body.settings = {**(body.settings or {}), "jurisdiction": "cn-sh-council"}
    return Road(town)


def told(town: Town, words: str) -> bool:
    """Whether a message to the tourist said so."""
    return any(words in text_of(message) for message in town.mails_to("xiaotong@tourist.example"))


def test_more_time_comes_with_the_last_consent_and_only_once(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    road = under_a_council(town).in_mediation()
    tourist, handler, mediator, case = road.tourist, road.handler, road.mediator, road.tourist.case
    dates = f"/cases/{case}/deadlines"
    tourist.goes(dates).sees(COUNCIL, "Fri 11 December 2026")

    mediator.goes(dates).follows("Propose more time").sees("At most 30 calendar days more, by consent of all parties, article 56")
    mediator.fills(count="31", why=WHY).presses("Propose more time").sees("Enter a number from 1 to 30.")
    mediator.fills(count="20", why=WHY).presses("Propose more time").sees("More time proposed: 20 calendar days", "has not answered", WHY)
    town.jobs_run()
    assert told(town, "More time is proposed for: Mediation by the consumer council.")

    handler.goes(f"/cases/{case}").sees("Say whether you consent to more time").follows("Consent to more time")
    handler.sees("Fri 11 December 2026", "Thu 31 December 2026", WHY).presses("Consent to more time").sees("You have consented.")
    handler.goes(dates).sees("consented on").sees_not("Extended by")
    town.waits(minutes=5)
    tourist.goes(dates).follows("Consent to more time").presses("Consent to more time").sees("Enter the code that was sent to you")
    tourist.fills(code=tourist.code).presses("Consent to more time").sees("The time is longer")

    for who in (tourist, handler, mediator, road.officer):
        who.goes(dates).sees("Thu 31 December 2026", "Extended by 20 calendar days by consent of all parties")
        who.sees("Consented: respondent 1 on Mon 12 October 2026; complainant 1 on Mon 12 October 2026", "the time was made longer")
        who.sees_not("Propose more time").goes(f"/cases/{case}/extensions/new", expect=404)


def test_declined_or_unanswered_the_first_date_stays(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    road = under_a_council(town).in_mediation()
    tourist, handler, case = road.tourist, road.handler, road.tourist.case
    dates = f"/cases/{case}/deadlines"

    handler.goes(dates).follows("Propose more time").fills(count="30", why=WHY).presses("Propose more time")
    tourist.goes(dates).follows("Decline more time").fills(code=tourist.code).presses("Decline more time").sees("Declined; the first date stays")
    tourist.goes(dates).follows("Propose more time").fills(count="10", why=WHY, code=tourist.code).presses("Propose more time")
    asked = handler.goes(dates).follows("Consent to more time").address
    town.waits(days=5)

    handler.goes(asked, expect=409)
    tourist.goes(dates).sees("Not answered by all in time; the first date stays", "Fri 11 December 2026").sees_not("Extended by")


def test_an_appraisal_halts_the_time_for_both_sides_and_the_days_do_not_count(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    road = Road(town).in_mediation()
    tourist, handler, mediator, case = road.tourist, road.handler, road.mediator, road.tourist.case
    dates, limit = f"/cases/{case}/deadlines", "Mediation entrusted after registration (ordinary procedure)"
    with town.app.app_context():
        timing.lay(TheCase(UUID(case), town.cast, now()))
    town.waits(days=2)

    handler.goes(dates).sees(limit).sees_not("Let the time stand still").goes(f"/cases/{case}/pauses/new", expect=404)
    mediator.goes(dates).follows("Let the time stand still").fills(what="The class of the room, by an appraiser.")
    mediator.presses("Let the time stand still").sees("Add the paper that shows it.")
    mediator.fills(what="The class of the room, by an appraiser.", papers=ORDER).presses("Let the time stand still")
    mediator.sees("The time stands still. Both sides are told.").goes(f"/cases/{case}/pauses/new", expect=404)
    town.jobs_run()
    assert told(town, "The time stands still since Wed 14 October 2026: appraisal or inspection.")
    town.waits(hours=1)
    for who in (tourist, handler):
        who.goes(dates).sees("The time stands still since Wed 14 October 2026 (appraisal or inspection).", "Stands still", "by an appraiser", "nobody: a set time runs")

    town.waits(days=30)
    road.open_case(tourist).sees_not("End by time limit", "The time limit of the case ran out")
    mediator.goes(dates).follows("Let the time run on").fills(last=town.day(5)).presses("Let the time run on").sees("Choose a day from")
    mediator.fills(last=town.day(0)).presses("Let the time run on").sees("The time runs again.")

    for who in (tourist, handler):
        who.goes(dates).sees("The time stood still from Wed 14 October 2026 to Fri 13 November 2026 (appraisal or inspection)", "Reason: the time stood still")
        who.sees_not("Stands still")


def test_a_pause_begun_by_mistake_is_undone_on_the_same_day(open_town: Opens) -> None:
    town = open_town("2026-10-12 09:00")
    road = Road(town).in_mediation()
    case, officer = road.tourist.case, road.officer
    with town.app.app_context():
        timing.lay(TheCase(UUID(case), town.cast, now()))
    town.waits(days=1)

    officer.goes(f"/cases/{case}/deadlines").follows("Let the time stand still").fills(what="Wrong case.", papers=[(photo("red"), "order.jpg")])
    officer.presses("Let the time stand still").follows("Begun by mistake").presses("It was a mistake").sees("every day counts")

    road.tourist.goes(f"/cases/{case}/deadlines").sees_not("The time stood still from", "Stands still")
