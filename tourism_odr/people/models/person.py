"""A person is an id; what tells who they are lies beside it, encrypted with a key that can be destroyed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class DetailKind(StrEnum):
    """What can be known of a person, all encrypted; phone, e-mail and identity number can be looked up."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "e-mail"
    IDENTITY = "identity-number"
    PASSPORT = "passport"
    PRINTED_NAME = "printed-name"  # as the passport prints it, beside the Chinese name in use
    NATIONALITY = "nationality"
    BIRTH = "birth"
    ADDRESS = "address"
    BANK = "bank"


class Person(Base):
    """The pseudonym that everything else points at; it stays when the person is erased."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    locale: Mapped[str] = mapped_column(String(16))
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    suspended: Mapped[datetime | None] = mapped_column(UTCDateTime)
    erased: Mapped[datetime | None] = mapped_column(UTCDateTime)


class PersonKey(Base):
    """The key of one person, wrapped by the field key.  Deleting the row erases what it closed."""

    __tablename__ = "person_key"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    field_key: Mapped[str] = mapped_column(String(16), index=True)  # which field key wraps it
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    made: Mapped[datetime] = mapped_column(UTCDateTime)


class PersonDetail(Base):
    """One encrypted fact about a person, with a keyed digest where somebody must be found by it."""

    __tablename__ = "person_detail"
    __table_args__ = (UniqueConstraint("person_id", "kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    verified: Mapped[datetime | None] = mapped_column(UTCDateTime)
