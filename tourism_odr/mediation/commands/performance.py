"""Performance: reporting a payment, the payee's word on it, and where the money is to go."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tourism_odr.cases import items, steps
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.items import StoredFile, Words, add_item
from tourism_odr.cases.models import Instalment, Item, Party, Place, Subject
from tourism_odr.cases.relations import party_of
from tourism_odr.cases.sittings import may_here
from tourism_odr.db import unit_of_work
from tourism_odr.people import persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import DetailKind
from tourism_odr.people.roles import Role


@dataclass(frozen=True)
class Report:
    """The payer says that it was paid; a proof helps, words explain."""

    instalment_id: UUID
    seen: int | None
    words: Words
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True)
class Account:
    """Where the payee wants the money."""

    holder: str
    bank: str
    number: str

    def text(self) -> str:
        """As it is sealed: the number first, so that a masked line shows its ends."""
        return "\n".join((self.number, self.holder, self.bank))


def read_account(text: str) -> Account | None:
    """What ``Account.text`` wrote."""
    parts = text.split("\n")
    return Account(parts[1], parts[2], parts[0]) if len(parts) == 3 else None


def report_payment(command: Report, *, by: Actor, at: datetime) -> None:
    """Report a payment with its proof; the payee is asked whether it came."""
    with unit_of_work() as session:
        subject, payment, party = _mine(session, command.instalment_id, by)
        place = session.get_one(Place, subject.place_id)
        laid = [
            add_item(session, place, items.FILE, by=by, at=at, file=stored, party_id=party.id, subject_id=subject.id,
                     court=True)
            for stored in command.files
        ]  # fmt: skip
        if laid:
            payment.proof_id = laid[0].id
        if command.words.body:
            laid.append(_say(session, place, command.words, subject, party, by, at))
        steps.take(
            subject.id, "instalment.report", by=by, at=at, seen=command.seen, party_id=party.id,
            facts={"files": len(command.files)}, digests=tuple(item.digest for item in laid),
        )  # fmt: skip


def confirm_payment(instalment_id: UUID, seen: int | None, *, by: Actor, at: datetime) -> None:
    """The payee has the money; nobody else can say so."""
    with unit_of_work() as session:
        subject, payment, party = _mine(session, instalment_id, by)
        _only_payee(payment, party)
        steps.take(subject.id, "instalment.confirm", by=by, at=at, seen=seen, party_id=party.id)


def dispute_payment(instalment_id: UUID, seen: int | None, words: Words, *, by: Actor, at: datetime) -> None:
    """The payee says that the money has not come."""
    with unit_of_work() as session:
        subject, payment, party = _mine(session, instalment_id, by)
        _only_payee(payment, party)
        place = session.get_one(Place, subject.place_id)
        said = [_say(session, place, words, subject, party, by, at)] if words.body else []
        steps.take(
            subject.id, "instalment.dispute", by=by, at=at, seen=seen, party_id=party.id,
            digests=tuple(item.digest for item in said),
        )  # fmt: skip


def _mine(session: Session, instalment_id: UUID, by: Actor) -> tuple[Subject, Instalment, Party]:
    case, subject = steps.lock(session, instalment_id)
    payment = session.get_one(Instalment, instalment_id)
    party = party_of(session, case.id, by)
    if party is None or party.id not in (payment.payer_id, payment.payee_id):
        raise NotYoursError("neither payer nor payee")
    return subject, payment, party


def _only_payee(payment: Instalment, party: Party) -> None:
    if party.id != payment.payee_id:
        raise NotYoursError("only the payee says whether money came")


def _say(
    session: Session, place: Place, words: Words, subject: Subject, party: Party, by: Actor, at: datetime
) -> Item:
    return add_item(
        session, place, items.ANSWER, by=by, at=at, words=words, party_id=party.id, subject_id=subject.id, court=True
    )


def save_account(account: Account, *, by: Actor, at: datetime) -> None:
    """The payee writes where the money goes; it lies encrypted under their own key."""
    with unit_of_work() as session:
        if by.reads_as is None or not may_here(session, by, "payment", at):
            raise NotYoursError("nobody in person")
        persons.set_detail(by.reads_as, DetailKind.BANK, account.text(), at)


def show_account(instalment_id: UUID, *, by: Actor, at: datetime) -> Account | None:
    """The payer's finance reads the payee's account in full, and the payee reads who did."""
    with unit_of_work() as session:
        _subject, payment, party = _mine(session, instalment_id, by)
        payee = session.get_one(Party, payment.payee_id).person_id
        if by.role is not Role.FINANCE or party.id != payment.payer_id or payee is None:
            raise NotYoursError("only the payer's finance reads the account")
        text = persons.reveal(payee, DetailKind.BANK, by, at, "payment", payment.case_id)
        return read_account(text) if text else None
