"""Floors, caps, edges and roundings of each calculator."""

from decimal import Decimal
from importlib.resources import files

import pytest

from tests.amounts.asking import ask
from tourism_odr.amounts import CALCULATORS, InapplicableError, text, texts
from tourism_odr.amounts.texts import read_text
from tourism_odr.rulebooks import BadRulebook
from tourism_odr.rulebooks.loading import parse, shipped


def percent(basis: str, market: str, by: str, days: int) -> str:
    asked = {"basis": basis, "market": market, "by": by, "days_before": days, "fee": 6000}
    return ask({"calc": "cancellation"} | asked)["percent"]


@pytest.mark.parametrize(
    ("market", "day", "standard", "contract"),
    [("domestic", 8, "0", "0"), ("domestic", 7, "10", "0"), ("domestic", 6, "10", "10"), ("domestic", 3, "15", "15"),
     ("domestic", 1, "15", "15"), ("domestic", 0, "20", "20"), ("outbound", 31, "0", "0"), ("outbound", 30, "2", "0"),
     ("outbound", 29, "2", "2"), ("outbound", 15, "2", "2"), ("outbound", 14, "5", "5"), ("outbound", 7, "5", "5"),
     ("outbound", 6, "10", "10"), ("outbound", 0, "20", "20"), ("outbound", 999_999_999, "0", "0")],
)  # fmt: skip
def test_on_day_7_and_day_30_standard_and_contract_differ(market, day, standard, contract):
    assert percent("standard-2011", market, "agency", day) == standard
    assert percent("contract-2014", market, "agency", day) == contract


@pytest.mark.parametrize(
    ("market", "day", "expected"),
    [("domestic", 7, "0"), ("domestic", 6, "20"), ("domestic", 4, "20"), ("domestic", 3, "40"), ("domestic", 1, "40"),
     ("domestic", 0, "60"), ("outbound", 30, "0"), ("outbound", 29, "5"), ("outbound", 15, "5"), ("outbound", 14, "20"),
     ("outbound", 7, "20"), ("outbound", 6, "50"), ("outbound", 4, "50"), ("outbound", 3, "60"), ("outbound", 0, "70")],
)  # fmt: skip
def test_what_a_tourist_who_withdraws_leaves_behind_by_the_contract(market, day, expected):
    assert percent("contract-2014", market, "tourist", day) == expected


def test_the_standard_names_what_applies_to_a_tourist_who_withdraws():
    run = CALCULATORS["cancellation"].run

    with pytest.raises(InapplicableError, match="Tourism Law, article 65"):
        run(basis="standard-2011", market="domestic", by="tourist", days_before=7, fee=Decimal(6000))


@pytest.mark.parametrize(
    ("amount", "full", "half"),
    [("10000", "50.00", "25.00"), ("10000.01", "50.00", "25.00"), ("10000.20", "50.01", "25.00"),
     ("10000.60", "50.02", "25.01"), ("99999.99", "2300.00", "1150.00"), ("500000", "8800.00", "4400.00"),
     ("2000000", "22800.00", "11400.00"), ("5000000", "46800.00", "23400.00"), ("20000000", "141800.00", "70900.00"),
     ("20000000.01", "141800.00", "70900.00"), ("999999999999999.99", "5000000041800.00", "2500000020900.00")],
)  # fmt: skip
def test_the_court_fee_is_rounded_half_up_once_and_halved_unrounded(amount, full, half):
    answer = ask({"calc": "court-fee", "amount": amount})

    assert (answer["full"], answer["half"]) == (full, half)


@pytest.mark.parametrize(
    ("price", "add"),
    [("0.01", "500.00"), ("166.66", "500.00"), ("166.67", "500.01"), ("500", "1500.00")],
)
def test_damages_for_fraud_are_three_times_the_price_and_at_least_500(price, add):
    assert ask({"calc": "fraud", "price": price}) == {"add": add}


@pytest.mark.parametrize(
    ("given", "deduct"),
    [({"done": 0}, "3600.00"), ({"done": 6}, "6000.00"), ({"done": 1}, "4000.00"), ({"done": 2, "cost": 5000}, "5000.00"),
     ({"done": 2, "cost": 100}, "4400.00"), ({"done": 2, "cost": 7000}, "6000.00"),
     ({"done": 2, "market": "outbound"}, "4800.00"), ({"done": 1, "days": 7}, "3942.86")],
)  # fmt: skip
def test_leaving_on_the_way_costs_what_was_spent_and_never_more_than_the_fee(given, deduct):
    assert ask({"calc": "midtrip", "market": "domestic", "fee": 6000, "days": 6} | given) == {"deduct": deduct}


@pytest.mark.parametrize(
    ("given", "amount", "article"),
    [({"item": "missed-sight", "ticket": 80}, "160.00", "article 10 (1)"),
     ({"item": "missed-sight", "ticket": 80, "times": 2, "fee": 6000}, "320.00", "article 10 (1)"),
     ({"item": "ticket-free-sight", "fee": 6000, "times": 3}, "900.00", "article 10 (1)"),
     ({"item": "transfer", "fee": 6000}, "1500.00", "article 5"),
     ({"item": "downgrade", "difference": "120.50"}, "241.00", "article 8"),
     ({"item": "forced-shopping", "fee": 6000, "times": 2}, "2400.00", "article 10 (4)"),
     ({"item": "added-shopping", "fee": "33.33"}, "3.33", "article 10 (3)"),
     ({"item": "added-shopping", "fee": "33.33", "times": 2}, "6.67", "article 10 (3)"),
     ({"item": "missed-transport", "loss": 1000}, "1200.00", "article 7"),
     ({"item": "suspended", "fee": 6000}, "1800.00", "article 11"),
     ({"item": "suspended", "fee": 6000, "loss": 300}, "2100.00", "article 11")],
)  # fmt: skip
def test_the_standard_makes_good_and_adds_a_penalty(given, amount, article):
    assert ask({"calc": "standard"} | given) == {"amount": amount, "article": article}


@pytest.mark.parametrize(
    ("given", "eur"),
    [({"km": 1500}, 250), ({"km": "1500.5"}, 400), ({"km": 3500}, 400), ({"km": 3501}, 600), ({"km": 9000, "intra_eu": True}, 400),
     ({"km": 1500, "rerouted_late_hours": 2}, 125), ({"km": 1500, "rerouted_late_hours": "2.01"}, 250),
     ({"km": 3500, "rerouted_late_hours": 3}, 200), ({"km": 9000, "rerouted_late_hours": 4}, 300),
     ({"km": 9000, "rerouted_late_hours": 0}, 300), ({"km": 9000, "rerouted_late_hours": "4.5"}, 600),
     ({"km": 4000, "intra_eu": True, "rerouted_late_hours": "3.5"}, 400)],
)  # fmt: skip
def test_air_passengers_get_by_distance_and_half_when_another_flight_was_soon_there(given, eur):
    assert ask({"calc": "eu261"} | given) == {"eur": eur}


@pytest.mark.parametrize(
    ("on", "amount", "more", "track", "provisional"),
    [("2022-08-23", "68378.50", {}, "small_claims", False), ("2023-01-10", "68378.51", {}, "small_claims_by_agreement", False),
     ("2023-01-10", "273514", {}, "small_claims_by_agreement", False), ("2023-01-10", "273514.01", {}, "summary_or_ordinary", False),
     ("2023-01-10", "100", {"foreign_related": True}, "summary_or_ordinary", False),
     ("2026-11-23", "68378.50", {}, "small_claims", True)],
)  # fmt: skip
def test_the_track_follows_the_wage_known_on_that_day(on, amount, more, track, provisional):
    answer = ask({"calc": "small-claims", "province": "shanghai", "on": on, "amount": amount} | more)

    assert (answer["track"], answer["provisional"]) == (track, provisional)
    assert (answer["valid_from"], answer["grade"]) == ("2022-08-23", "secondary")


@pytest.mark.parametrize(
    ("given", "binding", "returned"),
    [({"paid": 2000, "breach": "receiver"}, "2000.00", "4000.00"), ({"paid": 2500, "breach": "receiver"}, "2000.00", "4500.00"),
     ({"paid": 2500, "breach": "payer"}, "2000.00", "500.00"), ({"paid": 500, "breach": "payer"}, "500.00", "0.00")],
)  # fmt: skip
def test_a_deposit_binds_up_to_a_fifth_and_is_returned_twice_by_a_receiver_in_breach(given, binding, returned):
    answer = ask({"calc": "deposit", "price": 10000} | given)

    assert answer == {"binding": binding, "returned": returned}


def test_a_text_names_what_applies_to_those_for_whom_it_does_not_speak():
    standard = text("cn-standard-2011")

    assert standard.instead(respondent="agency", contract="silent", by="agency") is None
    assert "own table applies" in str(standard.instead(respondent="agency", contract="model-2014"))
    assert "article 71" in str(standard.instead(respondent="carrier"))


def test_every_number_of_every_text_has_article_and_source():
    for one in texts().values():
        rows = [*one.bands, *one.numbers.values(), *one.items.values(), *one.scale, *one.limits, *one.distances]

        assert rows
        assert all(row.article for row in rows)
        assert one.source


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [('article = "article 5"\n', "", "must name its article"), ("each = true", "eech = true", "is not a known key"),
     ('percent = "25"', 'percent = "x"', "is not a number"), ("from = 4\nto = 7", "from = 5\nto = 7", "leaves a gap"),
     ("from = 4\nto = 7", "from = 3\nto = 7", "counts some twice"), ('grade = "secondary"', 'grade = "sure"', "is not one of"),
     ('respondents = ["carrier"]', 'respondents = ["hotel"]', "names neither itself"),
     ('market = "domestic"', 'market = "mars"', "is not one of"), ("valid_from = 2011-01-01", "", "is missing")],
)  # fmt: skip
def test_a_text_that_could_mislead_is_refused(old, new, sentence):
    table = (shipped_source("cn-standard-2011.toml")).replace(old, new, 1)

    with pytest.raises(BadRulebook, match=sentence):
        read_text("made.toml", parse("made.toml", table))


def shipped_source(name: str) -> str:
    assert name in shipped("amounts")
    return (files("tourism_odr.rulebooks") / "data" / "amounts" / name).read_text("utf-8")
