"""A suit before a court, the papers that the plaintiff signs, and what the court wants corrected."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.cases.models.case import MONEY
from tourism_odr.db import Base, UTCDateTime

COMPLAINT, EVIDENCE_LIST, SERVICE_ADDRESS = "complaint", "evidence-list", "service-address"
PAPERS = (COMPLAINT, EVIDENCE_LIST, SERVICE_ADDRESS)
ONLINE, SERVED_ONLINE = "online-procedure", "online-service"  # kinds of consent, each asked by itself
CONSENTS = (ONLINE, SERVED_ONLINE)
MEDIATE, MORE_TIME = "court-mediation", "court-extension"  # kinds of consent under the court
ORDINARY, SUMMARY, SMALL = "ordinary", "summary", "small-claims"  # procedures


class Filing(Base):
    """Who sues whom before which court, on what ground, for how much; and how the court registered it."""

    __tablename__ = "filing"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    plaintiff_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    respondents: Mapped[list[str]] = mapped_column(JSON)  # ids of the parties sued
    basis: Mapped[str] = mapped_column(String(20))  # ended, silence, breach
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))  # the one that was broken
    venue: Mapped[str] = mapped_column(String(20))  # domicile, performance
    foreign: Mapped[bool]
    cause: Mapped[str] = mapped_column(String(60))  # the cause of action by its Chinese name
    amount: Mapped[Decimal | None] = mapped_column(MONEY)
    currency: Mapped[str] = mapped_column(String(3))
    fee: Mapped[Decimal | None] = mapped_column(MONEY)
    small_claim: Mapped[bool]  # whether the plaintiff asks for it; the court decides
    handed_in: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # the data of the last submission, for the manifest
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    invited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when the court last asked about mediation
    registered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    number: Mapped[str | None] = mapped_column(String(60))  # the court's own case number
    procedure: Mapped[str | None] = mapped_column(String(20))  # ordinary, summary, small-claims
    judge_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    sides_place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))  # where both sides and the court read
    begun_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the mediation under the court


class FilingPaper(Base):
    """One of the papers that the plaintiff signs: what it says, and the signature on exactly that.

    ``sealed`` holds identity number and address under the key of the person; destroying the key erases them.
    """

    __tablename__ = "filing_paper"
    __table_args__ = (UniqueConstraint("filing_id", "kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filing.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    edition: Mapped[int] = mapped_column(default=1)
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))  # of words and sealed part as they read now
    signed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    signed_digest: Mapped[str | None] = mapped_column(String(64))
    person_id: Mapped[UUID | None]
    power_id: Mapped[UUID | None] = mapped_column(ForeignKey("power.id"))


class FilingPoint(Base):
    """One thing that the court wants corrected; the clerk's words lie in its item, in the place of the suit."""

    __tablename__ = "filing_point"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filing.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    returned: Mapped[int]  # the how manieth return
    number: Mapped[int]
    paper: Mapped[str] = mapped_column(String(20))  # a paper, evidence, identity, other
    ground: Mapped[str] = mapped_column(String(40))  # a code of the checklist
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    corrected_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
