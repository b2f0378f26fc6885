"""Archive volumes: what each holds in its order, who filed it, to whom it was lent, and which are to be made."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime

PUBLIC, CONFIDENTIAL = "public", "confidential"


class Volume(Base):
    """One volume; beyond the first of a case they are supplementary.  ``missing`` holds codes."""

    __tablename__ = "volume"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    number: Mapped[int]
    retention: Mapped[str] = mapped_column(String(20))
    rules: Mapped[str] = mapped_column(String(60))  # the version of the archive rules by which it was compiled
    missing: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    filed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    filed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    remark_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))  # why something is missing


class VolumeEntry(Base):
    """One line of the catalogue: a document, a file, a text, or the record of the course of the mediation."""

    __tablename__ = "volume_entry"
    __table_args__ = (UniqueConstraint("volume_id", "part", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    volume_id: Mapped[UUID] = mapped_column(ForeignKey("volume.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    part: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    section: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(30))
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    digest: Mapped[str] = mapped_column(String(64))
    first_page: Mapped[int]
    pages: Mapped[int]


class VolumeOrder(Base):
    """A volume that is to be made or brought up to date: written with the step, done once by whichever job is first."""

    __tablename__ = "volume_order"
    __table_args__ = (Index("ix_volume_order_done_at_created", "done_at", "created"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    supplement: Mapped[bool]  # a volume of its own even while the last one is not filed
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    volume_id: Mapped[UUID | None] = mapped_column(ForeignKey("volume.id"))


class VolumeLoan(Base):
    """Who borrowed a volume, why, from when, until when, and when it came back."""

    __tablename__ = "volume_loan"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    volume_id: Mapped[UUID] = mapped_column(ForeignKey("volume.id"), index=True)
    borrower: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str]
    part: Mapped[str] = mapped_column(String(20))
    lent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lent_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    until: Mapped[date]
    back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
