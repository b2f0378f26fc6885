"""What people decide about the rules: numbers confirmed, calendars announced, and what that did to deadlines."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime

PROPOSED = "proposed"
APPROVED = "approved"
REJECTED = "rejected"
ROLLED_BACK = "rolled-back"


class RuleConfirmation(Base):
    """A number of weak grade that somebody has compared with the official text: from then on it is enforced."""

    __tablename__ = "rule_confirmation"
    __table_args__ = (UniqueConstraint("version", "rule"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    version: Mapped[str] = mapped_column(String(80))  # of the series, such as cn-complaints@2026-03-15
    rule: Mapped[str] = mapped_column(String(40))
    article: Mapped[str] = mapped_column(String(100))
    source: Mapped[str] = mapped_column(String(500))
    checked_by: Mapped[str] = mapped_column(String(200))
    checked_on: Mapped[date]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class CalendarYear(Base):
    """The days off and make-up days of one year as announced: proposed by one person, approved by another."""

    __tablename__ = "calendar_year"
    __table_args__ = (Index("ix_calendar_year_status", "status"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    calendar: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    days_off: Mapped[list[str]] = mapped_column(JSON)  # as in the data: 2027-01-01..2027-01-03 new-year
    days_worked: Mapped[list[str]] = mapped_column(JSON)
    notice: Mapped[str] = mapped_column(String(500))  # where it was announced
    status: Mapped[str] = mapped_column(String(12))
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ClockChange(Base):
    """One deadline counted anew, with the old and the new explanation.  Never changed or removed."""

    __tablename__ = "clock_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    clock_id: Mapped[UUID] = mapped_column(ForeignKey("clock.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    cause: Mapped[str] = mapped_column(String(20))  # calendar, calendar-back, confirmation, pause, extension
    cause_id: Mapped[UUID] = mapped_column(index=True)
    old_day: Mapped[date]
    new_day: Mapped[date]
    old: Mapped[dict[str, Any]] = mapped_column(JSON)
    new: Mapped[dict[str, Any]] = mapped_column(JSON)
