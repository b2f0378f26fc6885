"""Parties of a case, what they consented to, and the powers under which people act for them."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.cases.models.case import MONEY
from tourism_odr.db import Base, UTCDateTime

COMPLAINANT = "complainant"
RESPONDENT = "respondent"
THIRD = "third"


class Party(Base):
    """One side of many.  A respondent's row has the id of its subject."""

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("case_id", "side", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    side: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    typed_name: Mapped[str | None] = mapped_column(String(200))
    answer: Mapped[str | None] = mapped_column(String(20))  # admit, deny, in-part, not-our-customer
    late: Mapped[bool] = mapped_column(default=False)


class Consent(Base):
    """What a party agreed to or declined, per stage, when and by whom.  Silence makes no row."""

    __tablename__ = "consent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))  # mediation, sharing, sensitive, e-service
    given: Mapped[bool]
    person_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Power(Base):
    """The authority of a person to act for a party: scope, limit, dates, who checked it."""

    __tablename__ = "power"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))  # legal-representative, written-power
    scopes: Mapped[list[str]] = mapped_column(JSON)  # answer, admit, offer, settle, sign, receive
    limit: Mapped[Decimal | None] = mapped_column(MONEY)
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paper_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))
    checked_by: Mapped[UUID | None]
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
