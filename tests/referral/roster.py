"""A court that confirms the agreements of a body, for tests."""

from datetime import date, datetime
from uuid import UUID, uuid4

from tests.referral.courts import TheCourt, seated
from tourism_odr.cases.models import RosterEntry
from tourism_odr.db import unit_of_work

SINCE = date(2020, 1, 1)


def listed(body: UUID, at: datetime | None = None) -> TheCourt:
    """A court with this body on its roster."""
    with unit_of_work() as session:
        court = seated(at=at)
        session.add(
            RosterEntry(
                id=uuid4(), court_id=court.id, body_id=body, source="院发〔2020〕1号", grade="statute_text", since=SINCE,
                set_by=court.clerk.person_id,
            )
        )  # fmt: skip
    return court
