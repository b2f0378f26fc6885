"""Agreements, their clauses, signatures and payments."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.cases.models.case import MONEY
from tourism_odr.db import Base, UTCDateTime

PAYMENT = "payment"
MEDIATED, DELEGATED, BY_THE_SIDES = "mediated", "delegated", "parties"  # paths
AT_ONCE, BY_DAY_25 = "at-once", "by-day-25"  # when the signers want their joint application submitted


class Agreement(Base):
    """A text that binds its signers only.  ``path`` says who concluded it and so what may follow."""

    __tablename__ = "agreement"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    path: Mapped[str] = mapped_column(String(20))  # mediated: complaint body; delegated: under a court; parties: settlement contract
    drafter_id: Mapped[UUID | None]
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("offer.id"))
    edition: Mapped[int] = mapped_column(default=1)
    digest: Mapped[str | None] = mapped_column(String(64))  # of the locked text; what each signature binds to
    locked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    effect_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    joint_confirmation: Mapped[bool] = mapped_column(default=False)
    court_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))  # to which the sides apply together
    submission: Mapped[str | None] = mapped_column(String(20))
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))  # the edition that it mends
    suit_id: Mapped[UUID | None] = mapped_column(ForeignKey("subject.id"))  # the suit whose court delegated its mediation


class Clause(Base):
    """One clause.  A payment says payer, payee, amount, date, method and what happens by default."""

    __tablename__ = "clause"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))  # payment, apology, service, release, confidentiality, other
    text: Mapped[str]
    payer_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"))
    payee_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"))
    amount: Mapped[Decimal | None] = mapped_column(MONEY)
    currency: Mapped[str] = mapped_column(String(3))
    day: Mapped[date | None]
    method: Mapped[str | None] = mapped_column(String(20))
    default: Mapped[str | None] = mapped_column(String(300))


class Signature(Base):
    """Who signs, for which party, under which power; once each, on the very text."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("agreement_id", "party_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    person_id: Mapped[UUID | None]
    power_id: Mapped[UUID | None] = mapped_column(ForeignKey("power.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    digest: Mapped[str | None] = mapped_column(String(64))


class Instalment(Base):
    """One payment of a signed agreement."""

    __tablename__ = "instalment"

    id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    clause_id: Mapped[UUID] = mapped_column(ForeignKey("clause.id"))
    payer_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    payee_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    day: Mapped[date]
    proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"))


class Performance(Base):
    """Amount, currency and day of a performed payment: no person, no text; erasure keeps it, figures rest on it."""

    __tablename__ = "performance"

    instalment_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    amount: Mapped[Decimal] = mapped_column(MONEY)
    currency: Mapped[str] = mapped_column(String(3))
    day: Mapped[date]
    confirmed: Mapped[bool]
