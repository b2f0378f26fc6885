"""At the counter: somebody who lost link and code shows who they are and gets new ones."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tourism_odr.cases import steps
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.models import Party
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.db import unit_of_work
from tourism_odr.people import links
from tourism_odr.people.actor import Actor
from tourism_odr.text import N_

SHOWN = {
    "identity-card": N_("Identity card, in person"),
    "passport": N_("Passport or travel permit, in person"),
    "paper": N_("Signed letter with a copy of the identity paper"),
}


@dataclass(frozen=True)
class IdentifyPerson:
    """Which complainant, and by what paper (a code of ``SHOWN``)."""

    case_id: UUID
    party_id: UUID
    shown: str


@dataclass(frozen=True)
class NewSecrets:
    """Shown once, to be handed over; nobody can read them again."""

    link: str = field(repr=False)
    code: str = field(repr=False)


def identify(command: IdentifyPerson, *, by: Actor, at: datetime) -> NewSecrets:
    """Renew link and recovery code; the old ones end, and the case shows who did it."""
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        party = session.get(Party, command.party_id)
        if party is None or party.case_id != command.case_id or party.side != COMPLAINANT or not party.person_id:
            raise NotYoursError("no complainant of this case")
        steps.take(
            command.case_id, "case.identify-person", by=by, at=at, party_id=party.id, facts={"basis": command.shown}
        )
        return NewSecrets(*links.renew(party.person_id, command.case_id, at))
