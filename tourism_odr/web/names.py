"""What organisations and parties are called on every page: by the register, the Chinese name always there."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.models import Party
from tourism_odr.people import persons
from tourism_odr.people.models import Organisation
from tourism_odr.text import registered_name
from tourism_odr.web.locale import current_locale


def called(organisation: Organisation) -> str:
    """One organisation, for the reader of this page."""
    return registered_name(organisation.name, organisation.name_en, current_locale())


def organisation_names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of organisations by id."""
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.name_en).where(Organisation.id.in_(set(ids)))
    )
    return {id: registered_name(name, name_en, current_locale()) for id, name, name_en in rows}


def party_names(session: Session, parties: Iterable[Party]) -> dict[UUID, str]:
    """The name of each party as the others see it; whom no register knows is called as it was typed."""
    rows = list(parties)
    known = organisation_names(session, [row.organisation_id for row in rows if row.organisation_id])
    known |= persons.names_of(row.person_id for row in rows if row.person_id)
    return {row.id: known.get(row.organisation_id or row.person_id or row.id) or row.typed_name or "" for row in rows}
