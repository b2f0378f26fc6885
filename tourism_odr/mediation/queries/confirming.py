"""What the pages of an agreement show of its confirmation by a court: whether one is open, and what was signed for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tourism_odr.cases.confirming import (
    INSTRUCTIONS,
    Finding,
    application_of,
    can_be_asked_for,
    courts_for,
    findings,
    why_not,
    window,
)
from tourism_odr.cases.lifecycle import confirmation as stages
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.models import Agreement, Case, Confirmation, Subject
from tourism_odr.clock import local_day
from tourism_odr.db import db
from tourism_odr.people.models import Organisation
from tourism_odr.text import Message


@dataclass(frozen=True)
class ToSign:
    """The application that is signed beside the text."""

    row: Confirmation
    court: Organisation
    instruction: str
    findings: Sequence[Finding]


@dataclass(frozen=True)
class Road:
    """The courts that would confirm a text; none, and why."""

    courts: Sequence[Organisation]
    why: Message | None
    findings: Sequence[Finding]


@dataclass(frozen=True)
class Now:
    """Where the confirmation of an agreement in force stands, and what is open now."""

    subject: Subject | None
    stage: str
    confirmed: bool
    enforceable: bool
    can_submit: bool
    can_mend: bool
    closed: Message | None  # why the other side cannot be invited now; None: it can
    until: date | None
    number: str | None


def to_sign(session: Session, agreement_id: UUID) -> ToSign | None:
    """The application that waits for signatures."""
    found = application_of(session, agreement_id)
    if found is None or found[1].stage != stages.PREPARED:
        return None
    row = found[0]
    court = session.get_one(Organisation, row.court_id)
    case, agreement = session.get_one(Case, row.case_id), session.get_one(Agreement, agreement_id)
    return ToSign(row, court, INSTRUCTIONS[row.submission], findings(session, case, agreement, court))


def road(case: Case, agreement: Agreement, at: datetime) -> Road:
    """Said while a text is written and before it is signed."""
    session = db.session()
    courts = courts_for(session, case, agreement, local_day(at))
    chosen = next((court for court in courts if court.id == agreement.court_id), None)
    shown = findings(session, case, agreement, chosen) if agreement.joint_confirmation and courts else []
    return Road(courts, None if courts else why_not(session, case, agreement), shown)


def now_open(session: Session, case: Case, agreement: Agreement, at: datetime) -> Now:
    """What is open on an agreement in force: on a breach nothing else is offered."""
    found = application_of(session, agreement.id)
    stage = found[1].stage if found else ""
    return Now(
        subject=found[1] if found else None,
        stage=stage_title("confirmation", stage) if stage else "",
        confirmed=stage in stages.CONFIRMED,
        enforceable=stage == stages.GRANTED,
        can_submit=stage == stages.SIGNED,
        can_mend=stage in stages.RULED_OUT,
        closed=can_be_asked_for(session, case, agreement, at),
        until=window(case, agreement),
        number=found[0].number if found else None,
    )
