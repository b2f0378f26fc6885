"""Looks up the case behind an address, as its reader may see it, and whether a step is open there now."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tourism_odr.people.actor import Actor
from tourism_odr.web.policy import Policy


@dataclass(frozen=True)
class Entry:
    """A case that its reader may see, the subject in question, and whether the stage has moved on."""

    case: Any
    subject: Any
    moved_on: bool = False


def open_door(actor: Actor, case_id: UUID, subject_id: UUID | None, policy: Policy) -> Entry | None:
    """``None`` when there is no such page for ``actor``."""
    raise NotImplementedError  # until the kernel has its queries
