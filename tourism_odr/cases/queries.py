"""What pages read of cases, always through the audience condition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import BindParameter, Row, Select, bindparam, select
from sqlalchemy.orm import Session, defer, load_only

from tourism_odr.cases.audience import (
    AT,
    anybody,
    readable_documents,
    readable_events,
    readable_items,
    readable_places,
    reading,
    visible_cases,
)
from tourism_odr.cases.deadlines import offers
from tourism_odr.cases.lifecycle import Step, open_steps
from tourism_odr.cases.models import (
    Case,
    Clock,
    Document,
    Event,
    Evidence,
    Item,
    ItemText,
    Party,
    PendingStep,
    Place,
    Subject,
)
from tourism_odr.cases.models.clock import BLOCKED, PAUSED, RUNNING
from tourism_odr.cases.relations import concerns
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import Role

# What every page of a case reads is built once for each role; ``reading`` fills in who reads, and when.
CASE: BindParameter[UUID] = bindparam("case_id")


def case_for(session: Session, case_id: UUID, actor: Actor, at: datetime) -> Case | None:
    """The case when the actor may see it; None otherwise, exactly as when there is none."""
    return session.scalars(select(Case).where(Case.id == case_id, visible_cases(actor, at))).first()


# Offered to somebody who does not read the place (yet); the time of what is before a court concerns the court.
ADDRESSED = frozenset({"appointment", "service", "transfer", "pause", "extension", "filing"})


def subject_for(session: Session, subject_id: UUID, case_id: UUID, actor: Actor, at: datetime) -> Subject | None:
    """A subject of this case that lies in a place which the actor reads, or that the actor is asked about."""
    subject = session.get(Subject, subject_id)
    if subject is None or subject.case_id != case_id:
        return None
    reads = select(Place.id).where(Place.id == subject.place_id, readable_places(actor, at))
    if session.scalars(reads).first():
        return subject
    case = session.get_one(Case, case_id)
    asked = subject.kind in ADDRESSED and concerns(session, case, subject, actor)
    return subject if asked else None


@cache
def _subjects_of(role: Role) -> Select[Subject]:
    wanted = select(Subject).join(Place, Place.id == Subject.place_id)
    return wanted.where(Subject.case_id == CASE, readable_places(anybody(role), AT)).order_by(Subject.created, Subject.id)


def subjects_of(session: Session, case_id: UUID, actor: Actor, at: datetime, kind: str | None = None) -> Sequence[Subject]:
    """The subjects of a case that lie in places which the actor reads, oldest first."""
    found = session.scalars(_subjects_of(actor.role), reading(actor, at, case_id=case_id)).all()
    return [one for one in found if kind in (None, one.kind)]


def steps_open_to(session: Session, case: Case, subject: Subject, actor: Actor) -> list[Step]:
    """The human steps that the actor may take on the subject now: the buttons of its page."""
    if not concerns(session, case, subject, actor):
        return []
    return [step for step in offered_steps(case, subject, actor.role) if step.human]


def offered_steps(case: Case, subject: Subject, role: Role) -> list[Step]:
    """Open at this stage to this role, as far as the rules of the case offer them."""
    return [step for step in open_steps(subject.kind, subject.stage, role) if offers(case, step.name)]


@cache
def _timeline(role: Role) -> Select[Event]:
    shown = load_only(Event.place_id, Event.number, Event.subject_id, Event.step, Event.at, Event.role, Event.actor, Event.facts)
    mine = readable_events(anybody(role), AT)
    return select(Event).where(Event.case_id == CASE, mine).order_by(Event.at, Event.number).options(shown)


def timeline(session: Session, case_id: UUID, actor: Actor, at: datetime) -> Sequence[Event]:
    """What happened, oldest first: one line an occurrence, also where two places hold it."""
    lines = session.scalars(_timeline(actor.role), reading(actor, at, case_id=case_id)).all()
    once = {(line.subject_id, line.step, line.at): line for line in reversed(lines)}
    return list(reversed(once.values()))


@dataclass(frozen=True)
class Entry:
    """An item as a page shows it; ``text`` or ``file`` may have been erased."""

    item: Item
    text: ItemText | None
    file: Evidence | None


@cache
def _items_of(role: Role, kinds: tuple[str, ...]) -> Select[Item, ItemText, Evidence]:
    wanted = _items().where(Item.case_id == CASE, Item.kind.in_(kinds), readable_items(anybody(role), AT))
    return wanted.order_by(Item.at, Item.number)


def items_of(session: Session, case_id: UUID, actor: Actor, at: datetime, kinds: Sequence[str]) -> list[Entry]:
    """All items of these kinds that the actor reads in the case, oldest first."""
    rows = session.execute(_items_of(actor.role, tuple(kinds)), reading(actor, at, case_id=case_id))
    return [Entry(row[0], row[1], row[2]) for row in rows]


def entry(session: Session, item_id: UUID, case_id: UUID, actor: Actor, at: datetime) -> Entry | None:
    """One item of this case, when the actor reads it."""
    row = session.execute(
        _items().where(Item.id == item_id, Item.case_id == case_id, readable_items(actor, at))
    ).first()
    return Entry(row[0], row[1], row[2]) if row else None


def _items() -> Select[Item, ItemText, Evidence]:
    texts = select(Item, ItemText, Evidence).outerjoin(ItemText, ItemText.item_id == Item.id)
    return texts.outerjoin(Evidence, Evidence.item_id == Item.id)


@cache
def _places_of(role: Role) -> Select[Place]:
    return select(Place).where(Place.case_id == CASE, readable_places(anybody(role), AT))


def places_of(session: Session, case_id: UUID, actor: Actor, at: datetime) -> Sequence[Place]:
    """The places of the case that the actor reads."""
    return session.scalars(_places_of(actor.role), reading(actor, at, case_id=case_id)).all()


@cache
def _clocks_of(role: Role) -> Select[Clock, Subject]:
    running = select(Clock, Subject).join(Subject, Subject.id == Clock.subject_id).join(Place, Place.id == Subject.place_id)
    running = running.where(Clock.case_id == CASE, Clock.status.in_((RUNNING, PAUSED, BLOCKED)), Clock.pending_id.is_(None))
    return running.where(readable_places(anybody(role), AT)).order_by(Clock.due_at)


def clocks_of(session: Session, case_id: UUID, actor: Actor, at: datetime) -> Sequence[Row[Clock, Subject]]:
    """Running (also paused and blocked) clocks whose subject lies in a place that the actor reads, next first.

    The clock of an undo time is its author's secret: ``pending_of`` shows it.
    """
    return session.execute(_clocks_of(actor.role), reading(actor, at, case_id=case_id)).all()


def pending_of(session: Session, case_id: UUID, actor: Actor) -> Sequence[PendingStep]:
    """The actor's own steps that can still be taken back."""
    return session.scalars(
        select(PendingStep).where(
            PendingStep.case_id == case_id,
            PendingStep.person_id == actor.person_id,
            PendingStep.status == "waiting",
        )
    ).all()


@cache
def _documents_of(role: Role) -> Select[Document]:
    issued = select(Document).where(Document.case_id == CASE, Document.status == "issued", readable_documents(anybody(role), AT))
    return issued.order_by(Document.issued_at.desc(), Document.kind).options(defer(Document.data))


def documents_of(session: Session, case_id: UUID, actor: Actor, at: datetime) -> Sequence[Document]:
    """Issued documents that the actor may read, newest first."""
    return session.scalars(_documents_of(actor.role), reading(actor, at, case_id=case_id)).all()


def parties_of(session: Session, case_id: UUID) -> Sequence[Party]:
    """Complainants first, then respondents, each by number."""
    return session.scalars(select(Party).where(Party.case_id == case_id).order_by(Party.side, Party.number)).all()


@dataclass(frozen=True)
class Desk:
    """One page of what lies on a desk, sorted by the next due time."""

    rows: Sequence[Row[Subject, Case]]
    more: bool


def desk(
    session: Session,
    kind: str,
    desk_id: UUID,
    stages: Sequence[str],
    actor: Actor,
    at: datetime,
    *,
    page: int = 1,
    size: int = 25,
) -> Desk:
    """Subjects of one kind on a desk in these stages, the next due first; flat with the size of the archive."""
    wanted = (
        select(Subject, Case)
        .join(Case, Case.id == Subject.case_id)
        .where(Subject.kind == kind, Subject.desk_id == desk_id, Subject.stage.in_(stages), visible_cases(actor, at))
        .order_by(Subject.due, Subject.id)
        .offset((page - 1) * size)
        .limit(size + 1)
    )
    rows = session.execute(wanted).all()
    return Desk(rows[:size], len(rows) > size)


