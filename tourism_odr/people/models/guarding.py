"""Rows that guard the doors: limits, known devices, denials, reveals.  Written beside the ledger."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class RateLimit(Base):
    """Tries in the window that the first one opened; rows, so that processes share the count."""

    __tablename__ = "rate_limit"

    bucket: Mapped[str] = mapped_column(String(40), primary_key=True)
    key_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    until: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    count: Mapped[int] = mapped_column(default=0)


class KnownDevice(Base):
    """A browser from which this person signed in before: guesses made elsewhere never lock it out."""

    __tablename__ = "known_device"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    seen: Mapped[datetime] = mapped_column(UTCDateTime)


class Denial(Base):
    """Somebody signed in asked for what is not theirs: who, where, which object."""

    __tablename__ = "denial"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(24))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    route: Mapped[str] = mapped_column(String(120))
    object_id: Mapped[str] = mapped_column(String(64), default="")


class DenialCount(Base):
    """Denials of people not signed in, counted by the hour and route."""

    __tablename__ = "denial_count"

    hour: Mapped[datetime] = mapped_column(UTCDateTime, primary_key=True)
    route: Mapped[str] = mapped_column(String(120), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class Reveal(Base):
    """A masked detail was shown in full: to whom, why; the person reads it on their own page."""

    __tablename__ = "reveal"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    by_person: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
