"""The head reads the figures: from the dashboard to the cases behind a number, to what it means, to a closed month."""

from tests.journeys.conftest import Opens
from tests.journeys.roads import Road


def test_a_figure_leads_to_its_cases_and_to_what_it_means(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).in_mediation()
    road.signed(town.day(5))
    town.jobs_run()
    head = road.head

    head.goes("/supervision").sees("Tourism disputes at a glance", "Received and concluded, by month", "Watching the time limits")
    head.follows("1 cases").sees("Cases: Received", road.tourist.number, "1 in all")
    head.follows(road.tourist.number)

    head.goes("/supervision").follows("Received").sees("What this figure means", "The complaint was lodged", "By kind of respondent")
    assert head.reads_file("CSV").startswith(b"\xef\xbb\xbf")
    head.follows("The cases").sees(road.tourist.number)

    head.goes("/supervision").follows("All figures").sees("How they add up", "Settled", "At the court")
    town.waits(days=40)
    head.goes("/supervision/months").presses("Close the month").sees("Select a month.")
    head.fills(month="October 2026", agree=True).presses("Close the month").sees("The month is closed.", "沈所长")
