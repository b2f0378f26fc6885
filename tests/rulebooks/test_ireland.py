"""Ireland: another law, other days off, another time zone, and nothing of it in Python."""

from datetime import UTC, date, datetime
from pathlib import Path

import holidays
import pytest

import tourism_odr
from tests.rulebooks.verifier import complaint
from tourism_odr.cases.lifecycle import STEPS, TABLES
from tourism_odr.rulebooks import WEAK, NoRulebook, explain, find_rule, local_zone, profile, profiles
from tourism_odr.rulebooks.calendars import shipped_calendars

BEFORE, AFTER = profile("eu-ie", on=date(2028, 9, 19)), profile("eu-ie", on=date(2028, 9, 20))
IE = shipped_calendars()["ie"]


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def test_the_public_holidays_are_those_of_the_library_day_by_day():
    known = holidays.country_holidays("IE", years=list(IE.years))

    for number, year in IE.years.items():
        ours = {day for day, why in year.off.items() if why != "weekend"}
        assert ours == {day for day in known if day.year == number}
        assert not year.made_up
    assert (min(IE.years), max(IE.years)) == (2024, 2030)
    assert "library" in IE.source


@pytest.mark.parametrize(
    ("book", "clock", "start", "expected"),
    [
        (BEFORE, "decide", "2027-03-01", "2027-03-22"),
        (BEFORE, "conclude-national", "2027-03-01", "2027-05-30"),  # a Sunday: no rule moves it
        (BEFORE, "answer", "2027-03-12", "2027-03-30"),  # over Saint Patrick's Day and Easter Monday
        (AFTER, "answer", "2028-10-03", "2028-11-01"),  # over the October holiday
        (AFTER, "answer", "2028-12-01", "2029-01-03"),  # over Christmas; 1 January is a Monday
        (AFTER, "conclude-national", "2028-12-01", "2029-03-01"),
        (AFTER, "choose", "2028-10-26", "2028-11-03"),  # a general house rule counts by the days of Ireland too
    ],
)
def test_worked_numbers_counted_by_hand(book, clock, start, expected):
    due = book.rule(clock).due(noon(start))

    assert due.day.isoformat() == expected
    assert due.derivation["calendar"]["id"] == "ie"
    assert not due.provisional
    assert complaint(due.derivation) is None


def test_a_day_ends_at_midnight_in_dublin():
    winter = BEFORE.rule("decide").due(datetime(2027, 1, 4, 23, 30, tzinfo=UTC))
    summer = BEFORE.rule("decide").due(datetime(2027, 6, 1, 23, 30, tzinfo=UTC))  # 00:30 of 2 June in Dublin

    assert winter.at == datetime(2027, 1, 26, 0, 0, tzinfo=UTC)
    assert summer.at == datetime(2027, 6, 23, 23, 0, tzinfo=UTC)
    assert local_zone("eu-ie") == "Europe/Dublin"


def test_a_date_that_a_person_set_ends_at_midnight_in_dublin_too():
    due = BEFORE.fixed("answer", date(2027, 6, 10), basis="officer-letter", start=noon("2027-06-01"))

    assert due.at == datetime(2027, 6, 10, 23, 0, tzinfo=UTC)
    assert complaint(due.derivation) is None


def test_an_explanation_tells_the_time_of_the_place():
    said = explain(BEFORE.rule("decide").due(noon("2027-06-01")).derivation, "en")

    assert any("Tue 1 June 2027 13:00" in line for line in said)


def test_from_20_september_2028_the_law_gives_the_trader_20_working_days_and_silence_refuses():
    before, after = BEFORE.rule("answer"), AFTER.rule("answer")

    assert (before.kind, before.count, before.when_missed) == ("house", 10, None)
    assert (after.kind, after.count, after.unit) == ("law", 20, "working")
    assert after.when_missed in TABLES["respondent"].when_missed["answer"]
    assert after.grade == "secondary"
    assert after.enforced


def test_each_step_that_a_rulebook_lists_stands_in_the_lifecycle():
    listed = {step for step in BEFORE.steps | AFTER.steps if step != "*"}

    assert {step.removesuffix("*") for step in listed if step.endswith("*")} <= {f"{kind}." for kind in TABLES}
    assert {step for step in listed if not step.endswith("*")} <= set(STEPS)


def test_nothing_is_handed_over_and_nobody_is_urged():
    for step in ("case.transfer-out", "case.receive", "transfer.propose", "urge.send", "case.note-day-45"):
        assert not BEFORE.offers(step)
        assert profile("cn-sh", on=date(2026, 11, 23)).offers(step)
    assert BEFORE.offers("case.lodge")
    assert BEFORE.offers("respondent.answer")
    assert not BEFORE.has("conclude-local")


def test_the_six_grounds_are_those_of_the_directive_and_the_trader_is_asked_first():
    assert "trader-first" in BEFORE.asks
    assert BEFORE.ground("trader-not-asked").routes == ("trader-first",)
    assert len(BEFORE.grounds) == 6
    for ground in BEFORE.grounds:
        assert "people's court" not in " ".join(ground.route_titles)
        assert ground.grade not in WEAK


@pytest.mark.parametrize(
    ("name", "on", "count", "grade"),
    [
        ("package.refund", date(2026, 11, 23), 14, "secondary"),
        ("air.refund", date(2026, 11, 23), 7, "statute_text"),
        ("air.downgrade", date(2026, 11, 23), 7, "statute_text"),
        ("package.acknowledge", date(2029, 4, 1), 7, "secondary"),
        ("package.answer", date(2029, 4, 1), 60, "secondary"),
    ],
)
def test_package_travel_and_air_passenger_rules(name, on, count, grade):
    rule = find_rule("eu", name, on)

    assert (rule.count, rule.unit, rule.grade) == (count, "calendar", grade)


def test_no_python_of_the_service_names_a_rulebook():
    service = Path(tourism_odr.__file__).parent
    lines = {path: path.read_text(encoding="utf-8") for path in service.rglob("*.py") if "demo" not in path.parts}

    assert lines
    for name in profiles():
        assert [path for path, text in lines.items() if f'"{name}"' in text] == []


def test_a_rule_has_no_number_before_its_law_was_made():
    with pytest.raises(NoRulebook, match=r"package\.answer"):
        find_rule("eu", "package.answer", date(2028, 1, 1))
