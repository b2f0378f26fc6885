"""A new edition of a text that the court did not confirm: the signed one stays in force until all have signed the new."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.errors import MovedOnError
from tourism_odr.cases.lifecycle.agreement import ABANDONED, REPLACED
from tourism_odr.cases.lifecycle.instalment import DISPUTED, DUE, MISSED
from tourism_odr.cases.models import Agreement, Clause, Instalment, Place, Signature, Subject
from tourism_odr.cases.relations import party_of
from tourism_odr.db import unit_of_work
from tourism_odr.mediation.commands.clauses import clauses_of
from tourism_odr.people.actor import Actor

TO_BE_PAID = (DUE, DISPUTED, MISSED)


def mend_agreement(agreement_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Begin the next edition beside the signed one, with its signers and what is still to be paid."""
    with unit_of_work() as session:
        case, before = steps.lock(session, agreement_id)
        old = session.get_one(Agreement, agreement_id)
        _no_other(session, old)
        subject = steps.begin(session, case.id, "agreement", session.get_one(Place, before.place_id), at)
        session.add(
            Agreement(
                id=subject.id, case_id=case.id, path=old.path, drafter_id=by.person_id, offer_id=old.offer_id,
                edition=old.edition + 1, joint_confirmation=True, court_id=old.court_id, submission=old.submission,
                replaces_id=old.id, suit_id=old.suit_id,
            )
        )  # fmt: skip
        session.flush()
        _copy(session, old, subject.id)
        party = party_of(session, case.id, by)
        steps.take(
            subject.id, "agreement.mend", by=by, at=at, party_id=party.id if party else None,
            facts={"edition": old.edition + 1},
        )  # fmt: skip
        return subject.id


def _no_other(session: Session, old: Agreement) -> None:
    """One new edition at a time."""
    same = select(Subject).join(Agreement, Agreement.id == Subject.id).where(Agreement.replaces_id == old.id)
    for one in session.scalars(same.where(Subject.stage.not_in((ABANDONED, REPLACED)))):
        raise MovedOnError(one.id, "agreement.mend", one.stage)


def _copy(session: Session, old: Agreement, new_id: UUID) -> None:
    signers = session.scalars(select(Signature.party_id).where(Signature.agreement_id == old.id)).all()
    session.add_all(Signature(id=uuid4(), agreement_id=new_id, party_id=one) for one in signers)
    for number, clause in enumerate(_still_owed(session, old), 1):
        session.add(
            Clause(
                id=uuid4(), agreement_id=new_id, number=number, kind=clause.kind, text=clause.text, payer_id=clause.payer_id,
                payee_id=clause.payee_id, amount=clause.amount, currency=clause.currency, day=clause.day,
                method=clause.method, default=clause.default,
            )
        )  # fmt: skip
    session.flush()


def _still_owed(session: Session, old: Agreement) -> list[Clause]:
    """What was paid is not written again."""
    paid = select(Instalment.clause_id).join(Subject, Subject.id == Instalment.id)
    done = set(session.scalars(paid.where(Instalment.agreement_id == old.id, Subject.stage.not_in(TO_BE_PAID))))
    return [clause for clause in clauses_of(session, old.id) if clause.id not in done]
