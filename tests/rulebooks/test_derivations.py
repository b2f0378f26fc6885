"""A derivation is enough to recompute its date, and whatever is altered in it is found."""

import copy
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rulebooks.verifier import complaint
from tourism_odr.rulebooks import NoRulebook, Pause, days, explain, find_rule, fixed, recount, rule_names
from tourism_odr.rulebooks.counting import digest_of, written_out

NAMES = rule_names("cn")
TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


def stored(derivation: dict[str, Any]) -> Any:
    """As it comes back from the database."""
    return json.loads(json.dumps(derivation))


def entrusted() -> dict[str, Any]:
    """A deadline with all that can happen to one: moved over a holiday, halted, made longer, moved again."""
    rule = find_rule("cn", "mediation.ordinary", date(2025, 9, 18))
    begun = datetime(2025, 9, 18, 2, tzinfo=UTC)
    first = rule.due(begun, evidence="the-event", pauses=[Pause(date(2025, 9, 22), date(2025, 9, 23), "appraisal")])
    longer = rule.extended(first.derivation, by="all-parties", agreed=date(2025, 9, 30), evidence="the-consent")
    return stored(longer.derivation)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_explains_its_date_so_that_a_stranger_can_recompute_it(name: str) -> None:
    due = find_rule("cn", name, TODAY).due_on(TODAY)

    assert complaint(stored(due.derivation)) is None
    assert explain(due.derivation, "zh-Hans")
    assert [day.day for day in days(due.derivation)][-1:] == ([due.day] if "runs" in due.derivation else [])


@given(day=DAYS, name=st.sampled_from(NAMES))
def test_any_start_of_any_rule_can_be_recomputed(day: date, name: str) -> None:
    try:
        due = find_rule("cn", name, day).due_on(day)
    except NoRulebook:
        return

    assert complaint(stored(due.derivation)) is None
    assert recount(due.derivation) == due


def test_a_halted_extended_and_moved_deadline_can_be_recomputed() -> None:
    told = entrusted()

    assert complaint(told) is None
    assert (told["unmoved_day"], told["result_day"]) == ("2025-10-05", "2025-11-10")
    assert told["extensions"][0]["unmoved_day"] == "2025-11-08"


def test_days_on_which_the_time_stands_still_do_not_count() -> None:
    rule = find_rule("cn", "mediation.summary", date(2025, 3, 3))
    halted = rule.due_on(date(2025, 3, 3))

    gone_on = rule.paused(halted.derivation, Pause(date(2025, 3, 5), date(2025, 3, 6), "appraisal"))

    assert (halted.day, gone_on.day) == (date(2025, 3, 10), date(2025, 3, 12))
    assert [day.off for day in days(gone_on.derivation)][1:3] == ["paused", "paused"]


def test_an_extension_counts_from_the_original_date_whenever_it_was_agreed() -> None:
    rule = find_rule("cn", "mediation.ordinary", date(2026, 3, 2))
    first = rule.due_on(date(2026, 3, 2))

    early = rule.extended(first.derivation, by="all-parties", agreed=date(2026, 3, 3))
    late = rule.extended(first.derivation, by="all-parties", agreed=date(2026, 3, 16))

    assert first.day == date(2026, 3, 17)
    assert early.day == late.day == date(2026, 4, 16)


def test_a_period_is_extended_only_by_whom_and_as_often_as_the_law_says() -> None:
    rule = find_rule("cn", "mediation.ordinary", date(2026, 3, 2))
    once = rule.extended(rule.due_on(date(2026, 3, 2)).derivation, by="all-parties", agreed=date(2026, 3, 3))

    with pytest.raises(ValueError, match="again"):
        rule.extended(once.derivation, by="all-parties", agreed=date(2026, 3, 4))
    with pytest.raises(ValueError, match="president"):
        rule.extended(rule.due_on(date(2026, 3, 2)).derivation, by="president", agreed=date(2026, 3, 4))


def test_time_stands_still_only_for_what_the_law_names() -> None:
    rule = find_rule("cn", "complaint.accept", TODAY)

    with pytest.raises(ValueError, match="appraisal"):
        rule.paused(rule.due_on(TODAY).derivation, Pause(TODAY, TODAY, "appraisal"))


def test_a_period_of_months_ends_on_the_day_of_the_same_number_or_the_last_of_the_month() -> None:
    rule = find_rule("cn", "court.ordinary", date(2025, 8, 29))

    assert rule.due_on(date(2025, 8, 29)).derivation["unmoved_day"] == "2026-02-28"
    assert rule.due_on(date(2025, 6, 10)).day == date(2025, 12, 10)


def altered(value: Any) -> Iterator[Any]:
    """The same value, wrong in one place, in every way that its kind allows."""
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
        case str():
            yield value + "0"
            yield from _other_dates(value)
        case None:
            yield "0"
        case list() | dict():
            yield from _without_or_altered(value)


def _other_dates(text: str) -> Iterator[str]:
    try:
        yield (date.fromisoformat(text) + timedelta(days=1)).isoformat()
    except ValueError:
        return


def _without_or_altered(value: Any) -> Iterator[Any]:
    for key in value if isinstance(value, dict) else range(len(value)):
        without = copy.deepcopy(value)
        del without[key]
        yield without
        for other in altered(value[key]):
            changed = copy.deepcopy(value)
            changed[key] = other
            yield changed


def test_whatever_is_altered_in_a_derivation_is_found() -> None:
    told = entrusted()

    changed = list(altered(told))

    assert len(changed) > 100
    assert [one for one in changed if complaint(one) is None] == []


FOLLOWS = ("start_day", "count", "unit", "unmoved_day", "provisional", "result_day", "result")


@pytest.mark.parametrize("name", FOLLOWS)
def test_what_follows_from_the_rest_is_found_even_under_a_new_digest(name: str) -> None:
    due = find_rule("cn", "mediation.ordinary", date(2025, 3, 3)).due_on(date(2025, 3, 3))
    seals = [sealed(due.derivation)]

    for other in altered(due.derivation[name]):
        forged = {key: value for key, value in due.derivation.items() if key != "digest"} | {name: other}

        assert complaint(forged | {"digest": digest_of(forged, seals)}) is not None


def sealed(derivation: dict[str, Any]) -> str:
    """The digest of the days of a count."""
    first = date.fromisoformat(derivation["start_day"])
    return hashlib.sha256("\n".join(written_out(first, derivation["runs"])).encode()).hexdigest()


def test_a_date_that_a_person_set_is_sealed_too() -> None:
    rule = find_rule("cn", "house.performance", TODAY)
    told = stored(fixed(rule, date(2026, 12, 1), basis="agreement").derivation)

    assert complaint(told) is None
    assert complaint(told | {"basis": "reminder-letter"}) is not None
    assert complaint(told | {"result_day": "2026-12-02"}) is not None
