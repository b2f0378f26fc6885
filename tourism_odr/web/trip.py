"""The trip as its readers see it: days, money and codes of the sheet in their language."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.categories import MARKETS, TRIP
from tourism_odr.cases.models import Case, TripValue
from tourism_odr.text import N_
from tourism_odr.web import parts
from tourism_odr.web.locale import say_here

DAYS = frozenset({"from", "to", "notice", "asked"})
MONEY = frozenset({"fee", "ticket", "loss", "difference"})
BOOKING = frozenset({"order", "from", "to"})
"""What a business needs to find the booking."""


def trip_value(key: str, value: str, currency: str) -> str:
    """One value; what somebody wrote in words of their own stays as it was written."""
    try:
        if key in DAYS:
            return parts.day(date.fromisoformat(value))
        if key in MONEY:
            return parts.money(Decimal(value), currency)
    except (ValueError, InvalidOperation):
        return value
    return value


def trip_sheet(session: Session, case: Case, keys: Collection[str] = TRIP) -> list[tuple[str, str]]:
    """Where the trip went and how many travelled, then the values of the sheet in its order: title and words."""
    values = session.execute(
        select(TripValue.key, TripValue.value)
        .where(TripValue.case_id == case.id, TripValue.key.in_(keys))
        .order_by(TripValue.at)
    ).all()
    order = list(TRIP)
    shown = [(TRIP[key], trip_value(key, value, case.currency)) for key, value in sorted(values, key=lambda row: order.index(row.key))]
    return [
        (N_("Where the trip went"), say_here(MARKETS.get(case.market, case.market))),
        (N_("Travellers"), parts.number(case.travellers)),
        *shown,
    ]
