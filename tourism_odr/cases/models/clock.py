"""Deadlines as rows, and steps that wait for their undo time."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime

RUNNING = "running"
PAUSED = "paused"
MET = "met"
MISSED = "missed"
CANCELLED = "cancelled"
BLOCKED = "blocked"


class Clock(Base):
    """A deadline of one subject, with why it is that date.  At most one of a key runs for a subject."""

    __tablename__ = "clock"
    __table_args__ = (
        Index(
            "uq_clock_running",
            "subject_id",
            "key",
            unique=True,
            sqlite_where=text("status IN ('running', 'paused')"),
            postgresql_where=text("status IN ('running', 'paused')"),
        ),
        Index("ix_clock_due", "status", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), index=True)
    name: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(12))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    day: Mapped[date]
    version: Mapped[str] = mapped_column(String(200))
    weak: Mapped[bool]
    provisional: Mapped[bool]
    derivation: Mapped[dict[str, Any]] = mapped_column(JSON)
    missed_step: Mapped[str | None] = mapped_column(String(50))
    pending_id: Mapped[UUID | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str | None] = mapped_column(String(200))


class PendingStep(Base):
    """A step that its author may still take back.  Until its clock has run nobody else is told."""

    __tablename__ = "pending_step"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), index=True)
    step: Mapped[str] = mapped_column(String(50))
    person_id: Mapped[UUID]
    role: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[UUID | None]
    party_id: Mapped[UUID | None]
    sitting_id: Mapped[UUID | None] = mapped_column(ForeignKey("sitting.id"))  # in which somebody acted for the party
    clicked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    status: Mapped[str] = mapped_column(String(12))  # waiting, final, undone, lost
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
