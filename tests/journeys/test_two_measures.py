"""A pair of complaints, one received on the last day of the old Measures and one on the first day of the new."""

from tests.journeys.conftest import Opens
from tests.journeys.roads import Road
from tests.journeys.town import Complaint, says


def test_two_complaints_a_day_apart_go_each_by_its_own_measures(open_town: Opens) -> None:
    town = open_town("2026-03-14 10:00")
    old = Road(town).lodged(Complaint(email="old@tourist.example"))
    town.waits_until("2026-03-15 10:00")
    new = Road(town).lodged(Complaint(name="Chen Yu", email="new@tourist.example", story="The bus never came."))

    old.open_case(old.tourist).sees("5 working days by Measures for Handling Tourist Complaints (2010) (旅游投诉处理办法（国家旅游局令第32号，2010）), article 15", "Fri 20 March 2026 24:00")
    new.open_case(new.tourist).sees("2 working days by Measures for Handling Tourist Complaints (2026) (旅游投诉处理办法（文化和旅游部令第14号，2026）)", "Tue 17 March 2026 24:00")
    old.on_the_desk().sees("Measures for Handling Tourist Complaints (2010)").sees_not("Complaints (2026)")
    new.on_the_desk().sees("Measures for Handling Tourist Complaints (2026)").sees_not("Complaints (2010)")
    assert says(old.tourist.receipt, "2010", "2026年3月20日")
    assert says(new.tourist.receipt, "版本：2026-03-15", "2026年3月17日")

    town.waits_until("2026-03-16 10:00")
    for road in (old, new):
        road.accepted()
    old_paper = old.open_case(old.tourist).reads_file("Notice of acceptance")
    new_paper = new.open_case(new.tourist).reads_file("Notice of acceptance")
    assert says(old_paper, old.tourist.number, "（国家旅游局令第32号，2010）》第15条（版本：2010-07-01")
    assert says(new_paper, new.tourist.number, "版本：2026-03-15")


def test_a_decision_that_comes_late_is_recorded_under_each_of_the_measures(open_town: Opens) -> None:
    town = open_town("2026-03-14 10:00")
    old = Road(town).lodged(Complaint(email="old@tourist.example"))
    town.waits_until("2026-03-15 10:00")
    new = Road(town).lodged(Complaint(name="Chen Yu", email="new@tourist.example", story="The bus never came."))

    town.waits_until("2026-03-18 00:10")
    late = "The time for deciding on acceptance ran out"
    old.open_case(old.tourist).sees_not(late)
    new.open_case(new.tourist).sees(late)

    town.waits_until("2026-03-21 00:10")
    old.open_case(old.tourist).sees(late)
