"""The read log: one row for each look of staff at a case or at one of its files, written after the answer.

Only looks that were answered are written; a page is not lost because the row could not be.
"""

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from flask import Response, after_this_request
from sqlalchemy.exc import OperationalError

from tourism_odr.cases.models import Reading
from tourism_odr.clock import now
from tourism_odr.db import unit_of_work
from tourism_odr.people.roles import STAFF
from tourism_odr.web.identity import current_actor

CASE, FILE, ORIGINAL, DOCUMENT, ROOM = "case", "file", "original", "document", "room"
VOLUME = "volume-{part}"
FIRST_ERROR = 400
WRITE = Reading.__table__.insert()  # type: ignore[attr-defined]  # a table, which mypy takes for any selectable


def note_reading(case_id: UUID, what: str) -> None:
    """Write down that the reader, being staff, looked at ``what`` of this case: one row for one answer."""
    actor, at = current_actor(), now()
    if actor.role not in STAFF:
        return

    @after_this_request
    def write(response: Response) -> Response:
        if response.status_code < FIRST_ERROR:
            with suppress(OperationalError), unit_of_work() as session:
                look: dict[str, Any] = {"id": uuid4(), "case_id": case_id, "person_id": actor.person_id, "role": actor.role.value}
                look |= {"organisation_id": actor.organisation_id, "what": what, "allowed": True, "at": at}
                session.execute(WRITE, look)
        return response
