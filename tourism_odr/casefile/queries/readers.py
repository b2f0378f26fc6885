"""Who of the staff has looked at a case: for the person whom the case is about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourism_odr.cases.models import Reading
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import TITLES, Role
from tourism_odr.text import N_

SIZE = 50
LOOKED_AT = {
    "case": N_("The page of the case"),
    "file": N_("A file"),
    "original": N_("A file as it was uploaded"),
    "document": N_("A document"),
    "room": N_("The room"),
    "volume-public": N_("The archive volume, the part open to inspection"),
    "volume-confidential": N_("The archive volume, the confidential part"),
}


@dataclass(frozen=True)
class Look:
    """One look: which part the reader has, for which organisation, at what, and when."""

    role: str
    organisation: str
    what: str
    at: datetime


def looks(session: Session, case_id: UUID, page: int) -> tuple[list[Look], int]:
    """The looks of staff at this case, newest first, and how many there were."""
    mine = Reading.case_id == case_id
    rows = session.execute(
        select(Reading.role, Organisation.name, Reading.what, Reading.at)
        .outerjoin(Organisation, Organisation.id == Reading.organisation_id)
        .where(mine)
        .order_by(Reading.at.desc(), Reading.id)
        .offset((page - 1) * SIZE)
        .limit(SIZE)
    )
    total = session.scalar(select(func.count()).select_from(Reading).where(mine)) or 0
    found = [Look(TITLES[Role(role)], name or "", LOOKED_AT.get(what, what), at) for role, name, what, at in rows]
    return found, total
