"""To which other subjects a step leads: the finders that the ``then`` column of the tables names."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select

from tourism_odr.cases import extending, joint, pausing
from tourism_odr.cases.lifecycle import STEPS, TABLES
from tourism_odr.cases.models import (
    Agreement,
    Appointment,
    Consent,
    Event,
    Extension,
    Filing,
    Instalment,
    Offer,
    OfferRecipient,
    Service,
    Signature,
    Subject,
    Transfer,
)
from tourism_odr.cases.models.agreement import BY_THE_SIDES, DELEGATED, MEDIATED
from tourism_odr.cases.models.filing import MORE_TIME
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.cases.move import Move
from tourism_odr.cases.needs import consented, papers_to_sign
from tourism_odr.cases.relations import offer_parties, parties_of, sides_of
from tourism_odr.cases.suits import yet_to_receive
from tourism_odr.cases.under_court import mediated
from tourism_odr.db import rows_of
from tourism_odr.people.organisations import superior_of

Finder = Callable[[Move], list[UUID]]


def open_for(move: Move, ids: list[UUID], step: str) -> list[UUID]:
    """Those of ``ids`` whose stage the step leaves, in the order of their ids."""
    stages, asked = STEPS[step].leaves, set(ids)
    return sorted(one.id for one in _subjects(move) if one.id in asked and one.stage in stages)


def left_behind(move: Move) -> list[tuple[UUID, str]]:
    """What rests on a clock ends with it: a pause that holds none any more, a proposal to lengthen one that has ended."""
    pauses = pausing.standing_still(move.session, move.case.id).values()
    proposals = extending.open_proposals(move.session, move.case.id)
    idle = [(one.id, "pause.close") for one in pauses if not pausing.halted(move.session, one)]
    return idle + [(one.id, "extension.close") for one in proposals if extending.is_over(move.session, one)]


def _subjects(move: Move) -> list[Subject]:
    return rows_of(move.session, Subject, case_id=move.case.id)


def _of_case(kind: str) -> Finder:
    def find(move: Move) -> list[UUID]:
        return [one.id for one in _subjects(move) if one.kind == kind]

    return find


def _appointments_of_this(move: Move) -> list[UUID]:
    """The mediator whom the court of this suit named, unless they still mediate another suit of the case for it."""
    court = move.session.get_one(Filing, move.subject.id).court_id
    if any(one.court_id == court and one.id != move.subject.id for one in mediated(move.session, move.case.id)):
        return []
    return [one.id for one in rows_of(move.session, Appointment, case_id=move.case.id) if one.by_body_id == court]


def _case(move: Move) -> list[UUID]:
    return [move.case.id]


def _case_if_all_ended(move: Move) -> list[UUID]:
    """The case, once its last respondent has ended."""
    finals = TABLES["respondent"].finals
    still = (one for one in _subjects(move) if one.kind == "respondent" and one.stage not in finals)
    return [move.case.id] if next(still, None) is None else []


def consents(move: Move, party_id: UUID) -> bool:
    """What the party last said about mediation; silence is no consent."""
    last = select(Consent.given).where(Consent.party_id == party_id, Consent.kind == "mediation")
    return bool(move.session.scalars(last.order_by(Consent.at.desc()).limit(1)).first())


def _this_if_objected_before(move: Move) -> list[UUID]:
    """The second objection of a case, when this service knows a superior body."""
    before = select(Event.id).where(
        Event.case_id == move.case.id, Event.step == "transfer.object", Event.subject_id != move.subject.id
    )
    known = move.session.scalars(before.limit(1)).first() and superior_of(move.session, move.case.body_id)
    return [move.subject.id] if known else []


def _case_if_it_moves(move: Move) -> list[UUID]:
    """The case, unless the superior body leaves it where it is."""
    row = move.session.get_one(Transfer, move.subject.id)
    return [] if row.to_body_id == row.from_body_id else [move.case.id]


def _this_if_both_consent(move: Move) -> list[UUID]:
    complainants = [one.id for one in parties_of(move) if one.side == COMPLAINANT]
    willing = all(consents(move, party) for party in (*complainants, move.subject.id))
    return [move.subject.id] if willing else []


def _respondent(move: Move) -> list[UUID]:
    return [move.session.get_one(Service, move.subject.id).respondent_id]


def _this_if_all_accepted(move: Move) -> list[UUID]:
    waiting = select(OfferRecipient.id).where(
        OfferRecipient.offer_id == move.subject.id, OfferRecipient.accepted_at.is_(None)
    )
    return [] if move.session.scalars(waiting.limit(1)).first() else [move.subject.id]


def _offers_of_this(move: Move) -> list[UUID]:
    """Offers that concern this respondent alone; a proposal to several stays open for the others."""
    return list(move.session.scalars(select(Offer.id).where(Offer.respondent_id == move.subject.id)))


def _other_offers_of_these_sides(move: Move) -> list[UUID]:
    """Offers between the sides that came to terms on this one, wherever they lie; others bargain on."""
    sides = offer_parties(move.session, move.subject.id)
    others = select(Offer.id).where(Offer.case_id == move.case.id, Offer.id != move.subject.id)
    open_ones = open_for(move, list(move.session.scalars(others)), "offer.supersede")
    return [one for one in open_ones if offer_parties(move.session, one) <= sides]


def _agreements_of_this(move: Move) -> list[UUID]:
    return list(
        move.session.scalars(select(Signature.agreement_id).where(Signature.party_id == move.subject.id))
    )


def _this_if_all_signed(move: Move) -> list[UUID]:
    waiting = select(Signature.id).where(
        Signature.agreement_id == move.subject.id, Signature.signed_at.is_(None)
    )
    return [] if move.session.scalars(waiting.limit(1)).first() else [move.subject.id]


def _signing_respondents(move: Move) -> list[UUID]:
    signers = select(Signature.party_id).where(Signature.agreement_id == move.subject.id)
    signing = set(move.session.scalars(signers))
    return [one.id for one in parties_of(move) if one.side == RESPONDENT and one.id in signing]


def _instalments(move: Move) -> list[UUID]:
    return list(
        move.session.scalars(select(Instalment.id).where(Instalment.agreement_id == move.subject.id))
    )


def _this_on(path: str) -> Finder:
    """The agreement, when it was concluded on this path."""

    def find(move: Move) -> list[UUID]:
        return [move.subject.id] if move.session.get_one(Agreement, move.subject.id).path == path else []

    return find


def _this_if_nothing_is_due(move: Move) -> list[UUID]:
    return [] if _instalments(move) else [move.subject.id]


def _agreement(move: Move) -> list[UUID]:
    return [move.session.get_one(Instalment, move.subject.id).agreement_id]


def _agreement_when(stages: frozenset[str], *, some: str | None = None) -> Finder:
    """The payment's agreement once every payment of it is in ``stages`` (and one of them in ``some``)."""

    def find(move: Move) -> list[UUID]:
        agreement = _agreement(move)[0]
        siblings = set(move.session.scalars(select(Instalment.id).where(Instalment.agreement_id == agreement)))
        now = {one.stage for one in _subjects(move) if one.id in siblings}
        return [agreement] if now <= stages and (some is None or some in now) else []

    return find


def _this_if_papers_signed(move: Move) -> list[UUID]:
    return [] if papers_to_sign(move) else [move.subject.id]


def _this_if_all_extend(move: Move) -> list[UUID]:
    """Once every side of the suit asked for more time since its mediation began or was last made longer."""
    filing = move.session.get_one(Filing, move.subject.id)
    longer = select(Event.at).where(Event.subject_id == filing.id, Event.step == "filing.extend")
    last = move.session.scalars(longer.order_by(Event.at.desc()).limit(1)).first() or filing.begun_at
    willing = all(consented(move.session, side.id, MORE_TIME, since=last) for side in sides_of(move.session, filing))
    return [filing.id] if willing else []


def _this_if_all_received(move: Move) -> list[UUID]:
    """The suit once every side has its instrument."""
    return [] if yet_to_receive(move.session, move.session.get_one(Filing, move.subject.id)) else [move.subject.id]


def _this_if_all_consented(move: Move) -> list[UUID]:
    extension = move.session.get_one(Extension, move.subject.id)
    return [extension.id] if all(line.given for line in extending.consents_to(move.session, extension)) else []


def _filings_to_begin(move: Move) -> list[UUID]:
    """The suits that wait for a mediator under the court."""
    waiting = select(Filing.id).where(Filing.case_id == move.case.id, Filing.begun_at.is_(None))
    return list(move.session.scalars(waiting))


PAID = frozenset({"paid"})
AS_REPORTED = frozenset({"paid", "paid-as-reported"})

FINDERS: dict[str, Finder] = {
    "case": _case,
    "case-if-all-ended": _case_if_all_ended,
    "case-if-it-moves": _case_if_it_moves,
    "this-if-objected-before": _this_if_objected_before,
    "respondents": _of_case("respondent"),
    "open-respondents": _of_case("respondent"),
    "open-agreements": _of_case("agreement"),
    "open-agreements-of-this": _agreements_of_this,
    "appointments": _of_case("appointment"),
    "appointments-of-this": _appointments_of_this,
    "transfers": _of_case("transfer"),
    "externals": _of_case("external"),
    "this-if-both-consent": _this_if_both_consent,
    "respondent": _respondent,
    "respondent-if-unanswered": _respondent,
    "this-if-all-accepted": _this_if_all_accepted,
    "offers-of-this": _offers_of_this,
    "other-offers-of-these-sides": _other_offers_of_these_sides,
    "this-if-all-signed": _this_if_all_signed,
    "signing-respondents": _signing_respondents,
    "instalments": _instalments,
    "this-if-made-alone": _this_on(BY_THE_SIDES),
    "this-if-under-the-body": _this_on(MEDIATED),
    "this-if-delegated": _this_on(DELEGATED),
    "this-if-nothing-is-due": _this_if_nothing_is_due,
    "this-if-papers-signed": _this_if_papers_signed,
    "this-if-all-extend": _this_if_all_extend,
    "this-if-all-consented": _this_if_all_consented,
    "filings-to-begin": _filings_to_begin,
    "this-if-all-received": _this_if_all_received,
    "agreement": _agreement,
    "agreement-if-all-paid": _agreement_when(PAID),
    "agreement-if-all-paid-as-reported": _agreement_when(AS_REPORTED, some="paid-as-reported"),
    "breached-agreement-if-all-paid": _agreement_when(AS_REPORTED),
    "agreement-performed-as-reported": _agreement,
    **joint.FINDERS,
}
