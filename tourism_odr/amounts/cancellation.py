"""Withdrawing before the trip and during it: bands of days, and what has been travelled."""

from decimal import Decimal

from tourism_odr.amounts.result import InapplicableError, Result, cite, part, percent_of, plain, share, shown
from tourism_odr.amounts.texts import Band, Text, text_of
from tourism_odr.text import M, Message


def cancellation(*, basis: str, market: str, by: str, days_before: int, fee: Decimal) -> Result:
    """What is due when ``by`` ends the contract so many days before departure."""
    text = text_of(basis, market)
    band = band_for(text, market, by, days_before)
    amount = share(fee, band.percent)
    return Result(
        {"percent": percent_of(band.percent), "amount": plain(amount), "article": band.article},
        _says(by, amount, band.percent),
        (_days(band, days_before), part(fee, band.percent)),
        (cite(text, band.article),),
        text.assumes,
    )


def band_for(text: Text, market: str, by: str, days: int) -> Band:
    """The band that the day falls in; a text without bands for that side says what applies instead."""
    for band in text.bands:
        last = days if band.last is None else band.last
        if (band.market, band.by) == (market, by) and band.first <= days <= last:
            return band
    raise InapplicableError(Message(text.instead(by=by) or text.title), "by")


def _says(by: str, amount: Decimal, percent: Decimal) -> Message:
    params = {"amount": shown(amount), "percent": percent_of(percent)}
    if by == "agency":
        return M(
            "The agency pays %(amount)s (%(percent)s%% of the fee) besides refunding the whole fee.", **params
        )
    return M("The agency may keep %(amount)s (%(percent)s%% of the fee) and refunds the rest.", **params)


def _days(band: Band, days: int) -> Message:
    if band.last is None:
        return M("%(days)s days before departure: %(first)s days or more.", days=days, first=band.first)
    if band.first == band.last:
        return M("%(days)s days before departure: day %(first)s itself.", days=days, first=band.first)
    return M(
        "%(days)s days before departure: from day %(last)s to day %(first)s.",
        days=days, first=band.first, last=band.last,
    )  # fmt: skip


def midtrip(*, market: str, fee: Decimal, days: int, done: int, cost: Decimal | None = None) -> Result:
    """What the agency may keep when a tourist leaves during the trip: what it cost, at most the whole fee."""
    if done > days:
        raise InapplicableError(
            M("%(done)s days travelled are more than the %(days)s days of the trip.", done=done, days=days),
            "done",
        )
    text = text_of("contract-2014", market)
    band = band_for(text, market, "tourist", 0)
    kept = share(fee, band.percent)
    spent = (fee - kept) * done / days
    steps = [
        part(fee, band.percent),
        M("(%(fee)s − %(kept)s) ÷ %(days)s × %(done)s = %(spent)s",
          fee=shown(fee), kept=shown(kept), days=days, done=done, spent=shown(spent)),
        M("%(kept)s + %(spent)s = %(sum)s", kept=shown(kept), spent=shown(spent), sum=shown(kept + spent)),
    ]  # fmt: skip
    deduct = min(max(kept + spent, cost or Decimal(0)), fee)
    if cost is not None:
        steps.append(
            M(
                "The costs really incurred are %(cost)s; the higher counts, and never more than the fee.",
                cost=shown(cost),
            )
        )
    return Result(
        {"deduct": plain(deduct)},
        M(
            "The agency may keep %(amount)s and refunds %(rest)s.",
            amount=shown(deduct),
            rest=shown(fee - deduct),
        ),
        tuple(steps),
        (cite(text, band.article),),
        text.assumes,
    )
