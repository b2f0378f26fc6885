"""Starting and stopping clocks: by the rulebook of the case, or on the day that a person set."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from tourism_odr.cases.announced import firm, use_announced
from tourism_odr.cases.lifecycle import NEW, TABLES
from tourism_odr.cases.models import (
    Agreement,
    BodySetting,
    Case,
    Clock,
    Confirmation,
    Event,
    Filing,
    Instalment,
    Service,
    Subject,
    Urge,
)
from tourism_odr.cases.models.clock import BLOCKED, MET, MISSED, PAUSED, RUNNING
from tourism_odr.cases.models.extension import Extension
from tourism_odr.cases.models.external import External
from tourism_odr.cases.models.filing import ORDINARY
from tourism_odr.cases.models.rules import ClockChange
from tourism_odr.cases.move import Move
from tourism_odr.clock import local_day
from tourism_odr.db import rows_of
from tourism_odr.rulebooks import ClockRule, Due, Rulebook, local_zone, profile
from tourism_odr.rulebooks import by_version as book_by_version

UNDO = "undo"
UNCERTAIN = "not certain enough to act on: an officer sets the date"  # the reason of a clock that waits


def rulebook_of(case: Case) -> Rulebook:
    """The rules of the day on which the complaint was received; new law never moves them."""
    return profile(case.jurisdiction, on=local_day(case.received_at, local_zone(case.jurisdiction)))


def offers(case: Case, step: str) -> bool:
    """Whether the rules of the case open a step to it, whoever takes it and from whatever stage."""
    return rulebook_of(case).offers(step)


def set_clocks(move: Move) -> None:
    """Stop what the step stops, start what it starts, and write the subject's own next due time."""
    stopped = stop(move.session, move.subject, move.step.stops, move.at)
    for name in move.step.starts:
        start(move, name)
    if stopped:
        refresh_due(move.session, move.subject)
    elif move.started:
        first = min(clock.due_at for clock in move.started)
        move.subject.due = min(first, move.subject.due or first)


def stop(session: Session, subject: Subject, names: tuple[str, ...], at: datetime, status: str = MET) -> int:
    """End the clocks of these names, whether they run or stand still; returns how many there were."""
    if not names:
        return 0
    known = (clock for clock in rows_of(session, Clock, case_id=subject.case_id) if clock.subject_id == subject.id)
    stopped = [clock for clock in known if clock.name in names and clock.status in (RUNNING, PAUSED)]
    for clock in stopped:
        end_clock(clock, at, status)
    return len(stopped)


def running(session: Session, subject: Subject) -> list[Clock]:
    """The clocks of a subject that run."""
    clocks = rows_of(session, Clock, case_id=subject.case_id)
    return [clock for clock in clocks if clock.subject_id == subject.id and clock.status == RUNNING]


def start(move: Move, name: str) -> Clock | None:
    """Start one clock, unless this rulebook does not know it (another jurisdiction may have none)."""
    book = rulebook_of(move.case).joined(name, _today(move))
    if book is None or (name in FITS and not FITS[name](move)):
        return None
    clock = clock_row(move.subject, name, _due(move, book, name), move.clicked, book.version)
    clock.missed_step = book.rule(name).when_missed
    move.started.append(clock)
    move.session.add(clock)
    return clock


def _today(move: Move) -> date:
    """The local day of the step, which chooses the version of a procedure that joined the case."""
    return local_day(move.clicked, local_zone(move.case.jurisdiction))


def in_force(case: Case, step: str, at: datetime) -> bool:
    """Whether a step that only some versions of a procedure know is open at ``at``."""
    return rulebook_of(case).opens(step, local_day(at, local_zone(case.jurisdiction)))


def clock_row(subject: Subject, name: str, due: Due, at: datetime, version: str, key: str = "") -> Clock:
    """A running clock of ``subject`` with its explanation."""
    return Clock(
        id=uuid4(),
        case_id=subject.case_id,
        subject_id=subject.id,
        name=name,
        key=key or name,
        status=RUNNING,
        started_at=at,
        due_at=due.at,
        day=due.day,
        version=version,
        weak=due.weak,
        provisional=due.provisional,
        derivation=due.derivation,
    )


def _due(move: Move, book: Rulebook, name: str) -> Due:
    use_announced(move.session)
    rule = book.rule(name)
    if rule.starts in EARLIER and name not in move.days:
        begun, evidence = EARLIER[rule.starts](move.session, move.case)
        return firm(move.session, rule, rule.due(begun, evidence=str(evidence)))
    day = move.days.get(name) or (FIXED[name](move) if name in FIXED else None)
    begun, proof = _begun(move, rule)
    if day is not None:
        return book.fixed(name, day, basis=BASIS[name], evidence=str(move.event.id), start=begun, proof=proof)
    return firm(move.session, rule, rule.due(begun, evidence=str(move.event.id), proof=proof))


def _file_complete(session: Session, case: Case) -> tuple[datetime, UUID]:
    """The last time that the complainant sent something which was asked for; before that, the complaint itself."""
    sent = select(Event).where(Event.case_id == case.id, Event.step.in_(("case.lodge", "case.supplement")))
    last = session.scalars(sent.order_by(Event.at.desc()).limit(1)).one()
    return (case.received_at if last.step == "case.lodge" else last.at), last.id


def _channel_received(session: Session, case: Case) -> tuple[datetime, UUID]:
    """When the channel that sent the matter here had received it; a matter that came straight here, when we had."""
    came = session.scalars(select(External).where(External.case_id == case.id).order_by(External.channel_received_at)).first()
    return (came.channel_received_at, came.id) if came else (case.received_at, case.id)


# Events that lie before the step which starts the clock: when they were, and what shows it.
EARLIER: dict[str, Callable[[Session, Case], tuple[datetime, UUID]]] = {
    "file_complete": _file_complete,
    "channel_received": _channel_received,
}


def _begun(move: Move, rule: ClockRule) -> tuple[datetime, str | None]:
    """The event from which the time counts, and how it is proven, where the law counts from service.

    A complaint may have been received, or a letter delivered, before that was entered.
    """
    if rule.proofs and (service := _service(move)) and service.served_at:
        return service.served_at, service.method
    if rule.starts == "agreement_effective" and move.subject.kind == "confirmation":
        return _effect(move), None
    lodged = NEW in move.step.leaves and move.step.kind == "case"
    return (move.case.received_at if lodged else move.clicked), None


def _effect(move: Move) -> datetime:
    """When the agreement that is to be confirmed took effect."""
    applied = move.session.get_one(Confirmation, move.subject.id).agreement_id
    return move.session.get_one(Agreement, applied).effect_at or move.clicked


def _service(move: Move) -> Service | None:
    """How this respondent was served."""
    return move.session.scalars(
        select(Service)
        .where(Service.respondent_id == move.subject.id, Service.served_at.is_not(None))
        .order_by(Service.served_at.desc())
    ).first()


def _answer_day(move: Move) -> date | None:
    """The day that the letter set.  Opened on that day or later, the time counts from service by the rulebook."""
    service = _service(move)
    return service.answer_day if service and service.answer_day > _today(move) else None


def _payment_day(move: Move) -> date | None:
    return move.session.get_one(Instalment, move.subject.id).day


def _urge_day(move: Move) -> date | None:
    return move.session.get_one(Urge, move.subject.id).due_day


def _limit_to_extend(move: Move) -> date | None:
    """Nobody can consent to a longer time after it has ended, even when the wait for consent would be longer."""
    limit = move.session.get_one(Clock, move.session.get_one(Extension, move.subject.id).clock_id)
    regular = rulebook_of(move.case).rule("extension-answer").due(move.clicked).day
    return limit.day if limit.status == RUNNING and limit.day < regular else None


def _entrusted(move: Move, ordinary: bool) -> bool:
    filing = move.session.get_one(Filing, move.subject.id)
    return filing.registered_at is not None and (filing.procedure == ORDINARY) == ordinary


def _delegated(move: Move) -> bool:
    return move.session.get_one(Filing, move.subject.id).registered_at is None


# Clocks of which a step starts the one that fits the suit: before registration, else by the procedure.
FITS: dict[str, Callable[[Move], bool]] = {
    "entrusted-ordinary": lambda move: _entrusted(move, True),
    "entrusted-summary": lambda move: _entrusted(move, False),
    "before-filing": _delegated,
}


# Clocks whose day stands in a row of the subject, and what each day that a person set rests on.
FIXED: dict[str, Callable[[Move], date | None]] = {
    "answer": _answer_day,
    "performance": _payment_day,
    "urge": _urge_day,
    "extension-answer": _limit_to_extend,
}
BASIS = {
    "answer": "officer-letter",
    "reminder-answer": "reminder-letter",
    "urge": "urge-letter",
    "performance": "agreement",
    "offer-validity": "offer",
    "confirmation-supplement": "court-notice",
    "channel-reply": "channel",
    "correct": "court-notice",
    "extension-answer": "time-limit",
}


def rule_of(clock: Clock) -> ClockRule:
    """The rule under which the clock was started: new law never moves it."""
    return book_by_version(clock.version).rule(clock.name)


def rewrite(session: Session, clock: Clock, due: Due, *, cause: str, cause_id: UUID, at: datetime) -> None:
    """Give a clock another explanation, and keep the one that it had."""
    session.add(
        ClockChange(
            id=uuid4(), clock_id=clock.id, case_id=clock.case_id, at=at, cause=cause, cause_id=cause_id,
            old_day=clock.day, new_day=due.day, old=clock.derivation, new=due.derivation,
        )
    )  # fmt: skip
    clock.due_at, clock.day, clock.derivation = due.at, due.day, due.derivation
    clock.provisional, clock.weak = due.provisional, due.weak


def refresh_due(session: Session, subject: Subject) -> None:
    """The earliest running clock of the subject itself: what its desk sorts by."""
    subject.due = min((clock.due_at for clock in running(session, subject)), default=None)


def proposed(case: Case, name: str, at: datetime) -> Due:
    """What the rulebook would say if the clock started at ``at``: shown to who may set the day."""
    book = rulebook_of(case)
    rule = (book.joined(name, local_day(at, local_zone(case.jurisdiction))) or book).rule(name)
    session = object_session(case)
    if session is not None and rule.starts in EARLIER:
        at, _ = EARLIER[rule.starts](session, case)
    return rule.due(at) if session is None else firm(session, rule, rule.due(at))


def step_when_missed(session: Session, case: Case, subject: Subject, clock: Clock) -> str:
    """The step that the clock takes: the body's setting, then the rulebook's choice, then the table's first."""
    allowed = TABLES[subject.kind].when_missed[clock.name]
    chosen = [
        setting.value
        for setting in rows_of(session, BodySetting, body_id=case.body_id)
        if setting.key == f"when-missed:{clock.name}" and setting.until is None
    ]
    for choice in (*chosen, clock.missed_step):
        if choice in allowed:
            return choice
    return allowed[0]


def end_clock(clock: Clock, at: datetime, status: str = MISSED) -> None:
    """A clock has run out (or was cancelled) at ``at``."""
    clock.status, clock.ended_at = status, at


def resume(session: Session, clock: Clock) -> bool:
    """Let a blocked clock run again, to be tried at the next sweep; False when it does not stand still."""
    same = select(Clock.id).where(
        Clock.subject_id == clock.subject_id, Clock.key == clock.key, Clock.status == RUNNING
    )
    if clock.status != BLOCKED or session.scalars(same).first():
        return False
    clock.status, clock.ended_at, clock.reason = RUNNING, None, None
    refresh_due(session, session.get_one(Subject, clock.subject_id))
    return True
