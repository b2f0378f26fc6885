"""The trail of what administrators did."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class AdministrativeAct(Base):
    """One thing that an administrator did: who, what, to whom, on what ground.  Never changed or removed."""

    __tablename__ = "administrative_act"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str] = mapped_column(String(40))
    target_id: Mapped[UUID | None] = mapped_column(index=True)  # of the organisation, person, notice or clock
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)  # codes, ids and numbers
    ground: Mapped[str] = mapped_column(String(500))
