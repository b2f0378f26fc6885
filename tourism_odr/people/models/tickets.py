"""What is handed out to let somebody in: invitations, secret links, printed codes, one-time codes, resets."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class LinkScope(StrEnum):
    """What a secret link lets its holder do."""

    FULL = "full"
    READ = "read"  # a helper's link: can be given and taken back


class Invitation(Base):
    """A secret that lets one person in, once: to a role in an organisation, or back in after a reset."""

    __tablename__ = "invitation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str | None] = mapped_column(String(24))
    case_id: Mapped[UUID | None] = mapped_column(index=True)  # no foreign key: people know no cases
    reset_id: Mapped[UUID | None] = mapped_column(ForeignKey("factor_reset.id"), index=True)
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    expires: Mapped[datetime] = mapped_column(UTCDateTime)
    opened: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the button was pressed: evidence
    used: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SecretLink(Base):
    """The way of a tourist, or of a tourist's helper, into a case without an account."""

    __tablename__ = "secret_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    scope: Mapped[str] = mapped_column(String(8))
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    ended: Mapped[datetime | None] = mapped_column(UTCDateTime)


class PrintedCode(Base):
    """The recovery code that a tourist prints: reusable, limited in tries, renewed with the link."""

    __tablename__ = "printed_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    ended: Mapped[datetime | None] = mapped_column(UTCDateTime)


class OneTimeCode(Base):
    """A short code sent to a verified contact, bound to person, purpose and what exactly it agrees to."""

    __tablename__ = "one_time_code"
    __table_args__ = (Index("ix_one_time_code_person_purpose", "person_id", "purpose"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(40))
    subject_digest: Mapped[bytes] = mapped_column(LargeBinary)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary)
    tries: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    expires: Mapped[datetime] = mapped_column(UTCDateTime)
    used: Mapped[datetime | None] = mapped_column(UTCDateTime)


class FactorReset(Base):
    """A lost second factor: one person asks, another approves, the third sets it anew."""

    __tablename__ = "factor_reset"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked: Mapped[datetime] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(String(300))
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    approved: Mapped[datetime | None] = mapped_column(UTCDateTime)
    refused: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done: Mapped[datetime | None] = mapped_column(UTCDateTime)
