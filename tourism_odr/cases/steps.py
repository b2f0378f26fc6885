"""Taking a step: the only code that moves anything in a case."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

import tourism_odr.cases.papers  # noqa: F401 - the builders of documents register themselves
from tourism_odr.cases import deadlines, issuing, ledger, needs, telling
from tourism_odr.cases.consequences import FINDERS, left_behind, open_for
from tourism_odr.cases.effects import EFFECTS
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.lifecycle import ABOUT, NEW, OWN_PLACE, STEPS, PlaceKind, Step
from tourism_odr.cases.models import Case, Clock, Event, PendingStep, Place, Subject
from tourism_odr.cases.models.clock import CANCELLED
from tourism_odr.cases.move import Move
from tourism_odr.cases.places import open_place, place_of
from tourism_odr.cases.relations import concerns, party_of, time_of
from tourism_odr.cases.under_court import sides_place
from tourism_odr.db import db, met
from tourism_odr.people.actor import THE_CLOCK, THE_TABLE, Actor
from tourism_odr.people.models import Sitting
from tourism_odr.people.roles import COMPLAINANT, Role
from tourism_odr.people.sessions import seated

GIVEN = "given"
HOOKS: dict[str, list[Callable[[Move], None]]] = {}


def on_step(name: str) -> Callable[[Callable[[Move], None]], Callable[[Move], None]]:
    """Register what must happen to a slice's own rows whoever takes the step.  It takes no steps itself."""

    def register(function: Callable[[Move], None]) -> Callable[[Move], None]:
        HOOKS.setdefault(name, []).append(function)
        return function

    return register


def begin(
    session: Session, case_id: UUID, kind: str, place: Place, at: datetime, *, id: UUID | None = None, desk: UUID | None = None
) -> Subject:
    """Write down a subject before its first step; the row of its noun goes under the same id.

    It is sent with the step: what is written at once is written once.
    """
    subject = Subject(
        id=id or uuid4(),
        case_id=case_id,
        kind=kind,
        place_id=place.id,
        stage=NEW,
        version=0,
        desk_id=desk,
        created=at,
    )
    session.add(subject)
    return subject


def take(
    subject_id: UUID,
    name: str,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    party_id: UUID | None = None,
    place_id: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
    digests: tuple[str, ...] = (),
    days: Mapping[str, date] | None = None,
    params: Mapping[str, Any] | None = None,
    papers: Mapping[str, Any] | None = None,
) -> Event:
    """Move the subject, write the ledger, set the clocks, queue the notices, issue the documents.

    Runs inside the caller's unit of work, so all of it happens or nothing.  ``seen`` is the version of the
    subject as the person saw it.  ``party_id``: for whom; ``place_id``: for steps whose place is given;
    ``facts``: codes for the ledger; ``digests``: of the items written with it; ``days``: clock -> a day that a
    person set; ``params``: for notices; ``papers``: what only the command knows (documents, checked codes).
    Raises ``NotYoursError``, ``MovedOnError``, ``UnmetNeedError``.  Returns the first line written.
    """
    session = db.session()
    step = STEPS[name]
    case, subject = lock(session, subject_id)
    move = Move(
        session, case, subject, step, by, at, at, party_id, place_id, dict(facts or {}), digests,
        days or {}, dict(params or {}), papers or {},
    )  # fmt: skip
    _admissible(move, seen)
    if step.undo and by.role not in (Role.CLOCK, Role.TABLE):
        event = _hold(move)
    else:
        event = _carry_out(move)
    _end_outermost(move)
    return event


def _end_outermost(move: Move) -> None:
    """Numbers are drawn when the step that began it all is done, after everything else was locked."""
    if move.session.info.get("outermost_step") is move:
        del move.session.info["outermost_step"]
        issuing.number_waiting(move.session)


def lock(session: Session, subject_id: UUID) -> tuple[Case, Subject]:
    """Lock the case first, then read the subject afresh: ledger order is state order."""
    subject = met(session, Subject, subject_id)
    if subject is None:
        raise NotYoursError("no such subject")
    locked: dict[UUID, Case] = session.info.setdefault("locked_cases", {})
    case_id = subject.case_id
    if case_id not in locked:
        wanted = select(Case).where(Case.id == case_id).with_for_update()
        locked[case_id] = session.scalars(wanted, execution_options={"populate_existing": True}).one()
        _forget(session, case_id)  # only now: what is read before the lock is ours may be old
    return locked[case_id], subject


def _forget(session: Session, case_id: UUID) -> None:
    """What was read before the lock was ours may be old by now."""
    session.info.pop("kept", None)
    session.info["rows"] = {}
    for row in list(session.identity_map.values()):
        if isinstance(row, Place | Subject) and row.case_id == case_id and row not in session.dirty:
            session.expire(row)


def _admissible(move: Move, seen: int | None) -> None:
    """Role, relation, stage and version fit, and every need is met."""
    step, subject, by = move.step, move.subject, move.by
    if by.role not in step.by or not concerns(move.session, move.case, subject, by):
        raise NotYoursError(f"{by.role} does not {step.name}")
    if subject.stage not in step.leaves or not deadlines.rulebook_of(move.case).offers(step.name):
        raise MovedOnError(subject.id, step.name, subject.stage)
    if step.bumps and subject.stage != NEW and by.role not in (Role.CLOCK, Role.TABLE):
        if seen is None:
            raise TypeError(f"{step.name} needs the version that the person saw")
        if seen != subject.version:
            raise MovedOnError(subject.id, step.name, subject.stage)
    needs.check(move)


def _carry_out(move: Move) -> Event:
    """Everything that the step's row says, in the order in which the parts rest on each other."""
    session, step, subject = move.session, move.step, move.subject
    session.info.setdefault("outermost_step", move)
    if step.enters is not None:
        subject.stage = step.enters
    if step.bumps:
        subject.version += 1
    move.case.moved = move.at
    _record(move)
    for effect in step.effects:
        EFFECTS[effect](move)
    deadlines.set_clocks(move)
    telling.tell(move)
    issuing.issue(move)
    for hook in HOOKS.get(step.name, ()):
        hook(move)
    _follow(move)
    return move.event


def _record(move: Move) -> None:
    """One line in each place that the table names."""
    for place in dict.fromkeys(_place(move, kind) for kind in move.step.places):
        line = ledger.Line(
            move.subject.id, move.step.name, move.at, move.by, move.party_id, move.facts, move.digests
        )
        move.places.append(place)
        move.events.append(ledger.write(move.session, place, line))


def _place(move: Move, kind: str) -> Place:
    if kind == GIVEN:
        if move.place_id is None:
            raise TypeError(f"{move.step.name} needs a place")
        return move.session.get_one(Place, move.place_id)
    if kind == OWN_PLACE:
        return place_of(move.session, move.subject)
    if kind == ABOUT:
        return place_of(move.session, time_of(move.session, move.subject))
    if kind == PlaceKind.SIDES:
        return sides_place(move)
    if kind == PlaceKind.INSIDE:
        return open_place(move.session, move.case.id, PlaceKind.INSIDE, organisation_id=move.case.body_id)
    return open_place(move.session, move.case.id, PlaceKind(kind))


def _follow(move: Move) -> None:
    """What the step does to other subjects: the table's ``then`` column, in its order; then what rested on its clocks."""
    for then in move.step.then:
        found = FINDERS[then.to](move)
        for subject_id in open_for(move, found, then.step) if found else ():
            take(
                subject_id,
                then.step,
                by=THE_TABLE,
                at=move.at,
                party_id=move.party_id,
                facts={"version": move.step.name},
                papers=move.papers,
            )
    for subject_id, idle in left_behind(move):
        take(subject_id, idle, by=THE_TABLE, at=move.at, facts={"version": move.step.name})


def author_place(move: Move) -> Place:
    """The author's own place: one traveller's own, or the inside of an organisation."""
    if move.by.role in COMPLAINANT or move.by.organisation_id is None:
        return open_place(move.session, move.case.id, PlaceKind.OWN, person_id=move.by.reads_as)
    return open_place(move.session, move.case.id, PlaceKind.INSIDE, organisation_id=move.by.organisation_id)


def _hold(move: Move) -> Event:
    """Record the click in its author's own place, and let a clock make it final."""
    session, subject = move.session, move.subject
    party = party_of(session, move.case.id, move.by)
    if move.by.person_id is None:
        raise NotYoursError("nobody in person")
    twice = select(PendingStep.id).where(
        PendingStep.subject_id == subject.id,
        PendingStep.step == move.step.name,
        PendingStep.party_id == (party.id if party else None),
        PendingStep.status == "waiting",
    )
    if session.scalars(twice).first():
        raise MovedOnError(subject.id, move.step.name, subject.stage)
    pending = PendingStep(
        id=uuid4(),
        case_id=move.case.id,
        subject_id=subject.id,
        step=move.step.name,
        person_id=move.by.person_id,
        role=move.by.role.value,
        organisation_id=move.by.organisation_id,
        party_id=party.id if party else None,
        sitting_id=move.by.seat.id if move.by.seat else None,
        clicked_at=move.at,
        status="waiting",
    )
    session.add(pending)
    place = author_place(move)
    session.flush()
    facts = {"pending": str(pending.id)}
    line = ledger.Line(subject.id, move.step.name, move.at, move.by, pending.party_id, facts, move.digests)
    event = ledger.write(session, place, line)
    book = deadlines.rulebook_of(move.case)
    due = book.rule(deadlines.UNDO).due(move.at, evidence=str(event.id))
    clock = deadlines.clock_row(subject, deadlines.UNDO, due, move.at, book.version, f"undo:{pending.id}")
    clock.pending_id = pending.id
    session.add(clock)
    return event


def finalise(pending: PendingStep, at: datetime) -> Event:
    """The undo time has run: the step is taken as of the click.  Runs in the sweep's unit of work."""
    session = db.session()
    case, subject = lock(session, pending.subject_id)
    by = _who_clicked(session, pending)
    step = STEPS[pending.step]
    facts = {"clicked": pending.clicked_at.isoformat()}
    move = Move(session, case, subject, step, by, at, pending.clicked_at, pending.party_id, facts=facts)
    if subject.stage not in step.leaves:
        raise MovedOnError(subject.id, step.name, subject.stage)
    needs.check(move)
    pending.status, pending.ended_at = "final", at
    event = _carry_out(move)
    _end_outermost(move)
    return event


def _who_clicked(session: Session, pending: PendingStep) -> Actor:
    if pending.sitting_id:
        return seated(session.get_one(Sitting, pending.sitting_id))
    return Actor(pending.person_id, Role(pending.role), pending.organisation_id)


def undo(pending_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take a pending step back: only its author, only while its clock runs."""
    session = db.session()
    pending = session.get(PendingStep, pending_id)
    if pending is None or pending.person_id != by.person_id:
        raise NotYoursError("not your step")
    case, subject = lock(session, pending.subject_id)
    session.refresh(pending)
    if pending.status != "waiting":
        raise MovedOnError(subject.id, pending.step, subject.stage)
    pending.status, pending.ended_at = "undone", at
    for clock in session.scalars(select(Clock).where(Clock.pending_id == pending.id)):
        deadlines.end_clock(clock, at, CANCELLED)
    move = Move(session, case, subject, STEPS[pending.step], by, at, at)
    line = ledger.Line(
        subject.id, pending.step, at, by, pending.party_id, {"pending": str(pending.id), "reason": "undone"}, ()
    )
    ledger.write(session, author_place(move), line)


def end_pending(session: Session, pending: PendingStep, at: datetime) -> None:
    """A pending step whose subject has moved on: its author is told, nobody else ever knew."""
    pending.status, pending.ended_at = "lost", at
    telling.queue(
        session,
        "_other/pending-lost",
        telling.Recipient(person_id=pending.person_id),
        at=at,
        case_id=pending.case_id,
        params={"case": str(pending.case_id), "step": pending.step},
    )


def by_the_clock(
    subject_id: UUID, name: str, *, at: datetime, clock: Clock, papers: Mapping[str, Any] | None = None
) -> Event:
    """The step that a clock takes when it has run out; the ledger says when it was due."""
    facts = {"clock": clock.name, "was_due": clock.due_at.isoformat()}
    return take(subject_id, name, by=THE_CLOCK, at=at, facts=facts, papers=papers)


__all__ = ["Step", "begin", "by_the_clock", "end_pending", "finalise", "lock", "on_step", "take", "undo"]
