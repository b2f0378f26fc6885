"""The tables that only intake reads: complaints that were begun and not sent yet."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class Draft(Base):
    """A complaint being written.  Its words are closed with the secret in the visitor's cookie: we cannot read them.

    Once sent, ``case_id`` is set, the words are gone, and ``handed`` holds link and code, closed in the same
    way, until the visitor says that they are saved.
    """

    __tablename__ = "draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    changed: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    handed: Mapped[bytes | None] = mapped_column(LargeBinary)


class DraftFile(Base):
    """A photo or paper of a draft: sealed in the evidence store already, moved into the case when it is sent."""

    __tablename__ = "draft_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), index=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    mime: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    shown: Mapped[dict[str, Any]] = mapped_column(JSON)
    added: Mapped[datetime] = mapped_column(UTCDateTime)
