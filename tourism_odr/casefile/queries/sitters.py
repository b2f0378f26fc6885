"""Who acted for whom: lines of the ledger that were written in a sitting name both."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.casefile.queries.overview import Overview
from tourism_odr.people import persons
from tourism_odr.people.models import Organisation, Sitting
from tourism_odr.text import M, Message
from tourism_odr.web.names import called


def sitters(session: Session, view: Overview) -> dict[UUID, Message]:
    """By line: who acted, of which office, and for which party."""
    acted = {event.id: UUID(event.facts["sitting"]) for event in view.events if "sitting" in event.facts}
    if not acted:
        return {}
    rows = session.execute(
        select(Sitting, Organisation)
        .outerjoin(Organisation, Organisation.id == Sitting.organisation_id)
        .where(Sitting.id.in_(set(acted.values())))
    ).all()
    names = persons.names_of(row.Sitting.person_id for row in rows)
    said = {
        row.Sitting.id: _both(names[row.Sitting.person_id], row.Organisation, view.name_of(row.Sitting.party_id)) for row in rows
    }
    return {line: said[sitting] for line, sitting in acted.items() if sitting in said}


def _both(name: str, office: Organisation | None, party: str) -> Message:
    if office is None:
        return M("%(name)s for %(party)s", name=name, party=party)
    return M("%(name)s (%(office)s) for %(party)s", name=name, office=called(office), party=party)
