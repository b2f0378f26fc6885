"""Time that stands still, such as for an appraisal: of which subject, why, from which day to which."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class Pause(Base):
    """The clocks of one subject stand still.  What is appraised, and the paper, lie in the file as items."""

    __tablename__ = "pause"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    about_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), index=True)  # whose clocks stand still
    reason: Mapped[str] = mapped_column(String(20))  # a code of the rulebooks' PAUSES
    first: Mapped[date]
    last: Mapped[date | None]  # both days included; none when it was begun by mistake
    entered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"))  # the words: what is appraised
