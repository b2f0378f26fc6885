"""Serving one respondent: the letter that sets the date, the proof of delivery, and service that failed after all."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import items, steps
from tourism_odr.cases.deadlines import proposed
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.items import StoredFile, Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.lifecycle.respondent import AWAITING_SERVICE
from tourism_odr.cases.lifecycle.service import SENT
from tourism_odr.cases.models import Case, Event, Notice, Party, Service, Subject
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.cases.places import open_place
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.intake.commands.letters import Bilingual, digests, lock_as_seen, write_letter
from tourism_odr.people.actor import THE_TABLE, Actor
from tourism_odr.people.organisations import organisation
from tourism_odr.people.refusal import RefusedError
from tourism_odr.rulebooks import local_zone
from tourism_odr.text import M

BY_RULEBOOK, BY_OFFICER = "rulebook", "officer"
INVITATION, INBOX = "invitation", "inbox"
PROVEN = ("hand", "post", "call")
AGREED_INBOX = "served-in-inbox"  # a setting of an operator that agreed to be served in its inbox


@dataclass(frozen=True)
class SendService:
    """The date for the answer and the way; ``seen`` is the version of the respondent."""

    case_id: UUID
    respondent_id: UUID
    seen: int | None
    answer_day: date
    method: str = INVITATION


@dataclass(frozen=True)
class ProveService:
    """Delivered by hand, by post or read out in a logged call, with the paper that shows it."""

    case_id: UUID
    service_id: UUID
    seen: int
    method: str
    delivered: date
    proof: StoredFile
    answer_day: date | None = None
    note: str = ""


@dataclass(frozen=True)
class RevokeService:
    """The letter did not reach the respondent after all."""

    case_id: UUID
    service_id: UUID
    seen: int
    reason: str


def send(command: SendService, *, by: Actor, at: datetime) -> UUID:
    """Send the complaint with the letter to answer; it is served when it is opened or proven."""
    with unit_of_work() as session:
        case, state = lock_as_seen(session, command.respondent_id, "respondent.served", command.seen)
        party = _to_serve(session, command, state)
        _day_lies_ahead(command.answer_day, local_day(at, local_zone(case.jurisdiction)))
        place = open_place(session, case.id, PlaceKind.FILE)
        subject = steps.begin(session, case.id, "service", place, at, desk=party.organisation_id)
        service = Service(
            id=subject.id, case_id=case.id, respondent_id=party.id, answer_day=command.answer_day,
            basis=basis_of(case, command.answer_day, at), method=command.method,
        )  # fmt: skip
        session.add(service)
        session.flush()
        facts = {
            "respondent": str(party.id), "method": command.method, "basis": service.basis,
            "day": command.answer_day.isoformat(),
        }  # fmt: skip
        event = steps.take(subject.id, "service.send", by=by, at=at, party_id=party.id, facts=facts)
        service.notice_id = _notice(session, event)
        if command.method == INBOX:
            steps.take(subject.id, "service.arrive", by=THE_TABLE, at=at)
        return subject.id


def _to_serve(session: Session, command: SendService, state: Subject) -> Party:
    """The respondent, when nothing is on its way to it yet."""
    party = session.get(Party, command.respondent_id)
    if party is None or party.case_id != command.case_id or party.side != RESPONDENT:
        raise NotYoursError("no such respondent of this case")
    if state.stage != AWAITING_SERVICE or party.organisation_id is None:
        raise MovedOnError(party.id, "respondent.served", state.stage)
    under_way = (
        select(Subject.id).join(Service, Service.id == Subject.id)
        .where(Service.respondent_id == party.id, Subject.stage == SENT)
    )  # fmt: skip
    if session.scalars(under_way).first():
        raise RefusedError(M("A letter is on its way to this respondent. Record its delivery instead."))
    if command.method == INBOX and not agreed_to_inbox(party.organisation_id):
        raise RefusedError(M("This operator has not agreed to be served in its inbox."))
    return party


def agreed_to_inbox(organisation_id: UUID) -> bool:
    """Whether arrival in its inbox is service: only where the operator agreed to that."""
    return bool(organisation(organisation_id).settings.get(AGREED_INBOX))


def basis_of(case: Case, day: date, at: datetime) -> str:
    """A weak number, or another date, rests on the officer's letter and on nothing else."""
    due = proposed(case, "answer", at)
    return BY_RULEBOOK if due.day == day and not due.weak else BY_OFFICER


def _day_lies_ahead(day: date, today: date) -> None:
    if day <= today:
        raise RefusedError(M("The date for the answer must lie after today."))


def _notice(session: Session, event: Event) -> UUID | None:
    """The message that carries the letter: whether it left, and whether it came back."""
    sent = select(Notice.id).where(Notice.event_id == event.id, Notice.template == "service/send/respondent")
    return session.scalars(sent).first()


def prove(command: ProveService, *, by: Actor, at: datetime) -> None:
    """Record the delivery with its proof; the respondent is served from then on."""
    with unit_of_work() as session:
        case, service = _service(session, command.case_id, command.service_id)
        day = command.answer_day or service.answer_day
        zone = local_zone(case.jurisdiction)
        today = local_day(at, zone)
        if not local_day(session.get_one(Subject, service.id).created, zone) <= command.delivered <= today:
            raise RefusedError(M("The day of delivery lies between the day of the letter and today."))
        _day_lies_ahead(day, today)
        if day != service.answer_day:
            service.answer_day, service.basis = day, BY_OFFICER
        place = open_place(session, case.id, PlaceKind.FILE)
        words = Words(command.note, "zh-Hans") if command.note else None
        proof = add_item(
            session, place, items.FILE, by=by, at=at, words=words, file=command.proof,
            subject_id=service.id, court=True,
        )  # fmt: skip
        session.flush()
        service.method, service.proof_id = command.method, proof.id
        service.served_at = _on(command.delivered, at, zone)
        facts = {"method": command.method, "day": command.delivered.isoformat()}
        steps.take(
            service.id, "service.prove", by=by, at=at, seen=command.seen, facts=facts, digests=(proof.digest,)
        )


def _on(day: date, at: datetime, zone: str) -> datetime:
    """The instant of a delivery of which only the day is known: noon of it, or now when it was today."""
    return at if day == local_day(at, zone) else datetime.combine(day, time(12), ZoneInfo(zone))


def revoke(command: RevokeService, *, by: Actor, at: datetime) -> None:
    """Undo a service; the respondent waits to be served again, unless it has answered."""
    with unit_of_work() as session:
        case, service = _service(session, command.case_id, command.service_id)
        place = open_place(session, case.id, PlaceKind.TRIAGE)
        reason = Bilingual(command.reason)
        written = write_letter(session, place, reason, by=by, at=at, subject_id=service.id)
        steps.take(
            service.id, "service.revoke", by=by, at=at, seen=command.seen, digests=digests(written),
            party_id=service.respondent_id,
        )  # fmt: skip


def _service(session: Session, case_id: UUID, service_id: UUID) -> tuple[Case, Service]:
    service = session.get(Service, service_id)
    if service is None or service.case_id != case_id:
        raise NotYoursError("no such service in this case")
    return steps.lock(session, service.id)[0], service
