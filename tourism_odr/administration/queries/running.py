"""How the service runs: outbox, jobs, clocks that stand still, the trail, the ledger's lines, denials, rules."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from tourism_odr.administration.models import AdministrativeAct
from tourism_odr.cases.ledger import Fault, verify_all
from tourism_odr.cases.models import CalendarYear, Case, Clock, Event, JobRun, Notice
from tourism_odr.cases.models.clock import BLOCKED
from tourism_odr.cases.models.rules import PROPOSED
from tourism_odr.config import Settings
from tourism_odr.people import persons
from tourism_odr.people.models import Denial, DenialCount, Organisation
from tourism_odr.rulebooks import NoRulebook, Rulebook, profile, profiles

SIZE = 50
BOXES = ("waiting", "failed", "bounced", "sent")
MASKED = "••••••"


def _of_box(box: str) -> Any:
    if box == "bounced":
        return Notice.bounced_at.is_not(None)
    return (Notice.status == box) & Notice.bounced_at.is_(None)


def box_counts(session: Session) -> dict[str, int]:
    """How many notices lie in each box, in one statement."""
    columns = [
        select(func.count(Notice.id)).where(_of_box(box)).scalar_subquery().label(box) for box in BOXES
    ]
    return dict(session.execute(select(*columns)).one()._mapping)


@dataclass(frozen=True)
class Line:
    """One notice without its words."""

    notice: Notice
    number: str | None
    organisation: Organisation | None


def notices(session: Session, box: str, page: int) -> list[Line]:
    """One page of a box, the newest first; never what a notice says."""
    rows = session.execute(
        select(Notice, Case.number, Organisation)
        .outerjoin(Case, Case.id == Notice.case_id)
        .outerjoin(Organisation, Organisation.id == Notice.organisation_id)
        .where(_of_box(box))
        .order_by(Notice.created.desc(), Notice.id)
        .offset((page - 1) * SIZE)
        .limit(SIZE)
    )
    return [Line(notice, number, receiver) for notice, number, receiver in rows]


def jobs(session: Session) -> Sequence[JobRun]:
    """When each job last ran, and how it ended."""
    return session.scalars(select(JobRun).order_by(JobRun.name)).all()


def blocked_clocks(session: Session) -> Sequence[Row[Clock, str]]:
    """Time limits that stand still, with the number of their case."""
    return session.execute(
        select(Clock, Case.number)
        .join(Case, Case.id == Clock.case_id)
        .where(Clock.status == BLOCKED)
        .order_by(Clock.due_at)
        .limit(200)
    ).all()


def acts(session: Session, page: int) -> tuple[list[tuple[AdministrativeAct, str]], int]:
    """One page of the trail with who did it, the newest first."""
    total = session.scalar(select(func.count(AdministrativeAct.id))) or 0
    newest = select(AdministrativeAct).order_by(AdministrativeAct.at.desc(), AdministrativeAct.id)
    rows = session.scalars(newest.offset((page - 1) * SIZE).limit(SIZE)).all()
    names = persons.names_of({row.person_id for row in rows})
    return [(row, names[row.person_id]) for row in rows], total


@dataclass(frozen=True)
class Search:
    """What the audit narrows the ledger to."""

    number: str = ""
    step: str = ""
    role: str = ""
    body: UUID | None = None


def lines(session: Session, search: Search, page: int) -> tuple[Sequence[Row[Event, str, Organisation]], bool]:
    """One page of the ledger's lines, newest first: time, step, role, case number, body; no content.

    The second answer: whether there are more.  Nothing is counted, because the ledger only grows.
    """
    wanted = (
        select(Event, Case.number, Organisation)
        .join(Case, Case.id == Event.case_id)
        .join(Organisation, Organisation.id == Case.body_id)
    )
    if search.number:
        wanted = wanted.where(Case.number == search.number)
    if search.step:
        wanted = wanted.where(Event.step == search.step)
    if search.role:
        wanted = wanted.where(Event.role == search.role)
    if search.body:
        wanted = wanted.where(Case.body_id == search.body)
    ordered = wanted.order_by(Event.at.desc(), Event.id).offset((page - 1) * SIZE).limit(SIZE + 1)
    rows = session.execute(ordered).all()
    return rows[:SIZE], len(rows) > SIZE


def denials(session: Session, page: int) -> list[tuple[Denial, str]]:
    """What somebody signed in asked for and was denied, with who it was."""
    newest = select(Denial).order_by(Denial.at.desc(), Denial.id).offset((page - 1) * SIZE).limit(SIZE)
    rows = session.scalars(newest).all()
    names = persons.names_of({row.person_id for row in rows})
    return [(row, names[row.person_id]) for row in rows]


def anonymous_denials(session: Session, since: datetime) -> Sequence[Row[str, int]]:
    """What people not signed in were denied, by route."""
    return session.execute(
        select(DenialCount.route, func.sum(DenialCount.count))
        .where(DenialCount.hour >= since)
        .group_by(DenialCount.route)
        .order_by(func.sum(DenialCount.count).desc())
        .limit(20)
    ).all()


def case_numbered(session: Session, number: str) -> UUID | None:
    """The id behind a case number."""
    return session.scalars(select(Case.id).where(Case.number == number)).first()


def verification(session: Session, case_id: UUID) -> tuple[list[Fault], int]:
    """The faults of the chains of one case, and how many lines were read."""
    faults, read = [], 0
    for found in verify_all(session, case_id):
        if isinstance(found, Fault):
            faults.append(found)
        else:
            read = found
    return faults, read


def rulebooks(on: date) -> list[Rulebook]:
    """Every profile as it stands for a complaint received on that day; those not made yet are left out."""
    found = []
    for name in profiles():
        with suppress(NoRulebook):
            found.append(profile(name, on))
    return found


def effective(settings: Settings) -> list[tuple[str, str]]:
    """Every setting by its variable; secrets only as set or not."""
    shown = []
    for one in fields(settings):
        value = getattr(settings, one.name)
        secret = one.metadata.get("secret") or one.name.endswith("_file")
        shown.append((f"ODR_{one.name.upper()}", MASKED if secret else _plain(value)))
    return shown


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return str(value)


def troubles(session: Session) -> dict[str, int]:
    """What the first page counts, in one statement."""
    columns = {
        "failed": select(func.count(Notice.id)).where(or_(_of_box("failed"), _of_box("bounced"))),
        "waiting": select(func.count(Notice.id)).where(_of_box("waiting")),
        "blocked": select(func.count(Clock.id)).where(Clock.status == BLOCKED),
        "calendars": select(func.count(CalendarYear.id)).where(CalendarYear.status == PROPOSED),
        "jobs": select(func.count(JobRun.name)).where(JobRun.error.is_not(None)),
    }
    labelled = [query.scalar_subquery().label(name) for name, query in columns.items()]
    return dict(session.execute(select(*labelled)).one()._mapping)
