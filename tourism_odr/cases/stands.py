"""What each side said last of the trip sheet and the claim."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.models import Stand


def last_stands(session: Session, case_id: UUID) -> dict[tuple[UUID, UUID], str]:
    """(value or element, party) -> what that party said last."""
    rows = session.scalars(select(Stand).where(Stand.case_id == case_id).order_by(Stand.at, Stand.id))
    return {(row.target_id, row.party_id): row.stand for row in rows}
