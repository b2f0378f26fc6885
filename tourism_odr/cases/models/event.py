"""The ledger's lines.  They hold codes, ids and times; no name, text, amount or contact."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class Event(Base):
    """A line in the ledger of one place of a case.  Added, never changed: triggers refuse the rest."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("place_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    number: Mapped[int]
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"))
    step: Mapped[str] = mapped_column(String(50))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    role: Mapped[str] = mapped_column(String(20))
    actor: Mapped[UUID | None]
    party: Mapped[UUID | None]  # for whom
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    digests: Mapped[list[str]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
