"""Applications beside a case: to enforcement, or for compensation from the quality deposit."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.cases.models.case import MONEY
from tourism_odr.db import Base

ENFORCEMENT, DEPOSIT = "enforcement", "deposit"


class Application(Base):
    """One application: about whom, on which ground, to whom it went, and what came back.  Words lie in items."""

    __tablename__ = "application"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    sort: Mapped[str] = mapped_column(String(20))
    respondent_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    ground: Mapped[str | None] = mapped_column(String(30))
    rests_on: Mapped[str | None] = mapped_column(String(20))  # how the violation was verified (deposit)
    verified_on: Mapped[date | None]
    amount: Mapped[Decimal | None] = mapped_column(MONEY)
    currency: Mapped[str] = mapped_column(String(3))
    receiver: Mapped[str | None] = mapped_column(String(200))
    receiver_en: Mapped[str | None] = mapped_column(String(200))
    receiver_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    asked_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))
    letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))
    sent_on: Mapped[date | None]
    sent_by: Mapped[str | None] = mapped_column(String(20))
    sent_proof: Mapped[str | None] = mapped_column(String(200))
    proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))
    received_on: Mapped[date | None]
    receipt: Mapped[str | None] = mapped_column(String(200))
    outcome: Mapped[str | None] = mapped_column(String(20))
    decided_on: Mapped[date | None]
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))  # as it came, inside the body
    told_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))  # what the tourist may be told


class ApplicationFile(Base):
    """A file of the case that goes along as evidence."""

    __tablename__ = "application_file"
    __table_args__ = (UniqueConstraint("application_id", "item_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"))
