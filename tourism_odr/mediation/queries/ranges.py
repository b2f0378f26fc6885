"""What the texts say of a case, from what the sides have said so far; the same for whoever reads it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.amounts import Known, Range, Situation, ranges
from tourism_odr.cases.categories import CONTRACT_SAID, HAPPENED
from tourism_odr.cases.models import Case, Party, TripValue
from tourism_odr.cases.models.party import COMPLAINANT, THIRD
from tourism_odr.cases.stands import last_stands
from tourism_odr.clock import local_day
from tourism_odr.text import N_

AMOUNT = re.compile(r"[¥￥$€]?\s?([0-9]{1,12}(?:\.[0-9]{1,2})?)\s?元?")
MEASURED = ("fee", "ticket", "loss", "difference")

OPEN_AMOUNT = N_("The amounts on the trip sheet are not agreed by all: from the lowest to the highest that was named is counted.")


@dataclass(frozen=True)
class Said:
    """The ranges of a case, and what to bear in mind with them."""

    ranges: tuple[Range, ...]
    currency: str
    cautions: tuple[str, ...]


def ranges_of(session: Session, case: Case) -> Said:
    """What the texts say of this case now.  Takes no reader: nobody gets another text."""
    parties = [
        party
        for party in session.scalars(select(Party).where(Party.case_id == case.id).order_by(Party.side, Party.number))
        if party.side != THIRD
    ]
    sheet = _sheet(session, case.id, {party.id for party in parties})
    amounts = {key: _amounts(sheet.get(key, Known())) for key in MEASURED}
    first, notice = sheet.get("from", Known()), sheet.get("notice", Known())
    starts = _days(first)
    situation = Situation(
        jurisdiction=case.jurisdiction,
        category=case.category,
        market=case.market,
        currency=case.currency,
        day=min(starts, default=local_day(case.received_at)),
        respondents=tuple(party.kind for party in parties if party.side != COMPLAINANT),
        contracts=_contracts(sheet),
        happened={code: known for code, known in sheet.items() if code in HAPPENED},
        amounts=amounts,
        days_before=_between(_days(notice), starts),
        days_settled=first.settled and notice.settled,
    )
    open_amount = any(amounts[key] and not sheet[key].settled for key in MEASURED)
    cautions = (OPEN_AMOUNT,) if open_amount else ()
    return Said(ranges(situation), case.currency, cautions)


def _sheet(session: Session, case_id: UUID, parties: set[UUID]) -> dict[str, Known]:
    """For each key what is still possible: what all agree to, or else whatever not everybody denies."""
    said = last_stands(session, case_id)
    rows: dict[str, list[tuple[str, set[str]]]] = {}
    for value in session.scalars(
        select(TripValue).where(TripValue.case_id == case_id).order_by(TripValue.at, TripValue.id)
    ):
        stands = {
            said.get((value.id, party), "agree" if party == value.party_id else "open") for party in parties
        }
        rows.setdefault(value.key, []).append((value.value, stands))
    return {key: known for key, found in rows.items() if (known := _known(found)).values}


def _known(rows: Iterable[tuple[str, set[str]]]) -> Known:
    every = list(rows)
    agreed = tuple(value for value, stands in every if stands == {"agree"})
    if agreed:
        return Known(agreed[-1:], settled=True)
    return Known(tuple(dict.fromkeys(value for value, stands in every if stands != {"deny"})))


def _contracts(sheet: Mapping[str, Known]) -> tuple[str, ...]:
    """The kinds of contract that are still possible."""
    kinds = {key: key.removeprefix("contract-") for key in CONTRACT_SAID}
    settled = tuple(kind for key, kind in kinds.items() if sheet.get(key, Known()).settled)
    return settled or tuple(kinds.values())


def _amounts(known: Known) -> tuple[Decimal, ...]:
    found = (AMOUNT.fullmatch(value.strip().replace(",", "")) for value in known.values)
    return tuple(dict.fromkeys(Decimal(match[1]) for match in found if match and Decimal(match[1])))


def _days(known: Known) -> tuple[date, ...]:
    found: list[date] = []
    for value in known.values:
        try:
            found.append(date.fromisoformat(value.strip()))
        except ValueError:
            continue
    return tuple(found)


def _between(notices: tuple[date, ...], starts: tuple[date, ...]) -> tuple[int, ...]:
    """Every number of days from a notice to a start that the sheet allows."""
    return tuple(sorted({(start - notice).days for start in starts for notice in notices if notice <= start}))
