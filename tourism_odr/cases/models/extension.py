"""More time for one clock: proposed by whom, and what each party whose consent the law wants has said."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class Extension(Base):
    """By how much one clock is to run longer; why lies in the file as an item."""

    __tablename__ = "extension"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    about_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), index=True)  # whose clock it is
    clock_id: Mapped[UUID] = mapped_column(ForeignKey("clock.id"), index=True)
    by: Mapped[str] = mapped_column(String(20))  # a code of the rulebooks' AUTHORITIES
    count: Mapped[int]
    unit: Mapped[str] = mapped_column(String(10))
    role: Mapped[str] = mapped_column(String(20))  # of whoever asked for it
    person_id: Mapped[UUID | None]
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"))


class ExtensionConsent(Base):
    """What one party said to it; nothing yet while ``given`` is open."""

    __tablename__ = "extension_consent"
    __table_args__ = (UniqueConstraint("extension_id", "party_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    extension_id: Mapped[UUID] = mapped_column(ForeignKey("extension.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    given: Mapped[bool | None]
    person_id: Mapped[UUID | None]
    at: Mapped[datetime | None] = mapped_column(UTCDateTime)
