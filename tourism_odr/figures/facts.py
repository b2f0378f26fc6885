"""What each case counts for: read from its ledger and from rows of the kernel that name no person.

The same case always gives the same facts, whoever counts and however often.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import turns
from tourism_odr.cases.models import Agreement, Case, Clock, Event, Instalment, Party, Performance, Transfer
from tourism_odr.cases.models.agreement import MEDIATED
from tourism_odr.cases.models.clock import MISSED
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.clock import local_day
from tourism_odr.figures.table import (
    CONCLUDED,
    DAYS,
    FIGURES,
    IN_TIME,
    LEAVES,
    LIMITS,
    MONEY,
    OVERDUE,
    RECEIVED,
    TRANSFERRED,
    TURN,
)
from tourism_odr.rulebooks import local_zone

NOBODY, SEVERAL = "none", "several"  # kinds of respondents: named none, or of more than one kind
CENTS = 100
MOVES = ("transfer.accept", "transfer.designate")
OF_THEIR_OWN = (RECEIVED, TRANSFERRED, IN_TIME, OVERDUE, DAYS, TURN, MONEY)
ONCE = [figure for figure in FIGURES.values() if figure.code not in OF_THEIR_OWN]


class Fact(NamedTuple):
    """One row of ``FigureFact``, in the order of its columns."""

    case_id: UUID
    stay: int
    figure: str
    unit: str
    month: date
    day: date
    body_id: UUID
    kind: str
    category: str
    channel: str
    market: str
    value: int
    number: int


@dataclass(frozen=True)
class Material:
    """One case with all that counts in it."""

    case: Any
    lines: Sequence[Any]  # each once, the oldest first
    kind: str
    moves: dict[UUID, tuple[UUID, UUID]]  # transfer -> from which body, to which
    late: bool  # a limit for the body's answer passed
    paid: Sequence[Any]


def derive(session: Session, case_ids: Sequence[UUID]) -> set[Fact]:
    """The facts of these cases, as their ledgers stand."""
    return {fact for material in _read(session, case_ids) for fact in _facts(material)}


def _read(session: Session, case_ids: Sequence[UUID]) -> Iterator[Material]:
    """A handful of statements for all of them."""
    lines = _lines(session, case_ids)
    kinds: dict[UUID, set[str]] = defaultdict(set)
    moves: dict[UUID, dict[UUID, tuple[UUID, UUID]]] = defaultdict(dict)
    for case_id, kind in session.execute(
        select(Party.case_id, Party.kind).where(Party.case_id.in_(case_ids), Party.side == RESPONDENT)
    ):
        kinds[case_id].add(kind)
    for row in session.execute(
        select(Transfer.case_id, Transfer.id, Transfer.from_body_id, Transfer.to_body_id).where(Transfer.case_id.in_(case_ids))
    ):
        moves[row.case_id][row.id] = (row.from_body_id, row.to_body_id)
    late, paid = _late(session, case_ids), _paid(session, case_ids)
    columns = (Case.id, Case.body_id, Case.jurisdiction, Case.category, Case.channel, Case.market, Case.received_at)
    for case in session.execute(select(*columns).where(Case.id.in_(case_ids))):
        yield Material(case, lines[case.id], _kind(kinds[case.id]), moves[case.id], case.id in late, paid[case.id])


def _lines(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    """A step that is written in two places happened once; a click that waits, or was taken back, did not happen."""
    wanted = select(Event.case_id, Event.at, Event.number, Event.subject_id, Event.step, Event.facts).where(
        Event.case_id.in_(case_ids)
    )
    found: dict[UUID, dict[Any, Any]] = defaultdict(dict)
    for row in sorted(session.execute(wanted), key=attrgetter("at", "number")):
        if "pending" not in row.facts:
            found[row.case_id].setdefault((row.subject_id, row.step, row.at), row)
    return defaultdict(list, {case_id: list(rows.values()) for case_id, rows in found.items()})


def _kind(kinds: set[str]) -> str:
    return next(iter(kinds)) if len(kinds) == 1 else SEVERAL if kinds else NOBODY


def _late(session: Session, case_ids: Sequence[UUID]) -> set[UUID]:
    """Cases in which a limit for the body's answer ran out, or was met too late."""
    clocks = select(Clock.case_id, Clock.status, Clock.due_at, Clock.ended_at).where(
        Clock.case_id.in_(case_ids), Clock.name.in_(LIMITS), Clock.ended_at.is_not(None)
    )
    return {row.case_id for row in session.execute(clocks) if row.status == MISSED or row.ended_at > row.due_at}


def _paid(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    """Payments under agreements that the body reads; what the two sides settle alone is not its business."""
    wanted = (
        select(Performance.case_id, Performance.currency, Performance.day, Performance.amount)
        .join(Instalment, Instalment.id == Performance.instalment_id)
        .join(Agreement, Agreement.id == Instalment.agreement_id)
        .where(Performance.case_id.in_(case_ids), Agreement.path == MEDIATED)
    )
    found = defaultdict(list)
    for row in session.execute(wanted):
        found[row.case_id].append(row)
    return found


@dataclass(frozen=True)
class Stays:
    """With which body the case was from when on; the first had it from the beginning."""

    zone: str
    bodies: list[UUID]
    since: list[datetime]  # of each body but the first

    def at(self, when: datetime) -> int:
        """The number of the stay."""
        return bisect_right(self.since, when)

    def on(self, day: date) -> int:
        """The number of the stay, by the day."""
        return bisect_right([local_day(one, self.zone) for one in self.since], day)


def _facts(material: Material) -> Iterator[Fact]:
    case, stays = material.case, _stays(material)
    first = local_day(case.received_at, stays.zone)
    plain = Fact(case.id, 0, RECEIVED, "", first, first, case.body_id, material.kind, case.category, case.channel, case.market, 0, 1)

    def fact(figure: str, stay: int, day: date, **more: Any) -> Fact:
        return plain._replace(figure=figure, stay=stay, day=day, month=day.replace(day=1), body_id=stays.bodies[stay], **more)

    if any(line.step in FIGURES[RECEIVED].counts for line in material.lines):
        yield fact(RECEIVED, 0, first)
    for number, since in enumerate(stays.since):
        yield fact(TRANSFERRED, number, local_day(since, stays.zone))
        yield fact(RECEIVED, number + 1, local_day(since, stays.zone))
    for code, when in _counted(material.lines):
        stay, day = stays.at(when), local_day(when, stays.zone)
        yield fact(code, stay, day)
        for figure, more in _of_the_end(material, when, (day - first).days) if code == CONCLUDED else ():
            yield fact(figure, stay, day, **more)
    for currency, rows in _by_month(material.paid):
        day = min(row.day for row in rows)
        yield fact(MONEY, stays.on(day), day, unit=currency, number=sum(int(row.amount * CENTS) for row in rows))


def _stays(material: Material) -> Stays:
    """The bodies that had the case, by the transfers that moved it."""
    moved = [line for line in material.lines if line.step in MOVES and line.subject_id in material.moves]
    moved = [line for line in moved if len(set(material.moves[line.subject_id])) > 1]
    bodies = [material.moves[line.subject_id] for line in moved]
    first = bodies[0][0] if bodies else material.case.body_id
    return Stays(local_zone(material.case.jurisdiction), [first, *(to for _, to in bodies)], [line.at for line in moved])


def _counted(lines: Sequence[Any]) -> Iterator[tuple[str, datetime]]:
    """Each figure that counts a case once, with the first step that stands."""
    for figure in ONCE:
        standing: dict[UUID, datetime] = {}
        for line in lines:
            if line.step in figure.counts:
                standing.setdefault(line.subject_id, line.at)
            elif line.step in figure.undone:
                standing.pop(line.subject_id, None)
        if standing:
            yield figure.code, min(standing.values())
    if (out := next((line.at for line in lines if line.step in LEAVES), None)) is not None:
        yield TRANSFERRED, out


def _of_the_end(material: Material, when: datetime, days: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the end of a case counts for beside its conclusion."""
    yield (OVERDUE if material.late else IN_TIME), {}
    yield DAYS, {"value": days}
    lines = [line for line in material.lines if line.at <= when]
    spent = turns.totals(turns.spans_in(lines, material.case.received_at, when))
    for turn, lasted in spent.items():
        yield TURN, {"unit": turn.value, "number": lasted // timedelta(minutes=1)}


def _by_month(paid: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
    """The payments of one currency in one month."""

    def key(row: Any) -> tuple[str, date]:
        return row.currency, row.day.replace(day=1)

    for (currency, _), rows in groupby(sorted(paid, key=key), key):
        yield currency, list(rows)
