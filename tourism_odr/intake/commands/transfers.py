"""Offering a complaint to another body of this service, which takes it over or objects."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.lifecycle.case import LODGED
from tourism_odr.cases.lifecycle.transfer import OFFERED
from tourism_odr.cases.models import Case, Event, Subject, Transfer
from tourism_odr.cases.places import open_place
from tourism_odr.db import unit_of_work
from tourism_odr.intake.commands.letters import Bilingual, digests, lock_as_seen, read_letter, write_letter
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.organisations import organisation
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import M

BEFORE = "case.transfer-out"  # a transfer inside is open exactly as long as one to the outside


@dataclass(frozen=True)
class OfferTransfer:
    """To which body, and why; ``seen`` is the version of the case."""

    case_id: UUID
    seen: int | None
    to_body_id: UUID
    ground: str
    reason: Bilingual


@dataclass(frozen=True)
class TakeOver:
    """The other body accepts."""

    case_id: UUID
    transfer_id: UUID
    seen: int


@dataclass(frozen=True)
class ObjectToTransfer:
    """The other body objects, with its reason."""

    case_id: UUID
    transfer_id: UUID
    seen: int
    reason: Bilingual


@dataclass(frozen=True)
class Designate:
    """The superior body's decision, with its reason."""

    case_id: UUID
    transfer_id: UUID
    seen: int
    to_body_id: UUID
    reason: Bilingual


def offer_transfer(command: OfferTransfer, *, by: Actor, at: datetime) -> UUID:
    """Ask the other body; this one stays responsible until it accepts."""
    with unit_of_work() as session:
        case, state = lock_as_seen(session, command.case_id, BEFORE, command.seen)
        _still_undecided(state)
        _receiver_fits(session, case, command.to_body_id)
        place = open_place(session, case.id, PlaceKind.TRIAGE)
        subject = steps.begin(session, case.id, "transfer", place, at, desk=command.to_body_id)
        written = write_letter(session, place, command.reason, by=by, at=at, subject_id=subject.id)
        session.add(
            Transfer(
                id=subject.id, case_id=case.id, from_body_id=case.body_id, to_body_id=command.to_body_id,
                ground=command.ground, item_id=written[0].id if written else None,
            )
        )  # fmt: skip
        session.flush()
        facts = {"ground": command.ground, "to": str(command.to_body_id)}
        steps.take(subject.id, "transfer.offer", by=by, at=at, facts=facts, digests=digests(written))
        return subject.id


def _still_undecided(state: Subject) -> None:
    if state.stage != LODGED:
        raise MovedOnError(state.id, BEFORE, state.stage)


def _receiver_fits(session: Session, case: Case, to_body_id: UUID) -> None:
    receiver = organisation(to_body_id)
    if receiver.kind != OrganisationKind.BODY or receiver.id == case.body_id or not receiver.active:
        raise RefusedError(M("Select another supervising body of this service."))
    waiting = select(Subject.id).where(
        Subject.case_id == case.id, Subject.kind == "transfer", Subject.stage == OFFERED
    )
    if session.scalars(waiting).first():
        raise RefusedError(M("This complaint already waits for another body's answer."))


def take_over(command: TakeOver, *, by: Actor, at: datetime) -> None:
    """The receiving body becomes responsible; the sender keeps no access."""
    with unit_of_work() as session:
        transfer = _transfer(session, command.case_id, command.transfer_id)
        _still_undecided(session.get_one(Subject, command.case_id))
        receiver = organisation(transfer.to_body_id)
        reason = offered_reason(session, transfer)
        papers = {
            "receiver": Bilingual(receiver.name, receiver.name_en).paper(), "ground": transfer.ground,
            "reason": reason.paper(),
        }  # fmt: skip
        steps.take(transfer.id, "transfer.accept", by=by, at=at, seen=command.seen, papers=papers)


def object_to_transfer(command: ObjectToTransfer, *, by: Actor, at: datetime) -> None:
    """The complaint stays where it was, with the objection beside it."""
    with unit_of_work() as session:
        transfer = _transfer(session, command.case_id, command.transfer_id)
        place = open_place(session, command.case_id, PlaceKind.TRIAGE)
        written = write_letter(session, place, command.reason, by=by, at=at, subject_id=transfer.id)
        steps.take(
            transfer.id, "transfer.object", by=by, at=at, seen=command.seen, digests=digests(written)
        )


def designate(command: Designate, *, by: Actor, at: datetime) -> None:
    """The superior body says who is responsible: one of the two, another, or itself."""
    with unit_of_work() as session:
        transfer = _transfer(session, command.case_id, command.transfer_id)
        _still_undecided(session.get_one(Subject, command.case_id))
        receiver = organisation(command.to_body_id)
        if receiver.kind != OrganisationKind.BODY or not receiver.active:
            raise RefusedError(M("Select a supervising body of this service."))
        transfer.to_body_id = receiver.id
        place = open_place(session, command.case_id, PlaceKind.TRIAGE)
        written = write_letter(session, place, command.reason, by=by, at=at, subject_id=transfer.id)
        papers = {
            "receiver": Bilingual(receiver.name, receiver.name_en).paper(), "ground": transfer.ground,
            "reason": command.reason.paper(),
        }  # fmt: skip
        steps.take(
            transfer.id, "transfer.designate", by=by, at=at, seen=command.seen, facts={"to": str(receiver.id)},
            digests=digests(written), papers=papers,
        )  # fmt: skip


def offered_reason(session: Session, transfer: Transfer) -> Bilingual:
    """What the first body wrote when it offered the complaint."""
    line = session.scalars(
        select(Event).where(Event.case_id == transfer.case_id, Event.subject_id == transfer.id, Event.step == "transfer.offer")
    ).first()
    return read_letter(session, transfer.case_id, line.digests) if line else Bilingual("")


def reasons(session: Session, case_id: UUID) -> list[tuple[bool, Bilingual]]:
    """What was written with every offer and objection of the case, in order; True for an objection."""
    lines = session.scalars(
        select(Event)
        .where(Event.case_id == case_id, Event.step.in_(("transfer.offer", "transfer.object")))
        .order_by(Event.at, Event.number)
    ).all()
    return [(line.step == "transfer.object", read_letter(session, case_id, line.digests)) for line in lines]


def _transfer(session: Session, case_id: UUID, transfer_id: UUID) -> Transfer:
    transfer = session.get(Transfer, transfer_id)
    if transfer is None or transfer.case_id != case_id:
        raise NotYoursError("no such transfer of this case")
    steps.lock(session, transfer.id)
    return transfer
