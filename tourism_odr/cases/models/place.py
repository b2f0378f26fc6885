"""Places of a case, who may read them and from when, and what lies in them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class Place(Base):
    """Where things of a case lie.  Counts and head hash are its own: no place's gaps tell of another."""

    __tablename__ = "place"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    party_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    events: Mapped[int] = mapped_column(default=0)
    items: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64), default="")


class Member(Base):
    """Who may read a place: a person, or an organisation's people in a role, from one instant to another.

    ``first_item`` is the first item that this member reads; outside ``since``-``until`` nothing is.
    """

    __tablename__ = "place_member"
    __table_args__ = (Index("ix_place_member_principal", "principal_id", "case_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    principal_id: Mapped[UUID]
    role: Mapped[str | None] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    first_item: Mapped[int] = mapped_column(default=1)


class Item(Base):
    """Whatever lies in a place: talk, note, file, card.  Its text lies in a row of its own, which can be erased."""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("place_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    role: Mapped[str] = mapped_column(String(20))
    author_id: Mapped[UUID | None]
    party_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]  # the offer, agreement or urging that this card shows
    copy_of: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    court: Mapped[bool]  # whether it may go to a court: set when it is written
    digest: Mapped[str] = mapped_column(String(64))


class ItemText(Base):
    """The words of an item.  Erasing this row leaves the ledger verifiable: the chain holds a salted digest."""

    __tablename__ = "item_text"

    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(20))
    body: Mapped[str]


class Evidence(Base):
    """A file that lies in a place: the sealed original by digest, and what is shown instead of it."""

    __tablename__ = "evidence"

    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    mime: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    shown: Mapped[dict[str, str]] = mapped_column(JSON)  # "display", "thumb" -> digest of the derivative
