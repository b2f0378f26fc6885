"""Counting days: the first is not counted, days off are skipped, the end is 24:00 local, unknown years say so."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rulebooks import calendar_sources
from tourism_odr.clock import end_of_day, local_day
from tourism_odr.rulebooks import ClockRule, by_version, days, days_left, explain, fixed, profile
from tourism_odr.rulebooks.calendars import calendars
from tourism_odr.rulebooks.loading import parse
from tourism_odr.rulebooks.rules import Heading, Reader, read_clock

HEAD = Heading("made", "Made", "law", "某办法", date(2004, 1, 1), None, "cn", None, None)
BOOK = profile("cn-sh", on=date(2026, 3, 15))
SPAN = timedelta(hours=24 * 365 * 24)
STARTS = st.timedeltas(timedelta(0), SPAN).map(lambda after: datetime(2004, 1, 2, tzinfo=UTC) + after)
NAMES = st.sampled_from(sorted(name for name in BOOK.clocks if name != "undo"))


def rule(count: int, unit: str, *, roll: bool = False) -> ClockRule:
    text = f'title="T"\ncount={count}\nunit="{unit}"\nroll={str(roll).lower()}\nstarts="complaint_received"'
    table = parse("made.toml", text + '\narticle="第1条"\ngrade="statute_text"\nwho="body"')
    return read_clock(Reader("made.toml", "clock.made", table), "made", HEAD)


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T04:00:00+00:00")


@pytest.mark.parametrize(
    ("start", "count", "unit", "expected"),
    [
        ("2026-02-13", 2, "working", "2026-02-24"),
        ("2026-04-30", 2, "working", "2026-05-07"),
        ("2026-11-23", 2, "working", "2026-11-25"),
        ("2025-09-29", 5, "working", "2025-10-13"),
        ("2026-08-03", 60, "calendar", "2026-10-08"),
        ("2026-11-23", 7, "calendar", "2026-11-30"),
    ],
)
def test_worked_examples_come_out_as_computed_elsewhere(start, count, unit, expected):
    due = rule(count, unit, roll=unit == "calendar").due(noon(start))

    assert due.day.isoformat() == expected
    assert due.at == end_of_day(due.day)
    assert not due.provisional


def test_a_count_into_a_year_without_published_days_off_is_provisional():
    due = rule(2, "working").due(noon("2026-12-30"))

    assert due.provisional
    assert due.derivation["calendar"]["years"]["2027"] is None
    assert any("Provisional" in line for line in explain(due.derivation, "en"))


def test_the_local_day_decides_and_not_the_utc_day():
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # already 00:30 on the 24th in Shanghai

    due = rule(2, "working").due(late)

    assert due.derivation["start_day"] == "2026-11-24"
    assert due.day == date(2026, 11, 26)


def test_a_last_day_off_moves_and_the_unmoved_day_is_kept():
    due = rule(60, "calendar", roll=True).due(noon("2026-08-03"))

    assert due.derivation["unmoved_day"] == "2026-10-02"
    assert due.derivation["unmoved_off"] == "national-day"
    assert due.derivation["runs"] == [["day", 60], ["national-day", 5], ["end", 1]]


def test_the_own_date_of_a_tourist_keeps_the_unmoved_day_beside_the_one_to_which_the_law_moves_it():
    due = BOOK.own_date("shopping-return", noon("2026-09-02"))

    assert (due.derivation["unmoved_day"], due.day) == ("2026-10-02", date(2026, 10, 8))


def test_minutes_run_from_the_click():
    due = BOOK.rule("undo").due(noon("2026-11-23"))

    assert due.at == noon("2026-11-23") + timedelta(minutes=10)
    assert not due.provisional


def test_a_naive_start_is_refused():
    with pytest.raises(ValueError, match="aware"):
        BOOK.rule("decide").due(datetime(2026, 3, 15))  # noqa: DTZ001 - the very thing refused


def test_a_make_up_working_day_counts_and_is_named():
    due = rule(2, "working").due(noon("2026-02-13"))

    assert [day.day for day in days(due.derivation) if day.made_up] == [date(2026, 2, 14)]
    assert any("Sat 14 February 2026" in line for line in explain(due.derivation, "en"))


def test_a_weak_number_is_weak_until_a_letter_sets_the_date():
    counted = BOOK.rule("answer").due(noon("2026-11-23"))
    written = BOOK.fixed("answer", date(2026, 12, 1), basis="officer-letter", start=noon("2026-11-23"))

    assert counted.weak
    assert not written.weak
    assert written.at == end_of_day(date(2026, 12, 1))
    assert "service letter" in explain(written.derivation, "en")[0]


def test_a_date_set_by_a_person_does_not_move_and_says_that_it_is_a_day_off():
    due = fixed(BOOK.rule("performance"), date(2026, 10, 1), basis="agreement")

    assert due.day == date(2026, 10, 1)
    assert any("does not move" in line for line in explain(due.derivation, "en"))


def test_a_date_in_the_agreement_is_the_parties_own_and_no_house_rule():
    due = BOOK.fixed("performance", date(2026, 10, 1), basis="agreement", start=noon("2026-09-01"))
    lines = explain(due.derivation, "en")

    assert lines[0].startswith("The parties agreed on this date themselves")
    assert not any("house rule" in line for line in lines)


def test_law_is_cited_in_the_language_of_the_reader_with_its_chinese_name_beside():
    due = BOOK.rule("conclude-local").due(noon("2026-11-23"))

    assert "by Shanghai Tourism Ordinance (上海市旅游条例（2020修正）), article 65 " in explain(due.derivation, "en")[0]
    assert "上海市旅游条例（2020修正）第65条" in explain(due.derivation, "zh-Hans")[0].replace("，", "")


def test_a_house_rule_is_explained_as_a_house_rule_with_its_reason():
    lines = " ".join(explain(BOOK.rule("offer-validity").due(noon("2026-11-23")).derivation, "en"))

    assert "house rule, not law" in lines
    assert BOOK.rule("offer-validity").why in lines


@given(start=STARTS, count=st.integers(1, 90))
def test_working_days_counted_are_as_many_as_the_rule_says(start, count):
    due = rule(count, "working").due(start)

    numbers = [day.number for day in days(due.derivation) if day.number]
    assert numbers == list(range(1, count + 1))
    assert calendars()["cn"].why_off(due.day) is None
    assert days_left(due.at, start)[0] == count


@given(start=STARTS, count=st.integers(1, 120))
def test_a_rolled_end_is_the_first_working_day_on_or_after_the_unmoved_day(start, count):
    due = rule(count, "calendar", roll=True).due(start)

    unmoved = date.fromisoformat(due.derivation["unmoved_day"])
    assert (unmoved - local_day(start)).days == count
    assert calendars()["cn"].why_off(due.day) is None
    assert all(day.off for day in days(due.derivation)[count - 1 : -1])


@given(start=STARTS, name=NAMES, later=st.timedeltas(timedelta(0), timedelta(days=40)))
def test_whoever_starts_later_never_ends_earlier(start, name, later):
    assert BOOK.rule(name).due(start).at <= BOOK.rule(name).due(start + later).at


@given(start=STARTS, name=NAMES)
def test_a_derivation_survives_storage_and_explains_itself(start, name):
    due = BOOK.rule(name).due(start)

    stored = json.loads(json.dumps(due.derivation))

    assert stored == due.derivation
    assert explain(stored, "en")
    assert explain(stored, "zh-Hans")
    assert len(days(stored)) == (due.day - local_day(start)).days
    assert by_version(BOOK.version).rule(name).due(start) == due


@given(start=STARTS)
def test_a_date_is_provisional_exactly_when_a_day_of_an_unpublished_year_mattered(start):
    due = rule(5, "working").due(start)

    first = local_day(start) + timedelta(days=1)
    assert due.provisional == (due.day.year > 2026 or first.year > 2026)


def test_days_left_are_zero_on_the_last_day_and_overdue_at_its_end():
    due_at = end_of_day(date(2026, 11, 25))

    assert days_left(due_at, noon("2026-11-23")) == (2, 2, False)
    assert days_left(due_at, due_at - timedelta(seconds=1)) == (0, 0, False)
    assert days_left(due_at, due_at) == (-1, -1, True)


def test_the_committed_days_off_are_those_of_both_sources_but_for_the_settled_day():
    known = calendars()["cn"]

    wrong = [
        day for day in calendar_sources.days() if (known.why_off(day) is None) != calendar_sources.works(day)
    ]

    assert wrong == []
    assert calendar_sources.differences() == list(calendar_sources.SETTLED)
    assert all(known.published(date(year, 1, 1)) for year in range(2004, 2027))


def test_2026_has_33_days_off_and_6_worked_weekend_days():
    year = calendars()["cn"].year(2026)

    assert sum(why != "weekend" for why in year.off.values()) == 33
    assert len(year.made_up) == 6
