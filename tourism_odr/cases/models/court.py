"""How a suit ended, and who has received the court's instrument."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.cases.models.case import MONEY
from tourism_odr.db import Base, UTCDateTime


class CourtOutcome(Base):
    """What came of a suit: a code, what is to be paid, on which day; the words lie in its item."""

    __tablename__ = "court_outcome"

    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    amount: Mapped[Decimal | None] = mapped_column(MONEY)
    currency: Mapped[str] = mapped_column(String(3))
    day: Mapped[date]
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    effect_on: Mapped[date | None]  # of an instrument: the day of the last receipt


class CourtReceipt(Base):
    """One side has received the court's instrument: on which day, and how."""

    __tablename__ = "court_receipt"
    __table_args__ = (UniqueConstraint("filing_id", "party_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filing.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    how: Mapped[str] = mapped_column(String(20))  # online, hand, post
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
