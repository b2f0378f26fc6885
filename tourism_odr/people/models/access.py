"""How somebody proves who they are, and the sessions that they opened."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tourism_odr.db import Base, UTCDateTime


class Credential(Base):
    """A password, as Argon2id hash, under the digest of the e-mail address that signs in."""

    __tablename__ = "credential"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    login_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    password_hash: Mapped[str] = mapped_column(String(160))
    changed: Mapped[datetime] = mapped_column(UTCDateTime)


class Totp(Base):
    """The second factor; ``last_step`` makes every code count once."""

    __tablename__ = "totp"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    confirmed: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Base):
    """One of the codes that stand in for the second factor, each once."""

    __tablename__ = "recovery_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    used: Mapped[datetime | None] = mapped_column(UTCDateTime)


class OpenSession(Base):
    """A browser signed in as one person, in one role, for one organisation.  Ending the row ends it."""

    __tablename__ = "session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"), index=True)
    link_id: Mapped[UUID | None] = mapped_column(ForeignKey("secret_link.id"), index=True)
    sitting_id: Mapped[UUID | None] = mapped_column(ForeignKey("sitting.id"), index=True)
    factor_pending: Mapped[bool] = mapped_column(default=False)  # the code is still to come
    created: Mapped[datetime] = mapped_column(UTCDateTime)
    last_used: Mapped[datetime] = mapped_column(UTCDateTime)
    expires: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    ended: Mapped[datetime | None] = mapped_column(UTCDateTime)
    device: Mapped[str] = mapped_column(String(80), default="")


class Sitting(Base):
    """Somebody of an office, or whom the party named, acts for a party of one case: how, and for which acts.

    ``scopes`` are the kinds of acts that were read back; no other is taken in it.  Ending the row ends it.
    """

    __tablename__ = "sitting"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)  # who acts
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))  # None: for no office, by the party's own link
    case_id: Mapped[UUID] = mapped_column(index=True)  # no foreign key: people know no cases
    party_id: Mapped[UUID]
    principal_id: Mapped[UUID]  # the person or the organisation that the party is
    role: Mapped[str] = mapped_column(String(24))  # the part in which the party's steps are taken
    power_id: Mapped[UUID | None] = mapped_column(index=True)  # None: the party's own signed paper lies beside it
    scopes: Mapped[list[str]] = mapped_column(JSON)
    means: Mapped[str] = mapped_column(String(8))  # desk, phone, paper
    began: Mapped[datetime] = mapped_column(UTCDateTime)
    until: Mapped[datetime | None] = mapped_column(UTCDateTime)  # of the power
    ended: Mapped[datetime | None] = mapped_column(UTCDateTime)
