"""What lies on a court's desk: its suits by the next deadline, each with sides and clock; and one suit whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import visible_cases
from tourism_odr.cases.lifecycle import suit
from tourism_odr.cases.models import Case, Clock, Filing, Party, Subject
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.people.actor import Actor
from tourism_odr.text import N_
from tourism_odr.web.names import party_names

SIZE = 25


@dataclass(frozen=True)
class Show:
    """One tab of the desk: which stages it holds."""

    code: str
    title: str
    stages: tuple[str, ...]
    empty: str


SHOWS = (
    Show("incoming", N_("Incoming"), (suit.SUBMITTED,), N_("No suit waits for registration.")),
    Show("returned", N_("Returned"), (suit.RETURNED, suit.PREPARED, suit.SIGNED), N_("No suit is being corrected.")),
    Show("registered", N_("Registered"), (suit.REGISTERED,), N_("No registered suit is open.")),
    Show("mediating", N_("In mediation"), suit.MEDIATING, N_("No case is in mediation under this court.")),
    Show(
        "ended", N_("Ended"),
        (suit.INSTRUMENT, suit.SUIT_WITHDRAWN, suit.AGREED, suit.DECIDED, suit.REFUSED, suit.WITHDRAWN),
        N_("No suit has ended."),
    ),
)  # fmt: skip
BY_CODE = {show.code: show for show in SHOWS}


@dataclass(frozen=True)
class Row:
    """One suit on the desk."""

    subject: Subject
    case: Case
    filing: Filing
    clock: Clock | None
    plaintiff: str
    defendants: tuple[str, ...]

    @property
    def late(self) -> bool:
        """Submitted, and its clock has run out."""
        return self.subject.stage == suit.SUBMITTED and self.clock is None


def on_desk(actor: Actor, at: datetime, stages: Iterable[str]) -> ColumnElement[bool]:
    """Suits of the actor's court in these stages."""
    return and_(
        Subject.kind == "filing", Subject.desk_id == actor.organisation_id, Subject.stage.in_(tuple(stages)),
        visible_cases(actor, at),
    )  # fmt: skip


def rows(session: Session, actor: Actor, at: datetime, show: Show, page: int = 1) -> list[Row]:
    """One page of a tab, the next deadline first; two statements and the names."""
    running = and_(Clock.subject_id == Subject.id, Clock.status == RUNNING, Clock.due_at == Subject.due)
    found = session.execute(
        select(Subject, Case, Filing, Clock)
        .join(Case, Case.id == Subject.case_id)
        .join(Filing, Filing.id == Subject.id)
        .outerjoin(Clock, running)
        .where(on_desk(actor, at, show.stages))
        .order_by(Subject.due.is_(None), Subject.due, Subject.created.desc(), Subject.id)
        .offset((page - 1) * SIZE)
        .limit(SIZE)
    ).all()
    names = _names(session, [filing for _, _, filing, _ in found])
    return [
        Row(
            subject, case, filing, clock, names.get(filing.plaintiff_id, ""),
            tuple(names.get(UUID(sued), "") for sued in filing.respondents),
        )
        for subject, case, filing, clock in found
    ]  # fmt: skip


def _names(session: Session, filings: Sequence[Filing]) -> dict[UUID, str]:
    ids = {filing.plaintiff_id for filing in filings} | {UUID(sued) for filing in filings for sued in filing.respondents}
    return party_names(session, session.scalars(select(Party).where(Party.id.in_(ids))))


def counts(session: Session, actor: Actor, at: datetime) -> dict[str, int]:
    """How many suits each tab holds, in one statement."""
    stages = [stage for show in SHOWS for stage in show.stages]
    found = session.execute(
        select(Subject.stage, func.count())
        .join(Case, Case.id == Subject.case_id)
        .where(on_desk(actor, at, stages))
        .group_by(Subject.stage)
    )
    by_stage = {stage: number for stage, number in found}
    return {show.code: sum(by_stage.get(stage, 0) for stage in show.stages) for show in SHOWS}
