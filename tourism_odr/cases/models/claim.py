"""The trip sheet, the elements of the claim, and each side's stand on them."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.cases.models.case import MONEY
from tourism_odr.db import Base, UTCDateTime

AGREE = "agree"
STANDS = (AGREE, "deny", "unknown")


class TripValue(Base):
    """One value of the trip sheet (market, fee, a date, the contract's form), with where it comes from."""

    __tablename__ = "trip_value"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    key: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(20))  # complaint, answer, mediator, paper
    party_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ClaimElement(Base):
    """One thing that the complainant asks for, against one or all respondents."""

    __tablename__ = "claim_element"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(30))  # refund, compensation, apology, performance, advise
    amount: Mapped[Decimal | None] = mapped_column(MONEY)
    currency: Mapped[str] = mapped_column(String(3))


class Stand(Base):
    """What one party says of a trip value or claim element: agree, deny, don't know; the last row counts."""

    __tablename__ = "stand"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    target_id: Mapped[UUID] = mapped_column(index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    stand: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
