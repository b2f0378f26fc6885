"""Adding facts up: claimed case by case, by the difference of old and new, in one transaction with its claim.

Whatever fails, is killed or runs twice: a case is counted again from its ledger, and only what differs is added.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Select, and_, cast, delete, exists, func, literal, or_, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tourism_odr.cases.models import Case, CaseChange
from tourism_odr.db import db, snapshot, unit_of_work
from tourism_odr.figures.facts import Fact, derive
from tourism_odr.figures.models import FigureCount, FigureFact, FigureMonth, FigureRevision, FigureState

BATCH = 50  # cases a transaction: their rows are locked meanwhile
LOOK = 2000
QUALITIES = ("kind", "category", "channel", "market")
TOLD_MOST = 2  # of more qualities at once the facts themselves are added up: their sums would be as many as the facts
CUTS = [cut for cut in range(1 << len(QUALITIES)) if cut.bit_count() <= TOLD_MOST]
REVISED = [cut for cut in CUTS if cut.bit_count() <= 1]  # what pages show of a closed month
ALL = ""


class Key(NamedTuple):
    """One row of ``FigureCount``."""

    cut: int
    figure: str
    month: date
    body_id: UUID
    kind: str
    category: str
    channel: str
    market: str
    unit: str
    value: int



def cut_of(*told_apart: str) -> int:
    """The cut that tells these qualities apart."""
    return sum(1 << QUALITIES.index(name) for name in told_apart)


def count(at: datetime, *, batch: int = BATCH) -> int:
    """Count every case that has changed; answers how many.  Any number of processes may do it at once."""
    done = 0
    while found := _changed():
        claimed = sum(_count_some(some, at) for some in _parts(found, batch))
        done += claimed
        if not claimed:
            break  # somebody else has them all
    with unit_of_work() as session:
        _hold(session, at)
    return done


def _parts(ids: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    return (ids[begun : begun + size] for begun in range(0, len(ids), size))


def _changed() -> list[UUID]:
    """Cases that wait, read in one look; those that waited longest first."""
    session = db.session()
    oldest = func.min(CaseChange.at)
    found = list(session.scalars(select(CaseChange.case_id).group_by(CaseChange.case_id).order_by(oldest).limit(LOOK)))
    session.rollback()
    return found


def _count_some(case_ids: Sequence[UUID], at: datetime) -> int:
    """The case is locked first, as by everybody: what is written of it meanwhile is work for the next run."""
    with unit_of_work() as session:
        waits = exists(select(CaseChange.id).where(CaseChange.case_id == Case.id).correlate(Case))
        free = select(Case.id).where(Case.id.in_(case_ids), waits).with_for_update(of=Case, skip_locked=True)
        claimed = list(session.scalars(free))
        if claimed:
            session.execute(delete(CaseChange).where(CaseChange.case_id.in_(claimed)))
            _count_anew(session, claimed, at)
    return len(claimed)


def _count_anew(session: Session, case_ids: list[UUID], at: datetime) -> None:
    old, new = _kept(session, case_ids), derive(session, case_ids)
    gone, come = old - new, new - old
    if not gone and not come:
        return
    for fact in gone:
        session.execute(_fact_row(fact))
    _insert(session, FigureFact, [fact._asdict() for fact in come])
    if changes := _difference(gone, come):
        _hold(session, at)
        _revise(session, changes, at)
        _add(session, changes)


def _kept(session: Session, case_ids: Sequence[UUID]) -> set[Fact]:
    columns = [getattr(FigureFact, name) for name in Fact._fields]
    return {Fact(*row) for row in session.execute(select(*columns).where(FigureFact.case_id.in_(case_ids)))}


def _fact_row(fact: Fact) -> Any:
    same = (getattr(FigureFact, name) == getattr(fact, name) for name in ("case_id", "stay", "figure", "unit", "month"))
    return delete(FigureFact).where(*same)


def keys_of(fact: Fact) -> Iterator[Key]:
    """Every sum that a fact is part of."""
    told = [getattr(fact, name) for name in QUALITIES]
    for cut in CUTS:
        kind, category, channel, market = (value if cut >> n & 1 else ALL for n, value in enumerate(told))
        yield Key(cut, fact.figure, fact.month, fact.body_id, kind, category, channel, market, fact.unit, fact.value)


def _difference(gone: Iterable[Fact], come: Iterable[Fact]) -> dict[Key, tuple[int, int]]:
    """By how much cases and number of each sum change."""
    cases, numbers = Counter[Key](), Counter[Key]()
    for sign, facts in ((-1, gone), (1, come)):
        for fact in facts:
            for key in keys_of(fact):
                cases[key] += sign
                numbers[key] += sign * fact.number
    return {key: (cases[key], numbers[key]) for key in cases if cases[key] or numbers[key]}


def _hold(session: Session, at: datetime) -> None:
    """One at a time from here to the end of the unit of work; the row also says up to when all is counted."""
    row = _dialect(session).insert(FigureState).values(id=1, counted_at=at)
    session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"counted_at": at}))


def all_counted(session: Session) -> bool:
    """Whether no case waits; whoever asks in a unit of work holds the sums until its end."""
    state = session.scalars(select(FigureState).with_for_update()).first()
    return state is not None and session.scalars(select(CaseChange.id).limit(1)).first() is None


def _dialect(session: Session) -> Any:
    return postgresql if session.get_bind().dialect.name == "postgresql" else sqlite


def _insert(session: Session, model: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(plain_insert(model), rows)


def _add(session: Session, changes: dict[Key, tuple[int, int]]) -> None:
    row = _dialect(session).insert(FigureCount)
    summed = {name: getattr(FigureCount, name) + getattr(row.excluded, name) for name in ("cases", "number")}
    upsert = row.on_conflict_do_update(index_elements=list(Key._fields), set_=summed)
    rows = [{**key._asdict(), "cases": cases, "number": number} for key, (cases, number) in changes.items()]
    session.execute(upsert, rows)


def _revise(session: Session, changes: dict[Key, tuple[int, int]], at: datetime) -> None:
    """What was closed does not change silently: old and new are kept beside it."""
    touched = {(key.body_id, key.month) for key in changes}
    places = or_(*(and_(FigureMonth.body_id == body, FigureMonth.month == month) for body, month in sorted(touched, key=str)))
    closed = {(row.body_id, row.month) for row in session.execute(select(FigureMonth.body_id, FigureMonth.month).where(places))}
    keys = [key for key in changes if (key.body_id, key.month) in closed and key.cut in REVISED]
    for key in keys:
        same = (getattr(FigureCount, name) == value for name, value in key._asdict().items())
        old = session.scalar(select(FigureCount.number).where(*same)) or 0
        session.add(FigureRevision(id=uuid4(), **key._asdict(), old=old, new=old + changes[key][1], at=at))


# --- counting again from the ledger


class Difference(NamedTuple):
    """Something that the recount found otherwise: a fact of a case, or a sum."""

    what: str
    kept: int
    counted: int


def recount(session: Session, *, chunk: int = 500) -> Iterator[Difference]:
    """Count all cases from their ledgers and add everything up; yields each difference from what is kept.

    Cases that wait for the job are left out of the first part: what is kept of them is older than their ledger.
    """
    snapshot(session)
    waiting = set(session.scalars(select(CaseChange.case_id).distinct()))
    for case_ids in _parts(session.scalars(select(Case.id).order_by(Case.id)).all(), chunk):
        settled = [case_id for case_id in case_ids if case_id not in waiting]
        kept, counted = _kept(session, settled), derive(session, settled)
        yield from (Difference(f"case {fact.case_id} {fact.figure} {fact.day}", 1, 0) for fact in kept - counted)
        yield from (Difference(f"case {fact.case_id} {fact.figure} {fact.day}", 0, 1) for fact in counted - kept)
    for cut in CUTS:
        yield from _wrong_sums(session, cut)


def _wrong_sums(session: Session, cut: int) -> Iterator[Difference]:
    """One cut: its rows beside the facts added up by the database."""
    names = (*Key._fields, "cases", "number")
    kept = select(*(getattr(FigureCount, name) for name in names)).where(
        FigureCount.cut == cut, or_(FigureCount.cases != 0, FigureCount.number != 0)
    )
    for row in session.execute(kept.except_(sums(cut))):
        yield Difference(f"sum {row[1:-2]}", row.number, 0)
    for row in session.execute(sums(cut).except_(kept)):
        yield Difference(f"sum {row[1:-2]}", 0, row.number)


def sums(cut: int) -> Select[Any]:
    """The facts of one cut added up, in the order of the columns of ``FigureCount``."""
    columns = [getattr(FigureFact, name) for name in QUALITIES]
    told = [column if cut >> n & 1 else literal(ALL) for n, column in enumerate(columns)]
    plain = (FigureFact.figure, FigureFact.month, FigureFact.body_id)
    rest = (FigureFact.unit, FigureFact.value)
    summed = (func.count().label("cases"), cast(func.sum(FigureFact.number), BigInteger).label("number"))
    grouped = (*plain, *(column for n, column in enumerate(columns) if cut >> n & 1), *rest)
    return select(literal(cut), *plain, *told, *rest, *summed).group_by(*grouped)


def mend(at: datetime) -> None:
    """For a damaged table: add all facts up anew, and let the job count every case again (with revisions, where due)."""
    with unit_of_work() as session:
        _hold(session, at)
        add_up(session)
        session.execute(delete(CaseChange))
        session.execute(plain_insert(CaseChange).from_select(["id", "case_id", "at"], select(Case.id, Case.id, Case.moved)))


def add_up(session: Session) -> None:
    """All sums from all facts, by the database."""
    session.execute(delete(FigureCount))
    names = [*Key._fields, "cases", "number"]
    for cut in CUTS:
        session.execute(plain_insert(FigureCount).from_select(names, sums(cut)))
