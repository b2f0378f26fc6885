"""Personal data of a paper: closed under the person's own key in every row, and opened only in the file made of it."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tourism_odr.people import keys
from tourism_odr.text import N_

PURPOSE = "suit"
PERSONAL = {
    "name": N_("Name"),
    "gender": N_("Gender"),
    "birth": N_("Date of birth"),
    "nationality": N_("Nationality"),
    "identity": N_("Kind and number of the identity document"),
    "address": N_("Address"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "recipient": N_("Who receives for the plaintiff"),
    "post_code": N_("Postcode"),
}
ERASED = N_("Personal data were erased")


def seal(person_id: UUID, values: Mapping[str, str]) -> bytes:
    """Close what only the papers may show; destroying the person's key erases it."""
    text = json.dumps(dict(values), ensure_ascii=False)
    return keys.seal(keys.keys_of([person_id])[person_id], person_id, PURPOSE, text)


def unseal(person_id: UUID, sealed: bytes | None) -> dict[str, str]:
    """What was closed; nothing once the person was erased."""
    key = keys.keys_of([person_id]).get(person_id) if sealed else None
    if key is None or sealed is None:
        return {}
    opened: dict[str, str] = json.loads(keys.unseal(key, person_id, PURPOSE, sealed))
    return opened


def lines(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The sealed lines of frozen data: label (a message id) and value, in the order of ``PERSONAL``."""
    if not data.get("sealed"):
        return []
    opened = unseal(UUID(data["person"]), bytes.fromhex(data["sealed"]))
    return [(label, opened[name]) for name, label in PERSONAL.items() if opened.get(name)] or [(ERASED, "-")]
