"""What the command line promises: these keys and no others, one sentence and exit code 2 for whatever is wrong."""

import json

import pytest

from tests.amounts.asking import ask, call, lines
from tourism_odr.calc import WORKS

SHAPES = [
    ("deadline --start 2026-09-30 --count 5 --days working", {"due", "provisional"}),
    ("deadline --start 2026-09-30 --count 5 --days calendar --explain", {"due", "provisional", "derivation"}),
    ("rule --rulebook cn --rule complaint.accept --event 2026-03-16",
     {"due", "provisional", "rule_id", "article", "version", "grade"}),
    ("court-fee --amount 68378.50", {"full", "half", "steps"}),
    ("small-claims --province shanghai --on 2023-01-10 --amount 68378.50",
     {"track", "valid_from", "grade", "provisional"}),
    ("cancellation --basis contract-2014 --market domestic --by tourist --days-before 7 --fee 6000",
     {"percent", "amount", "article"}),
    ("midtrip --market domestic --fee 6000 --days 6 --done 2", {"deduct"}),
    ("fraud --price 166.67", {"add"}),
    ("standard --item transfer --fee 6000", {"amount", "article"}),
    ("eu261 --km 3500", {"eur"}),
]  # fmt: skip

WRONG = [
    "deadline --start 2026-02-30 --count 5 --days working",
    "deadline --start 2026-09-30T00:00 --count 5 --days working",
    "deadline --start 20260930 --count 5 --days working",
    "deadline --start 9999-12-31 --count 5 --days working",
    "deadline --start 0001-01-01 --count 5 --days calendar",
    "deadline --start 2026-09-30 --count 0 --days working",
    "deadline --start 2026-09-30 --count -1 --days working",
    "deadline --start 2026-09-30 --count 1.5 --days working",
    "deadline --start 2026-09-30 --count 999999999 --days working",
    "deadline --start 2026-09-30 --count 5 --days business",
    "deadline --start 2026-09-30 --count 5 --days working --calendar xx",
    "deadline --start 2026-09-30 --count 5",
    "rule --rulebook cn --rule nothing.such --event 2026-03-16",
    "rule --rulebook cn --rule complaint.accept --event 2001-01-01",
    "rules --rulebook mars",
    "rule --rulebook mars --rule house.undo --event 2026-03-16",
    "rule --rulebook mars --rule complaint.accept --event 2026-03-16",
    "court-fee --amount -5",
    "court-fee --amount 0",
    "court-fee --amount nan",
    "court-fee --amount Infinity",
    "court-fee --amount 1e5",
    "court-fee --amount 68,378.50",
    "court-fee --amount 68378.505",
    "court-fee --amount ٣٤٥",
    "court-fee --amount １２３４５",
    "court-fee --amount 9999999999999999",
    "court-fee --amount",
    "court-fee --amount 5 --colour red",
    "court-fee 5",
    "small-claims --province shanghai --on 2022-08-22 --amount 100",
    "small-claims --province hainan --on 2023-01-10 --amount 100",
    "cancellation --basis standard-2011 --market domestic --by tourist --days-before 7 --fee 6000",
    "cancellation --basis standard-2011 --market inbound --by agency --days-before 7 --fee 6000",
    "cancellation --basis contract-2014 --market domestic --by agency --days-before -1 --fee 6000",
    "midtrip --market domestic --fee 6000 --days 6 --done 7",
    "midtrip --market domestic --fee 6000 --days 0 --done 0",
    "fraud --price abc",
    "standard --item missed-sight --fee 6000",
    "standard --item transfer --fee 6000 --times 2",
    "standard --item transfer --fee 6000 --loss 5",
    "standard --item forced-shopping --fee 6000 --times 0",
    "standard --item nothing --fee 6000",
    "eu261 --km 0",
    "eu261 --km far",
    "eu261 --km 100 --rerouted-late-hours -2",
    "nothing",
]


@pytest.mark.parametrize(("words", "keys"), SHAPES, ids=[words for words, _ in SHAPES])
def test_the_answer_has_these_keys_and_no_others(words: str, keys: set[str]) -> None:
    done = call("calc", *words.split(), "--json")

    assert done.exit_code == 0
    assert set(json.loads(done.stdout)) == keys


@pytest.mark.parametrize("words", WRONG)
def test_a_bad_argument_is_one_sentence_and_exit_code_2(words: str) -> None:
    done = call("calc", *words.split(), "--json")

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith(".\n") or done.stderr.endswith(").\n") or done.stderr.rstrip().endswith(")")


def test_a_bad_line_is_answered_in_its_place_and_the_rest_goes_on() -> None:
    good = {"calc": "fraud", "price": 310}
    wrong = ["not json", "[1]", '{"calc": "fraud", "price": NaN}', '{"calc": "fraud", "price": 1e5}', {"calc": "x"},
             {"calc": ["fraud"]}, {"calc": "fraud", "price": None}, {"calc": "fraud", "price": [1]}, {"calc": "fraud"},
             {"calc": "fraud", "price": 1, "colour": 1}, {"calc": "eu261", "km": 9, "intra_eu": "yes"},
             '{"calc": "fraud", "price": "\\ud800"}', "[" * 5000]  # fmt: skip

    answers = lines(good, *wrong, good)

    assert [set(answer) for answer in answers] == [{"add"}, *[{"error"}] * len(wrong), {"add"}]


def test_amounts_are_read_as_they_are_written() -> None:
    answers = lines('{"calc": "fraud", "price": 166.67}', {"calc": "fraud", "price": "166.67"}, '{"calc": "fraud", "price": 333.10}')

    assert [answer["add"] for answer in answers] == ["500.01", "500.01", "999.30"]


def test_every_command_says_how_it_came_about_on_demand() -> None:
    answer = ask({"calc": "midtrip", "market": "domestic", "fee": 6000, "days": 6, "done": 2, "explain": True})

    assert answer["steps"][-1] == "3,600.00 + 800.00 = 4,400.00"
    assert {cited["grade"] for cited in answer["basis"]} == {"template"}
    assert answer["assumes"]


def test_a_derivation_names_every_day_and_why_it_does_not_count() -> None:
    asked = {"calc": "deadline", "start": "2026-09-30", "count": 5, "days": "working", "explain": True}

    derivation = ask(asked)["derivation"]

    assert [row["day"] for row in derivation] == [f"2026-10-{day:02d}" for day in range(1, 14)]
    assert [row["number"] for row in derivation if row["number"]] == [1, 2, 3, 4, 5]
    assert derivation[0]["why"] == "National Day holiday"


def test_calendar_days_move_from_a_day_off_unless_told_not_to() -> None:
    asked = {"calc": "deadline", "start": "2026-08-03", "count": 60, "days": "calendar"}

    assert ask(asked)["due"] == "2026-10-08"
    assert ask(asked | {"no_roll": True})["due"] == "2026-10-02"


def test_the_version_of_a_rule_is_chosen_by_the_day_of_its_event() -> None:
    last, first = ({"calc": "rule", "rulebook": "cn", "rule": "complaint.accept", "event": day}
                   for day in ("2026-03-14", "2026-03-15"))  # fmt: skip

    old, new = lines(last, first)

    assert (old["due"], new["due"]) == ("2026-03-20", "2026-03-17")
    assert old["version"] != new["version"]


def test_every_listed_rule_can_be_computed() -> None:
    names = ask({"calc": "rules", "rulebook": "cn"})["rules"]

    answers = lines(*({"calc": "rule", "rulebook": "cn", "rule": name, "event": "2026-06-01"} for name in names))

    assert "complaint.accept" in names
    assert [answer["rule_id"] for answer in answers] == names


def test_without_json_the_answer_is_lines_for_people() -> None:
    done = call("calc", "court-fee", "--amount", "20000")

    assert done.stdout.splitlines()[:3] == ["full: 300.00", "half: 150.00", "steps:"]


def test_every_command_is_also_a_line_of_batch() -> None:
    answers = lines(*({"calc": name} for name in WORKS))

    assert all("needs --" in answer["error"] for answer in answers)
