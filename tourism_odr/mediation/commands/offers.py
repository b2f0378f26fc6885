"""Offers: made, countered, accepted, declined, withdrawn, taken back while their undo time runs."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.cases.items import CARD, Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Offer, OfferRecipient, Party, PendingStep, Place, Subject
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.cases.relations import sides_of
from tourism_odr.cases.under_court import under_way
from tourism_odr.db import unit_of_work
from tourism_odr.mediation.commands.room import enter, party_id_of, sent_before
from tourism_odr.people.actor import Actor
from tourism_odr.text import M

OFFER_PLACES = (PlaceKind.JOINT, PlaceKind.DIRECT)


@dataclass(frozen=True)
class MakeOffer:
    """Terms for some of the other parties in a place; ``until`` sets another last day than the rulebook's."""

    case_id: UUID
    place_id: UUID
    recipients: tuple[UUID, ...]
    amount: Decimal | None
    words: Words
    pay_by: date | None = None
    until: date | None = None
    once: UUID | None = None  # the card's id, when the form that it came by may be sent twice


@dataclass(frozen=True)
class AnswerOffer:
    """An answer to an offer as the person saw it; ``code_checked`` for who came by secret link."""

    case_id: UUID
    offer_id: UUID
    seen: int
    code_checked: bool = False


def bargaining_parties(session: Session, place: Place) -> list[Party]:
    """Those who can make and take offers in a place: in the room only who is in mediation, or the sides of a suit."""
    suit = under_way(session, place.case_id) if place.kind == PlaceKind.JOINT else None
    if suit:
        return sides_of(session, suit)
    wanted = select(Party).where(Party.case_id == place.case_id)
    if place.kind == PlaceKind.DIRECT:
        wanted = wanted.where((Party.side == COMPLAINANT) | (Party.id == place.party_id))
    else:
        mediating = select(Subject.id).where(
            Subject.case_id == place.case_id, Subject.kind == "respondent", Subject.stage == "mediation"
        )
        wanted = wanted.where((Party.side == COMPLAINANT) | Party.id.in_(mediating))
    return list(session.scalars(wanted.order_by(Party.side, Party.number)))


def make_offer(command: MakeOffer, *, by: Actor, at: datetime) -> UUID:
    """Lay a card into the place and open the offer.  Never in a caucus: an offer binds whoever makes it."""
    with unit_of_work() as session:
        place = enter(session, command.case_id, command.place_id, by, at)
        if place.kind not in OFFER_PLACES:
            raise NotYoursError("no offers here")
        if (card := sent_before(session, command.once, by)) is not None and card.subject_id:
            return card.subject_id
        party = party_id_of(session, command.case_id, by)
        parties = {one.id: one for one in bargaining_parties(session, place)}
        _check(command, party, parties, by)
        item = add_item(session, place, CARD, by=by, at=at, words=command.words, party_id=party, id=command.once)
        subject = steps.begin(session, command.case_id, "offer", place, at)
        item.subject_id = subject.id
        session.add(_offer(session, command, subject, item.id, party, parties))
        session.add_all(OfferRecipient(offer_id=subject.id, party_id=one) for one in command.recipients)
        session.flush()
        days = {"offer-validity": command.until} if command.until else None
        steps.take(subject.id, "offer.make", by=by, at=at, digests=(item.digest,), party_id=party, days=days)
        return subject.id


def _check(command: MakeOffer, party: UUID | None, parties: dict[UUID, Party], by: Actor) -> None:
    others = set(parties) - {party}
    if party is not None and party not in parties:
        raise NotYoursError(f"{by.role} bargains nothing here")
    if not command.recipients or not set(command.recipients) <= others:
        raise UnmetNeedError("recipients", M("Choose to whom you make the offer."))


def _offer(
    session: Session, command: MakeOffer, subject: Subject, item_id: UUID, party: UUID | None, parties: dict[UUID, Party]
) -> Offer:
    concerned = {*command.recipients} | ({party} if party else set())
    respondents = [one for one in concerned if parties[one].side == RESPONDENT]
    return Offer(
        id=subject.id,
        case_id=command.case_id,
        item_id=item_id,
        party_id=party,
        respondent_id=respondents[0] if len(respondents) == 1 else None,
        amount=command.amount,
        currency=session.get_one(Case, command.case_id).currency,
        pay_by=command.pay_by,
    )


def _own_case(session: Session, command: AnswerOffer) -> UUID:
    """The party to whom this offer of this case was made or who made it is found by ``take``; the case here."""
    steps.lock(session, command.case_id)
    offer = session.get(Offer, command.offer_id)
    if offer is None or offer.case_id != command.case_id:
        raise NotYoursError("no offer of this case")
    return offer.id


def accept_offer(command: AnswerOffer, *, by: Actor, at: datetime) -> None:
    """Click to accept: it counts after the undo time, as of this click, and until then nobody is told."""
    with unit_of_work() as session:
        offer = _own_case(session, command)
        party = party_id_of(session, command.case_id, by)
        line = session.scalars(
            select(OfferRecipient).where(OfferRecipient.offer_id == offer, OfferRecipient.party_id == party)
        ).first()
        if line is None:
            raise NotYoursError("not made to you")
        if line.accepted_at is not None:
            raise MovedOnError(offer, "offer.accept", session.get_one(Subject, offer).stage)
        steps.take(
            offer, "offer.accept", by=by, at=at, seen=command.seen, party_id=party,
            papers={"code_checked": command.code_checked},
        )  # fmt: skip


def decline_offer(command: AnswerOffer, *, by: Actor, at: datetime) -> None:
    """Say no; the offer is over at once, and a counter-offer may follow."""
    with unit_of_work() as session:
        offer = _own_case(session, command)
        party = party_id_of(session, command.case_id, by)
        made_by = session.get_one(Offer, offer).party_id
        if made_by is not None and made_by == party:
            raise NotYoursError("whoever made it withdraws it")
        steps.take(offer, "offer.decline", by=by, at=at, seen=command.seen, party_id=party)


def withdraw_offer(command: AnswerOffer, *, by: Actor, at: datetime) -> None:
    """Withdraw one's own; it counts after the same undo time, so that it never tells of an acceptance waiting."""
    with unit_of_work() as session:
        offer = _own_case(session, command)
        party = party_id_of(session, command.case_id, by)
        if session.get_one(Offer, offer).party_id != party:
            raise NotYoursError("somebody else made it")
        steps.take(offer, "offer.withdraw", by=by, at=at, seen=command.seen, party_id=party)


def take_back(case_id: UUID, offer_id: UUID, *, by: Actor, at: datetime) -> None:
    """The author takes a click back while its undo time runs."""
    with unit_of_work() as session:
        steps.lock(session, case_id)
        pending = session.scalars(
            select(PendingStep).where(
                PendingStep.case_id == case_id,
                PendingStep.subject_id == offer_id,
                PendingStep.person_id == by.person_id,
                PendingStep.status == "waiting",
            )
        ).first()
        if pending is None:
            raise MovedOnError(offer_id, "offer.accept", session.get_one(Subject, offer_id).stage)
        steps.undo(pending.id, by=by, at=at)
