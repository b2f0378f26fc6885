"""Judicial confirmation: what the applicants do with their joint application, and what the court does."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tourism_odr.cases import joint, steps
from tourism_odr.cases.confirming import courts_for, why_not
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.items import FILE, LETTER, StoredFile, Words, add_item
from tourism_odr.cases.models import Agreement, Confirmation, Item, Signature, Subject
from tourism_odr.cases.models.agreement import AT_ONCE
from tourism_odr.cases.places import place_of
from tourism_odr.cases.relations import party_of
from tourism_odr.clock import local_day
from tourism_odr.db import rows_of, unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.organisations import people_of
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.text import M


@dataclass(frozen=True)
class Click:
    """A step on an application without more words."""

    id: UUID
    seen: int
    code_checked: bool = False


@dataclass(frozen=True)
class Supplement:
    """What the court asked for."""

    id: UUID
    seen: int
    words: Words
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True)
class Return:
    """What is missing, point by point, and by when it is to come."""

    id: UUID
    seen: int
    points: Words
    day: date


@dataclass(frozen=True)
class Register:
    """The court's own number and the judge."""

    id: UUID
    seen: int
    number: str
    judge_id: UUID


@dataclass(frozen=True)
class Hearing:
    """When and how both are heard."""

    id: UUID
    seen: int
    at: datetime
    where: Words


@dataclass(frozen=True)
class Heard:
    """The record of the hearing: both were there, and what they said of will and content."""

    id: UUID
    seen: int
    record: Words


@dataclass(frozen=True)
class Ruling:
    """The judge's decision with its reasons; grounds only where something is refused."""

    id: UUID
    seen: int
    reasons: Words
    grounds: tuple[str, ...] = ()


def invite(agreement_id: UUID, case_id: UUID, *, by: Actor, at: datetime, code_checked: bool = False) -> UUID:
    """One side signs an application and asks the others to join, while the window lasts."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, agreement_id)
        party = party_of(session, case.id, by)
        if case.id != case_id or subject.kind != "agreement" or party is None:
            raise NotYoursError("no agreement of this case")
        signers = {line.party_id for line in rows_of(session, Signature, agreement_id=agreement_id)}
        if party.id not in signers:
            raise NotYoursError("no signer")
        agreement = session.get_one(Agreement, agreement_id)
        courts = courts_for(session, case, agreement, local_day(at))
        if not courts:
            raise RefusedError(why_not(session, case, agreement))
        court = next((one for one in courts if one.id == agreement.court_id), courts[0])
        row = joint.plan(session, agreement, court.id, AT_ONCE, at)
        steps.take(
            row.id, "confirmation.invite", by=by, at=at, party_id=party.id, digests=(row.digest,),
            papers={"code_checked": code_checked},
        )  # fmt: skip
        return row.id


def sign(command: Click, *, by: Actor, at: datetime) -> None:
    """Join the application that another side has begun."""
    _click(command, "confirmation.sign", by, at, binds=True)


def decline(command: Click, *, by: Actor, at: datetime) -> None:
    """Not join it."""
    _click(command, "confirmation.decline", by, at)


def submit(command: Click, *, by: Actor, at: datetime) -> None:
    """Hand in what all have signed, before the day that they named."""
    _click(command, "confirmation.submit", by, at)


def withdraw(command: Click, *, by: Actor, at: datetime) -> None:
    """Withdraw for one's own side; the application ends once all have."""
    _click(command, "confirmation.withdraw", by, at)


def enforce(command: Click, *, by: Actor, at: datetime) -> None:
    """The payee asks the court to enforce what it confirmed."""
    _click(command, "confirmation.enforce", by, at)


def _click(command: Click, step: str, by: Actor, at: datetime, *, binds: bool = False) -> None:
    with unit_of_work() as session:
        case, _subject = steps.lock(session, command.id)
        party, row = party_of(session, case.id, by), session.get_one(Confirmation, command.id)
        steps.take(
            command.id, step, by=by, at=at, seen=command.seen, party_id=party.id if party else None,
            digests=(row.digest,) if binds else (), papers={"code_checked": command.code_checked},
        )  # fmt: skip


def supplement(command: Supplement, *, by: Actor, at: datetime) -> None:
    """Words and papers into the place of the application; the court has it on its desk again."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.id)
        party = party_of(session, case.id, by)
        laid = [_lay(session, subject, by, at, words=command.words)]
        laid += [_lay(session, subject, by, at, file=one) for one in command.files]
        steps.take(
            subject.id, "confirmation.supplement", by=by, at=at, seen=command.seen, party_id=party.id if party else None,
            facts={"files": len(command.files)}, digests=tuple(item.digest for item in laid),
        )  # fmt: skip


def _lay(session: Session, subject: Subject, by: Actor, at: datetime, *, words: Words | None = None, file: StoredFile | None = None) -> Item:
    kind = FILE if file else LETTER
    return add_item(
        session, place_of(session, subject), kind, by=by, at=at, words=words, file=file, subject_id=subject.id, court=True
    )


# -- the court -------------------------------------------------------------------------------------------------


def return_(command: Return, *, by: Actor, at: datetime) -> None:
    """One list of what is missing, and the day by which it is to come."""
    if command.day <= local_day(at):
        raise RefusedError(M("Set a day after today."))
    days = {"confirmation-supplement": command.day}
    _say(command.id, "confirmation.return", command.seen, command.points, by, at, days=days)


def register(command: Register, *, by: Actor, at: datetime) -> None:
    """The court accepts: its number, and the judge who examines it."""
    with unit_of_work() as session:
        _case, subject = steps.lock(session, command.id)
        row = session.get_one(Confirmation, subject.id)
        if command.judge_id not in people_of(row.court_id, Role.JUDGE, at):
            raise RefusedError(M("Select a judge of this court."))
        row.number, row.judge_id = command.number, command.judge_id
        steps.take(subject.id, "confirmation.register", by=by, at=at, seen=command.seen)


def summon(command: Hearing, *, by: Actor, at: datetime) -> None:
    """Day, time and place for both sides."""
    if command.at <= at:
        raise RefusedError(M("Set a time that is still to come."))
    _say(command.id, "confirmation.summon", command.seen, command.where, by, at, hearing_at=command.at)


def hear(command: Heard, *, by: Actor, at: datetime) -> None:
    """The judge heard both; the record lies where both read it."""
    _say(command.id, "confirmation.hear", command.seen, command.record, by, at, heard_at=at)


def grant(command: Ruling, *, by: Actor, at: datetime) -> None:
    """The agreement is confirmed."""
    _rule("confirmation.grant", command, by, at)


def refuse(command: Ruling, *, by: Actor, at: datetime) -> None:
    """Confirmation is refused, on one of the grounds of article 358."""
    _rule("confirmation.refuse", command, by, at)


def reject(command: Ruling, *, by: Actor, at: datetime) -> None:
    """The application is not accepted, on one of the grounds of article 355."""
    _rule("confirmation.reject", command, by, at)


def close_withdrawn(command: Ruling, *, by: Actor, at: datetime) -> None:
    """It ends as withdrawn."""
    _rule("confirmation.close-withdrawn", command, by, at)


def register_enforcement(command_id: UUID, seen: int, number: str, *, by: Actor, at: datetime) -> None:
    """The court's number of the enforcement."""
    with unit_of_work() as session:
        steps.lock(session, command_id)
        session.get_one(Confirmation, command_id).enforcement_number = number
        steps.take(command_id, "confirmation.register-enforcement", by=by, at=at, seen=seen)


def _rule(step: str, command: Ruling, by: Actor, at: datetime) -> None:
    """The decision: grounds into the row, reasons into the place and the ruling."""
    with unit_of_work() as session:
        _case, subject = steps.lock(session, command.id)
        row = session.get_one(Confirmation, subject.id)
        row.grounds, row.decided_at = list(command.grounds), at
        item = _lay(session, subject, by, at, words=command.reasons)
        steps.take(
            subject.id, step, by=by, at=at, seen=command.seen, digests=(item.digest,),
            facts={"ground": ",".join(command.grounds)} if command.grounds else {}, papers={"reasons": command.reasons.body},
        )  # fmt: skip


def _say(
    id: UUID, step: str, seen: int, words: Words, by: Actor, at: datetime, *, days: dict[str, date] | None = None,
    **noted: datetime,
) -> None:  # fmt: skip
    """What the court wrote goes into the place of the application, what it set into its row."""
    with unit_of_work() as session:
        _case, subject = steps.lock(session, id)
        row = session.get_one(Confirmation, subject.id)
        for name, value in noted.items():
            setattr(row, name, value)
        item = _lay(session, subject, by, at, words=words)
        steps.take(subject.id, step, by=by, at=at, seen=seen, digests=(item.digest,), days=days)
