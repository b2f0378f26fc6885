"""What the texts say of a case before anybody negotiates: for each thing that may have happened, what follows if so.

Reads what the two sides said of the trip sheet, and nothing of who is reading: everybody gets the same sentences.
What a side has not agreed to stays open, and both ways are shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product

from tourism_odr.amounts.air import TEXT as FLIGHT
from tourism_odr.amounts.cancellation import cancellation
from tourism_odr.amounts.consumer import fraud
from tourism_odr.amounts.heads import Head, heads
from tourism_odr.amounts.result import Cited, Result, cite, not_yet, percent_of, share, shown
from tourism_odr.amounts.standard import TEXT as STANDARD
from tourism_odr.amounts.texts import CONTRACTS, MARKETS, Item, Text, text, text_of
from tourism_odr.text import N_, M, Message

BASIS_OF = {"model-2014": "contract-2014", "silent": "standard-2011"}
CONDITIONS = {
    "model-2014": N_("If the contract follows the 2014 model"),
    "own-terms": N_("If the contract has its own terms on compensation"),
    "silent": N_("If nothing was agreed on compensation"),
}
MEASURES = {
    "fee": N_("Price of the whole trip"),
    "ticket": N_("Price of what was left out"),
    "loss": N_("Direct loss, or cost of services of the same class"),
    "difference": N_("Difference in price"),
}


Conditions = tuple[str | Message, ...]


@dataclass(frozen=True)
class Known:
    """What the sides leave possible for one line of the trip sheet; ``settled`` when all agree."""

    values: tuple[str, ...] = ()
    settled: bool = False


@dataclass(frozen=True)
class Situation:
    """What a calculator needs of a case: codes, amounts and days, no people."""

    jurisdiction: str
    category: str
    market: str
    currency: str
    day: date
    respondents: tuple[str, ...]
    contracts: tuple[str, ...] = tuple(CONTRACTS)
    happened: Mapping[str, Known] = field(default_factory=dict)
    amounts: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    days_before: tuple[int, ...] = ()
    days_settled: bool = False


@dataclass(frozen=True)
class Row:
    """Under these conditions, what a text says."""

    conditions: Conditions
    says: Message
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True)
class Range:
    """One thing that may have happened, whether all agree that it did, and what follows."""

    title: str
    settled: bool
    rows: tuple[Row, ...]


def ranges(case: Situation) -> tuple[Range, ...]:
    """What the texts say of this case, in the order of the data."""
    return tuple(
        Range(head.title, case.happened.get(code, Known()).settled, tuple(_rows(head, case)))
        for code, head in heads().items()
        if _fits(head, case)
    )


def _fits(head: Head, case: Situation) -> bool:
    mine = head.jurisdiction == case.jurisdiction.partition("-")[0]
    return mine and (case.category in head.categories or head.code in case.happened)


def _rows(head: Head, case: Situation) -> Iterator[Row]:
    if head.calc == "words":
        yield Row((), Message(head.note))
    elif head.calc == "fraud":
        yield from _fraud(case)
    elif head.calc == "flight":
        yield _flight(case)
    else:
        for contract in case.contracts:
            yield from _under(contract, head, case)


def _under(contract: str, head: Head, case: Situation) -> Iterator[Row]:
    """What one kind of contract leads to: an amount, or the name of what applies instead."""
    conditions = (CONDITIONS[contract],) if len(case.contracts) > 1 else ()
    basis = BASIS_OF.get(contract, "standard-2011") if head.calc == "cancellation" else "standard-2011"
    found = text_of(basis, case.market)
    other = next(_instead(found, contract, head, case), None)
    if other:
        yield Row(conditions, other)
        return
    if head.calc == "cancellation":
        yield from _by_days(conditions, basis, head.by, case)
    else:
        yield _item(conditions, head, case)
    for kind in sorted(set(case.respondents) - set(found.respondents)):
        yield Row(conditions, Message(found.instead(respondent=kind) or found.title))


def _instead(found: Text, contract: str, head: Head, case: Situation) -> Iterator[Message]:
    """Why ``found`` gives no number here, if it gives none."""
    spoken = [kind for kind in case.respondents if kind in found.respondents]
    if not spoken:
        kind = case.respondents[0] if case.respondents else ""
        other = found.instead(respondent=kind)
        if other:
            yield Message(other)
    other = found.instead(contract=contract, by=head.by)
    if other:
        yield Message(other)
    if head.calc == "cancellation" and case.market not in MARKETS:
        yield M(
            "The tables are for trips within mainland China or from there to elsewhere; here what was agreed applies."
        )
    if not found.held_on(case.day):
        yield not_yet(found)


def _by_days(conditions: Conditions, basis: str, by: str, case: Situation) -> Iterator[Row]:
    """By the day of the notice if it is known, and by every day while it is not agreed."""
    bands = text_of(basis, case.market).bands
    every = tuple(band.first for band in bands if (band.market, band.by) == (case.market, by))
    if case.days_before and case.days_settled:
        yield _cancelled(conditions, basis, by, case.days_before, case)
    elif case.days_before:
        came = M("it came %(days)s days before departure", days=_spread(*_outer(case.days_before)))
        yield _cancelled((*conditions, came), basis, by, case.days_before, case)
        yield _cancelled((*conditions, N_("it came on another day")), basis, by, every, case)
    else:
        yield _cancelled(conditions, basis, by, every, case)


def _outer(days: tuple[int, ...]) -> tuple[str, str]:
    return str(min(days)), str(max(days))


def _cancelled(conditions: Conditions, basis: str, by: str, days: tuple[int, ...], case: Situation) -> Row:
    """From the lowest to the highest band that these days allow."""
    results = [
        cancellation(basis=basis, market=case.market, by=by, days_before=day, fee=fee)
        for day, fee in product(days, case.amounts.get("fee") or (Decimal(0),))
    ]
    low, high = _ends(Decimal(str(result.values["percent"])) for result in results)
    return Row(conditions, _percent(by, low, high, case), _every(results))


def _percent(by: str, low: Decimal, high: Decimal, case: Situation) -> Message:
    fees = case.amounts.get("fee")
    spread = _spread(percent_of(low), percent_of(high))
    if not fees:
        if by == "agency":
            return M("Besides the whole fee, the agency pays %(percent)s%% of it.", percent=spread)
        return M("The agency may keep %(percent)s%% of the fee and refunds the rest.", percent=spread)
    sums = _spread(shown(share(min(fees), low)), shown(share(max(fees), high)))
    if by == "agency":
        return M(
            "Besides the whole fee, the agency pays %(percent)s%% of it: %(sums)s.", percent=spread, sums=sums
        )
    return M(
        "The agency may keep %(percent)s%% of the fee, %(sums)s, and refunds the rest.",
        percent=spread,
        sums=sums,
    )


def _item(conditions: Conditions, head: Head, case: Situation) -> Row:
    """An item of the standard, as far as what it is measured by is known."""
    found = text(STANDARD)
    item = found.items[head.code]
    missing = [term.of for term in item.terms if not term.optional and not case.amounts.get(term.of)]
    return Row(
        conditions,
        _unmeasured(item) if missing else _measured(head.code, item, case),
        (cite(found, item.article),),
    )


def _unmeasured(item: Item) -> Message:
    rates: dict[str, Decimal] = {}
    for term in item.terms:
        if not term.optional:
            rates[term.of] = rates.get(term.of, Decimal(0)) + term.percent
    of, percent = next(iter(rates.items()))
    if item.each:
        return M("%(percent)s%% of this amount each time, once it is known: %(what)s.",
                 percent=percent_of(percent), what=Message(MEASURES[of]))  # fmt: skip
    return M("%(percent)s%% of this amount, once it is known: %(what)s.",
             percent=percent_of(percent), what=Message(MEASURES[of]))  # fmt: skip


def _measured(code: str, item: Item, case: Situation) -> Message:
    times = _times(case.happened.get(code, Known())) if item.each else (1,)
    sums = [
        sum((share(base, term.percent) for term, base in zip(item.terms, bases, strict=True)), Decimal(0))
        for bases in product(*(case.amounts.get(term.of) or (Decimal(0),) for term in item.terms))
    ]
    low, high = min(sums) * min(times), max(sums) * max(times)
    if item.each and times == (1,):
        return M("%(sums)s for each time.", sums=_spread(shown(low), shown(high)))
    return M("%(sums)s in all.", sums=_spread(shown(low), shown(high)))


def _times(known: Known) -> tuple[int, ...]:
    counted = tuple(
        int(value) for value in known.values if value.isascii() and value.isdigit() and int(value[:4]) > 0
    )
    return counted or (1,)


def _fraud(case: Situation) -> Iterator[Row]:
    law = text("cn-fraud")
    multiple, least = law.numbers["multiple"], law.numbers["least"]
    cited = (cite(law, multiple.article),)
    fees = case.amounts.get("fee") if case.currency == "CNY" else None
    if fees:
        low, high = _ends(Decimal(str(fraud(price=fee).values["add"])) for fee in fees)
        yield Row(
            (), M("Added to refund and damages: %(sums)s.", sums=_spread(shown(low), shown(high))), cited
        )
    else:
        params = {"times": percent_of(multiple.value), "least": shown(least.value)}
        yield Row(
            (),
            M("Added to refund and damages: %(times)s times the price, at least %(least)s.", **params),
            cited,
        )


def _flight(case: Situation) -> Row:
    """Euros by distance for the airline's passengers; for others the name of what applies."""
    law = text(FLIGHT)
    if "carrier" not in case.respondents:
        return Row((), Message(law.instead(respondent=next(iter(case.respondents), "")) or law.title))
    euros = [row.eur for row in law.distances]
    says = M(
        "%(low)s to %(high)s euros for each passenger, by distance; less when another flight was soon there.",
        low=min(euros),
        high=max(euros),
    )
    return Row((), says, tuple(cite(law, row.article) for row in law.distances))


def _ends(numbers: Iterator[Decimal]) -> tuple[Decimal, Decimal]:
    every = list(numbers)
    return min(every), max(every)


def _spread(low: str, high: str) -> Message | str:
    return low if low == high else M("%(low)s to %(high)s", low=low, high=high)


def _every(results: list[Result]) -> tuple[Cited, ...]:
    return tuple(dict.fromkeys(cited for result in results for cited in result.cited))
