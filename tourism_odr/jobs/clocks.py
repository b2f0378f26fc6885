"""The sweep: every clock that has run out takes its step, once, in the order in which they ran out.

Case rows with a due clock are claimed first, so any number of sweeps may run beside each other and beside
people (``FOR UPDATE OF case SKIP LOCKED``; on SQLite the unit of work holds the one write lock).  The
clocks of the claimed cases take their steps in that same unit of work, all together: one look at what
they need, one flush.  When a step is refused or fails, the cases are worked on one at a time, each clock
in a part of its own: what a step refuses blocks its clock, with the reason, and is never tried again.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tourism_odr.cases import deadlines, issuing, steps
from tourism_odr.cases.announced import use_announced
from tourism_odr.cases.errors import StepRefusedError
from tourism_odr.cases.models import (
    Appointment,
    Case,
    Clock,
    Member,
    Party,
    PendingStep,
    Place,
    Service,
    Subject,
)
from tourism_odr.cases.models.clock import BLOCKED, CANCELLED, MET, RUNNING
from tourism_odr.cases.papers.pages import statements
from tourism_odr.db import among, attempt, db, fetch, rows_of, unit_of_work
from tourism_odr.people import persons
from tourism_odr.people.models import Organisation, Person
from tourism_odr.rulebooks import recount

log = logging.getLogger(__name__)
Papers = dict[str, Any]
BATCH = 100  # cases a transaction: a quarter of a second, for which a writer on SQLite waits
LOOK = 2000  # clocks that one look finds
REASON_MOST = 200

# A number that is not surely known (weak grade, or days of a year whose calendar was not published yet)
# harms nobody: it takes the step that only notes, and where there is none it stops with that reason.
HARMS: dict[str, str | None] = {
    "respondent.fall-silent": "respondent.note-unanswered",
    "respondent.count-as-refusal": "respondent.note-unanswered",
    "respondent.stay-silent": None,
    "respondent.lapse-invitation": None,
    "case.run-out": None,
    "case.decide-unsupplemented": None,
    "appointment.lapse": None,
    "offer.expire": None,
    "extension.lapse": None,
    "agreement.lapse": None,
    "instalment.miss": None,
    "instalment.presume": None,
}


class UncertainError(StepRefusedError):
    """The number behind the clock is not certain enough for a step that harms somebody."""


def sweep(at: datetime, *, batch: int = BATCH, only: Sequence[UUID] | None = None) -> int:
    """Take the steps of all clocks due at ``at``; answers how many ran out.  ``only``: of these cases."""
    done, waiting = 0, set[UUID]()
    while found := cases_due(at, waiting, only):
        idle = True
        for begun in range(0, len(found), batch):
            claimed, taken, left = _one_unit(at, batch, waiting, found[begun : begun + batch])
            done += taken
            waiting |= left
            idle = idle and not claimed
        if idle:
            break  # somebody else has them all
    return done


def cases_due(at: datetime, waiting: set[UUID], only: Sequence[UUID] | None = None) -> Sequence[UUID]:
    """Cases in which a clock has run out, those first that waited longest: read in one look, then claimed by id."""
    session = db.session()
    wanted = select(Clock.case_id).where(_due(at))  # along the index: a tick that finds nothing costs nothing
    if waiting:
        wanted = wanted.where(Clock.case_id.not_in(waiting))
    if only is not None:
        wanted = wanted.where(among(session, Clock.case_id, only))
    found = session.scalars(wanted.order_by(Clock.due_at).limit(LOOK)).all()
    session.rollback()
    return list(dict.fromkeys(found))


def _one_unit(at: datetime, batch: int, waiting: set[UUID], only: Sequence[UUID]) -> tuple[list[UUID], int, set[UUID]]:
    """Claim up to ``batch`` cases and work on them; when the unit as a whole fails, one case at a time."""
    claimed: list[UUID] = []
    try:
        return _claim_and_work(at, batch, waiting, only, claimed)
    except OperationalError:
        raise
    except Exception as wrong:  # whichever case it was must not hold up the others
        if not isinstance(wrong, StepRefusedError):
            log.exception("sweep of %s cases failed", len(claimed))
        if batch > 1:
            return _claim_and_work_alone(at, claimed)
        for case_id in claimed:
            _block_all(case_id, at)
        return claimed, len(claimed), set()


def _claim_and_work_alone(at: datetime, case_ids: list[UUID]) -> tuple[list[UUID], int, set[UUID]]:
    done, left = 0, set[UUID]()
    for case_id in case_ids:
        _, taken, waits = _one_unit(at, 1, set(), [case_id])
        done += taken
        left |= waits
    return case_ids, done, left


def _claim_and_work(
    at: datetime, batch: int, waiting: set[UUID], only: Sequence[UUID], claimed: list[UUID]
) -> tuple[list[UUID], int, set[UUID]]:
    done, left = 0, set[UUID]()
    with unit_of_work() as session:
        cases = _claim(session, at, batch, waiting, only)
        claimed.extend(case.id for case in cases)
        session.info["locked_cases"] = {case.id: case for case in cases}
        papers = _look(session, cases)
        session.info["outermost_step"] = sweep  # numbers are drawn once, after all cases, in one order
        for case_id in claimed:
            taken, waits = _work(session, case_id, at, papers[case_id], apart=batch == 1)
            done += taken
            if waits:
                left.add(case_id)
        del session.info["outermost_step"]
        issuing.number_waiting(session)
    return claimed, done, left


def _due(at: datetime) -> ColumnElement[bool]:
    return and_(Clock.status == RUNNING, Clock.due_at <= at)


def _claim(
    session: Session, at: datetime, batch: int, waiting: set[UUID], only: Sequence[UUID]
) -> list[Case]:
    has_due = exists(select(Clock.id).where(Clock.case_id == Case.id, _due(at)).correlate(Case))
    wanted = select(Case).where(among(session, Case.id, only), has_due)
    if waiting:
        wanted = wanted.where(Case.id.not_in(waiting))
    locked = wanted.limit(batch).with_for_update(of=Case, skip_locked=True)
    found = session.scalars(locked, execution_options={"populate_existing": True})
    return sorted(found, key=lambda case: case.id)


def _look(session: Session, cases: list[Case]) -> dict[UUID, Papers]:
    """Read at once what the steps of all these cases are going to ask for; answers what their papers say."""
    ids = [case.id for case in cases]
    for model in (Subject, Clock, PendingStep, Place, Member, Service, Appointment):
        fetch(session, model, case_id=ids)
    parties = fetch(session, Party, case_id=ids)
    people = {party.person_id for party in parties if party.person_id}
    bodies = {case.body_id for case in cases}
    firms = {party.organisation_id for party in parties if party.organisation_id}
    session.scalars(select(Person).where(among(session, Person.id, people))).all()
    session.scalars(select(Organisation).where(among(session, Organisation.id, bodies | firms))).all()
    names, said = persons.names_of(people), statements(session, ids)
    return {case_id: {"names": names, "statement": said.get(case_id)} for case_id in ids}


def _work(session: Session, case_id: UUID, at: datetime, papers: Papers, *, apart: bool) -> tuple[int, bool]:
    """All due clocks of one case; answers how many ran out, and whether some wait for a click to become final."""
    done = 0
    while found := _next(session, case_id, at):
        clock, ready = found
        if not ready:
            return done, True
        (_run_out_apart if apart else _run_out)(session, clock, at, papers)
        done += 1
    return done, False


def _next(session: Session, case_id: UUID, at: datetime) -> tuple[Clock, bool] | None:
    """The first due clock, and whether it is ready: a click made before a limit ran out is judged by the click."""
    due = [one for one in rows_of(session, Clock, case_id=case_id) if one.status == RUNNING and one.due_at <= at]
    waiting = [one for one in rows_of(session, PendingStep, case_id=case_id) if one.status == "waiting"]
    clicked = min((one.clicked_at for one in waiting), default=None)

    def ready(clock: Clock) -> bool:
        return clock.pending_id is not None or clicked is None or clicked > clock.due_at

    first = min(due, key=lambda clock: (not ready(clock), clock.due_at, clock.id), default=None)
    return (first, ready(first)) if first else None


def _run_out(session: Session, clock: Clock, at: datetime, papers: Papers) -> None:
    """Take the step of one clock; a number that is not certain enough stops it before anything is written."""
    try:
        if clock.pending_id is not None:
            _make_final(session, clock, at)
        elif not _moved_later(session, clock, at):
            _take(session, clock, at, papers)
    except UncertainError as refused:
        _block(session, clock.id, at, str(refused))
    deadlines.refresh_due(session, session.get_one(Subject, clock.subject_id))


def _run_out_apart(session: Session, clock: Clock, at: datetime, papers: Papers) -> None:
    """The same in a part of its own: what is refused or fails blocks this clock, and nothing else."""
    clock_id, subject_id = clock.id, clock.subject_id
    try:
        with attempt():
            _run_out(session, clock, at, papers)
        return
    except StepRefusedError as refused:
        reason = str(refused)
    except OperationalError:
        raise
    except Exception as wrong:  # a fault in one case is not everybody's
        log.exception("clock %s failed", clock_id)
        reason = f"error: {type(wrong).__name__}"
    _block(session, clock_id, at, reason)
    deadlines.refresh_due(session, session.get_one(Subject, subject_id))


def _take(session: Session, clock: Clock, at: datetime, papers: Papers) -> None:
    subject = session.get_one(Subject, clock.subject_id)
    name = deadlines.step_when_missed(session, session.get_one(Case, clock.case_id), subject, clock)
    if (clock.weak or clock.provisional) and name in HARMS:
        gentle = HARMS[name]
        if gentle is None:
            raise UncertainError(deadlines.UNCERTAIN)
        name = gentle
    deadlines.end_clock(clock, at)
    steps.by_the_clock(subject.id, name, at=at, clock=clock, papers=papers)


def _moved_later(session: Session, clock: Clock, at: datetime) -> bool:
    """A day counted before its year's calendar was published is counted again; it may turn out later."""
    if not clock.provisional or clock.derivation.get("basis"):
        return False
    use_announced(session)
    anew = recount(clock.derivation)
    if not anew.provisional:
        clock.due_at, clock.day, clock.provisional = anew.at, anew.day, False
        clock.derivation = anew.derivation
    return clock.due_at > at


def _make_final(session: Session, clock: Clock, at: datetime) -> None:
    """The time for taking a step back has run: it is taken as of its click, or its author is told that it was lost."""
    pending = session.get_one(PendingStep, clock.pending_id)
    if pending.status != "waiting":
        deadlines.end_clock(clock, at, CANCELLED)
        return
    deadlines.end_clock(clock, at, MET)
    try:
        with attempt():
            steps.finalise(pending, at)
    except StepRefusedError:
        session.refresh(pending)
        steps.end_pending(session, pending, at)


def _block(session: Session, clock_id: UUID, at: datetime, reason: str) -> None:
    clock = session.get_one(Clock, clock_id, populate_existing=True)
    deadlines.end_clock(clock, at, BLOCKED)
    clock.reason = reason[:REASON_MOST]
    pending = session.get(PendingStep, clock.pending_id) if clock.pending_id else None
    if pending is not None and pending.status == "waiting":  # nothing may wait for it any longer
        steps.end_pending(session, pending, at)
    session.flush()


def _block_all(case_id: UUID, at: datetime) -> None:
    """A case whose unit cannot be saved at all stops here, visibly, instead of failing every minute."""
    with unit_of_work() as session:
        due = select(Clock.id).where(Clock.case_id == case_id, _due(at))
        for clock_id in session.scalars(due).all():
            _block(session, clock_id, at, "the step could not be saved")
