"""What the pages of figures read: sums from the roll-ups, and the cases behind a sum."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import visible_cases
from tourism_odr.cases.models import Case, CaseChange
from tourism_odr.figures.models import FigureCount, FigureFact, FigureMonth, FigureRevision, FigureState
from tourism_odr.figures.rollups import QUALITIES, REVISED, TOLD_MOST, cut_of
from tourism_odr.figures.table import CONCLUDED, DAYS, ENDS, FIGURES, RECEIVED
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.organisations import bodies_under

MONTH, BODY = "month", "body"
BY = (MONTH, BODY, *QUALITIES)
SIZE = 25
OLDEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Scope:
    """What is added up: whose cases, which months (their first days), and which qualities are asked for."""

    bodies: tuple[UUID, ...]
    first: date
    last: date
    told: dict[str, str] = field(default_factory=dict)

    @property
    def months(self) -> list[date]:
        """Every month from the first to the last."""
        return months_between(self.first, self.last)


def later(month: date, by: int) -> date:
    """The month so many months later, or earlier."""
    year, place = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, place + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """First days of the months from ``first`` to ``last``."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [later(first, by) for by in range(count)]


def bodies_of(session: Session, actor: Actor) -> list[Organisation]:
    """The reader's own body first, then those below it in its territory."""
    own = session.get_one(Organisation, actor.organisation_id)
    return [own, *bodies_under(session, own)]


def _sums(scope: Scope, figures: Sequence[str], by: str = "", *, values: bool = False) -> Select[Any]:
    """Sums by one quality, body or month (or all together), figure and unit."""
    told = set(scope.told) | ({by} if by in QUALITIES else set())
    kept: Any = FigureCount if len(told) <= TOLD_MOST else FigureFact

    def column(name: str) -> Any:
        return getattr(kept, "body_id" if name == BODY else name).label("key")

    key = column(by) if by else literal("").label("key")
    columns = [key, kept.figure, kept.unit, *([kept.value] if values else [])]
    wanted = (
        select(*columns, func.sum(kept.number).label("number"))
        .where(
            kept.figure.in_(figures),
            kept.month.between(scope.first, scope.last),
            kept.body_id.in_(scope.bodies),
            *(column(name) == value for name, value in scope.told.items()),
        )
        .group_by(*(columns if by else columns[1:]))
    )
    return wanted.where(FigureCount.cut == cut_of(*told)) if kept is FigureCount else wanted


@dataclass(frozen=True)
class Statement:
    """Every figure of a scope, together and month by month; medians apart."""

    scope: Scope
    monthly: dict[tuple[str, str], dict[date, int]]
    before: int  # open when the first month began
    days: dict[date, dict[int, int]]  # month -> days of concluded cases, with how often they came

    @property
    def median(self) -> float | None:
        """The exact median of the days of concluded cases."""
        return middle(sum(map(Counter, self.days.values()), Counter[int]()))

    def median_of(self, month: date) -> float | None:
        """The same of one month."""
        return middle(self.days.get(month, {}))

    def total(self, figure: str, unit: str = "") -> int:
        """The figure over all months."""
        return sum(self.monthly.get((figure, unit), {}).values())

    def of(self, figure: str, month: date, unit: str = "") -> int:
        """The figure of one month."""
        return self.monthly.get((figure, unit), {}).get(month, 0)

    def units(self, figure: str) -> list[str]:
        """Currencies of money, turns of minutes; one without name for what is counted."""
        return sorted(unit for code, unit in self.monthly if code == figure) or [""]

    @property
    def open(self) -> int:
        """Open at the end of the last month."""
        return self.before + self.total(RECEIVED) - sum(self.total(end) for end in ENDS)


COUNTED = [code for code in FIGURES if code != DAYS]


def statement(session: Session, scope: Scope) -> Statement:
    """Three statements, however many cases there are."""
    monthly: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    for row in session.execute(_sums(scope, COUNTED, MONTH)):
        if row.number:
            monthly[row.figure, row.unit][row.key] = int(row.number)
    past = Scope(scope.bodies, OLDEST, later(scope.first, -1), scope.told)
    earlier = {row.figure: int(row.number) for row in session.execute(_sums(past, (RECEIVED, *ENDS)))}
    before = earlier.get(RECEIVED, 0) - sum(earlier.get(end, 0) for end in ENDS)
    return Statement(scope, dict(monthly), before, _days(session, scope, MONTH))


def total(session: Session, scope: Scope, figure: str) -> int:
    """One figure over all months."""
    return sum(int(row.number) for row in session.execute(_sums(scope, (figure,))))


def _days(session: Session, scope: Scope, by: str) -> dict[Any, dict[int, int]]:
    """How often each number of days came."""
    days: dict[Any, dict[int, int]] = defaultdict(dict)
    for row in session.execute(_sums(scope, (DAYS,), by, values=True)):
        days[row.key][row.value] = int(row.number)
    return days


def middle(days: Mapping[int, int]) -> float | None:
    """The median of values that come with how often they came."""
    total, passed, lower = sum(days.values()), 0, None
    for value in sorted(value for value, often in days.items() if often):
        if lower is not None:
            return (lower + value) / 2
        passed += days[value]
        if passed * 2 > total:
            return float(value)
        if passed * 2 == total:
            lower = value
    return None


def panel(session: Session, scope: Scope, figure: str, by: str) -> dict[tuple[Any, str], float]:
    """One figure by month, body or a quality: (value, unit) -> number, or median days."""
    if figure == DAYS:
        return {(key, ""): found for key, each in _days(session, scope, by).items() if (found := middle(each)) is not None}
    rows = session.execute(_sums(scope, (figure,), by))
    return {(row.key, row.unit): int(row.number) for row in rows if row.number}


# --- the cases behind a figure


@dataclass(frozen=True)
class Behind:
    """The cases that a figure counts: those that the reader may open, and how many it counts in all."""

    lines: Sequence[Any]
    total: int  # that the reader may open
    counted: int


def cases_behind(
    session: Session, actor: Actor, at: datetime, scope: Scope, figure: str, unit: str = "", *, page: int = 1,
    size: int = SIZE,
) -> Behind:  # fmt: skip
    """One line for each time that a case counts, the newest first."""
    wanted = [
        FigureFact.figure == figure,
        FigureFact.body_id.in_(scope.bodies),
        FigureFact.month.between(scope.first, scope.last),
        *(getattr(FigureFact, name) == value for name, value in scope.told.items()),
        *([FigureFact.unit == unit] if unit else []),
    ]
    mine = select(FigureFact).join(Case, Case.id == FigureFact.case_id).where(*wanted, visible_cases(actor, at))
    total = session.scalar(mine.with_only_columns(func.count())) or 0
    lines = session.execute(
        mine.with_only_columns(FigureFact, Case.number.label("case_number"))
        .order_by(FigureFact.day.desc(), FigureFact.case_id, FigureFact.stay, FigureFact.unit)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return Behind(lines, total, session.scalar(select(func.count()).select_from(FigureFact).where(*wanted)) or 0)


# --- how fresh, and what was closed


@dataclass(frozen=True)
class Freshness:
    """Up to when everything is counted; ``waits`` since when something is not."""

    counted_at: datetime | None
    waits: datetime | None


def freshness(session: Session) -> Freshness:
    """When the job was last done, and the oldest change that it has not counted."""
    row = session.execute(
        select(
            select(FigureState.counted_at).scalar_subquery().label("counted_at"),
            select(func.min(CaseChange.at)).scalar_subquery().label("waits"),
        )
    ).one()
    return Freshness(row.counted_at, row.waits)


def closed_months(session: Session, body_ids: Iterable[UUID]) -> dict[tuple[UUID, date], FigureMonth]:
    """Which months of which bodies are closed."""
    rows = session.scalars(select(FigureMonth).where(FigureMonth.body_id.in_(list(body_ids))))
    return {(row.body_id, row.month): row for row in rows}


def revisions(session: Session, body_ids: Iterable[UUID], month: date | None = None) -> list[FigureRevision]:
    """What came out otherwise after its month was closed, the newest first."""
    wanted = select(FigureRevision).where(FigureRevision.body_id.in_(list(body_ids)), FigureRevision.cut.in_(REVISED))
    if month:
        wanted = wanted.where(FigureRevision.month == month)
    newest = wanted.order_by(FigureRevision.at.desc(), FigureRevision.figure, FigureRevision.cut, FigureRevision.id)
    return list(session.scalars(newest.limit(500)))


def months_with_figures(session: Session, body_ids: Iterable[UUID]) -> list[date]:
    """Months in which something was received or ended, the newest first."""
    wanted = select(FigureCount.month).where(
        FigureCount.cut == 0, FigureCount.figure.in_((RECEIVED, CONCLUDED)), FigureCount.body_id.in_(list(body_ids))
    )
    return sorted(session.scalars(wanted.distinct()), reverse=True)
