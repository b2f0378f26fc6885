"""What waits for a mediator, and the cases by their next deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import readable_places, visible_cases
from tourism_odr.cases.lifecycle import STEPS, PlaceKind
from tourism_odr.cases.lifecycle.appointment import ACTIVE, OFFERED
from tourism_odr.cases.lifecycle.urge import OPEN as URGE_OPEN
from tourism_odr.cases.lifecycle.urge import OVERDUE as URGE_OVERDUE
from tourism_odr.cases.models import Agreement, Case, Clock, Event, Member, Party, Place, Power, Subject
from tourism_odr.cases.models.agreement import BY_THE_SIDES
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.queries import desk
from tourism_odr.mediation.queries.room import Face, party_faces, unread_in
from tourism_odr.people.actor import Actor

Rows = Sequence[Row[Subject, Case]]


@dataclass(frozen=True)
class Mediated:
    """A case of this mediator with its next deadline, the room if it stands, and what is unread."""

    case: Case
    clock: Clock | None
    room: Place | None
    unread: int
    private: int
    caucus: Place | None
    parties: tuple[Face, ...]


@dataclass(frozen=True)
class Desk:
    """All that lies on a mediator's desk."""

    asked: Rows
    urges: Rows
    powers: Rows  # the respondents whose powers wait for a check
    signing: Rows  # the texts that all parties have signed, and the mediator not yet
    offers: Rows
    agreements: Rows
    cases: list[Mediated]
    more: bool = False

    @property
    def private(self) -> list[Mediated]:
        return [one for one in self.cases if one.private]

    @property
    def waiting(self) -> int:
        return sum(len(rows) for rows in (self.asked, self.urges, self.powers, self.signing, self.private))


def desk_of(session: Session, actor: Actor, at: datetime, page: int = 1) -> Desk:
    """The desk of one mediator."""
    person = actor.person_id
    if person is None:
        return Desk([], [], [], [], [], [], [])
    asked = desk(session, "appointment", person, [OFFERED], actor, at).rows
    urges = desk(session, "urge", person, [URGE_OPEN, URGE_OVERDUE], actor, at).rows
    mine = desk(session, "appointment", person, [ACTIVE], actor, at, page=page, size=100)
    cases = [row[1] for row in mine.rows]
    ids = [case.id for case in cases]
    rows = _mediated(session, cases, actor, at)
    offers, agreements = (_in_cases(session, kind, stage, ids, actor, at) for kind, stage in WATCHED)
    powers, signing = _powers(session, ids), _to_sign(session, actor, at)
    return Desk(asked, urges, powers, signing, offers, agreements, rows, mine.more)


def _powers(session: Session, cases: Sequence[UUID]) -> Rows:
    """Respondents with a power that nobody has judged."""
    waits = exists().where(
        Power.party_id == Subject.id, Power.checked_at.is_(None), Power.revoked_at.is_(None)
    )
    checked_in = STEPS["respondent.check-power"].leaves
    return session.execute(
        select(Subject, Case)
        .join(Case, Case.id == Subject.case_id)
        .where(Subject.case_id.in_(cases), Subject.kind == "respondent", Subject.stage.in_(checked_in), waits)
        .order_by(Subject.created, Subject.id)
    ).all()


def _to_sign(session: Session, actor: Actor, at: datetime) -> Rows:
    """Also in cases that closed with the last party's signature."""
    signed = exists().where(Event.subject_id == Subject.id, Event.step == "agreement.countersign")
    seat = exists().where(
        Member.place_id == Subject.place_id, Member.principal_id == actor.person_id, Member.until.is_(None)
    )
    return session.execute(
        select(Subject, Case)
        .join(Case, Case.id == Subject.case_id)
        .join(Agreement, Agreement.id == Subject.id)
        .where(Subject.kind == "agreement", Subject.stage.in_(STEPS["agreement.countersign"].leaves))
        .where(Agreement.path != BY_THE_SIDES, visible_cases(actor, at), seat, ~signed)
        .order_by(Agreement.effect_at, Subject.id)
    ).all()


WATCHED = (("offer", "open"), ("agreement", "locked"))


def _in_cases(session: Session, kind: str, stage: str, cases: Sequence[UUID], actor: Actor, at: datetime) -> Rows:
    """What the parties owe each other in these cases, next due first."""
    return session.execute(
        select(Subject, Case)
        .join(Case, Case.id == Subject.case_id)
        .join(Place, Place.id == Subject.place_id)
        .where(Subject.kind == kind, Subject.stage == stage, Subject.case_id.in_(cases), readable_places(actor, at))
        .order_by(Subject.due, Subject.id)
        .limit(20)
    ).all()


def _mediated(session: Session, cases: Sequence[Case], actor: Actor, at: datetime) -> list[Mediated]:
    ids = [case.id for case in cases]
    clocks = _next_clocks(session, ids, actor, at)
    places = session.scalars(select(Place).where(Place.case_id.in_(ids), readable_places(actor, at))).all()
    unread = unread_in(session, [p.id for p in places if p.kind in (PlaceKind.JOINT, PlaceKind.CAUCUS)], actor, at)
    rows = [_one(session, case, clocks.get(case.id), [p for p in places if p.case_id == case.id], unread) for case in cases]
    return sorted(rows, key=lambda row: (row.clock is None, row.clock.due_at if row.clock else row.case.moved))


def _one(
    session: Session, case: Case, clock: Clock | None, places: Sequence[Place], unread: dict[UUID, int]
) -> Mediated:
    caucuses = [p for p in places if p.kind == PlaceKind.CAUCUS]
    room = next((p for p in places if p.kind == PlaceKind.JOINT), None)
    waiting = [p for p in caucuses if unread.get(p.id)]
    return Mediated(
        case,
        clock,
        room,
        unread.get(room.id, 0) if room else 0,
        sum(unread.get(p.id, 0) for p in caucuses),
        waiting[0] if waiting else None,
        tuple(party_faces(session, case.id).values()),
    )


def _next_clocks(session: Session, cases: Sequence[UUID], actor: Actor, at: datetime) -> dict[UUID, Clock]:
    """The next running clock of each case that the mediator may know of."""
    rows = session.scalars(
        select(Clock)
        .join(Subject, Subject.id == Clock.subject_id)
        .join(Place, Place.id == Subject.place_id)
        .where(Clock.case_id.in_(cases), Clock.status == RUNNING, Clock.pending_id.is_(None), readable_places(actor, at))
        .order_by(Clock.due_at.desc())
    )
    return {clock.case_id: clock for clock in rows}


def parties_named(session: Session, case_id: UUID) -> list[tuple[Party, Face]]:
    """Everybody whose name a mediator must know before saying that no conflict stands."""
    faces = party_faces(session, case_id)
    rows = session.scalars(select(Party).where(Party.case_id == case_id).order_by(Party.side, Party.number))
    return [(party, faces[party.id]) for party in rows]


def load_of(session: Session, actor: Actor, at: datetime) -> int:
    """How many cases this mediator has in hand."""
    return session.scalar(
        select(func.count())
        .select_from(Subject)
        .join(Case, Case.id == Subject.case_id)
        .where(Subject.kind == "appointment", Subject.stage == ACTIVE, Subject.desk_id == actor.person_id)
        .where(visible_cases(actor, at))
    ) or 0  # fmt: skip
