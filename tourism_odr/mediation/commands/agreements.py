"""Agreements: drafting, fixing the text, signing it, and reopening it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.authority import SIGN, authority_of
from tourism_odr.cases.confirming import courts_for, why_not
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.lifecycle import TABLES, PlaceKind
from tourism_odr.cases.lifecycle import suit as suits
from tourism_odr.cases.lifecycle.confirmation import PREPARED
from tourism_odr.cases.lifecycle.offer import ACCEPTED
from tourism_odr.cases.models import (
    Agreement,
    Case,
    Clause,
    Confirmation,
    Filing,
    Offer,
    Party,
    Place,
    Signature,
    Subject,
)
from tourism_odr.cases.models.agreement import BY_DAY_25, BY_THE_SIDES, DELEGATED, MEDIATED, PAYMENT
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.cases.places import find_place, new_place
from tourism_odr.cases.relations import parties, party_of, sides_of
from tourism_odr.cases.under_court import under_way
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.mediation.commands.clauses import clauses_of, propose_application, text_digest
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.text import M


@dataclass(frozen=True)
class DraftAgreement:
    """With which respondents, and from which accepted offer if from one."""

    case_id: UUID
    respondents: tuple[UUID, ...]
    offer_id: UUID | None = None


@dataclass(frozen=True)
class Sign:
    """The very text that was on the page, and whether a code for it was checked."""

    agreement_id: UUID
    seen: int | None
    digest: str
    code_checked: bool = False
    application_id: UUID | None = None  # the joint application that was on the page
    joins: bool = False


@dataclass(frozen=True)
class Joint:
    """Whether the sides apply together, to which court, and when it is submitted."""

    agreement_id: UUID
    seen: int | None
    joint: bool
    court_id: UUID | None = None
    submission: str = BY_DAY_25


def draft_agreement(command: DraftAgreement, *, by: Actor, at: datetime) -> UUID:
    """Begin a text: the mediator's lies with those who sign it, the sides' own between the two of them."""
    with unit_of_work() as session:
        case, _subject = steps.lock(session, command.case_id)
        signers = _signers(session, case, command.respondents, by)
        suit = _delegated(session, case.id, by)
        path = DELEGATED if suit else MEDIATED if by.role is Role.MEDIATOR else BY_THE_SIDES
        place = _place(session, case, path, command.respondents)
        subject = steps.begin(session, case.id, "agreement", place, at)
        agreement = Agreement(
            id=subject.id, case_id=case.id, path=path, drafter_id=by.person_id, edition=1, joint_confirmation=False,
            suit_id=suit.id if suit else None, replaces_id=suit.agreement_id if suit else None,
        )  # fmt: skip
        session.add(agreement)
        session.flush()
        session.add_all(Signature(id=uuid4(), agreement_id=agreement.id, party_id=one) for one in signers)
        session.flush()
        if command.offer_id:
            _from_offer(session, case, agreement, command.offer_id, signers, at)
        party = party_of(session, case.id, by)
        steps.take(
            subject.id, "agreement.draft", by=by, at=at, party_id=party.id if party else None,
            facts={"edition": 1, "kind": path},
        )  # fmt: skip
        return subject.id


def _delegated(session: Session, case_id: UUID, by: Actor) -> Filing | None:
    """The suit whose sides come to terms with the mediator to whom its court delegated them."""
    return under_way(session, case_id, (suits.DELEGATED,)) if by.role is Role.MEDIATOR else None


def open_respondents(session: Session, case_id: UUID, by: Actor) -> list[Party]:
    """With whom something can still be agreed: whose road is open or, with a court's mediator, whom the suit is against."""
    suit = _delegated(session, case_id, by)
    if suit:
        return [one for one in sides_of(session, suit) if one.side == RESPONDENT]
    finals = TABLES["respondent"].finals
    wanted = select(Party).join(Subject, Subject.id == Party.id).where(Party.case_id == case_id, Party.side == RESPONDENT)
    return list(session.scalars(wanted.where(Subject.stage.not_in(finals)).order_by(Party.number)))


def _signers(session: Session, case: Case, respondents: Sequence[UUID], by: Actor) -> list[UUID]:
    """Every complainant, of a suit its plaintiff, and the respondents concerned; an agreement binds its signers only."""
    if not respondents or not set(respondents) <= {one.id for one in open_respondents(session, case.id, by)}:
        raise RefusedError(M("Choose at least one respondent whose road is still open."))
    suit = _delegated(session, case.id, by)
    asking = sides_of(session, suit) if suit else parties(session, case.id)
    return [one.id for one in asking if one.side == COMPLAINANT] + list(dict.fromkeys(respondents))


def _place(session: Session, case: Case, path: str, respondents: Sequence[UUID]) -> Place:
    if path != BY_THE_SIDES and find_place(session, case.id, PlaceKind.JOINT):
        place = new_place(session, case.id, PlaceKind.AGREEMENT)
        session.flush()
    elif path != BY_THE_SIDES:
        place = None
    elif len(set(respondents)) == 1:
        place = find_place(session, case.id, PlaceKind.DIRECT, party_id=respondents[0])
    else:
        raise RefusedError(M("Without a mediator an agreement is made with one respondent at a time."))
    if place is None:
        raise RefusedError(M("There is no place yet in which both sides could read the text."))
    return place


def _from_offer(
    session: Session, case: Case, agreement: Agreement, offer_id: UUID, signers: Sequence[UUID], at: datetime
) -> None:
    """The accepted amount becomes the first clause; method and default are still to be written."""
    offer, subject = session.get(Offer, offer_id), session.get(Subject, offer_id)
    if offer is None or subject is None or offer.case_id != case.id:
        raise NotYoursError("no such offer in this case")
    if subject.stage != ACCEPTED:
        raise MovedOnError(offer.id, "offer.conclude", subject.stage)
    agreement.offer_id = offer.id
    respondents = [one for one in signers if session.get_one(Party, one).side == RESPONDENT]
    payer = offer.respondent_id if offer.respondent_id in signers else respondents[0]
    if offer.amount is not None:
        session.add(
            Clause(
                id=uuid4(), agreement_id=agreement.id, number=1, kind=PAYMENT, text="", payer_id=payer,
                payee_id=signers[0], amount=offer.amount, currency=offer.currency, day=offer.pay_by,
            )
        )  # fmt: skip
        session.flush()
        propose_application(session, agreement, at)


def set_joint(command: Joint, *, by: Actor, at: datetime) -> None:
    """Whether the sides apply together for confirmation; a contract of the sides alone cannot be confirmed."""
    with unit_of_work() as session:
        case, _subject = steps.lock(session, command.agreement_id)
        agreement = session.get_one(Agreement, command.agreement_id)
        courts = [court.id for court in courts_for(session, case, agreement, local_day(at))]
        if command.joint and not courts:
            raise RefusedError(why_not(session, case, agreement))
        if command.joint and command.court_id not in (None, *courts):
            raise NotYoursError("no court for this agreement")
        agreement.joint_confirmation = command.joint
        agreement.court_id = (command.court_id or courts[0]) if command.joint else None
        agreement.submission = command.submission if command.joint else None
        steps.take(agreement.id, "agreement.revise", by=by, at=at, seen=command.seen)


def lock_agreement(agreement_id: UUID, seen: int | None, *, by: Actor, at: datetime) -> None:
    """Fix the text to its digest and send it to everybody who signs."""
    with unit_of_work() as session:
        case, _subject = steps.lock(session, agreement_id)
        agreement = session.get_one(Agreement, agreement_id)
        for clause in clauses_of(session, agreement_id):
            if clause.kind == PAYMENT and not clause.default:
                raise RefusedError(M("Clause %(number)s: say what follows when it is not paid.", number=clause.number))
        agreement.digest, agreement.locked_at = text_digest(session, agreement), at
        party = party_of(session, case.id, by)
        steps.take(
            agreement_id, "agreement.lock", by=by, at=at, seen=seen, party_id=party.id if party else None,
            facts={"edition": agreement.edition}, digests=(agreement.digest,),
        )  # fmt: skip


def unlock_agreement(agreement_id: UUID, seen: int | None, *, by: Actor, at: datetime) -> None:
    """Reopen the text: a new edition, and every signature on the old one falls away."""
    with unit_of_work() as session:
        steps.lock(session, agreement_id)
        agreement = session.get_one(Agreement, agreement_id)
        agreement.edition += 1
        agreement.digest = agreement.locked_at = None
        steps.take(
            agreement_id, "agreement.unlock", by=by, at=at, seen=seen, facts={"edition": agreement.edition}
        )


def sign_agreement(command: Sign, *, by: Actor, at: datetime) -> None:
    """Sign the text that was read, and no other: page, lock and tables must agree to the letter."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.agreement_id)
        agreement = session.get_one(Agreement, subject.id)
        party = party_of(session, case.id, by)
        if party is None:
            raise NotYoursError("no party of this case")
        now_stands = text_digest(session, agreement)
        if agreement.digest and not (command.digest == agreement.digest == now_stands):
            raise RefusedError(M("The text is not the one that was sent for signature. Nothing was signed."))
        _within_limit(session, agreement, party, by, at)
        if command.application_id:
            _answer_application(session, command, party, by, at)
        steps.take(
            subject.id, "agreement.sign", by=by, at=at, seen=command.seen, party_id=party.id,
            facts={"edition": agreement.edition}, digests=(now_stands,),
            papers={"code_checked": command.code_checked},
        )  # fmt: skip


def _answer_application(session: Session, command: Sign, party: Party, by: Actor, at: datetime) -> None:
    """Sign the joint application in the same sitting, or decline it; the agreement is signed either way.

    Somebody may have declined, or the text been reopened, since the page was shown: then there is nothing to answer.
    """
    row, subject = session.get_one(Confirmation, command.application_id), session.get_one(Subject, command.application_id)
    if row.agreement_id != command.agreement_id:
        raise NotYoursError("an application on another agreement")
    if subject.stage != PREPARED:
        return
    steps.take(
        subject.id, "confirmation.sign" if command.joins else "confirmation.decline", by=by, at=at, seen=subject.version,
        party_id=party.id, digests=(row.digest,) if command.joins else (), papers={"code_checked": command.code_checked},
    )  # fmt: skip


def _within_limit(session: Session, agreement: Agreement, party: Party, by: Actor, at: datetime) -> None:
    """A power up to an amount does not sign for more; the kernel asks whether there is one at all."""
    pays = sum((c.amount or Decimal() for c in clauses_of(session, agreement.id) if c.payer_id == party.id), Decimal())
    power = authority_of(session, party, by, SIGN, at).power
    if power and power.limit is not None and pays > power.limit:
        raise RefusedError(M("The payments are above the limit of your power. Ask a colleague who may sign for more."))


def countersign_agreement(agreement_id: UUID, *, by: Actor, at: datetime) -> None:
    """The mediator signs the text that the parties signed; the body's document follows."""
    with unit_of_work() as session:
        steps.lock(session, agreement_id)
        agreement = session.get_one(Agreement, agreement_id)
        steps.take(
            agreement_id, "agreement.countersign", by=by, at=at, facts={"edition": agreement.edition},
            digests=(agreement.digest,) if agreement.digest else (),
        )  # fmt: skip


def take_back(agreement_id: UUID, seen: int | None, *, by: Actor, at: datetime) -> None:
    """Take a signature back, as long as not everybody has signed."""
    with unit_of_work() as session:
        case, _subject = steps.lock(session, agreement_id)
        party = party_of(session, case.id, by)
        steps.take(
            agreement_id, "agreement.take-back", by=by, at=at, seen=seen, party_id=party.id if party else None
        )


def abandon_agreement(agreement_id: UUID, seen: int | None, *, by: Actor, at: datetime) -> None:
    """Give a text up; talks may go on without it."""
    with unit_of_work():
        steps.take(agreement_id, "agreement.abandon", by=by, at=at, seen=seen)


def choose_signers(
    agreement_id: UUID, respondents: tuple[UUID, ...], seen: int | None, *, by: Actor, at: datetime
) -> None:
    """Change who signs; payments of those who no longer do must be gone first."""
    with unit_of_work() as session:
        case, _subject = steps.lock(session, agreement_id)
        wanted = set(_signers(session, case, respondents, by))
        paying = {p for c in clauses_of(session, agreement_id) for p in (c.payer_id, c.payee_id) if p}
        if not paying <= wanted:
            raise RefusedError(M("Payer and payee both have to be among those who sign."))
        has = set(session.scalars(select(Signature.party_id).where(Signature.agreement_id == agreement_id)))
        session.execute(
            delete(Signature).where(Signature.agreement_id == agreement_id, Signature.party_id.in_(has - wanted))
        )
        session.add_all(Signature(id=uuid4(), agreement_id=agreement_id, party_id=one) for one in wanted - has)
        session.flush()
        steps.take(agreement_id, "agreement.revise", by=by, at=at, seen=seen)
