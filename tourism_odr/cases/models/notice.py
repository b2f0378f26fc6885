"""The outbox: messages that must leave, kept with what was really said."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class Notice(Base):
    """One message to one recipient.  Rendered once, when first sent, from parameters frozen in the step."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_due", "status", "next_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))
    template: Mapped[str] = mapped_column(String(80))  # "case/accept/tourist" or "_other/code"
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(index=True)
    role: Mapped[str | None] = mapped_column(String(20))
    locale: Mapped[str] = mapped_column(String(20))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    document_id: Mapped[UUID | None]
    status: Mapped[str] = mapped_column(String(12))  # waiting, sent, failed, page
    attempts: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    next_at: Mapped[datetime] = mapped_column(UTCDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    bounced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str | None] = mapped_column(String(500))
    subject_line: Mapped[str | None] = mapped_column(String(300))
    body: Mapped[str | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    message_id: Mapped[str] = mapped_column(String(120))
    with_id: Mapped[UUID | None] = mapped_column(index=True)  # the notice in whose letter this one leaves


class JobRun(Base):
    """When a job last ran, how it ended, and the heartbeat of the process that runs it."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)
    error: Mapped[str | None] = mapped_column(String(500))
    failed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
