"""Mediation that ends without agreement: by the mediator, and by the clock."""

from tests.journeys.conftest import Opens
from tests.journeys.roads import Road
from tests.journeys.town import says


def test_a_mediator_ends_it_and_the_document_waits_for_the_head(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).in_mediation()

    road.room(road.mediator).follows("End mediation…").presses("End mediation").sees("Choose a reason.")
    road.mediator.fills(reason="no-agreement", words="立场差距过大。", agree=True).presses("End mediation")
    town.jobs_run()
    road.open_case(road.tourist).sees("Closed", "Ended without agreement").sees_not("Termination of mediation")
    road.head.goes("/supervision/documents").follows("Read and sign").presses("Sign").sees("Tick the statement to sign.")
    road.head.fills(read=True).presses("Sign")
    town.jobs_run()

    for who in (road.tourist, road.handler):
        road.open_case(who).sees("Termination of mediation")
        assert says(who.reads_file("Termination of mediation"), road.tourist.number, "旅游投诉终止调解书", "沈所长")


def test_the_time_limit_ends_an_open_mediation_with_its_document(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).authorised("termination").in_mediation()
    road.open_case(road.tourist).sees("Thu 26 November 2026 24:00")

    town.waits_until("2026-11-26 23:00")
    road.open_case(road.tourist).sees("In mediation")
    town.waits_until("2026-11-27 00:05")

    for who in (road.tourist, road.handler):
        road.open_case(who).sees("Closed", "Termination of mediation").sees_not("In mediation")
        assert says(who.reads_file("Termination of mediation"), road.tourist.number, "第65条", "因调解期限届满，本次调解终止。")
