"""Secrets that must travel in a message: closed with the person's key while they wait in the outbox."""

import base64
from uuid import UUID

from tourism_odr.people import keys

LABEL = "outbox"
PREFIX = "sealed_"  # a notice's parameter of such a name is opened by the sender alone, and never kept


def seal_for_outbox(person_id: UUID, secret: str) -> str:
    """The secret as it may stand in a notice's parameters."""
    key = keys.keys_of([person_id])[person_id]
    return base64.b64encode(keys.seal(key, person_id, LABEL, secret)).decode()


def open_from_outbox(person_id: UUID, sealed: str) -> str:
    """What the sender writes into the message."""
    key = keys.keys_of([person_id])[person_id]
    return keys.unseal(key, person_id, LABEL, base64.b64decode(sealed))
