"""The running cases of a body by their next limit, and the figures that lead to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from tourism_odr.cases.audience import AT, anybody, readable_places, reading, visible_cases
from tourism_odr.cases.lifecycle import STEPS, TABLES, open_stages, respondent, urge
from tourism_odr.cases.models import (
    Case,
    Clock,
    Member,
    Party,
    Place,
    Subject,
)
from tourism_odr.cases.models.clock import MISSED, RUNNING
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.clock import end_of_day, local_day
from tourism_odr.db import UTCDateTime
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import days_left
from tourism_odr.text import N_
from tourism_odr.web.names import called

SIZE = 25
OVERDUE = "overdue"
SOON = cast(datetime, bindparam("reading_soon", type_=UTCDateTime()))
SILENT = (respondent.SILENT, respondent.REMINDER_ASKED, respondent.UNANSWERED)
URGED = (urge.OPEN, urge.OVERDUE, urge.REPLIED)


@dataclass(frozen=True)
class Show:
    """One way to narrow the running list: a tab, and the figure that leads there."""

    code: str
    title: str
    empty: str


SHOWS = (
    Show("running", N_("Running"), N_("No case is running.")),
    Show("soon", N_("Due soon"), N_("Nothing is due today or on the next working day.")),
    Show(OVERDUE, N_("Overdue"), N_("Nothing is overdue.")),
    Show("silent", N_("Silent respondents"), N_("No respondent is silent.")),
    Show("urged", N_("Urged"), N_("Nobody is urged at present.")),
)
BY_CODE = {show.code: show for show in SHOWS}


@dataclass(frozen=True)
class Filters:
    """What the address narrows the list to."""

    show: Show = SHOWS[0]
    words: str = ""
    category: str = ""


@dataclass
class Running:
    """One line of the running list."""

    case: Case
    subject: Subject
    clock: Clock | None = None
    respondents: list[str | None] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    room: bool = False  # it stands, and the body may join it now


def soon_until(at: datetime) -> datetime:
    """The end of the next working day: what is due until then is due soon."""
    day = local_day(at)
    while True:
        following = date.fromordinal(day.toordinal() + 1)
        if days_left(end_of_day(following), at)[0] > 1:
            return end_of_day(day)
        day = following


def _ours(actor: Actor, at: datetime) -> ColumnElement[bool]:
    """The running cases of the actor's body that the actor does not mediate."""
    return and_(
        Subject.kind == "case",
        Subject.desk_id == actor.organisation_id,
        Subject.stage.in_(open_stages("case")),
        visible_cases(actor, at),
    )


def _next_due(actor: Actor, at: datetime) -> ScalarSelect[datetime]:
    """The next limit of a case among those that the body may know: none of a caucus moves the list."""
    owner = aliased(Subject)
    return (
        select(func.min(Clock.due_at))
        .join(owner, owner.id == Clock.subject_id)
        .join(Place, Place.id == owner.place_id)
        .where(Clock.case_id == Case.id, Clock.status == RUNNING, Clock.pending_id.is_(None))
        .where(readable_places(actor, at))
        .correlate(Case)
        .scalar_subquery()
    )


def _next_clock(actor: Actor, at: datetime) -> ScalarSelect[UUID]:
    """The clock of that limit."""
    inner, owner = aliased(Clock), aliased(Subject)
    return (
        select(inner.id)
        .join(owner, owner.id == inner.subject_id)
        .join(Place, Place.id == owner.place_id)
        .where(inner.case_id == Case.id, inner.status == RUNNING, inner.pending_id.is_(None))
        .where(readable_places(actor, at))
        .order_by(inner.due_at, inner.id)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def _late_rules() -> list[tuple[str, str, frozenset[str]]]:
    """Limits of the body that were noted as missed and still wait: kind, clock, stages that the note does not leave."""
    found = []
    for table in TABLES.values():
        for clock, steps in table.when_missed.items():
            noting = [STEPS[name] for name in steps if STEPS[name].enters is None]
            found += [(table.kind, clock, step.leaves) for step in noting]
    return found


def _missed(at: datetime) -> Select[UUID]:
    """The clocks of a ``Case`` that ran out while what they were for has still not happened, the oldest first."""
    clock, owner, newer = aliased(Clock), aliased(Subject), aliased(Clock)
    again = exists().where(newer.subject_id == clock.subject_id, newer.name == clock.name, newer.status == RUNNING)
    noted = [
        and_(owner.kind == kind, clock.name == name, owner.stage.in_(stages), clock.status == MISSED, ~again)
        for kind, name, stages in _late_rules()
    ]
    running = and_(clock.status == RUNNING, clock.due_at <= at, clock.pending_id.is_(None), _body_reads(owner))
    late_urging = and_(owner.kind == "urge", owner.stage == urge.OVERDUE, clock.status == MISSED)
    return (
        select(clock.id)
        .join(owner, owner.id == clock.subject_id)
        .where(clock.case_id == Case.id, or_(running, late_urging, *noted))
        .order_by(clock.due_at, clock.id)
        .correlate(Case)
    )


def _body_reads(owner: type[Subject]) -> ColumnElement[bool]:
    """The subject lies where the body of its case reads."""
    return exists(
        select(Member.id).where(Member.place_id == owner.place_id, Member.principal_id == Case.body_id)
    )


def _has_subject(kind: str, stages: Sequence[str]) -> ColumnElement[bool]:
    inner = aliased(Subject)
    return exists(
        select(inner.id)
        .where(inner.case_id == Case.id, inner.kind == kind, inner.stage.in_(stages))
        .correlate(Case)
    )


def _shown(show: Show, actor: Actor, at: datetime) -> ColumnElement[bool] | None:
    match show.code:
        case "soon":
            return _next_due(actor, at).between(at, SOON)
        case "overdue":
            return exists(_missed(at).order_by(None))
        case "silent":
            return _has_subject("respondent", SILENT)
        case "urged":
            return _has_subject("urge", URGED)
    return None


def _narrowed(filters: Filters, actor: Actor, at: datetime) -> list[ColumnElement[bool]]:
    found = [_shown(filters.show, actor, at)]
    if filters.category:
        found.append(Case.category == filters.category)
    if filters.words:
        named = (
            exists(select(Party.id).where(Party.case_id == Case.id, Party.side == RESPONDENT))
            .where(Organisation.id == Party.organisation_id)
            .where(
                or_(
                    Organisation.name.contains(filters.words, autoescape=True),
                    Organisation.name_en.icontains(filters.words, autoescape=True),
                )
            )
        )
        found.append(or_(Case.number.contains(filters.words, autoescape=True), named))
    return [one for one in found if one is not None]


def running(
    session: Session, actor: Actor, at: datetime, filters: Filters, page: int = 1, size: int = SIZE
) -> tuple[list[Running], int]:
    """One page of the running cases, the next limit first, and how many there are; two statements."""
    cut = {"first": (page - 1) * size, "size": size, "reading_soon": soon_until(at)}
    rows = session.execute(_listing(actor.role, filters), reading(actor, at, **cut)).all()
    joinable = STEPS["case.join-room"].leaves
    lines = {
        row.Case.id: Running(
            row.Case, row.Subject, row.Clock, room=row.room and row.Subject.stage in joinable
        )
        for row in rows
    }
    _add_respondents(session, lines)
    return list(lines.values()), rows[0].total if rows else 0


@lru_cache(64)
def _listing(role: Role, filters: Filters) -> Select[Case, Subject, Clock, int, bool]:
    """The running list of somebody in this role, built once."""
    actor, at = anybody(role), AT
    room = exists(select(Place.id).where(Place.case_id == Case.id, Place.kind == "joint").correlate(Case))
    # Of a case that is overdue the list shows what was missed, not what runs next.
    clock = _missed(at).limit(1).scalar_subquery() if filters.show.code == OVERDUE else _next_clock(actor, at)
    return (
        select(Case, Subject, Clock, func.count().over().label("total"), room.label("room"))
        .join(Subject, Subject.id == Case.id)
        .outerjoin(Clock, Clock.id == clock)
        .where(_ours(actor, at), *_narrowed(filters, actor, at))
        .order_by(Clock.due_at.is_(None), Clock.due_at, Case.received_at, Case.id)
        .offset(bindparam("first"))
        .limit(bindparam("size"))
    )


def _add_respondents(session: Session, lines: dict[UUID, Running]) -> None:
    """Names of the respondents, and what marks the line: silence, an urging."""
    subjects = session.execute(
        select(Subject.case_id, Subject.kind, Subject.stage, Party.typed_name, Organisation)
        .outerjoin(Party, Party.id == Subject.id)
        .outerjoin(Organisation, Organisation.id == Party.organisation_id)
        .where(Subject.case_id.in_(lines), Subject.kind.in_(("respondent", "urge")))
        .order_by(Party.number)
    )
    for case_id, kind, stage, typed, operator in subjects:
        line = lines[case_id]
        if kind == "respondent":
            line.respondents.append(called(operator) if operator else typed)
        if (kind == "respondent" and stage in SILENT) or (kind == "urge" and stage in URGED):
            line.marks.add("silent" if kind == "respondent" else "urged")


def counts(session: Session, actor: Actor, at: datetime, filters: Filters | None = None) -> dict[str, int]:
    """How many cases each tab holds, in one statement."""
    wanted = _counting(actor.role, filters or Filters())
    return dict(session.execute(wanted, reading(actor, at, reading_soon=soon_until(at))).one()._mapping)


@lru_cache(64)
def _counting(role: Role, given: Filters) -> Select[Any]:
    """The counts of all tabs for somebody in this role, built once."""
    actor, at = anybody(role), AT
    base = select(Case.id).join(Subject, Subject.id == Case.id).where(_ours(actor, at))
    columns = []
    for show in SHOWS:
        narrowed = base.where(*_narrowed(Filters(show, given.words, given.category), actor, at))
        columns.append(
            select(func.count()).select_from(narrowed.subquery()).scalar_subquery().label(show.code)
        )
    return select(*columns)
