"""Offers as cards, and the range between the sides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import AT, anybody, readable_places, reading
from tourism_odr.cases.lifecycle import is_final, stage_title
from tourism_odr.cases.lifecycle.offer import ACCEPTED, DECLINED, OPEN, WITHDRAWN
from tourism_odr.cases.models import Case, Clock, ItemText, Offer, OfferRecipient, PendingStep, Place, Subject
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.queries import offered_steps
from tourism_odr.cases.relations import is_mediator, party_of
from tourism_odr.mediation.queries.room import Face, Faces
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import Role
from tourism_odr.text import N_

MEDIATOR = "mediator"
TONES = {OPEN: "amber", ACCEPTED: "jade", DECLINED: "red"}
WIDE = 260  # of the range, in its own units
EDGE = 8


@dataclass(frozen=True)
class Card:
    """An offer as one reader sees it; what waits for its undo time is shown to its author alone."""

    offer: Offer
    subject: Subject
    terms: str
    language: str
    number: int
    by: Face | None
    to: tuple[str, ...]
    accepted: tuple[str, ...]
    mine: bool
    ended: bool
    until: datetime | None
    answers: frozenset[str]
    pending: PendingStep | None = None
    pending_until: datetime | None = None

    @property
    def state(self) -> str:
        """An English message id."""
        return stage_title("offer", self.subject.stage)

    @property
    def tone(self) -> str:
        return TONES.get(self.subject.stage, "slate")


@cache
def _offers(role: Role) -> Any:
    """An offer with all that its card shows: a row a recipient, with its running clock and what its reader waits for."""
    reader = anybody(role)
    stands = and_(Clock.subject_id == Offer.id, Clock.name == "offer-validity", Clock.status == RUNNING)
    own = and_(PendingStep.subject_id == Offer.id, PendingStep.person_id == reader.person_id, PendingStep.status == "waiting")
    wanted = select(Offer, Subject, ItemText, OfferRecipient, Clock.due_at, PendingStep).join(Subject, Subject.id == Offer.id)
    wanted = wanted.join(Place, Place.id == Subject.place_id).outerjoin(ItemText, ItemText.item_id == Offer.item_id)
    wanted = wanted.outerjoin(OfferRecipient, OfferRecipient.offer_id == Offer.id).outerjoin(Clock, stands).outerjoin(PendingStep, own)
    here = Offer.case_id == bindparam("case_id"), Subject.place_id == bindparam("place_id")
    return wanted.where(*here, readable_places(reader, AT)).order_by(Subject.created, Subject.id)


def cards_in(session: Session, case: Case, place_id: UUID, actor: Actor, at: datetime, faces: Faces) -> dict[UUID, Card]:
    """The offers of one place that the actor reads, by the id of their card, numbered in their order."""
    rows = session.execute(_offers(actor.role), reading(actor, at, case_id=case.id, place_id=place_id)).all()
    if not rows:
        return {}
    reader = _Reader(session, case, actor, faces)
    cards: dict[UUID, Card] = {}
    for _, several in groupby(rows, key=lambda row: row[0].id):
        of_offer = list(several)
        cards[of_offer[0][0].item_id] = reader.card(len(cards) + 1, of_offer)
    return cards


@dataclass
class _Reader:
    """What is the same for all cards on one reader's page."""

    session: Session
    case: Case
    actor: Actor
    faces: Faces
    party_id: UUID | None = field(init=False)
    mediates: bool = field(init=False)

    def __post_init__(self) -> None:
        party = party_of(self.session, self.case.id, self.actor)
        self.party_id = party.id if party else None
        self.mediates = self.actor.role is Role.MEDIATOR and is_mediator(self.session, self.case.id, self.actor)

    def card(self, number: int, rows: Sequence[Any]) -> Card:
        """The card of one offer from its rows."""
        offer, subject, text, _, until, pending = rows[0]
        to = list(dict.fromkeys(row[3] for row in rows if row[3] is not None))
        return Card(
            offer=offer,
            subject=subject,
            terms=text.body if text else "",
            language=text.language if text else "",
            number=number,
            by=self.faces.get(offer.party_id) if offer.party_id else None,
            to=tuple(self.faces[one.party_id].name for one in to),
            accepted=tuple(self.faces[one.party_id].name for one in to if one.accepted_at),
            mine=self._is_mine(offer),
            ended=is_final("offer", subject.stage),
            until=until,
            answers=self._answers(offer, subject, to, pending),
            pending=pending,
            pending_until=self._undo_until(pending),
        )

    def _is_mine(self, offer: Offer) -> bool:
        return offer.party_id == self.party_id and (self.party_id is not None or self.actor.role.value == MEDIATOR)

    def _answers(
        self, offer: Offer, subject: Subject, to: Sequence[OfferRecipient], pending: PendingStep | None
    ) -> frozenset[str]:
        """Which answers this reader can give now: none while one of theirs waits."""
        if pending is not None:
            return frozenset({"undo"})
        steps = {step.verb for step in offered_steps(self.case, subject, self.actor.role) if step.human}
        mine = self._is_mine(offer) and (self.party_id is not None or self.mediates)
        asked = {one.party_id for one in to if one.accepted_at is None}
        allowed = {"withdraw"} if mine else set()
        if self.party_id in asked:
            allowed |= {"accept", "decline"}
        return frozenset(steps & allowed)

    def _undo_until(self, pending: PendingStep | None) -> datetime | None:
        if pending is None:
            return None
        return self.session.scalars(select(Clock.due_at).where(Clock.pending_id == pending.id)).first()


@dataclass(frozen=True)
class Mark:
    """One side's figure in the range, at ``x`` of its drawing; ``end`` aligns its words at the edge."""

    name: str
    side: str
    amount: Decimal
    x: int
    above: bool
    anchor: str

    @property
    def label(self) -> str:
        """The name at the mark; a proposal is nobody's."""
        return self.name or N_("Proposal")


@dataclass(frozen=True)
class Range:
    """Where the sides stand in a place: only what was offered there."""

    marks: tuple[Mark, ...]
    gap: Decimal | None
    closer: int | None  # percent of the first gap that is gone
    currency: str

    @property
    def low(self) -> int:
        return min((m.x for m in self.marks if m.side != MEDIATOR), default=0)

    @property
    def high(self) -> int:
        return max((m.x for m in self.marks if m.side != MEDIATOR), default=0)


def range_of(cards: Sequence[Card], currency: str) -> Range | None:
    """The last figure of each side and the mediator's, and how the gap has moved since the first ones."""
    counted = [card for card in cards if card.offer.amount is not None and card.subject.stage != WITHDRAWN]
    last = {_key(card): card for card in counted}
    if not last:
        return None
    first = {_key(card): card for card in reversed(counted)}
    top = max(card.offer.amount or Decimal() for card in last.values()) or Decimal(1)
    marks = tuple(_mark(card, top) for card in sorted(last.values(), key=lambda c: c.offer.amount or 0))
    gap, before = _gap(last), _gap(first)
    closer = None
    if gap is not None and before and gap < before:
        closer = round(100 * (before - gap) / before)
    return Range(marks, gap, closer, currency)


def _key(card: Card) -> str:
    return f"{card.by.side}:{card.by.name}" if card.by else MEDIATOR


def _mark(card: Card, top: Decimal) -> Mark:
    amount = card.offer.amount or Decimal()
    x = EDGE + int((WIDE - 2 * EDGE) * amount / (top * Decimal("1.18")))
    anchor = "start" if x < WIDE * 3 // 10 else "end" if x > WIDE * 7 // 10 else "middle"
    side = card.by.side if card.by else MEDIATOR
    return Mark(card.by.name if card.by else "", side, amount, x, side != MEDIATOR, anchor)


def _gap(cards: dict[str, Card]) -> Decimal | None:
    """Between what the complainants ask and the best that is offered to them."""
    asked = [c.offer.amount for c in cards.values() if c.by and c.by.side == "tourist" and c.offer.amount is not None]
    given = [c.offer.amount for c in cards.values() if c.by and c.by.side == "agency" and c.offer.amount is not None]
    return max(asked) - max(given) if asked and given else None
