"""What a respondent's people read: their inbox, the complaint as served, their drafts and powers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import visible_cases
from tourism_odr.cases.lifecycle import TABLES
from tourism_odr.cases.lifecycle import respondent as road
from tourism_odr.cases.lifecycle.agreement import LOCKED
from tourism_odr.cases.lifecycle.instalment import DISPUTED, DUE, MISSED
from tourism_odr.cases.lifecycle.service import SENT
from tourism_odr.cases.models import (
    Agreement,
    Case,
    ClaimElement,
    Clause,
    Clock,
    Event,
    Instalment,
    Party,
    Power,
    Service,
    Signature,
    Subject,
)
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.clock import end_of_day
from tourism_odr.mediation.models import AnswerDraft
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import RESPONDENT
from tourism_odr.rulebooks import local_zone
from tourism_odr.text import N_
from tourism_odr.web.names import party_names
from tourism_odr.web.trip import BOOKING, trip_sheet

TO_ANSWER = (road.AWAITING_ANSWER, road.SILENT, road.REMINDER_ASKED, road.REMINDED, road.UNANSWERED, road.INVITED)
RESPONDENT_TABS: dict[str, tuple[str, ...]] = {
    "to-answer": TO_ANSWER,
    "waiting": (road.ANSWERED,),
    "mediation": (road.MEDIATION,),
    "archive": tuple(sorted(TABLES["respondent"].finals)),
}
TO_PAY = (DUE, DISPUTED, MISSED)
SIGN_AND_PAY = "sign-pay"
SIZE = 25


@dataclass(frozen=True)
class Line:
    """One line of the inbox: a letter to open, a case, a text to sign or a payment to make."""

    subject: Subject
    case: Case
    clock: Clock | None
    amount: Decimal | None = None
    currency: str = "CNY"


@dataclass(frozen=True)
class Inbox:
    """One page of a tab, and how many lie in each tab."""

    lines: Sequence[Line]
    counts: dict[str, int]
    total: int


def inbox(session: Session, actor: Actor, tab: str, at: datetime, page: int) -> Inbox:
    """What lies on the organisation's desk; the desk itself is the condition, the next due first."""
    counts = _counts(session, actor)
    chosen = _signatures_and_payments(actor) if tab == SIGN_AND_PAY else _respondents(actor, tab)
    rows = session.execute(
        select(Subject, Case, Clock, Clause.amount, Clause.currency)
        .join(Case, Case.id == Subject.case_id)
        .outerjoin(Clock, and_(Clock.subject_id == Subject.id, Clock.status == RUNNING, Clock.due_at == Subject.due))
        .outerjoin(Instalment, Instalment.id == Subject.id)
        .outerjoin(Clause, Clause.id == Instalment.clause_id)
        .where(chosen, visible_cases(actor, at))
        .order_by(Subject.due.is_(None), Subject.due, Subject.created, Subject.id)
        .offset((page - 1) * SIZE)
        .limit(SIZE)
    ).all()
    return Inbox([_line(row) for row in {row[0].id: row for row in rows}.values()], counts, counts[tab])


def _line(row: Row[Subject, Case, Clock, Decimal | None, str]) -> Line:
    subject, case, clock, amount, currency = row
    if subject.kind == "instalment":
        return Line(subject, case, clock, amount, currency)
    return Line(subject, case, clock, case.claimed, case.currency)


def _respondents(actor: Actor, tab: str) -> ColumnElement[bool]:
    lying = and_(Subject.desk_id == actor.organisation_id, Subject.kind == "respondent")
    wanted = and_(lying, Subject.stage.in_(RESPONDENT_TABS[tab]))
    if tab != "to-answer":
        return wanted
    letters = and_(Subject.desk_id == actor.organisation_id, Subject.kind == "service", Subject.stage == SENT)
    return or_(wanted, letters)


def _signatures_and_payments(actor: Actor) -> ColumnElement[bool]:
    payments = and_(
        Subject.desk_id == actor.organisation_id, Subject.kind == "instalment", Subject.stage.in_(TO_PAY)
    )
    return or_(payments, and_(Subject.id.in_(_unsigned(actor)), Subject.stage == LOCKED))


def _unsigned(actor: Actor) -> Select[UUID]:
    return (
        select(Signature.agreement_id)
        .join(Party, Party.id == Signature.party_id)
        .where(Party.organisation_id == actor.organisation_id, Signature.signed_at.is_(None))
    )


def _counts(session: Session, actor: Actor) -> dict[str, int]:
    """How many lie in each tab, in two statements."""
    lying = dict(
        ((kind, stage), count)
        for kind, stage, count in session.execute(
            select(Subject.kind, Subject.stage, func.count())
            .where(Subject.desk_id == actor.organisation_id)
            .group_by(Subject.kind, Subject.stage)
        )
    )
    counts = {
        tab: sum(lying.get(("respondent", stage), 0) for stage in stages) for tab, stages in RESPONDENT_TABS.items()
    }
    counts["to-answer"] += lying.get(("service", SENT), 0)
    to_sign = session.scalar(
        select(func.count()).select_from(Subject).where(Subject.id.in_(_unsigned(actor)), Subject.stage == LOCKED)
    )
    counts[SIGN_AND_PAY] = (to_sign or 0) + sum(lying.get(("instalment", stage), 0) for stage in TO_PAY)
    return counts


def handlers(session: Session, subjects: Sequence[UUID]) -> dict[UUID, UUID]:
    """Who of the respondent's people last acted on each subject."""
    roles = [role.value for role in RESPONDENT]
    rows = session.execute(
        select(Event.subject_id, Event.actor)
        .where(Event.subject_id.in_(subjects), Event.role.in_(roles))
        .order_by(Event.at)
    )
    return {subject: person for subject, person in rows if person}


def letter_to(session: Session, respondent_id: UUID) -> Service | None:
    """The last letter served on this respondent."""
    return session.scalars(
        select(Service)
        .where(Service.respondent_id == respondent_id, Service.served_at.is_not(None))
        .order_by(Service.served_at.desc())
    ).first()


def is_late(session: Session, subject: Subject, at: datetime) -> bool:
    """Whether the day that the letter set has ended; an answer is accepted all the same."""
    letter = letter_to(session, subject.id)
    zone = local_zone(session.get_one(Case, subject.case_id).jurisdiction)
    return letter is not None and at >= end_of_day(letter.answer_day, zone)


def draft_of(session: Session, respondent_id: UUID, actor: Actor) -> AnswerDraft | None:
    """The actor's own draft."""
    return session.scalars(
        select(AnswerDraft).where(
            AnswerDraft.respondent_id == respondent_id, AnswerDraft.person_id == actor.person_id
        )
    ).first()


def claims_of(session: Session, case_id: UUID) -> Sequence[ClaimElement]:
    """What the complainant asks for, in their order."""
    return session.scalars(
        select(ClaimElement).where(ClaimElement.case_id == case_id).order_by(ClaimElement.number)
    ).all()


def booking(session: Session, case: Case) -> list[tuple[str, str]]:
    """Who complains about which booking: the name, never a contact."""
    parties = session.scalars(select(Party).where(Party.case_id == case.id, Party.side == COMPLAINANT)).all()
    names = party_names(session, parties).values()
    return [(N_("Tourist"), ", ".join(filter(None, names))), *trip_sheet(session, case, BOOKING)]


def powers_of(session: Session, party_id: UUID) -> Sequence[Power]:
    """The powers on record for a party, newest first."""
    return session.scalars(select(Power).where(Power.party_id == party_id).order_by(Power.since.desc())).all()


def agreements_of(session: Session, party_id: UUID) -> Sequence[Row[Agreement, Subject]]:
    """The agreements that a party signs."""
    return session.execute(
        select(Agreement, Subject)
        .join(Subject, Subject.id == Agreement.id)
        .join(Signature, Signature.agreement_id == Agreement.id)
        .where(Signature.party_id == party_id)
        .order_by(Subject.created)
    ).all()
