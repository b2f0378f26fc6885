"""Documents issued in a case, and the authority under which the clock may issue them."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime

DRAFT = "draft"
ISSUED = "issued"


class Document(Base):
    """A paper of the case: frozen data, its number, the rule that it rests on.  A draft has no number yet."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("body_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), index=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    status: Mapped[str] = mapped_column(String(10))
    number: Mapped[str | None] = mapped_column(String(80))
    rule: Mapped[str] = mapped_column(String(200))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    issued_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    signer_id: Mapped[UUID | None]
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("standing_authority.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DocumentFile(Base):
    """The rendered and sealed file of an issued document, per language; made by a job or the first download."""

    __tablename__ = "document_file"
    __table_args__ = (UniqueConstraint("document_id", "locale"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    locale: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class StandingAuthority(Base):
    """A named officer's signed, revocable authority for the clock to issue one kind of document."""

    __tablename__ = "standing_authority"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    signed_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
