"""A person in a role, for one organisation or for themselves."""

from dataclasses import dataclass
from uuid import UUID

from tourism_odr.people.roles import Role


@dataclass(frozen=True)
class Seat:
    """A recorded sitting: whoever holds it acts for one party of one case, and for nobody else meanwhile."""

    id: UUID
    case_id: UUID
    party_id: UUID
    principal_id: UUID  # the person or the organisation that the party is


@dataclass(frozen=True)
class Actor:
    """Who acts, as what, and for which organisation; ``person_id`` is the pseudonym that the ledger keeps."""

    person_id: UUID | None
    role: Role
    organisation_id: UUID | None = None
    session_id: UUID | None = None
    link: bool = False  # came by secret link: reads, writes, adds evidence; what binds also needs a code
    seat: Seat | None = None

    @property
    def reads_as(self) -> UUID | None:
        """The person whose places these are: one's own, or in a sitting those of the person acted for."""
        return self.seat.principal_id if self.seat and self.organisation_id is None else self.person_id


THE_CLOCK = Actor(None, Role.CLOCK)
THE_TABLE = Actor(None, Role.TABLE)
