"""Reminders before a day runs out: to whoever the rulebook says must act, on the days that it names."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import deadlines, steps, telling
from tourism_odr.cases.models import (
    Case,
    Clock,
    Instalment,
    Notice,
    OfferRecipient,
    Party,
    Signature,
    Subject,
)
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.cases.relations import active_mediators
from tourism_odr.cases.telling import Recipient
from tourism_odr.clock import local_day, start_of_day
from tourism_odr.db import unit_of_work
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import ClockRule, days_left, local_zone, profiles
from tourism_odr.rulebooks.calendars import DAY, calendars

TEMPLATE = "_other/deadline"
BATCH = 200
MORNING = timedelta(hours=8)
WINDOW = timedelta(hours=24 * 40)  # no rule warns earlier, so later clocks need no look


def remind(at: datetime) -> int:
    """Queue the reminders of today: never at night or on a day off, and of each clock one for a rung of its ladder."""
    done = 0
    awake = [name for name in profiles() if _is_day(local_zone(name), at)]
    for clock_ids in _batches(at, awake) if awake else ():
        with unit_of_work() as session:
            for clock_id in clock_ids:
                done += _of(session, session.get_one(Clock, clock_id), at)
    return done


def _is_day(zone: str, at: datetime) -> bool:
    return at >= start_of_day(local_day(at, zone), zone) + MORNING


def _batches(at: datetime, awake: Sequence[str]) -> Iterator[list[UUID]]:
    """Running clocks whose day is still to come, some at a time, of cases under these rulebooks."""
    with unit_of_work() as session:
        ids = list(
            session.scalars(
                select(Clock.id)
                .join(Case, Case.id == Clock.case_id)
                .where(Case.jurisdiction.in_(awake))
                .where(Clock.status == RUNNING, Clock.pending_id.is_(None), Clock.due_at > at)
                .where(Clock.name != deadlines.UNDO, Clock.due_at < at + WINDOW)
                .order_by(Clock.case_id)
            )
        )
    for first in range(0, len(ids), BATCH):
        yield ids[first : first + BATCH]


def _of(session: Session, clock: Clock, at: datetime) -> int:
    case = session.get_one(Case, clock.case_id)
    zone = local_zone(case.jurisdiction)
    today, begun = local_day(at, zone), local_day(clock.started_at, zone)
    book = deadlines.rulebook_of(case).joined(clock.name, begun)
    if book is None or begun == today:
        return 0
    rule = book.rule(clock.name)
    rung = _rung(rule, clock, today)
    if rung is None:
        return 0
    steps.lock(session, clock.subject_id)  # another process may be about to remind, or the step be taken
    session.refresh(clock)
    if clock.status != RUNNING or _told(session, clock, rung):
        return 0
    found = list(_who(session, case, clock, rule.who))
    for recipient in found:
        params = {
            "number": case.number, "case": str(case.id), "clock": str(clock.id), "title": rule.title,
            "day": clock.day.isoformat(), "rung": rung,
        }  # fmt: skip
        telling.queue(session, TEMPLATE, recipient, at=at, case_id=case.id, params=params)
    return len(found)


def _rung(rule: ClockRule, clock: Clock, today: date) -> int | None:
    """The lowest rung that is reached today, or before people work again; None on a day off, or between two rungs.

    After an outage only the lowest is due: one reminder instead of three.
    """
    known = calendars()[rule.calendar]
    if known.why_off(today):
        return None
    idle = today
    while known.why_off(idle + DAY):
        idle += DAY
    left, begun = (_left(rule, clock, day) for day in (idle, local_day(clock.started_at, known.zone)))
    return min((rung for rung in rule.warn if left <= rung < begun), default=None)


def _left(rule: ClockRule, clock: Clock, day: date) -> int:
    working, calendar, _over = days_left(clock.due_at, start_of_day(day, calendars()[rule.calendar].zone), rule.calendar)
    return working if rule.unit == "working" else calendar


def _told(session: Session, clock: Clock, rung: int) -> bool:
    """Whether this clock has reminded at this rung, or at a lower one."""
    sent = select(Notice.params).where(
        Notice.case_id == clock.case_id, Notice.template == TEMPLATE, Notice.created >= clock.started_at
    )
    return any(p.get("clock") == str(clock.id) and p.get("rung", rung) <= rung for p in session.scalars(sent))


def _who(session: Session, case: Case, clock: Clock, who: str) -> Iterable[Recipient]:
    """Whoever must act; for the parties of an offer, agreement or payment exactly those."""
    if who in ("body", "officer", "consumer-council"):
        return [Recipient(organisation_id=case.body_id, role=Role.OFFICER)]
    subject = session.get_one(Subject, clock.subject_id)
    if who == "court":
        return [Recipient(organisation_id=subject.desk_id, role=Role.CLERK)] if subject.desk_id else []
    if who == "mediator":
        asked = subject.kind == "appointment"  # then nobody mediates yet
        people = [subject.desk_id] if asked else active_mediators(session, case.id)
        return [Recipient(person_id=person) for person in people if person]
    return [
        _party(party)
        for party in _parties(session, case, clock, who)
        if party.person_id or party.organisation_id
    ]


def _party(party: Party) -> Recipient:
    if party.organisation_id:
        return Recipient(organisation_id=party.organisation_id, role=Role.HANDLER)
    return Recipient(person_id=party.person_id)


def _parties(session: Session, case: Case, clock: Clock, who: str) -> list[Party]:
    wanted = select(Party).where(Party.case_id == case.id)
    subject = clock.subject_id
    payment = session.get(Instalment, subject)
    if who in ("tourist", "claimant"):
        wanted = wanted.where(Party.side == COMPLAINANT)
    elif who == "respondent":
        wanted = wanted.where(Party.id == subject)
    elif who == "offer-receiver":
        waiting = select(OfferRecipient.party_id).where(
            OfferRecipient.offer_id == subject, OfferRecipient.accepted_at.is_(None)
        )
        wanted = wanted.where(Party.id.in_(waiting))
    elif who == "parties":
        unsigned = select(Signature.party_id).where(
            Signature.agreement_id == subject, Signature.signed_at.is_(None)
        )
        wanted = wanted.where(Party.id.in_(unsigned))
    elif who in ("payer", "payee") and payment is not None:
        wanted = wanted.where(Party.id == (payment.payer_id if who == "payer" else payment.payee_id))
    else:
        return []
    return list(session.scalars(wanted))
