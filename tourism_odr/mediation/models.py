"""The tables that only mediation reads: answers that were begun and not sent yet."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class AnswerDraft(Base):
    """What one person of a respondent has written so far; it is nobody else's, and gone once the answer is sent."""

    __tablename__ = "answer_draft"
    __table_args__ = (UniqueConstraint("respondent_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    respondent_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed: Mapped[datetime] = mapped_column(UTCDateTime)
