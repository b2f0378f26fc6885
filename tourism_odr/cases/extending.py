"""More time for a clock: by whom, by how much and how often its rule lets it become longer.

How another part uses it: a rule with an ``extension`` is offered on the page of dates by itself (``extendable``),
and the parties are asked one by one (``whose_consent``).  A kind that asks in its own way has a step ``<kind>.extend``
in its table; then its clocks are left out here, and the effect of that step calls ``lengthen(move, clock, by=...)``,
which counts anew from the last day as it stands and keeps both explanations.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tourism_odr.cases import deadlines
from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.cases.lifecycle.extension import PROPOSED
from tourism_odr.cases.lifecycle.respondent import SERVED
from tourism_odr.cases.models import Case, Clock, Extension, ExtensionConsent, Filing, Party, Subject
from tourism_odr.cases.models import clock as clocks
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.cases.move import Move
from tourism_odr.cases.relations import parties, sides_of, watches
from tourism_odr.clock import local_day
from tourism_odr.db import rows_of
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.rulebooks import local_zone
from tourism_odr.rulebooks.rules import Extension as Allowed

CAUSE = "extension"
ALL = "all-parties"
PROPOSE, ORDER = "extension.propose", "extension.order"
DECIDES = {"court": frozenset({Role.JUDGE}), "president": frozenset({Role.JUDGE}), "body": SUPERVISOR}
"""Who decides where the law asks no party; of a president's approval the judge keeps the record."""


@dataclass(frozen=True)
class Extendable:
    """A clock that the actor may ask, or decide, to make longer: by what, and by which step."""

    clock: Clock
    subject: Subject
    allowed: Allowed
    step: str
    consents: Sequence[Party]

    @property
    def left(self) -> int:
        """How often the law still lets it."""
        return self.allowed.times - len(self.clock.derivation.get("extensions", ()))


def extendable(session: Session, case: Case, actor: Actor, at: datetime) -> list[Extendable]:
    """The clocks that the actor may propose, or decide, to make longer now."""
    found = [_offered(session, case, clock, actor) for clock in rows_of(session, Clock, case_id=case.id) if open_at(clock, at)]
    return sorted((one for one in found if one), key=lambda one: one.clock.due_at)


def open_at(clock: Clock, at: datetime) -> bool:
    """Whether it can still become longer: it stands still, or runs and has not run out."""
    return clock.pending_id is None and (clock.status == clocks.PAUSED or (clock.status == clocks.RUNNING and clock.due_at > at))


def _offered(session: Session, case: Case, clock: Clock, actor: Actor) -> Extendable | None:
    allowed = allowed_for(clock)
    subject = session.get_one(Subject, clock.subject_id)
    if allowed is None or f"{subject.kind}.extend" in STEPS or proposal_on(session, clock) is not None:
        return None
    step = PROPOSE if allowed.by == ALL else ORDER
    may = actor.role in STEPS[step].by and deadlines.offers(case, step) and (step == PROPOSE or actor.role in DECIDES.get(allowed.by, ()))
    if not may or not watches(session, case, subject, actor):
        return None
    consents = whose_consent(session, subject) if step == PROPOSE else []
    both = {party.side for party in consents} >= {COMPLAINANT, RESPONDENT}
    return Extendable(clock, subject, allowed, step, consents) if both or step == ORDER else None


def allowed_for(clock: Clock) -> Allowed | None:
    """What the law still allows to be added to this clock."""
    if "runs" not in clock.derivation:
        return None  # a day that a person set
    more = deadlines.rule_of(clock).extension
    return more if more and len(clock.derivation.get("extensions", ())) < more.times else None


def whose_consent(session: Session, subject: Subject) -> list[Party]:
    """Every party whose time it is: of a suit its sides, of a respondent this one, of the case all who take part."""
    known = parties(session, subject.case_id)
    if subject.kind == "filing":
        return sides_of(session, session.get_one(Filing, subject.id))
    taking_part = {one.id for one in rows_of(session, Subject, case_id=subject.case_id) if _takes_part(one)}
    if subject.kind == "respondent":
        taking_part = {subject.id}
    return [one for one in known if one.side == COMPLAINANT or one.id in taking_part]


def _takes_part(subject: Subject) -> bool:
    return subject.kind == "respondent" and subject.stage in SERVED


def proposal_on(session: Session, clock: Clock) -> Extension | None:
    """The proposal that waits for consent to make this clock longer."""
    return next((one for one in open_proposals(session, clock.case_id) if one.clock_id == clock.id), None)


def open_proposals(session: Session, case_id: UUID) -> list[Extension]:
    """The proposals of the case that wait for consent."""
    waiting = {one.id for one in rows_of(session, Subject, case_id=case_id) if one.kind == "extension" and one.stage == PROPOSED}
    return [one for one in rows_of(session, Extension, case_id=case_id) if one.id in waiting] if waiting else []


def is_over(session: Session, extension: Extension) -> bool:
    """Whether the clock that it is about has ended."""
    return session.get_one(Clock, extension.clock_id).status not in (clocks.RUNNING, clocks.PAUSED, clocks.BLOCKED)


def consents_to(session: Session, extension: Extension) -> list[ExtensionConsent]:
    """What each party said, or has yet to say."""
    return [one for one in rows_of(session, ExtensionConsent, case_id=extension.case_id) if one.extension_id == extension.id]


def note_consent(move: Move) -> None:
    """Write down that the actor's party consents."""
    _note(move, given=True)


def note_refusal(move: Move) -> None:
    """Write down that the actor's party declines."""
    _note(move, given=False)


def _note(move: Move, *, given: bool) -> None:
    extension = move.session.get_one(Extension, move.subject.id)
    for line in consents_to(move.session, extension):
        if line.party_id == move.party_id:
            line.given, line.person_id, line.at = given, move.by.person_id, move.clicked


def lengthen_asked(move: Move) -> None:
    """The clock that the extension is about becomes longer, with those who consented in its explanation."""
    extension = move.session.get_one(Extension, move.subject.id)
    clock = move.session.get_one(Clock, extension.clock_id)
    said = [(line.party_id, line.at) for line in consents_to(move.session, extension) if line.given and line.at]
    lengthen(move, clock, by=extension.by, count=extension.count, consents=said)


def lengthen(
    move: Move, clock: Clock, *, by: str, count: int | None = None, consents: Iterable[tuple[UUID, datetime]] = ()
) -> bool:
    """Make a clock longer from its last day as it stands; False when its rule does not let ``by`` do so once more.

    ``count``: fewer units than the law allows; ``consents``: the parties that consented, and when each did.
    """
    allowed = allowed_for(clock)
    if allowed is None or allowed.by != by:
        return False
    zone = local_zone(move.case.jurisdiction)
    known = {party.id: party for party in parties(move.session, move.case.id)}
    said = sorted(((at, known[party_id]) for party_id, at in consents), key=lambda pair: (pair[0], pair[1].side, pair[1].number))
    due = deadlines.rule_of(clock).extended(
        clock.derivation, by=by, agreed=local_day(move.clicked, zone), evidence=str(move.event.id), count=count,
        consents=[_said(party, local_day(at, zone)) for at, party in said],
    )  # fmt: skip
    deadlines.rewrite(move.session, clock, due, cause=CAUSE, cause_id=move.subject.id, at=move.at)
    deadlines.refresh_due(move.session, move.session.get_one(Subject, clock.subject_id))
    return True


def _said(party: Party, day: date) -> dict[str, Any]:
    return {"side": party.side, "number": party.number, "on": day.isoformat()}


def lengthen_all(move: Move) -> None:
    """Every running clock of the subject, by as much as the law lets all parties add; no more once that is used up."""
    for clock in deadlines.running(move.session, move.subject):
        lengthen(move, clock, by=ALL)


def would_end(clock: Clock, count: int, at: datetime, zone: str) -> date:
    """The last day if so much were added now: what the page shows before anybody consents."""
    rule = deadlines.rule_of(clock)
    if rule.extension is None:
        raise ValueError(f"{rule.public} has no extension")
    return rule.extended(clock.derivation, by=rule.extension.by, agreed=local_day(at, zone), count=count).day
