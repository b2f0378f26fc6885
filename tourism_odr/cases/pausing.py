"""Time that stands still: which clocks a ground halts, and how they run on without those days.

A rule says under ``pauses`` for what its clock stands still (an appraisal); nothing else halts it.  ``halt`` and
``go_on`` are effects of the steps of a pause; a page asks ``pausable`` what it may offer to whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tourism_odr.cases import deadlines
from tourism_odr.cases.lifecycle.pause import ENDED, KEEPERS, RUNNING
from tourism_odr.cases.models import Case, Clock, Pause, Subject
from tourism_odr.cases.models import clock as clocks
from tourism_odr.cases.move import Move
from tourism_odr.cases.relations import watches
from tourism_odr.clock import local_day
from tourism_odr.db import rows_of
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.rulebooks import Due
from tourism_odr.rulebooks import Pause as Halt
from tourism_odr.text import M

STANDING = (clocks.RUNNING, clocks.PAUSED)
CAUSE = "pause"


@dataclass(frozen=True)
class Pausable:
    """A subject whose time can stand still: the clocks that would, and for what."""

    subject: Subject
    clocks: Sequence[Clock]
    reasons: Sequence[str]

    @property
    def begun(self) -> date:
        """The last day on which one of the counts began: no pause lies before it."""
        return max(date.fromisoformat(clock.derivation["start_day"]) for clock in self.clocks)


def pausable(session: Session, case: Case, actor: Actor, at: datetime) -> list[Pausable]:
    """The subjects whose time the actor may let stand still now, in the order of their next date."""
    if actor.role not in KEEPERS or not deadlines.offers(case, "pause.begin"):
        return []
    still = set(standing_still(session, case.id))
    found: dict[UUID, list[Clock]] = {}
    for clock in rows_of(session, Clock, case_id=case.id):
        runs = clock.status == clocks.RUNNING and clock.pending_id is None and clock.due_at > at
        if runs and clock.subject_id not in still and _grounds(clock):
            found.setdefault(clock.subject_id, []).append(clock)
    offered = [(session.get_one(Subject, id), sorted(those, key=lambda one: one.due_at)) for id, those in found.items()]
    offered.sort(key=lambda pair: pair[1][0].due_at)
    return [
        Pausable(subject, those, sorted({reason for clock in those for reason in _grounds(clock)}))
        for subject, those in offered
        if watches(session, case, subject, actor)
    ]


def _grounds(clock: Clock) -> tuple[str, ...]:
    """For what the rule lets this clock stand still; a day that a person set, or a count of minutes, never does."""
    if "runs" not in clock.derivation:
        return ()
    return deadlines.rule_of(clock).pauses


def standing_still(session: Session, case_id: UUID) -> dict[UUID, Pause]:
    """The pauses that run, by the subject whose time stands still."""
    running = {one.id for one in rows_of(session, Subject, case_id=case_id) if one.kind == "pause" and one.stage == RUNNING}
    return {one.about_id: one for one in rows_of(session, Pause, case_id=case_id) if one.id in running} if running else {}


def earlier_end(session: Session, about: Subject) -> date | None:
    """The last day of the latest pause of this subject: two pauses do not overlap."""
    ended = {one.id for one in rows_of(session, Subject, case_id=about.case_id) if one.kind == "pause" and one.stage == ENDED}
    known = rows_of(session, Pause, case_id=about.case_id)
    return max((one.last for one in known if one.about_id == about.id and one.id in ended and one.last), default=None)


def halt(move: Move) -> None:
    """The clocks of the subject whose rule names the ground stand still: they neither fire nor warn."""
    pause = move.session.get_one(Pause, move.subject.id)
    about = move.session.get_one(Subject, pause.about_id)
    for clock in deadlines.running(move.session, about):
        if clock.pending_id is None and clock.due_at > move.at and pause.reason in _grounds(clock):
            clock.status = clocks.PAUSED
    deadlines.refresh_due(move.session, about)


def go_on(move: Move) -> None:
    """The halted clocks run again, counted anew without the days of the pause."""
    pause = move.session.get_one(Pause, move.subject.id)
    for clock in halted(move.session, pause):
        due = without(clock, pause, str(move.event.id))
        clock.status = clocks.RUNNING
        deadlines.rewrite(move.session, clock, due, cause=CAUSE, cause_id=pause.id, at=move.at)
    deadlines.refresh_due(move.session, move.session.get_one(Subject, pause.about_id))


def go_on_as_before(move: Move) -> None:
    """Begun by mistake: the clocks run as if nothing had been."""
    pause = move.session.get_one(Pause, move.subject.id)
    for clock in halted(move.session, pause):
        clock.status = clocks.RUNNING
    deadlines.refresh_due(move.session, move.session.get_one(Subject, pause.about_id))


def halted(session: Session, pause: Pause) -> list[Clock]:
    """The clocks that this pause holds: a subject has one pause at a time."""
    known = rows_of(session, Clock, case_id=pause.case_id)
    return [clock for clock in known if clock.subject_id == pause.about_id and clock.status == clocks.PAUSED]


def without(clock: Clock, pause: Pause, evidence: str | None = None) -> Due:
    """The deadline without the days of the pause."""
    if pause.last is None:
        raise ValueError("a pause that has not ended leaves out no days yet")
    return deadlines.rule_of(clock).paused(clock.derivation, Halt(pause.first, pause.last, pause.reason, evidence))


def check_first(session: Session, offered: Pausable, first: date, at: datetime, zone: str) -> None:
    """A pause begins within the count, after the one before it, and not in days to come."""
    if first > local_day(at, zone):
        raise RefusedError(M("The time cannot stand still from a day that is still to come."))
    if first <= offered.begun:
        raise RefusedError(M("The count began on %(day)s: choose a later day.", day=offered.begun))
    before = earlier_end(session, offered.subject)
    if before is not None and first <= before:
        raise RefusedError(M("The time stood still until %(day)s already: choose a later day.", day=before))


def check_last(session: Session, pause: Pause, at: datetime, zone: str) -> None:
    """A pause ends on or after its first day, not in days to come, and never so that the time has run out already."""
    if pause.last is None or pause.last < pause.first or pause.last > local_day(at, zone):
        raise RefusedError(M("Choose a day from %(first)s to today.", first=pause.first))
    for clock in halted(session, pause):
        due = without(clock, pause)
        if due.at <= at:
            raise RefusedError(M("Counted so, the time would have run out on %(day)s. Choose a later day.", day=due.day))
