"""A person in a role, for one organisation or for themselves."""

from dataclasses import dataclass
from uuid import UUID

from tourism_odr.people.roles import Role


@dataclass(frozen=True)
class Actor:
    """Who acts, as what, and for which organisation; ``person_id`` is the pseudonym that the ledger keeps."""

    person_id: UUID | None
    role: Role
    organisation_id: UUID | None = None
    session_id: UUID | None = None
    link: bool = False  # came by secret link: reads, writes, adds evidence; what binds also needs a code


THE_CLOCK = Actor(None, Role.CLOCK)
THE_TABLE = Actor(None, Role.TABLE)
