"""Nouns of the road through mediation, each under the id of its subject."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.cases.models.case import MONEY
from tourism_odr.db import Base, UTCDateTime


class Appointment(Base):
    """Which mediator was asked for which case."""

    __tablename__ = "appointment"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[UUID | None]
    by_body_id: Mapped[UUID]
    reason: Mapped[str | None] = mapped_column(String(30))


class Service(Base):
    """One attempt to serve one respondent, the date that the letter sets, and how it was proven."""

    __tablename__ = "service"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    respondent_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    answer_day: Mapped[date]
    basis: Mapped[str] = mapped_column(String(20))  # rulebook: the proposed date was kept; officer: another was set
    method: Mapped[str] = mapped_column(String(20))  # invitation, inbox, hand, post, call
    served_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))
    notice_id: Mapped[UUID | None]


class Offer(Base):
    """Terms that somebody offers; the words lie in its item."""

    __tablename__ = "offer"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"))
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"))  # None: the mediator's proposal
    respondent_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"), index=True)  # the respondent it concerns
    amount: Mapped[Decimal | None] = mapped_column(MONEY)
    currency: Mapped[str] = mapped_column(String(3))
    pay_by: Mapped[date | None]


class OfferRecipient(Base):
    """To whom an offer was made, and when they accepted."""

    __tablename__ = "offer_recipient"
    __table_args__ = (UniqueConstraint("offer_id", "party_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    offer_id: Mapped[UUID] = mapped_column(ForeignKey("offer.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Transfer(Base):
    """An offer of the case to another body of this service, or its dispatch to one outside."""

    __tablename__ = "transfer"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    from_body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    to_body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    ground: Mapped[str] = mapped_column(String(30))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))


class Urge(Base):
    """A demand of the supervising body on a respondent or the mediator."""

    __tablename__ = "urge"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"))
    mediator_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    due_day: Mapped[date]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"))
    reply_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))
    finding_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))
