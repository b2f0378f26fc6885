"""Entering a complaint for somebody: at the desk, on the phone, from a hotline or a letter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import items, steps
from tourism_odr.cases.categories import ELSEWHERE
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, External
from tourism_odr.cases.places import open_place
from tourism_odr.db import unit_of_work
from tourism_odr.intake.commands.letters import Bilingual, digests, write_letter
from tourism_odr.intake.commands.lodging import LodgeComplaint, Lodged, lodge
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import N_, M, Message

# Why the council mediates itself, or lodges with the tourism body and follows: shown when it is chosen, and recorded.
HERE, THERE = "council", "body"
PATHS = {
    HERE: N_("The council mediates"),
    THERE: N_("Lodge with the tourism complaint body for the person, and follow"),
}
REASONS = {
    "council-wished": N_("The person wishes that the council mediates"),
    "council-goods": N_("It is about goods, a shop or a single service, not about a trip"),
    "council-near": N_("The business is near and known to the council; a word between the two may do"),
    "body-wished": N_("The person wishes that the tourism complaint body handles it"),
    "body-agency": N_("It is about a travel agency, its licence or its deposit"),
    "body-unlawful": N_("Unlawful conduct may have to be dealt with by the authority"),
}


class AlreadyEnteredError(RefusedError):
    """The same matter was entered before; ``case_id`` where whoever asks may read it."""

    def __init__(self, message: Message, case_id: UUID | None = None) -> None:
        super().__init__(message)
        self.case_id = case_id


@dataclass(frozen=True)
class Origin:
    """From which channel a matter came, under which number, when it had it and when we, and by when it wants word."""

    channel: str
    number: str
    channel_received_at: datetime
    received_at: datetime
    reply_day: date | None = None


@dataclass(frozen=True)
class EnterComplaint:
    """A complaint with who makes it; ``origin`` when it came from another channel, ``elsewhere`` who took it on already."""

    lodging: LodgeComplaint
    origin: Origin | None = None
    elsewhere: str = ""


@dataclass(frozen=True)
class ReplyToChannel:
    """The words that went to the channel, and the proof that they did."""

    case_id: UUID
    external_id: UUID
    seen: int
    reply: Words
    proof: Sequence[StoredFile]


@dataclass(frozen=True)
class FollowElsewhere:
    """Which body has the matter, and why it is followed there."""

    case_id: UUID
    seen: int
    reason: Bilingual


def enter_complaint(command: EnterComplaint, *, by: Actor, at: datetime) -> Lodged:
    """Lodge for somebody, in a unit of work of its own; a form sent twice, or a number known already, enters nothing."""
    with unit_of_work() as session:
        return enter(session, command, by=by, at=at)


def enter(session: Session, command: EnterComplaint, *, by: Actor, at: datetime) -> Lodged:
    """The same inside the caller's unit of work."""
    origin, complaint = command.origin, command.lodging.complaint
    if complaint.id and session.get(Case, complaint.id):
        raise AlreadyEnteredError(M("This form was sent already, and the complaint was entered once."), complaint.id)
    if origin and (known := known_number(session, origin.channel, origin.number)):
        raise AlreadyEnteredError(
            M("Number %(number)s of this channel was entered already, as case %(case)s.", number=origin.number, case=known.number),
            known.id,
        )
    if command.elsewhere:
        complaint = replace(complaint, trip={**complaint.trip, ELSEWHERE: command.elsewhere})
    lodging = replace(command.lodging, complaint=complaint)
    lodged = lodge(session, lodging, by=by, at=at, received_at=origin.received_at if origin else at)
    if origin:
        note_origin(session, lodged.case_id, origin, by, at)
    return lodged


def known_number(session: Session, channel: str, number: str) -> Case | None:
    """The case under which a number of a channel was entered before."""
    entered = select(Case).join(External, External.case_id == Case.id)
    return session.scalars(entered.where(External.channel == channel, External.number == number)).first()


def note_origin(session: Session, case_id: UUID, origin: Origin, by: Actor, at: datetime) -> None:
    """Where a case came from, as a subject of its own that is owed replies."""
    session.flush()
    case = session.get_one(Case, case_id)
    place = open_place(session, case_id, PlaceKind.TRIAGE)
    subject = steps.begin(session, case_id, "external", place, at, desk=case.body_id)
    session.add(
        External(
            id=subject.id, case_id=case_id, channel=origin.channel, number=origin.number,
            channel_received_at=origin.channel_received_at, received_at=origin.received_at, reply_day=origin.reply_day,
        )
    )  # fmt: skip
    session.flush()
    days = {"channel-reply": origin.reply_day} if origin.reply_day else {}
    steps.take(subject.id, "external.enter", by=by, at=at, facts={"channel": origin.channel}, days=days)


def reply_to_channel(command: ReplyToChannel, step: str, *, by: Actor, at: datetime) -> None:
    """Record the reply that went to the channel: ``external.reply-acceptance`` or ``external.reply-conclusion``."""
    with unit_of_work() as session:
        _, subject = steps.lock(session, command.external_id)
        place = open_place(session, command.case_id, PlaceKind.TRIAGE)
        laid = [items.add_item(session, place, items.LETTER, by=by, at=at, words=command.reply, subject_id=subject.id)]
        laid += [
            items.add_item(session, place, items.FILE, by=by, at=at, file=file, subject_id=subject.id) for file in command.proof
        ]
        steps.take(
            subject.id, step, by=by, at=at, seen=command.seen, digests=tuple(item.digest for item in laid),
            facts={"files": len(command.proof)},
        )  # fmt: skip


def follow_elsewhere(command: FollowElsewhere, *, by: Actor, at: datetime) -> None:
    """End the complaint here, because another body has it: never two mediations."""
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        place = open_place(session, command.case_id, PlaceKind.TRIAGE)
        written = write_letter(session, place, command.reason, by=by, at=at)
        steps.take(command.case_id, "case.follow-elsewhere", by=by, at=at, seen=command.seen, digests=digests(written))
