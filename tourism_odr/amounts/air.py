"""Compensation of air passengers by distance."""

from decimal import Decimal

from tourism_odr.amounts.result import Result, cite, percent_of, share
from tourism_odr.amounts.texts import Distance, text
from tourism_odr.text import M, Message

TEXT = "eu-air-261"


def eu261(*, km: Decimal, intra_eu: bool = False, rerouted_late_hours: Decimal | None = None) -> Result:
    """Euros by distance; less when another flight arrived only so much later."""
    law = text(TEXT)
    row = next(row for row in law.distances if _falls(row, km, intra_eu=intra_eu))
    steps = [_why(row, km)]
    cited = [cite(law, row.article)]
    euros = Decimal(row.eur)
    cut = law.numbers["reduction"]
    if rerouted_late_hours is not None:
        cited.append(cite(law, cut.article))
        if rerouted_late_hours <= row.late_hours:
            euros -= share(euros, cut.value)
        steps.append(
            _late(row, rerouted_late_hours, cut.value, reduced=rerouted_late_hours <= row.late_hours)
        )
    return Result(
        {"eur": int(euros)},
        M("Compensation: %(amount)s euros for each passenger.", amount=int(euros)),
        tuple(steps),
        tuple(cited),
        law.assumes,
    )


def _falls(row: Distance, km: Decimal, *, intra_eu: bool) -> bool:
    return row.up_to is None or km <= row.up_to or (row.intra_eu and intra_eu)


def _why(row: Distance, km: Decimal) -> Message:
    if row.up_to is not None and km > row.up_to:
        return M("%(km)s km within the European Union: %(eur)s euros", km=percent_of(km), eur=row.eur)
    if row.up_to is None:
        return M("%(km)s km, beyond the other distances: %(eur)s euros", km=percent_of(km), eur=row.eur)
    return M("%(km)s km, up to %(most)s km: %(eur)s euros", km=percent_of(km), most=row.up_to, eur=row.eur)


def _late(row: Distance, late: Decimal, percent: Decimal, *, reduced: bool) -> Message:
    params = {"late": percent_of(late), "most": percent_of(row.late_hours), "percent": percent_of(percent)}
    if reduced:
        return M(
            "Another flight arrived %(late)s hours later, not more than %(most)s: reduced by %(percent)s%%.",
            **params,
        )
    return M(
        "Another flight arrived %(late)s hours later, more than %(most)s: not reduced by %(percent)s%%.",
        **params,
    )
