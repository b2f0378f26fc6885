"""Writes beside the ledger: who looked, and what somebody has not read yet."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class Reading(Base):
    """One look of staff at a case, a file or unmasked data; shown to the person concerned."""

    __tablename__ = "reading"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    person_id: Mapped[UUID | None]
    role: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[UUID | None]
    what: Mapped[str] = mapped_column(String(60))
    allowed: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ReadMark(Base):
    """How far somebody has read in a place."""

    __tablename__ = "read_mark"
    __table_args__ = (UniqueConstraint("place_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    person_id: Mapped[UUID]
    item: Mapped[int]
