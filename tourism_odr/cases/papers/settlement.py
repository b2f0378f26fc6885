"""Papers of an agreement: its text, and the record of each payment."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.issuing import builds
from tourism_odr.cases.models import (
    Agreement,
    Clause,
    Event,
    Instalment,
    Party,
    Performance,
    Power,
    Signature,
)
from tourism_odr.cases.models.agreement import PAYMENT
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.cases.move import Move
from tourism_odr.cases.needs import countersigned
from tourism_odr.cases.papers import pages
from tourism_odr.cases.papers.words import method_title
from tourism_odr.clock import local_day
from tourism_odr.people import persons
from tourism_odr.text import N_, say

FORMS = {"mediated": "instrument", "parties": "settlement"}
FACTS = N_("The signers settle the dispute described above by this text, of their own free will.")
OF_NO_BODY: pages.Data = {"issuer": {"zh": "", "en": ""}, "basis": []}
NO_DEFAULT = N_("The payee may ask for performance by every lawful way.")
IN_PERSON = N_("in person")
BY_POWER = N_("special authority to settle and sign, checked")


@builds("agreement")
def agreement(move: Move) -> pages.Data:
    """旅游投诉调解书: who pays whom how much, when and how; signed by the parties, then the mediator, then the body."""
    return _text(move, *mediated(move))


@builds("settlement")
def settlement(move: Move) -> pages.Data:
    """和解协议: the two sides' own contract; no body stands in its head, and nothing of it is a body's decision."""
    return _text(move) | OF_NO_BODY


@builds("delegated-agreement")
def delegated_agreement(move: Move) -> pages.Data:
    """调解协议: what the sides agreed with the mediator to whom a court delegated the case; that court may confirm it."""
    return _text(move, *mediated(move)) | OF_NO_BODY


def _text(move: Move, *others: pages.Data) -> pages.Data:
    """What the signers agreed; it binds them only."""
    row = move.session.get_one(Agreement, move.subject.id)
    clauses = move.session.scalars(
        select(Clause).where(Clause.agreement_id == row.id).order_by(Clause.number)
    ).all()
    signatures = move.session.scalars(select(Signature).where(Signature.agreement_id == row.id)).all()
    signers = [signature.party_id for signature in signatures]
    facts = move.papers.get("facts")
    return pages.matter(move, (), "mediation-instrument") | {
        "parties": signing(move.session, signers),
        "form": FORMS.get(row.path, "mediation-agreement"),
        "facts": str(facts) if facts else say(FACTS, "zh-Hans"),
        "clauses": [payment(move.session, clause) for clause in clauses if clause.kind == PAYMENT],
        "terms": [pages.both(clause.text) for clause in clauses if clause.text],  # words of payments, too: they were signed
        "effect": "last-signature",
        "joint_application": row.joint_confirmation and row.path != "parties",
        "signatures": [*(signed(move.session, signature) for signature in signatures), *others],
        "next": pages.next_steps(report_payment=None),
    }


def mediated(move: Move) -> list[pages.Data]:
    """The mediator's line, under those of the parties."""
    line = countersigned(move.session, move.subject.id)
    if line is None or line.actor is None:
        return []
    name = persons.names_of([line.actor])[line.actor]
    return [{"name": name, "on_behalf_of": "", "part": "mediator", "power": "", "signed_at": line.at.isoformat()}]


def signing(session: Session, ids: list[UUID]) -> list[pages.Data]:
    """The signers and nobody else."""
    rows = session.scalars(select(Party).where(Party.id.in_(ids)).order_by(Party.side, Party.number))
    return [
        {
            "name": pages.name_of(session, row),
            "part": pages.PARTS.get(row.side, "third-party"),
            "acted_by": "",
        }
        for row in rows
    ]


def payment(session: Session, clause: Clause) -> pages.Data:
    """One payment, clear enough that a court can enforce it."""
    payer, payee = (session.get_one(Party, one) for one in (clause.payer_id, clause.payee_id))
    return {
        "payer": pages.name_of(session, payer),
        "payee": pages.name_of(session, payee),
        "amount": pages.money(clause.amount, clause.currency),
        "due": pages.iso(clause.day),
        "method": pages.said(method_title(clause.method or "")),
        "default": pages.both(clause.default) if clause.default else pages.said(NO_DEFAULT),
    }


def signed(session: Session, signature: Signature) -> pages.Data:
    """One line of the signatures: who signed, for whom, under which power, when."""
    party = session.get_one(Party, signature.party_id)
    person = persons.names_of([signature.person_id])[signature.person_id] if signature.person_id else ""
    own = party.side == COMPLAINANT and party.person_id == signature.person_id
    power = session.get(Power, signature.power_id) if signature.power_id else None
    return {
        "name": person,
        "on_behalf_of": "" if own else pages.name_of(session, party),
        "part": pages.PARTS.get(party.side, "third-party"),
        "power": say(BY_POWER, "zh-Hans") if power else say(IN_PERSON, "zh-Hans"),
        "signed_at": signature.signed_at.isoformat() if signature.signed_at else None,
    }


@builds("payment-receipt")
def payment_receipt(move: Move) -> pages.Data:
    """付款情况凭证: what was reported as paid outside the service, and what the payee says."""
    row = move.session.get_one(Instalment, move.subject.id)
    clause = move.session.get_one(Clause, row.clause_id)
    performed = move.session.get(Performance, row.id)
    reported = move.session.scalars(
        select(Event.at)
        .where(Event.case_id == row.case_id, Event.subject_id == row.id, Event.step == "instalment.report")
        .order_by(Event.at.desc())
        .limit(1)
    ).first()
    given = move.papers.get("paid_on")
    return pages.matter(move) | {
        "parties": signing(move.session, [row.payer_id, row.payee_id]),
        "payer": pages.name_of(move.session, move.session.get_one(Party, row.payer_id)),
        "payee": pages.name_of(move.session, move.session.get_one(Party, row.payee_id)),
        "amount": pages.money(clause.amount, clause.currency),
        "paid_on": pages.iso(given or (performed.day if performed else local_day(move.at))),
        "method": pages.said(method_title(clause.method or "")),
        "state": "confirmed",
        "reported_at": (reported or move.at).isoformat(),
        "answered_at": move.at.isoformat(),
        "next": pages.next_steps(keep=None),
    }
