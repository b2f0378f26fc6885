"""Clauses of an agreement: put, take out, set in order; the text as it is fixed, and its digest."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.confirming import courts_for
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.models import Agreement, Case, Clause, Signature
from tourism_odr.cases.models.agreement import BY_DAY_25, BY_THE_SIDES, PAYMENT
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import M

ON_THE_SPOT = "cash"  # paid against a receipt when signing; every other method is paid later


@dataclass(frozen=True)
class Payment:
    """Who pays whom how much, by when, how, and what follows when it does not come."""

    payer_id: UUID
    payee_id: UUID
    amount: Decimal
    currency: str
    day: date
    method: str
    default: str


@dataclass(frozen=True)
class Draft:
    """One clause as somebody wrote it; ``clause_id`` when it replaces one."""

    agreement_id: UUID
    seen: int | None
    kind: str
    text: str
    payment: Payment | None = None
    clause_id: UUID | None = None


def put_clause(command: Draft, *, by: Actor, at: datetime) -> None:
    """Add a clause at the end, or replace one in its place."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.agreement_id)
        agreement = session.get_one(Agreement, subject.id)
        clauses = clauses_of(session, agreement.id)
        if command.clause_id is None:
            clause = Clause(id=uuid4(), agreement_id=agreement.id, number=len(clauses) + 1, currency=case.currency)
            session.add(clause)
        else:
            clause = _own(clauses, command.clause_id)
        fill(session, clause, command)
        propose_application(session, agreement, at)
        steps.take(agreement.id, "agreement.revise", by=by, at=at, seen=command.seen)


def fill(session: Session, clause: Clause, command: Draft) -> None:
    """Write the words and, for a payment, its parts; payer and payee both sign."""
    clause.kind, clause.text = command.kind, command.text
    clause.payer_id = clause.payee_id = clause.amount = clause.day = clause.method = clause.default = None
    paid = command.payment
    if command.kind != PAYMENT or paid is None:
        session.flush()
        return
    signers = set(session.scalars(select(Signature.party_id).where(Signature.agreement_id == clause.agreement_id)))
    if not {paid.payer_id, paid.payee_id} <= signers:
        raise RefusedError(M("Payer and payee both have to be among those who sign."))
    if paid.payer_id == paid.payee_id:
        raise RefusedError(M("Nobody pays themselves: choose another payee."))
    clause.payer_id, clause.payee_id, clause.amount = paid.payer_id, paid.payee_id, paid.amount
    clause.currency, clause.day, clause.method, clause.default = paid.currency, paid.day, paid.method, paid.default
    session.flush()


def propose_application(session: Session, agreement: Agreement, at: datetime) -> None:
    """With the first payment that is not made on the spot, the joint application is proposed by itself."""
    clauses = clauses_of(session, agreement.id)
    later = [c for c in clauses if c.kind == PAYMENT and c.method != ON_THE_SPOT]
    if agreement.path == BY_THE_SIDES or len(later) != 1 or len(clauses) > 1:
        return
    courts = courts_for(session, session.get_one(Case, agreement.case_id), agreement, local_day(at))
    if courts:
        agreement.joint_confirmation, agreement.court_id = True, agreement.court_id or courts[0].id
        agreement.submission = agreement.submission or BY_DAY_25


def remove_clause(agreement_id: UUID, clause_id: UUID, seen: int | None, *, by: Actor, at: datetime) -> None:
    """Take a clause out; those behind it move up."""
    with unit_of_work() as session:
        steps.lock(session, agreement_id)
        clauses = clauses_of(session, agreement_id)
        gone = _own(clauses, clause_id)
        session.delete(gone)
        session.flush()
        _number(session, [clause for clause in clauses if clause.id != gone.id])
        steps.take(agreement_id, "agreement.revise", by=by, at=at, seen=seen)


def move_clause(agreement_id: UUID, clause_id: UUID, up: bool, seen: int | None, *, by: Actor, at: datetime) -> None:
    """Change places with the neighbour."""
    with unit_of_work() as session:
        steps.lock(session, agreement_id)
        clauses = list(clauses_of(session, agreement_id))
        place = clauses.index(_own(clauses, clause_id))
        other = place - 1 if up else place + 1
        if 0 <= other < len(clauses):
            clauses[place], clauses[other] = clauses[other], clauses[place]
            _number(session, clauses)
        steps.take(agreement_id, "agreement.revise", by=by, at=at, seen=seen)


def _number(session: Session, clauses: Sequence[Clause]) -> None:
    """A number is unique in its agreement: first out of the way, then into order."""
    for step in (-1, 1):
        for number, clause in enumerate(clauses, 1):
            clause.number = step * number
        session.flush()


def _own(clauses: Sequence[Clause], clause_id: UUID) -> Clause:
    found = next((clause for clause in clauses if clause.id == clause_id), None)
    if found is None:
        raise NotYoursError("no clause of this agreement")
    return found


def clauses_of(session: Session, agreement_id: UUID) -> Sequence[Clause]:
    """The clauses in their order."""
    return session.scalars(
        select(Clause).where(Clause.agreement_id == agreement_id).order_by(Clause.number)
    ).all()


def canonical(session: Session, agreement: Agreement) -> dict[str, Any]:
    """All that a signature binds to: clauses in order, who signs, the path, the edition, the joint application."""
    signers = session.scalars(select(Signature.party_id).where(Signature.agreement_id == agreement.id))
    return {
        "agreement": str(agreement.id),
        "case": str(agreement.case_id),
        "path": agreement.path,
        "edition": agreement.edition,
        "joint": agreement.joint_confirmation,
        "court": str(agreement.court_id or ""),
        "submission": agreement.submission or "",
        "signers": sorted(str(signer) for signer in signers),
        "clauses": [_plain(clause) for clause in clauses_of(session, agreement.id)],
    }


def _plain(clause: Clause) -> list[str]:
    amount = f"{clause.amount:.2f}" if clause.amount is not None else ""
    parts = (
        clause.number, clause.kind, clause.text, clause.payer_id or "", clause.payee_id or "", amount,
        clause.currency, clause.day.isoformat() if clause.day else "", clause.method or "", clause.default or "",
    )  # fmt: skip
    return [str(part) for part in parts]


def text_digest(session: Session, agreement: Agreement) -> str:
    """The digest of the text as it stands in the tables now."""
    content = json.dumps(canonical(session, agreement), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()
