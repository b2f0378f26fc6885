"""What came of a case for each respondent: the money that was paid, once all of it was."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.casefile.queries.overview import Overview
from tourism_odr.cases.models import Performance


@dataclass(frozen=True)
class Outcome:
    """All payments of one respondent, made: sums by currency, the last day, and whether every payee said so."""

    sums: dict[str, Decimal]
    day: date
    confirmed: bool


def outcomes(session: Session, view: Overview) -> dict[UUID, Outcome]:
    """By respondent, as far as the reader reads the payments."""
    owed: dict[UUID, list[UUID]] = defaultdict(list)
    respondents = {line.subject.id for line in view.of_kind("respondent")}
    for line in view.of_kind("instalment"):
        for party in respondents & {line.noun.payer_id, line.noun.payee_id}:
            owed[party].append(line.subject.id)
    if not owed:
        return {}
    ids = [one for many in owed.values() for one in many]
    rows = session.scalars(select(Performance).where(Performance.instalment_id.in_(ids)))
    paid = {row.instalment_id: row for row in rows}
    return {party: _sum([paid[one] for one in many]) for party, many in owed.items() if all(one in paid for one in many)}


def _sum(rows: list[Performance]) -> Outcome:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row.currency] += row.amount
    return Outcome(dict(sums), max(row.day for row in rows), all(row.confirmed for row in rows))
