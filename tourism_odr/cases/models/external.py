"""Where a matter came from that was not lodged here: the channel, its number and its dates."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class External(Base):
    """An entry of another channel under the id of its subject; one number of a channel is entered once."""

    __tablename__ = "external"
    __table_args__ = (UniqueConstraint("channel", "number"),)

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(80))
    channel_received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)  # by us
    reply_day: Mapped[date | None]  # the channel's own
