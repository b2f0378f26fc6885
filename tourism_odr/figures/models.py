"""What the figures rest on: one fact a case and figure, sums of them, and months that were closed.

None of it names a person: facts come from the ledger and from rows of the kernel that hold none, so erasing
people leaves every figure as it was.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class FigureFact(Base):
    """That one case counts in one figure, once for each body that had it (``stay``)."""

    __tablename__ = "figure_fact"
    __table_args__ = (Index("ix_figure_fact_list", "figure", "body_id", "month"),)

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    stay: Mapped[int] = mapped_column(primary_key=True)
    figure: Mapped[str] = mapped_column(String(30), primary_key=True)
    unit: Mapped[str] = mapped_column(String(12), primary_key=True)  # currency of money, whose turn of minutes
    month: Mapped[date] = mapped_column(primary_key=True)  # its first day
    day: Mapped[date]
    body_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(20))  # of the respondents
    category: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(20))
    market: Mapped[str] = mapped_column(String(20))
    value: Mapped[int]  # days, in the figure that has a median; else 0
    number: Mapped[int] = mapped_column(BigInteger)  # 1, or minutes, or hundredths of a currency


class FigureCount(Base):
    """The facts of a body and month added up; ``cut`` says which of the four qualities are told apart, '' is all."""

    __tablename__ = "figure_count"

    cut: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    figure: Mapped[str] = mapped_column(String(30), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    body_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    category: Mapped[str] = mapped_column(String(40), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    market: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit: Mapped[str] = mapped_column(String(12), primary_key=True)
    value: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cases: Mapped[int]
    number: Mapped[int] = mapped_column(BigInteger)


class FigureMonth(Base):
    """A month that the head of a body has closed."""

    __tablename__ = "figure_month"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    closed_by: Mapped[UUID]
    closed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class FigureRevision(Base):
    """A figure of a closed month that came out otherwise later: old, new and when."""

    __tablename__ = "figure_revision"
    __table_args__ = (Index("ix_figure_revision_month", "body_id", "month"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    month: Mapped[date]
    cut: Mapped[int]
    figure: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(20))
    market: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(12))
    value: Mapped[int]
    old: Mapped[int] = mapped_column(BigInteger)
    new: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class FigureState(Base):
    """One row: up to when everything is counted.  Whoever adds to the sums, or closes a month, holds it meanwhile."""

    __tablename__ = "figure_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime)
