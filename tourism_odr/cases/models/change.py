"""Work for what counts cases: which of them have changed."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class CaseChange(Base):
    """That the ledger of a case has grown: one row a case and unit of work, gone once the case is counted anew."""

    __tablename__ = "case_change"
    __table_args__ = (Index("ix_case_change_case_id", "case_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID]  # refers to its case without a constraint: checking it would cost more than the row
    at: Mapped[datetime] = mapped_column(UTCDateTime)
