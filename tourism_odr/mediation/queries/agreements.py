"""What the pages of an agreement read: its clauses, who signs and who has, its payments and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import readable_places
from tourism_odr.cases.lifecycle.agreement import SIGNED
from tourism_odr.cases.lifecycle.offer import ACCEPTED
from tourism_odr.cases.models import (
    Agreement,
    Appointment,
    Clause,
    Clock,
    Instalment,
    Offer,
    Party,
    Performance,
    Place,
    Signature,
    Subject,
)
from tourism_odr.cases.models.agreement import BY_THE_SIDES
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.needs import countersigned
from tourism_odr.mediation.commands.clauses import clauses_of
from tourism_odr.people import persons
from tourism_odr.people.actor import Actor
from tourism_odr.web.names import party_names


@dataclass(frozen=True)
class Signer:
    """One who signs: the party, its name, and the name of the person who signed for it."""

    party: Party
    name: str
    signature: Signature
    person: str


@dataclass(frozen=True)
class Text:
    """An agreement as its pages show it."""

    agreement: Agreement
    subject: Subject
    clauses: Sequence[Clause]
    signers: Sequence[Signer]
    names: dict[UUID, str]
    mediator: tuple[str, datetime] | None = None  # who concluded it signed, and when

    @property
    def waits_for_mediator(self) -> bool:
        """Whether all but the mediator have signed."""
        return self.in_force and self.mediator is None and self.agreement.path != BY_THE_SIDES

    @property
    def in_force(self) -> bool:
        """Whether everybody has signed."""
        return self.agreement.effect_at is not None


@dataclass(frozen=True)
class Payment:
    """One payment with its clause, its next clock, and what was found in the end."""

    subject: Subject
    instalment: Instalment
    clause: Clause
    clock: Clock | None
    performed: Performance | None


def text_of(session: Session, subject: Subject) -> Text:
    """Everything that the page of one agreement shows."""
    agreement = session.get_one(Agreement, subject.id)
    rows = session.execute(
        select(Signature, Party)
        .join(Party, Party.id == Signature.party_id)
        .where(Signature.agreement_id == agreement.id)
        .order_by(Party.side, Party.number)
    ).all()
    names = party_names(session, (row.Party for row in rows))
    people = persons.names_of(row.Signature.person_id for row in rows if row.Signature.person_id)
    signers = [
        Signer(row.Party, names[row.Party.id], row.Signature, people.get(row.Signature.person_id or UUID(int=0), ""))
        for row in rows
    ]
    line = countersigned(session, agreement.id)
    mediator = (persons.names_of([line.actor])[line.actor], line.at) if line and line.actor else None
    return Text(agreement, subject, clauses_of(session, agreement.id), signers, names, mediator)


def agreements_in(session: Session, case_id: UUID, actor: Actor, at: datetime) -> Sequence[tuple[Agreement, Subject]]:
    """The agreements of a case that lie where the actor reads, oldest first."""
    rows = session.execute(
        select(Agreement, Subject)
        .join(Subject, Subject.id == Agreement.id)
        .join(Place, Place.id == Subject.place_id)
        .where(Subject.case_id == case_id, readable_places(actor, at))
        .order_by(Subject.created, Subject.id)
    )
    return [(row[0], row[1]) for row in rows]


def accepted_offers(session: Session, case_id: UUID, actor: Actor, at: datetime) -> Sequence[Offer]:
    """Offers that everybody accepted, in places that the actor reads."""
    return session.scalars(
        select(Offer)
        .join(Subject, Subject.id == Offer.id)
        .join(Place, Place.id == Subject.place_id)
        .where(Offer.case_id == case_id, Subject.stage == ACCEPTED, readable_places(actor, at))
        .order_by(Subject.created.desc())
    ).all()


def has_mediator(session: Session, case_id: UUID) -> bool:
    """Whether a mediator is at work in the case."""
    active = select(Appointment.id).join(Subject, Subject.id == Appointment.id)
    active = active.where(Appointment.case_id == case_id, Subject.stage == "active")
    return session.scalars(active.limit(1)).first() is not None


def payments_of(
    session: Session, case_id: UUID, actor: Actor, at: datetime, agreement_id: UUID | None = None
) -> Sequence[Payment]:
    """The payments of signed agreements that the actor reads, by their day."""
    wanted = (
        select(Subject, Instalment, Clause, Clock, Performance)
        .join(Instalment, Instalment.id == Subject.id)
        .join(Clause, Clause.id == Instalment.clause_id)
        .join(Place, Place.id == Subject.place_id)
        .outerjoin(Clock, (Clock.subject_id == Subject.id) & (Clock.status == RUNNING))
        .outerjoin(Performance, Performance.instalment_id == Subject.id)
        .where(Subject.case_id == case_id, readable_places(actor, at))
        .order_by(Instalment.day, Clause.number)
    )
    if agreement_id:
        wanted = wanted.where(Instalment.agreement_id == agreement_id)
    rows = session.execute(wanted).all()
    return [Payment(*row) for row in {row[0].id: row for row in rows}.values()]


def is_to_be_performed(subject: Subject) -> bool:
    """Whether payments of this agreement are still awaited."""
    return subject.stage == SIGNED
