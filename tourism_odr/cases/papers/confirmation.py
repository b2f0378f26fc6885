"""Papers of a judicial confirmation: the joint application, the proof that a body mediated, the ruling, enforcement."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.confirming import INSTRUCTIONS, NOT_TAKEN, REFUSALS, delegating_court, missed_payments
from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.issuing import builds
from tourism_odr.cases.models import (
    Agreement,
    Applicant,
    Appointment,
    Clause,
    Confirmation,
    Document,
    Event,
    Filing,
    Instalment,
    Party,
    Power,
)
from tourism_odr.cases.models.agreement import PAYMENT
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.cases.move import Move
from tourism_odr.cases.papers import pages, settlement
from tourism_odr.cases.papers.words import method_title
from tourism_odr.clock import local_day
from tourism_odr.people import persons
from tourism_odr.people.models import Organisation
from tourism_odr.rulebooks import find_rule, local_zone
from tourism_odr.rulebooks.terms import PERIODS
from tourism_odr.text import N_, M, Message, format_day, format_money, say

CAUSE = "申请司法确认调解协议"
OUTCOMES = {
    "confirmation.grant": N_("The agreement is valid. Both sides are to perform it. If one side does not perform it in full, the other may apply to the people's court for enforcement."),
    "confirmation.refuse": N_("The application is refused. The sides may change the agreement by mediation or make a new one, or bring a suit."),
    "confirmation.reject": N_("The application is not accepted."),
    "confirmation.close-withdrawn": N_("The application counts as withdrawn."),
}


def _paper(move: Move, issuer: pages.Data, sections: Sequence[pages.Data], **more: object) -> pages.Data:
    row = move.session.get_one(Confirmation, move.subject.id)
    case = move.case
    return {
        "locale": case.locale if case.locale in ("zh-Hans", "en") else "en",
        "issuer": issuer,
        "number": "",
        "own_number": "",
        "case_number": case.number,
        "date": pages.local(move.at, case.jurisdiction),
        "basis": [],
        "next": [],
        "signatures": [],
        "verify_url": "",
        "parties": applicants(move.session, row),
        "cause": CAUSE,
        "lines": [],
        "sections": list(sections),
        "counts": [],
        **more,
    }


def _section(title: str, paragraphs: Iterable[pages.Data]) -> pages.Data:
    return {"title": pages.said(title), "paragraphs": list(paragraphs)}


def _line(label: str, value: object) -> pages.Data:
    return {"label": pages.said(label), "value": pages.both(value)}


def applicants(session: Session, row: Confirmation) -> list[pages.Data]:
    """Who applies, complainants first."""
    wanted = select(Party).join(Applicant, Applicant.party_id == Party.id).where(Applicant.confirmation_id == row.id)
    found = session.scalars(wanted.order_by(Party.side, Party.number))
    return [{"name": pages.name_of(session, one), "part": "applicant", "acted_by": ""} for one in found]


def _signed(session: Session, row: Confirmation) -> list[pages.Data]:
    lines = []
    for line in session.scalars(select(Applicant).where(Applicant.confirmation_id == row.id)).all():
        party = session.get_one(Party, line.party_id)
        own = party.side == COMPLAINANT and party.person_id == line.person_id
        power = session.get(Power, line.power_id) if line.power_id else None
        lines.append({
            "name": persons.names_of([line.person_id])[line.person_id] if line.person_id else "",
            "on_behalf_of": "" if own else pages.name_of(session, party),
            "part": "applicant",
            "power": say(settlement.BY_POWER if power else settlement.IN_PERSON, "zh-Hans"),
            "signed_at": line.signed_at.isoformat() if line.signed_at else None,
        })  # fmt: skip
    return lines


def agreement_lines(session: Session, agreement_id: UUID) -> list[pages.Data]:
    """The text of the agreement as it was signed, clause by clause, in words."""
    clauses = session.scalars(select(Clause).where(Clause.agreement_id == agreement_id).order_by(Clause.number)).all()
    return [_clause(session, one) for one in clauses]


def _clause(session: Session, clause: Clause) -> pages.Data:
    if clause.kind != PAYMENT or clause.amount is None or clause.day is None:
        return pages.both(f"{clause.number}. {clause.text}")
    who = {
        "payer": pages.name_of(session, session.get_one(Party, clause.payer_id)),
        "payee": pages.name_of(session, session.get_one(Party, clause.payee_id)),
    }
    said = N_("%(number)s. %(payer)s pays %(payee)s %(amount)s by %(day)s (%(method)s). If not paid in time: %(default)s %(text)s")
    return {
        key: say(said, locale, number=clause.number, **who, amount=format_money(clause.amount, clause.currency, locale),
                 day=format_day(clause.day, locale), method=say(method_title(clause.method or ""), locale),
                 default=clause.default or "", text=clause.text).strip()
        for key, locale in (("zh", "zh-Hans"), ("en", "en"))
    }  # fmt: skip


@builds("confirmation-application")
def application(move: Move) -> pages.Data:
    """司法确认申请书: both ask one court, with the text of the agreement and the instruction that they sign."""
    row = move.session.get_one(Confirmation, move.subject.id)
    agreement = move.session.get_one(Agreement, row.agreement_id)
    court = move.session.get_one(Organisation, row.court_id)
    sections = [
        _section(N_("What we ask for"), [pages.said(N_("We apply together for confirmation of the mediated agreement below."))]),
        _section(N_("The agreement"), agreement_lines(move.session, agreement.id)),
        _section(N_("What we declare"), [
            pages.said(N_("We made the agreement of our own will; it harms neither the state, the public nor others, and we have no dispute about it before another court.")),
            pages.said(INSTRUCTIONS[row.submission]),
        ]),
    ]  # fmt: skip
    return _paper(
        move, {"zh": "", "en": ""}, sections, signatures=_signed(move.session, row),
        lines=[
            _line(N_("Court"), {"zh": court.name, "en": court.name_en}),
            _line(N_("Agreement, edition"), agreement.edition),
            _line(N_("Agreement in effect since"), {"zh": format_day(_effect(move, agreement), "zh-Hans"), "en": format_day(_effect(move, agreement), "en")}),
            _line(N_("Fingerprint of the agreement"), agreement.digest or ""),
        ],
        next=pages.next_steps(wait=None),
    )  # fmt: skip


@builds("mediation-proof")
def proof(move: Move) -> pages.Data:
    """调解组织主持调解的证明: facts from the record, and nothing of what was said (Interpretation, article 354)."""
    row = move.session.get_one(Confirmation, move.subject.id)
    agreement = move.session.get_one(Agreement, row.agreement_id)
    court = delegating_court(move.session, agreement)
    asked = [one for one in _mediators(move) if court in (None, one.by_body_id)]
    body = move.session.get_one(Organisation, asked[-1].organisation_id if court and asked else move.case.body_id)
    facts = [_begun(move, agreement, body), M("The agreement took effect on %(day)s.", day=_effect(move, agreement))]
    for name in filter(None, persons.names_of([one.person_id for one in asked]).values()):
        facts.append(M("It was concluded under the mediator %(name)s.", name=name))
    number = _instrument(move.session, agreement.id)
    if number:
        facts.append(M("The body's instrument bears the number %(number)s.", number=number))
    said = [pages.both(fact) for fact in facts if fact]
    return _paper(move, {"zh": body.name, "en": body.name_en}, [_section(N_("From the record"), said)])


def _begun(move: Move, agreement: Agreement, body: Organisation) -> Message | None:
    """How the case came to whoever mediated: a court delegated it, or the body accepted the complaint."""
    if agreement.suit_id:
        suit = move.session.get_one(Filing, agreement.suit_id)
        court = move.session.get_one(Organisation, suit.court_id)
        return M(
            "%(court)s delegated the mediation before registration; it began on %(day)s.",
            court=court.name, day=local_day(suit.begun_at or move.at),
        )  # fmt: skip
    accepted = move.case.accepted_at
    return M("%(body)s accepted the complaint on %(day)s.", body=body.name, day=local_day(accepted)) if accepted else None


def _mediators(move: Move) -> Sequence[Appointment]:
    """Who accepted to mediate the case, the last one last."""
    took = select(Appointment).join(Event, Event.subject_id == Appointment.id)
    return move.session.scalars(took.where(Event.case_id == move.case.id, Event.step == "appointment.accept").order_by(Event.at)).all()


def _instrument(session: Session, agreement_id: UUID) -> str | None:
    issued = select(Document.number).where(Document.subject_id == agreement_id, Document.kind == "agreement")
    return session.scalars(issued.where(Document.number.is_not(None))).first()


@builds("confirmation-ruling")
def ruling(move: Move) -> pages.Data:
    """民事裁定书: the decision with its reasons, and the date by which third parties may object."""
    row = move.session.get_one(Confirmation, move.subject.id)
    court = move.session.get_one(Organisation, row.court_id)
    titles = REFUSALS | NOT_TAKEN
    sections = [
        _section(N_("The application"), agreement_lines(move.session, row.agreement_id)),
        _section(N_("Reasons"), [*(pages.said(titles[code]) for code in row.grounds), pages.both(str(move.papers.get("reasons", "")))]),
        _section(N_("Ruling"), [pages.said(OUTCOMES[move.step.name])]),
    ]  # fmt: skip
    if move.step.name == "confirmation.grant":
        sections.append(_section(N_("Third parties"), [pages.both(third_party(move))]))
    follows = pages.next_steps(enforce=None) if move.step.name == "confirmation.grant" else pages.next_steps(mediate=None, sue=None)
    judge = persons.names_of([move.by.person_id])[move.by.person_id] if move.by.person_id else ""
    return _paper(
        move, {"zh": court.name, "en": court.name_en}, sections, own_number=row.number or "", next=follows,
        basis=pages.basis(move.session, rulebook_of(move.case), ("confirm", "confirmation-window"), None, local_day(move.at)),
        lines=[_line(N_("Judge"), judge)],
    )  # fmt: skip


def third_party(move: Move) -> Message:
    """Until when somebody whose rights the ruling harms may have it set aside."""
    rule = find_rule("cn", "confirmation.objection", local_day(move.at))
    period = M(PERIODS[rule.unit], count=rule.count)
    return M("Whoever's rights it harms may ask this court to set it aside within %(period)s of learning of it (%(article)s).", period=period, article=M(rule.article))


@builds("enforcement-application")
def enforcement(move: Move) -> pages.Data:
    """强制执行申请书: which payments were missed, on which ruling the application rests."""
    row = move.session.get_one(Confirmation, move.subject.id)
    court = move.session.get_one(Organisation, row.court_id)
    owed = missed_payments(move.session, row.agreement_id, move.party_id)
    return _paper(
        move, {"zh": "", "en": ""},
        [_section(N_("What is to be enforced"), [_owed(move.session, one) for one in owed])],
        lines=[
            _line(N_("Court"), {"zh": court.name, "en": court.name_en}),
            _line(N_("Ruling"), row.number or ""),
        ],
    )  # fmt: skip


def _owed(session: Session, payment: Instalment) -> pages.Data:
    return _clause(session, session.get_one(Clause, payment.clause_id))


def _effect(move: Move, agreement: Agreement) -> date:
    """The day of the effect; a text without effect is not applied for."""
    return local_day(agreement.effect_at or move.at, local_zone(move.case.jurisdiction))
