"""The case, and the subjects whose stages move."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime

MONEY = Numeric(14, 2)


class Case(Base):
    """One dispute, from the first complaint to its end.  Holds no name and no text."""

    __tablename__ = "case"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    jurisdiction: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(40))
    market: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    locale: Mapped[str] = mapped_column(String(20))
    claimed: Mapped[Decimal | None] = mapped_column(MONEY)
    currency: Mapped[str] = mapped_column(String(3))
    travellers: Mapped[int]
    accepted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    moved: Mapped[datetime] = mapped_column(UTCDateTime)
    source_note: Mapped[str | None] = mapped_column(String(200))
    script_note: Mapped[str | None] = mapped_column(String(200))


class Subject(Base):
    """Something whose stage moves.  What is special to its kind lies in a table of its noun under the same id."""

    __tablename__ = "subject"
    __table_args__ = (
        Index("ix_subject_desk", "kind", "desk_id", "stage", "due"),
        Index("ix_subject_stage", "kind", "stage", "due"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    stage: Mapped[str] = mapped_column(String(30))
    version: Mapped[int]
    desk_id: Mapped[UUID | None]  # the organisation or person on whose desk it lies
    due: Mapped[datetime | None] = mapped_column(UTCDateTime)  # its own earliest running clock
    created: Mapped[datetime] = mapped_column(UTCDateTime)


class NumberCounter(Base):
    """The last number drawn, per body, kind and local year.  Locked last, so that numbers have no gaps."""

    __tablename__ = "number_counter"
    __table_args__ = (UniqueConstraint("owner", "kind", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))
    year: Mapped[int]
    last: Mapped[int]


class BodySetting(Base):
    """A choice that the law leaves to a body, with who made it, when, and on what ground."""

    __tablename__ = "body_setting"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(80))
    ground: Mapped[str]
    set_by: Mapped[UUID]
    since: Mapped[date]
    until: Mapped[date | None]
