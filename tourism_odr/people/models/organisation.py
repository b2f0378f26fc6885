"""Bodies, courts, councils, mediation organisations and operators, and who acts for them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class OrganisationKind(StrEnum):
    """What an organisation is; a branch is an operator that names its head office."""

    BODY = "supervising-body"
    COURT = "court"
    COUNCIL = "council"
    MEDIATION = "mediation-organisation"
    OPERATOR = "operator"
    HOUSE = "house"  # the operator of this service: its administrators belong here


class Organisation(Base):
    """One organisation; ``code`` stands in the numbers of the documents that it issues."""

    __tablename__ = "organisation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    name_en: Mapped[str] = mapped_column(String(200), default="")
    code: Mapped[str | None] = mapped_column(String(24), unique=True)
    territory: Mapped[str] = mapped_column(String(32), default="", index=True)  # division, as 310106
    level: Mapped[str] = mapped_column(String(16), default="")  # city, district, province
    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)  # unified social credit code
    licence: Mapped[str | None] = mapped_column(String(40), index=True)
    branch_of: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    source: Mapped[str] = mapped_column(String(200), default="")
    source_day: Mapped[date | None] = mapped_column()
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    active: Mapped[bool] = mapped_column(default=True)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class OrganisationName(Base):
    """A name by which an organisation is searched: its own, its English one, a brand, an older one."""

    __tablename__ = "organisation_name"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200), index=True)  # NFKC, small letters, without spaces


class OrganisationContact(Base):
    """A business contact from the register or checked by an officer: complaints are sent to no other."""

    __tablename__ = "organisation_contact"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))  # phone, e-mail, address
    value: Mapped[str] = mapped_column(String(300), index=True)
    source: Mapped[str] = mapped_column(String(200))
    source_day: Mapped[date] = mapped_column()
    verified: Mapped[datetime | None] = mapped_column(UTCDateTime)
    verified_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    ended: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Membership(Base):
    """A person plays a role in an organisation, from and until."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_organisation_role", "organisation_id", "role"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str] = mapped_column(String(24))
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    until: Mapped[datetime | None] = mapped_column(UTCDateTime)
