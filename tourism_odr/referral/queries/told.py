"""A suit as the side that is sued, the mediator, and the plaintiff under the court see it: no paper of the plaintiff."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import readable_documents
from tourism_odr.cases.categories import TRIP_SHEET
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Clock, CourtOutcome, Document, Filing, ItemText, Subject
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.models.document import ISSUED
from tourism_odr.cases.queries import places_of
from tourism_odr.cases.suits import agreed_values
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.referral.queries.package import Side, sides
from tourism_odr.web.names import called
from tourism_odr.web.trip import trip_value


@dataclass(frozen=True)
class Told:
    """Court, sides, clocks, papers for both sides, what came of it, and the room if it is open to the reader."""

    filing: Filing
    court: str
    sides: list[Side]
    clocks: list[Clock]
    documents: list[Document]
    outcome: CourtOutcome | None
    terms: str
    room: bool


def told(session: Session, case: Case, subject: Subject, actor: Actor, at: datetime) -> Told | None:
    """None for what is no suit."""
    filing = session.get(Filing, subject.id)
    if filing is None:
        return None
    clocks = session.scalars(select(Clock).where(Clock.subject_id == subject.id, Clock.status == RUNNING).order_by(Clock.due_at))
    papers = (
        select(Document)
        .where(Document.subject_id == subject.id, Document.status == ISSUED, readable_documents(actor, at))
        .order_by(Document.issued_at.desc())
    )
    outcome = session.get(CourtOutcome, filing.id)
    written = session.get(ItemText, outcome.item_id) if outcome and outcome.item_id else None
    rooms = {place.kind for place in places_of(session, case.id, actor, at)}
    return Told(
        filing, called(session.get_one(Organisation, filing.court_id)), sides(session, filing), list(clocks),
        list(session.scalars(papers)), outcome, written.body if written else "", PlaceKind.JOINT.value in rooms,
    )  # fmt: skip


def facts(session: Session, filing: Filing) -> list[tuple[str, str]]:
    """What the court gets, as the reader of a page writes days and money: the values on which every side agrees."""
    currency = session.get_one(Case, filing.case_id).currency
    return [
        (TRIP_SHEET.get(one.key, one.key), trip_value(one.key, one.value, currency)) for one in agreed_values(session, filing)
    ]
