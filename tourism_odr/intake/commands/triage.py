"""Deciding on a complaint: accept, return for completion, refuse with the head's approval, transfer out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Event
from tourism_odr.cases.places import open_place
from tourism_odr.db import unit_of_work
from tourism_odr.intake.commands.letters import (
    CHINESE,
    ENGLISH,
    NOTHING,
    Bilingual,
    digests,
    read_letter,
    write_letter,
)
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import N_, M, say

# What a complaint most often lacks; the letter says it in both languages, for the tourist to tick off.
MISSING = {
    "identity": N_("A copy of your identity paper or passport page"),
    "contract": N_("The travel contract, booking or order"),
    "payment": N_("Proof of what you paid"),
    "respondent": N_("The full name of the company or shop"),
    "facts": N_("What happened, when and where, in more detail"),
    "claim": N_("What you ask for, with the amount"),
    "evidence": N_("Photos, messages or papers that show what happened"),
    "power": N_("A signed power, if you complain for somebody else"),
}
TRANSFER_GROUNDS = {
    "territory": N_("The trip, the contract or the operator lies in another body's territory"),
    "remit": N_("Another authority is responsible for this matter"),
    "superior": N_("The superior body has designated another body"),
}


@dataclass(frozen=True)
class AcceptComplaint:
    """The body takes the complaint on."""

    case_id: UUID
    seen: int


@dataclass(frozen=True)
class ReturnComplaint:
    """What is missing: codes of ``MISSING`` and lines of the officer's own."""

    case_id: UUID
    seen: int
    missing: tuple[str, ...]
    more: Bilingual = NOTHING


@dataclass(frozen=True)
class ProposeRefusal:
    """A ground of the rulebook, and why it fits here."""

    case_id: UUID
    seen: int
    ground: str
    reason: Bilingual


@dataclass(frozen=True)
class ApproveRefusal:
    """The head agrees: the refusal that was proposed is issued."""

    case_id: UUID
    seen: int


@dataclass(frozen=True)
class RejectRefusal:
    """The head does not agree, and says why."""

    case_id: UUID
    seen: int
    reason: str


@dataclass(frozen=True)
class TransferOut:
    """To a body that does not use this service: a letter goes to it, a notice to the tourist."""

    case_id: UUID
    seen: int
    receiver: Bilingual
    ground: str
    reason: Bilingual


def accept(command: AcceptComplaint, *, by: Actor, at: datetime) -> None:
    """Accept the complaint; every respondent then waits to be served."""
    with unit_of_work():
        steps.take(command.case_id, "case.accept", by=by, at=at, seen=command.seen)


def return_complaint(command: ReturnComplaint, *, by: Actor, at: datetime) -> None:
    """Send the complaint back with the list of what is missing."""
    letter = itemised(command)
    if not letter.zh and not letter.en:
        raise RefusedError(M("Say at least one thing that is missing."))
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        place = open_place(session, command.case_id, PlaceKind.TRIAGE)
        written = write_letter(session, place, letter, by=by, at=at)
        facts = {"reason": ",".join(command.missing) or "other"}
        steps.take(
            command.case_id, "case.return", by=by, at=at, seen=command.seen, facts=facts, digests=digests(written)
        )


def itemised(command: ReturnComplaint) -> Bilingual:
    """One line a missing thing, in each language."""

    def lines(language: str, more: str) -> str:
        known = [say(MISSING[code], language) for code in command.missing]
        return "\n".join([*known, *(line.strip() for line in more.splitlines() if line.strip())])

    return Bilingual(lines(CHINESE, command.more.zh), lines(ENGLISH, command.more.en))


def propose_refusal(command: ProposeRefusal, *, by: Actor, at: datetime) -> None:
    """Lay a refusal before the head; until then only the body reads it, and the clock runs on."""
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        if command.ground not in {ground.code for ground in rulebook_of(case).grounds}:
            raise RefusedError(M("Select a ground of the Measures that apply to this complaint."))
        place = open_place(session, case.id, PlaceKind.INSIDE, organisation_id=case.body_id)
        written = write_letter(session, place, command.reason, by=by, at=at)
        facts = {"ground": command.ground}
        steps.take(
            case.id, "case.propose-refusal", by=by, at=at, seen=command.seen, facts=facts, digests=digests(written)
        )


@dataclass(frozen=True)
class Proposal:
    """The refusal that waits for the head: by whom, on which ground, with what reason."""

    ground: str
    reason: Bilingual
    proposed_by: UUID | None
    at: datetime


def proposal_of(session: Session, case: Case) -> Proposal | None:
    """The refusal that was proposed last."""
    line = session.scalars(
        select(Event)
        .where(Event.case_id == case.id, Event.subject_id == case.id, Event.step == "case.propose-refusal")
        .order_by(Event.at.desc(), Event.number.desc())
    ).first()
    if line is None:
        return None
    return Proposal(line.facts["ground"], read_letter(session, case.id, line.digests), line.actor, line.at)


def approve_refusal(command: ApproveRefusal, *, by: Actor, at: datetime) -> None:
    """Issue the refusal; the tourist reads the reason from now on."""
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        proposal = proposal_of(session, case)
        reason = proposal.reason if proposal else Bilingual("")
        ground = proposal.ground if proposal else ""
        written = write_letter(session, open_place(session, case.id, PlaceKind.TRIAGE), reason, by=by, at=at)
        steps.take(
            case.id, "case.approve-refusal", by=by, at=at, seen=command.seen, facts={"ground": ground},
            digests=digests(written), papers={"ground": ground, "reason": reason.paper()},
        )  # fmt: skip


def reject_refusal(command: RejectRefusal, *, by: Actor, at: datetime) -> None:
    """Send the proposal back to the officer, with the reason kept among the body."""
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        place = open_place(session, case.id, PlaceKind.INSIDE, organisation_id=case.body_id)
        written = write_letter(session, place, Bilingual(command.reason), by=by, at=at)
        steps.take(
            case.id, "case.reject-refusal", by=by, at=at, seen=command.seen, digests=digests(written)
        )


def transfer_out(command: TransferOut, *, by: Actor, at: datetime) -> None:
    """End the case here with a letter to the other body and a notice to the tourist."""
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        place = open_place(session, case.id, PlaceKind.TRIAGE)
        written = write_letter(session, place, command.reason, by=by, at=at)
        papers = {
            "receiver": command.receiver.paper(), "ground": command.ground, "reason": command.reason.paper(),
        }  # fmt: skip
        steps.take(
            case.id, "case.transfer-out", by=by, at=at, seen=command.seen, facts={"ground": command.ground},
            digests=digests(written), papers=papers,
        )  # fmt: skip
