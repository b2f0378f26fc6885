"""What must hold of every case at every moment, whoever did whatever before."""

import re
from collections import defaultdict
from uuid import UUID

from sqlalchemy import func, select

from tourism_odr.cases.ledger import Fault, verify_all
from tourism_odr.cases.lifecycle import NEW, STEPS, TABLES
from tourism_odr.cases.models import Case, Clock, Document, Event, Member, Notice, Place, Subject
from tourism_odr.cases.models.clock import PAUSED, RUNNING
from tourism_odr.cases.models.document import ISSUED
from tourism_odr.db import db

NUMBER = re.compile(r"(\d+)号$")


def broken(case_id: UUID | None = None) -> list[str]:
    """Everything that is wrong, of one case or of all, in words."""
    db.session.rollback()
    return [*_chains(case_id), *_stages(case_id), *_clocks(case_id), *_numbers(case_id), *_notices(case_id)]


def _chains(case_id: UUID | None) -> list[str]:
    """Lines are linked, and their numbers have no gap."""
    return [str(found) for found in verify_all(db.session(), case_id) if isinstance(found, Fault)]


def _stages(case_id: UUID | None) -> list[str]:
    """Each stage stands in its table, and is the one into which the last line led."""
    wanted = select(Subject)
    lines = select(Event.subject_id, Event.step, Event.number, Event.at, Event.facts).order_by(Event.at, Event.number)
    if case_id:
        wanted, lines = wanted.where(Subject.case_id == case_id), lines.where(Event.case_id == case_id)
    entered = defaultdict(set)
    for line in db.session().execute(lines):
        if STEPS[line.step].enters:
            entered[line.subject_id].add(STEPS[line.step].enters)
    wrong = []
    for subject in db.session().scalars(wanted.execution_options(populate_existing=True)):
        if subject.stage not in TABLES[subject.kind].stages:
            wrong.append(f"{subject.kind} {subject.id} is {subject.stage}")
        elif subject.stage != NEW and subject.stage not in entered[subject.id]:
            wrong.append(f"{subject.kind} {subject.id} is {subject.stage}, and no line led there")
    return wrong


def _clocks(case_id: UUID | None) -> list[str]:
    """At most one of a key runs for a subject, and none for a subject to which nothing more happens."""
    rows = select(Clock.subject_id, Clock.key, Clock.name, Clock.pending_id, Subject.kind, Subject.stage).join(
        Subject, Subject.id == Clock.subject_id
    )
    rows = rows.where(Clock.status.in_((RUNNING, PAUSED)))
    if case_id:
        rows = rows.where(Clock.case_id == case_id)
    seen, wrong = set(), []
    for row in db.session().execute(rows):
        if (row.subject_id, row.key) in seen:
            wrong.append(f"two clocks {row.key} of {row.subject_id}")
        seen.add((row.subject_id, row.key))
        if row.stage in TABLES[row.kind].finals and row.pending_id is None:  # an undo time ends by telling its author
            wrong.append(f"clock {row.name} runs for a {row.kind} that is {row.stage}")
    return wrong


def _numbers(case_id: UUID | None) -> list[str]:
    """Documents of a body, kind and year, and cases of a year, are numbered 1, 2, 3 without a gap; of one case, its bodies'."""
    drawn: dict[tuple[object, ...], list[int]] = defaultdict(list)
    issued = select(Document.body_id, Document.kind, Document.number).where(Document.status == ISSUED, Document.number.not_like("%号-%"))
    if case_id:
        issued = issued.where(Document.body_id.in_(select(Document.body_id).where(Document.case_id == case_id)))
    lodged = select(Case.number).where(Case.number.not_like("%-B%"))  # this one and 号- are copies: nobody drew them
    for case in db.session().execute(lodged) if case_id is None else ():
        _, year, number = case.number.split("-")
        drawn["case", year].append(int(number))
    for row in db.session().execute(issued):
        found = NUMBER.search(row.number)
        assert found, row.number
        drawn[row.body_id, row.kind, row.number[: found.start()]].append(int(found[1]))
    return [f"numbers of {key}" for key, got in drawn.items() if sorted(got) != list(range(1, len(got) + 1))]


def _notices(case_id: UUID | None) -> list[str]:
    """A notice of a line goes to somebody who reads its place, or whom the table tells from outside."""
    rows = (
        select(Notice.person_id, Notice.organisation_id, Event.step, Event.place_id, Place.case_id)
        .join(Event, Event.id == Notice.event_id)
        .join(Place, Place.id == Event.place_id)
    )
    if case_id:
        rows = rows.where(Notice.case_id == case_id)
    members = select(Member.case_id, Member.principal_id)
    if case_id:
        members = members.where(Member.case_id == case_id)
    readers = {(case, who) for case, who in db.session().execute(members)}
    return [
        f"{row.step} was told to a stranger"
        for row in db.session().execute(rows)
        if not STEPS[row.step].outsiders and not {(row.case_id, row.person_id), (row.case_id, row.organisation_id)} & readers
    ]


def count(*where: object) -> int:
    """How many lines of the ledger."""
    return db.session().scalar(select(func.count()).select_from(Event).where(*where)) or 0  # type: ignore[arg-type]  # conditions
