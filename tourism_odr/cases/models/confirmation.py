"""Joint applications to a court for confirming an agreement, who signed them, and whose agreements a court takes."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class Confirmation(Base):
    """One joint application on one edition of an agreement; ``digest`` is what every applicant's signature binds to."""

    __tablename__ = "confirmation"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    submission: Mapped[str] = mapped_column(String(20))  # the instruction that is signed: see ``models.agreement``
    digest: Mapped[str] = mapped_column(String(64))
    number: Mapped[str | None] = mapped_column(String(80))  # the court's own number of the confirmation case
    enforcement_number: Mapped[str | None] = mapped_column(String(80))
    judge_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    hearing_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    heard_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    grounds: Mapped[list[str]] = mapped_column(JSON, default=list)  # codes of ``cases/confirming.py``
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Applicant(Base):
    """One side of a joint application: who signed it for that side, and whether that side withdrew it."""

    __tablename__ = "applicant"
    __table_args__ = (UniqueConstraint("confirmation_id", "party_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    confirmation_id: Mapped[UUID] = mapped_column(ForeignKey("confirmation.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    person_id: Mapped[UUID | None]
    power_id: Mapped[UUID | None] = mapped_column(ForeignKey("power.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    digest: Mapped[str | None] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RosterEntry(Base):
    """A mediating body whose agreements a court confirms, on what paper that rests and how surely it is known."""

    __tablename__ = "court_roster"
    __table_args__ = (Index("ix_court_roster_body", "body_id", "court_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    source: Mapped[str] = mapped_column(String(300))
    grade: Mapped[str] = mapped_column(String(20))
    since: Mapped[date]
    until: Mapped[date | None]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
