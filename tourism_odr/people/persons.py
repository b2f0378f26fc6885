"""People and what is known of them.  Everything here runs inside the caller's unit of work."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, bindparam, delete, select

from tourism_odr.db import db
from tourism_odr.people import contacts, keys
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import (
    Credential,
    DetailKind,
    Person,
    PersonDetail,
    PersonKey,
    RecoveryCode,
    Reveal,
    Totp,
)

LOOKED_UP = frozenset({DetailKind.PHONE, DetailKind.EMAIL, DetailKind.IDENTITY, DetailKind.PASSPORT})
CONTACTS = (DetailKind.PHONE, DetailKind.EMAIL)


def create_person(
    *, locale: str, at: datetime, name: str | None = None, phone: str | None = None, email: str | None = None
) -> UUID:
    """A new person with a key of their own.  Contacts come normalised (see ``contacts``), not yet verified."""
    person = Person(id=uuid4(), locale=locale, created=at)
    db.session.add(person)
    key = keys.make_key(person.id, at)
    given = {DetailKind.NAME: name, DetailKind.PHONE: phone, DetailKind.EMAIL: email}
    for kind, text in given.items():
        if text:
            _write(PersonDetail(id=uuid4(), person_id=person.id, kind=kind), key, text, at)
    return person.id


def _write(row: PersonDetail, key: bytes, text: str, at: datetime) -> None:
    kind = DetailKind(row.kind)
    row.sealed = keys.seal(key, row.person_id, kind, text)
    row.digest = keys.digest(kind, text) if kind in LOOKED_UP else None
    row.since, row.verified = at, None
    db.session.add(row)


def set_detail(person_id: UUID, kind: DetailKind, text: str, at: datetime) -> None:
    """Write or replace one detail.  A changed contact is unverified again."""
    key = keys.keys_of([person_id])[person_id]
    row = _row(person_id, kind)
    if row is None:
        row = PersonDetail(id=uuid4(), person_id=person_id, kind=kind)
    elif keys.unseal(key, person_id, kind, row.sealed) == text:
        return
    _write(row, key, text, at)
    db.session.flush()


def remove_detail(person_id: UUID, kind: DetailKind) -> None:
    """Forget one detail."""
    db.session.execute(
        delete(PersonDetail).where(PersonDetail.person_id == person_id, PersonDetail.kind == kind)
    )


def verify_contact(person_id: UUID, kind: DetailKind, at: datetime) -> None:
    """A code that was sent there came back."""
    row = _row(person_id, kind)
    if row is not None:
        row.verified = at


def details(person_id: UUID) -> dict[DetailKind, str]:
    """Everything known of one person, in clear.  Empty for somebody erased."""
    return details_of([person_id]).get(person_id, {})


DETAILS: Any = (
    select(PersonDetail.person_id, PersonDetail.kind, PersonDetail.sealed, PersonKey.field_key, PersonKey.wrapped)
    .join(PersonKey, PersonKey.person_id == PersonDetail.person_id)
    .where(PersonDetail.person_id.in_(bindparam("people", expanding=True)))
    .where(PersonDetail.kind.in_(bindparam("kinds", expanding=True)))
)


def details_of(
    person_ids: Iterable[UUID], kinds: Iterable[DetailKind] = tuple(DetailKind)
) -> dict[UUID, dict[DetailKind, str]]:
    """The same for several people in one statement, if wanted only of some kinds."""
    known: dict[UUID, dict[DetailKind, str]] = {person_id: {} for person_id in person_ids}
    if not known:
        return known
    opened: dict[UUID, bytes] = {}
    rows = db.session.execute(DETAILS, {"people": list(known), "kinds": [str(kind) for kind in kinds]})
    for person_id, kind, sealed, field_key, wrapped in rows:
        if person_id not in opened:
            opened[person_id] = keys.unwrapped(person_id, field_key, wrapped)
        known[person_id][DetailKind(kind)] = keys.unseal(opened[person_id], person_id, kind, sealed)
    return known


SEALED = (PersonDetail.sealed, PersonKey.field_key, PersonKey.wrapped)


def with_names(wanted: Any, person_id: Any) -> Any:
    """A statement that selects ``SEALED`` beside its own columns, with the sealed name of ``person_id`` in each row."""
    named = and_(PersonDetail.person_id == person_id, PersonDetail.kind == DetailKind.NAME.value)
    return wanted.outerjoin(PersonDetail, named).outerjoin(PersonKey, PersonKey.person_id == PersonDetail.person_id)


def unsealed(person_id: UUID | None, sealed: bytes | None, field_key: str | None, wrapped: bytes | None) -> str:
    """The name out of such a row; an empty one for somebody erased or nameless."""
    if person_id is None or sealed is None or field_key is None or wrapped is None:
        return ""
    return keys.unseal(keys.unwrapped(person_id, field_key, wrapped), person_id, DetailKind.NAME, sealed)


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of several people; an empty name for somebody erased or nameless."""
    known = details_of(person_ids, [DetailKind.NAME])
    return {person_id: found.get(DetailKind.NAME, "") for person_id, found in known.items()}


def masked(person_id: UUID) -> dict[DetailKind, str]:
    """What is known of one person as staff see it: names in full, the rest half."""
    return {
        kind: text if kind == DetailKind.NAME else contacts.masked(kind, text)
        for kind, text in details(person_id).items()
    }


def reveal(
    person_id: UUID, kind: DetailKind, by: Actor, at: datetime, reason: str = "", case_id: UUID | None = None
) -> str:
    """One detail in full, and a row that says so, which the person can read."""
    if by.person_id is not None:
        row = Reveal(person_id=person_id, kind=kind, by_person=by.person_id, role=by.role, at=at)
        row.case_id, row.reason = case_id, reason[:300]
        db.session.add(row)
    return details(person_id).get(kind, "")


def reveals_of(person_id: UUID) -> list[Reveal]:
    """Who saw this person's details in full, newest first."""
    rows = select(Reveal).where(Reveal.person_id == person_id).order_by(Reveal.at.desc())
    return list(db.session.scalars(rows))


def find_by_contact(kind: DetailKind, value: str) -> list[UUID]:
    """Everybody with this normalised contact; a telephone may be a family's."""
    rows = select(PersonDetail.person_id).where(
        PersonDetail.kind == kind, PersonDetail.digest.in_(keys.digests(kind, value))
    )
    return list(db.session.scalars(rows))


def verified_contacts(person_id: UUID) -> dict[DetailKind, str]:
    """The contacts that a code can be sent to because one came back from there."""
    rows = select(PersonDetail.kind).where(
        PersonDetail.person_id == person_id, PersonDetail.verified.is_not(None)
    )
    kinds = {DetailKind(kind) for kind in db.session.scalars(rows)}
    known = details_of([person_id], kinds)[person_id]
    return {kind: known[kind] for kind in CONTACTS if kind in known}


def locale_of(person_id: UUID) -> str | None:
    """The language that this person reads."""
    return db.session.scalar(select(Person.locale).where(Person.id == person_id))


def set_locale(person_id: UUID, locale: str) -> None:
    """Remember the language that this person chose."""
    person = db.session.get(Person, person_id)
    if person is not None:
        person.locale = locale


def erase(person_id: UUID, at: datetime) -> None:
    """Destroy the key, then the rows that it closed and the ways to sign in.  The pseudonym stays."""
    keys.destroy_key(person_id)
    for table in (PersonDetail, Credential, Totp, RecoveryCode):
        db.session.execute(delete(table).where(table.person_id == person_id))
    person = db.session.get(Person, person_id)
    if person is not None:
        person.erased = at


def rewrap(limit: int = 500) -> int:
    """Move people to the newest field key, digests included; call until it answers 0."""
    moved = keys.rewrap_keys(limit)
    opened = keys.keys_of(moved)
    for row in db.session.scalars(select(PersonDetail).where(PersonDetail.person_id.in_(moved))):
        text = keys.unseal(opened[row.person_id], row.person_id, row.kind, row.sealed)
        if row.digest is not None:
            row.digest = keys.digest(row.kind, text)
        credential = db.session.get(Credential, row.person_id) if row.kind == DetailKind.EMAIL else None
        if credential is not None:
            credential.login_digest = keys.digest("sign-in", text)
    return len(moved)


def _row(person_id: UUID, kind: DetailKind) -> PersonDetail | None:
    return db.session.scalar(
        select(PersonDetail).where(PersonDetail.person_id == person_id, PersonDetail.kind == kind)
    )
