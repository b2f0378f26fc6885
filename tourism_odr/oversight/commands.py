"""What officers and the head do while they supervise: join a room, urge, sign papers, give standing authority."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import issuing, items, steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.cases.items import Words, add_item
from tourism_odr.cases.lifecycle import STEPS, PlaceKind, Role
from tourism_odr.cases.models import (
    Appointment,
    Case,
    Document,
    Item,
    ItemText,
    Member,
    Party,
    Place,
    StandingAuthority,
    Subject,
    Urge,
)
from tourism_odr.cases.models.document import DRAFT
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.cases.places import find_place, open_place
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.figures import rollups
from tourism_odr.figures.models import FigureMonth
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import M

CHINESE = "zh-Hans"  # the language in which a body writes officially


@dataclass(frozen=True)
class Urging:
    """Who is to do what by when; exactly one of party and mediator is named."""

    case_id: UUID
    party_id: UUID | None
    mediator_id: UUID | None
    order: str
    due_day: date


@dataclass(frozen=True)
class Decision:
    """What is said about an urging that stands, and the version of it that the person saw."""

    urge_id: UUID
    seen: int | None
    words: str = ""


def join_room(case_id: UUID, *, by: Actor, at: datetime) -> None:
    """Enter the room, for all to see; what was said before stays with those who were there."""
    with unit_of_work() as session:
        _, subject = steps.lock(session, case_id)
        if _seat(session, _room(session, case_id), by) is not None:
            raise MovedOnError(subject.id, "case.join-room", subject.stage)
        steps.take(case_id, "case.join-room", by=by, at=at)


def leave_room(case_id: UUID, *, by: Actor, at: datetime) -> None:
    """Leave the room, for all to see."""
    with unit_of_work() as session:
        _, subject = steps.lock(session, case_id)
        if _seat(session, _room(session, case_id), by) is None:
            raise MovedOnError(subject.id, "case.leave-room", subject.stage)
        steps.take(case_id, "case.leave-room", by=by, at=at)


def _room(session: Session, case_id: UUID) -> Place:
    room = find_place(session, case_id, PlaceKind.JOINT)
    if room is None:
        raise UnmetNeedError(
            "room", M("There is no room yet: it opens when both sides consent to mediation.")
        )
    return room


def _seat(session: Session, room: Place, by: Actor) -> UUID | None:
    """The membership by which this officer sits in the room now."""
    return session.scalars(
        select(Member.id).where(
            Member.place_id == room.id,
            Member.principal_id == by.person_id,
            Member.until.is_(None),
            Member.role == by.role.value,
        )
    ).first()


def propose_urging(command: Urging, *, by: Actor, at: datetime) -> UUID:
    """The officer writes the order.  It lies inside the body until the head approves."""
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        _refuse_strangers(session, case, command)
        inside = open_place(session, case.id, PlaceKind.INSIDE, organisation_id=case.body_id)
        session.flush()
        subject = steps.begin(session, case.id, "urge", inside, at, desk=case.body_id)
        order = _letter(session, inside, subject.id, command.order, by, at)
        session.add(
            Urge(
                id=subject.id,
                case_id=case.id,
                party_id=command.party_id,
                mediator_id=command.mediator_id,
                due_day=command.due_day,
                order_id=order.id,
            )
        )
        session.flush()
        steps.take(subject.id, "urge.propose", by=by, at=at, digests=(order.digest,))
        return subject.id


def _refuse_strangers(session: Session, case: Case, command: Urging) -> None:
    """Only a respondent who was served, or the mediator of the case, can be urged."""
    if command.party_id in {party.id for party in urgeable_parties(session, case.id)}:
        return
    if command.mediator_id is None or command.mediator_id not in active_mediators(session, case.id):
        raise NotYoursError("neither a served respondent nor the mediator of this case")


def urgeable_parties(session: Session, case_id: UUID) -> list[Party]:
    """The respondents who read the file now, so that an order reaches them."""
    file = find_place(session, case_id, PlaceKind.FILE)
    if file is None:
        return []
    reads = select(Member.principal_id).where(Member.place_id == file.id, Member.until.is_(None))
    wanted = select(Party).where(
        Party.case_id == case_id, Party.side == RESPONDENT, Party.organisation_id.in_(reads)
    )
    return list(session.scalars(wanted.order_by(Party.number)))


def active_mediators(session: Session, case_id: UUID) -> list[UUID]:
    """Who mediates the case now."""
    active = select(Appointment.person_id).join(Subject, Subject.id == Appointment.id)
    return list(session.scalars(active.where(Subject.case_id == case_id, Subject.stage == "active")))


def approve_urging(command: Decision, *, by: Actor, at: datetime) -> None:
    """The head sends it: only now does the order lie where those concerned read it."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.urge_id)
        urge = session.get_one(Urge, subject.id)
        words = session.get(ItemText, urge.order_id)
        file = open_place(session, case.id, PlaceKind.FILE)
        order = _letter(session, file, subject.id, words.body if words else "", by, at)
        session.flush()
        urge.order_id, subject.place_id = order.id, file.id
        subject.desk_id = urge.mediator_id or session.get_one(Party, urge.party_id).organisation_id
        session.flush()
        steps.take(
            subject.id,
            "urge.approve",
            by=by,
            at=at,
            seen=command.seen,
            party_id=urge.party_id,
            digests=(order.digest,),
        )


def drop_urging(command: Decision, *, by: Actor, at: datetime) -> None:
    """The head does not approve; the reason is for the officer and lies inside."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.urge_id)
        inside = open_place(session, case.id, PlaceKind.INSIDE, organisation_id=case.body_id)
        reason = _letter(session, inside, subject.id, command.words, by, at)
        steps.take(subject.id, "urge.drop", by=by, at=at, seen=command.seen, digests=(reason.digest,))


def close_urging(command: Decision, *, by: Actor, at: datetime) -> None:
    """The body says what it found; those who were urged read it."""
    with unit_of_work() as session:
        _, subject = steps.lock(session, command.urge_id)
        place = session.get_one(Place, subject.place_id)
        finding = _letter(session, place, subject.id, command.words, by, at)
        session.flush()
        urge = session.get_one(Urge, subject.id)
        urge.finding_id = finding.id
        steps.take(
            subject.id,
            "urge.close",
            by=by,
            at=at,
            seen=command.seen,
            party_id=urge.party_id,
            digests=(finding.digest,),
        )


def _letter(session: Session, place: Place, subject_id: UUID, body: str, by: Actor, at: datetime) -> Item:
    words = Words(body, CHINESE)
    return add_item(session, place, items.LETTER, by=by, at=at, words=words, subject_id=subject_id)


def sign_document(case_id: UUID, document_id: UUID, *, by: Actor, at: datetime) -> None:
    """The head signs a paper that waited; it gets its number and its date, and those concerned are told."""
    if by.person_id is None:
        raise NotYoursError("nobody in person")
    with unit_of_work() as session:
        _, subject = steps.lock(session, case_id)
        document = session.get(Document, document_id, populate_existing=True)
        if document is None or document.case_id != case_id or document.body_id != by.organisation_id:
            raise NotYoursError("no such paper of this body")
        if document.status != DRAFT:
            raise MovedOnError(subject.id, "case.sign-document", subject.stage)
        steps.take(
            case_id,
            "case.sign-document",
            by=by,
            at=at,
            place_id=document.place_id,
            facts={"document": str(document.id), "kind": document.kind},
            params={"document": document.kind},
        )
        issuing.sign_draft(session, document.id, by.person_id, at)  # the counter is locked last


def papers_of_the_clock() -> list[str]:
    """The kinds of document that a step without a person issues, as far as somebody has to sign them."""
    alone = [step for step in STEPS.values() if step.by & {Role.CLOCK, Role.TABLE}]
    return sorted({kind for step in alone for kind in step.issues} - issuing.SIGNED_BY_NOBODY)


def sign_authority(kind: str, *, by: Actor, at: datetime) -> UUID:
    """From now on the clock may issue papers of this kind in the name of this head."""
    if by.role is not Role.HEAD or by.person_id is None or by.organisation_id is None:
        raise NotYoursError("only the head of a body signs")
    with unit_of_work() as session:
        if kind not in papers_of_the_clock():
            raise NotYoursError("the clock issues no such paper")
        if _standing(session, by.organisation_id, kind) is not None:
            raise RefusedError(M("A standing authority for this paper is in force already."))
        row = StandingAuthority(
            id=uuid4(), body_id=by.organisation_id, kind=kind, signed_by=by.person_id, since=at
        )
        session.add(row)
        return row.id


def _standing(session: Session, body_id: UUID, kind: str) -> StandingAuthority | None:
    return session.scalars(
        select(StandingAuthority).where(
            StandingAuthority.body_id == body_id,
            StandingAuthority.kind == kind,
            StandingAuthority.revoked_at.is_(None),
        )
    ).first()


def revoke_authority(authority_id: UUID, *, by: Actor, at: datetime) -> None:
    """From now on papers of this kind wait for the head again."""
    if by.role is not Role.HEAD:
        raise NotYoursError("only the head of a body revokes")
    with unit_of_work() as session:
        row = session.get(StandingAuthority, authority_id)
        if row is None or row.body_id != by.organisation_id:
            raise NotYoursError("no authority of this body")
        if row.revoked_at is None:
            row.revoked_at = at


def close_month(month: date, *, by: Actor, at: datetime) -> None:
    """The figures of a month that is over are final: from now on a change is kept as a revision."""
    if by.role is not Role.HEAD or by.person_id is None or by.organisation_id is None:
        raise NotYoursError("only the head of a body closes")
    if local_day(at).replace(day=1) <= month:
        raise RefusedError(M("The month is not over yet."))
    with unit_of_work() as session:
        if not rollups.all_counted(session):
            raise RefusedError(M("Some cases are not counted yet. Try again in a few minutes."))
        if session.get(FigureMonth, (by.organisation_id, month)) is not None:
            raise RefusedError(M("The month is closed already."))
        session.add(FigureMonth(body_id=by.organisation_id, month=month, closed_by=by.person_id, closed_at=at))
