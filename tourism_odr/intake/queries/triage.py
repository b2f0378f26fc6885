"""The queues of a supervising body: what waits for its officers and its head, the next due first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from tourism_odr.cases.audience import AT, anybody, reading, visible_cases
from tourism_odr.cases.lifecycle import appointment, respondent, transfer
from tourism_odr.cases.lifecycle import case as complaint
from tourism_odr.cases.models import Case, Party, Subject
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import Role
from tourism_odr.text import N_, registered_name
from tourism_odr.web.locale import current_locale

SIZE = 25
TRANSFER = "transfer"


@dataclass(frozen=True)
class Queue:
    """One tab: what lies in it, and what it says when nothing does."""

    code: str
    title: str
    kind: str
    stages: tuple[str, ...]
    empty: str


QUEUES = (
    Queue("decide", N_("To decide"), "case", (complaint.LODGED,), N_("No complaint waits for a decision.")),
    Queue("returned", N_("Returned"), "case", (complaint.RETURNED,), N_("No complaint is with a tourist for completion.")),
    Queue("approve", N_("Refusals to approve"), "case", (complaint.REFUSAL_PROPOSED,), N_("No refusal waits for the head.")),
    Queue("serve", N_("To serve"), "respondent", (respondent.AWAITING_SERVICE,), N_("Every respondent is served.")),
    Queue("silent", N_("Silent"), "respondent", (respondent.REMINDER_ASKED, respondent.SILENT, respondent.UNANSWERED),
          N_("No respondent is silent.")),
    Queue("mediator", N_("Mediator to assign"), "respondent", (respondent.MEDIATION,), N_("Every case in mediation has its mediator.")),
    Queue("transfers", N_("Offered to us"), "transfer", (transfer.OFFERED, transfer.REFERRED), N_("No other body has offered us a complaint.")),
)  # fmt: skip
BY_CODE = {queue.code: queue for queue in QUEUES}
CODE_OF = {(queue.kind, stage): queue.code for queue in QUEUES for stage in queue.stages}


@dataclass(frozen=True)
class Filters:
    """What the address narrows a queue to."""

    words: str = ""
    category: str = ""
    late: bool = False

    @property
    def some(self) -> bool:
        return bool(self.words or self.category or self.late)


@dataclass(frozen=True)
class Waiting:
    """One line of a queue."""

    respondents: Sequence[str | None]  # None: somebody the tourist could not name
    case_id: UUID
    jurisdiction: str
    received_at: datetime
    number: str
    category: str
    claimed: Decimal | None
    currency: str
    subject_id: UUID
    kind: str
    stage: str
    due: datetime | None


def counts(session: Session, actor: Actor, at: datetime, filters: Filters) -> dict[str, int]:
    """How many wait in each queue: counted by stage in one pass, for no two queues share one."""
    wanted = _counts(actor.role).where(*_narrowed(filters, at)) if filters.some else _counts(actor.role)
    found = dict.fromkeys(BY_CODE, 0)
    for kind, stage, number in session.execute(wanted, reading(actor, at)):
        if (kind, stage) in CODE_OF:
            found[CODE_OF[kind, stage]] += number
    return found


@cache
def _counts(role: Role) -> Select[str, str, int]:
    kinds, stages = zip(*CODE_OF, strict=True)
    body = anybody(role).organisation_id
    ours = or_(
        and_(Subject.kind == TRANSFER, Subject.desk_id == body),
        and_(Subject.kind != TRANSFER, Case.body_id == body, or_(Subject.stage != respondent.MEDIATION, _unheld())),
    )
    wanted = select(Subject.kind, Subject.stage, func.count()).join(Case, Case.id == Subject.case_id)
    wanted = wanted.where(Subject.kind.in_(set(kinds)), Subject.stage.in_(set(stages)), visible_cases(anybody(role), AT))
    return wanted.where(ours).group_by(Subject.kind, Subject.stage)


def waiting(
    session: Session, queue: Queue, actor: Actor, at: datetime, filters: Filters, page: int = 1
) -> list[Waiting]:
    """One page of a queue; what has no date comes last."""
    wanted = _waiting(queue, actor.role)
    wanted = wanted.where(*_narrowed(filters, at)) if filters.some else wanted
    rows = session.execute(wanted, reading(actor, at, skipped=(page - 1) * SIZE)).all()
    names = _respondents(session, [row.case_id for row in rows])
    return [Waiting(_of(names, row.case_id, row.kind, row.subject_id), *row) for row in rows]


@cache
def _waiting(queue: Queue, role: Role) -> Any:
    wanted = select(
        Case.id.label("case_id"), Case.jurisdiction, Case.received_at, Case.number, Case.category, Case.claimed, Case.currency,
        Subject.id.label("subject_id"), Subject.kind, Subject.stage, Subject.due,
    ).join(Subject, Subject.case_id == Case.id)  # fmt: skip
    # One stage in the order of its index: the database stops when the page is full, however long the queue.
    [stage, *more] = queue.stages
    here = Subject.stage.in_(queue.stages) if more else Subject.stage == stage
    wanted = wanted.where(Subject.kind == queue.kind, here, visible_cases(anybody(role), AT), _ours(queue, anybody(role)))
    wanted = wanted.order_by(Subject.due.nulls_last(), Case.received_at, Subject.id)
    return wanted.offset(bindparam("skipped")).limit(SIZE)


def _ours(queue: Queue, actor: Actor) -> ColumnElement[bool]:
    """A transfer lies with the body that it is offered to; everything else with the body of the case."""
    if queue.kind == TRANSFER:
        return Subject.desk_id == actor.organisation_id
    ours = Case.body_id == actor.organisation_id
    return and_(ours, _unheld()) if queue.code == "mediator" else ours


def _unheld() -> ColumnElement[bool]:
    """No mediator is asked or at work in the case."""
    other = aliased(Subject)
    held = exists().where(
        other.case_id == Case.id, other.kind == "appointment", other.stage.in_((appointment.OFFERED, appointment.ACTIVE))
    )
    return ~held


def _narrowed(filters: Filters, at: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.words:
        named = exists().where(
            Party.case_id == Case.id, Party.side == RESPONDENT, Party.typed_name.contains(filters.words, autoescape=True)
        )
        registered = exists().where(
            Party.case_id == Case.id, Organisation.id == Party.organisation_id,
            or_(
                Organisation.name.contains(filters.words, autoescape=True),
                Organisation.name_en.icontains(filters.words, autoescape=True),
            ),
        )  # fmt: skip
        found.append(or_(Case.number.contains(filters.words, autoescape=True), named, registered))
    if filters.category:
        found.append(Case.category == filters.category)
    if filters.late:
        found.append(Subject.due < at)
    return found


Names = Mapping[UUID, list[tuple[UUID, str | None]]]


RESPONDENTS: Any = (
    select(Party.case_id, Party.id, Party.typed_name, Organisation.name, Organisation.name_en)
    .outerjoin(Organisation, Organisation.id == Party.organisation_id)
    .where(Party.case_id.in_(bindparam("cases", expanding=True)), Party.side == RESPONDENT)
    .order_by(Party.number)
)


def _respondents(session: Session, case_ids: Sequence[UUID]) -> Names:
    found: dict[UUID, list[tuple[UUID, str | None]]] = {}
    locale = current_locale()
    for case_id, party_id, typed, name, name_en in session.execute(RESPONDENTS, {"cases": case_ids}):
        found.setdefault(case_id, []).append((party_id, registered_name(name, name_en, locale) if name else typed))
    return found


def _of(names: Names, case_id: UUID, kind: str, subject_id: UUID) -> list[str | None]:
    """The one respondent that the line is about, or all of the case."""
    all_of = names.get(case_id, [])
    return [name for party_id, name in all_of if kind != "respondent" or party_id == subject_id]
