"""Field keys wrap each person's key; each person's key closes that person's details.

The field keys come from a file and are never in the database.  The first one writes, all of them read;
``rewrap`` moves rows to the first, after which the older ones can be taken out of the file.  Destroying the
one row with a person's key makes every detail, every old copy of it and every backup of it unreadable.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from tourism_odr.db import db
from tourism_odr.people.models import PersonKey

NONCE = 12
KEY = 32


class KeyMissingError(Exception):
    """No field key is set, or none of them opens this row."""


class Keyring:
    """The field keys, newest first, each with what is derived from it."""

    def __init__(self, field_keys: Iterable[bytes]) -> None:
        keys = list(field_keys)
        if not keys:
            raise KeyMissingError("no field key")
        self.wrapping = {_name(key): AESGCM(_derive(key, b"wrap")) for key in keys}
        self.looking_up = [_derive(key, b"look-up") for key in keys]
        self.newest = _name(keys[0])


_source: list[Callable[[], Iterable[bytes]]] = []
_in_use: list[Keyring] = []


def use(field_keys: Callable[[], Iterable[bytes]]) -> None:
    """Where this process finds its field keys; they are read when the first one is needed."""
    _source[:] = [field_keys]
    _in_use.clear()


def ring() -> Keyring:
    """The keys in use."""
    if not _in_use:
        if not _source:
            raise KeyMissingError("no field keys were taken into use")
        _in_use.append(Keyring(_source[0]()))
    return _in_use[0]


def make_key(person_id: UUID, at: datetime) -> bytes:
    """Give a person their key, and hand it out opened."""
    key = _new_key()
    db.session.add(
        PersonKey(person_id=person_id, field_key=ring().newest, wrapped=_wrap(key, person_id), made=at)
    )
    return key


def destroy_key(person_id: UUID) -> None:
    """Erase: from here on nobody reads this person's details, here or in a copy."""
    row = db.session.get(PersonKey, person_id)
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def keys_of(person_ids: Iterable[UUID]) -> dict[UUID, bytes]:
    """The opened keys of several people; those erased are left out."""
    rows = db.session.scalars(select(PersonKey).where(PersonKey.person_id.in_(set(person_ids))))
    return {row.person_id: opened(row) for row in rows}


def opened(row: PersonKey) -> bytes:
    """The key that the row wraps."""
    return unwrapped(row.person_id, row.field_key, row.wrapped)


def seal(key: bytes, person_id: UUID, label: str, text: str) -> bytes:
    """Close ``text``; it opens again only for this person and this label."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), f"{person_id}|{label}".encode())


def unseal(key: bytes, person_id: UUID, label: str, sealed: bytes) -> str:
    """Open what ``seal`` closed."""
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], f"{person_id}|{label}".encode()).decode()


def digest(purpose: str, value: str) -> bytes:
    """The keyed digest that is stored, under the newest key."""
    return digests(purpose, value)[0]


def digests(purpose: str, value: str) -> list[bytes]:
    """The digests to search by: one for each field key still in use."""
    message = f"{purpose}|{value}".encode()
    return [hmac.digest(key, message, hashlib.sha256) for key in ring().looking_up]


def rewrap_keys(limit: int) -> list[UUID]:
    """Move up to ``limit`` people's keys to the newest field key; says whose, so that digests can follow."""
    stale = select(PersonKey).where(PersonKey.field_key != ring().newest).limit(limit)
    moved = []
    for row in db.session.scalars(stale):
        row.wrapped = _wrap(opened(row), row.person_id)
        row.field_key = ring().newest
        moved.append(row.person_id)
    return moved


def _new_key() -> bytes:
    return secrets.token_bytes(KEY)


def _wrap(key: bytes, person_id: UUID) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + ring().wrapping[ring().newest].encrypt(nonce, key, person_id.bytes)


def unwrapped(person_id: UUID, field_key: str, wrapped: bytes) -> bytes:
    """The key of a person, out of what its row holds."""
    wrapping = ring().wrapping.get(field_key)
    if wrapping is None:
        raise KeyMissingError(f"field key {field_key} is not in the file")
    try:
        return wrapping.decrypt(wrapped[:NONCE], wrapped[NONCE:], person_id.bytes)
    except InvalidTag:
        raise KeyMissingError(f"the key of person {person_id} does not open") from None


def _derive(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, b"tourism-odr|" + purpose, hashlib.sha256)


def _name(key: bytes) -> str:
    return hashlib.sha256(b"name|" + key).hexdigest()[:16]
