"""What organisations and parties are called on every page: by the register, the Chinese name always there."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from tourism_odr.cases.models import Party
from tourism_odr.db import remember
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


NAMED: Any = (
    persons.with_names(select(Party, Organisation.name, Organisation.name_en, *persons.SEALED), Party.person_id)
    .outerjoin(Organisation, Organisation.id == Party.organisation_id)
    .where(Party.case_id == bindparam("case_id"))
    .order_by(Party.side, Party.number)
)


def parties_by_name(session: Session, case_id: UUID) -> list[tuple[Party, str]]:
    """The parties of a case as ``party_names`` calls them, complainants first, read with their names at once."""
    rows = session.execute(NAMED, {"case_id": case_id}).all()
    remember(session, Party, [row[0] for row in rows], case_id=[case_id])
    found = []
    for party, name, name_en, *sealed in rows:
        known = registered_name(name, name_en, current_locale()) if name else persons.unsealed(party.person_id, *sealed)
        found.append((party, known or party.typed_name or ""))
    return found
