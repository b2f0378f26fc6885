"""What the page of dates says beside each deadline: why it stands still, and what was proposed to make it longer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import deadlines, extending, pausing
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.lifecycle.extension import PROPOSED
from tourism_odr.cases.models import Case, Clock, Extension, ExtensionConsent, ItemText, Pause, Subject
from tourism_odr.cases.models import clock as clocks
from tourism_odr.cases.queries import steps_open_to
from tourism_odr.cases.relations import party_of, watches
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import TITLES, Role
from tourism_odr.rulebooks import local_zone
from tourism_odr.rulebooks.terms import PERIODS
from tourism_odr.text import M, Message

STANDING = (clocks.RUNNING, clocks.PAUSED)


@dataclass(frozen=True)
class Halted:
    """A pause that runs: its row and its subject, and the words of whoever began it."""

    pause: Pause
    subject: Subject
    words: ItemText | None


@dataclass(frozen=True)
class Asked:
    """A proposal of more time: for how much, by whom, why, until when it would be, and what each party said."""

    extension: Extension
    subject: Subject
    words: ItemText | None
    consents: Sequence[ExtensionConsent]
    would_end: date | None

    @property
    def period(self) -> Message:
        return period_of(self.extension.unit, self.extension.count)

    @property
    def by(self) -> str:
        return TITLES[Role(self.extension.role)]

    @property
    def stage(self) -> str:
        return stage_title("extension", self.subject.stage)

    @property
    def open(self) -> bool:
        return self.subject.stage == PROPOSED


@dataclass
class Times:
    """Everything about pauses and extensions of one case that its page of dates shows."""

    pauses: dict[UUID, Halted] = field(default_factory=dict)  # by the subject whose time stands still
    asked: dict[UUID, list[Asked]] = field(default_factory=dict)  # by the clock
    may_pause: frozenset[UUID] = frozenset()  # subjects
    may_ask: frozenset[UUID] = frozenset()  # clocks


def period_of(unit: str, count: int) -> Message:
    """So many days or months in words."""
    return M(PERIODS[unit], count=count)


def times_of(session: Session, case: Case, actor: Actor, at: datetime) -> Times:
    """What the actor may know and do about the time of the case."""
    still = pausing.standing_still(session, case.id)
    pauses = {about: Halted(one, session.get_one(Subject, one.id), session.get(ItemText, one.item_id)) for about, one in still.items()}
    return Times(
        pauses, _asked(session, case, at), frozenset(one.subject.id for one in pausing.pausable(session, case, actor, at)),
        frozenset(one.clock.id for one in extending.extendable(session, case, actor, at)),
    )  # fmt: skip


def _asked(session: Session, case: Case, at: datetime) -> dict[UUID, list[Asked]]:
    found: dict[UUID, list[Asked]] = {}
    rows = session.execute(
        select(Extension, Subject).join(Subject, Subject.id == Extension.id).where(Extension.case_id == case.id).order_by(Subject.created)
    )
    for extension, subject in rows:
        found.setdefault(extension.clock_id, []).append(asked(session, case, extension, subject, at))
    return found


def asked(session: Session, case: Case, extension: Extension, subject: Subject, at: datetime) -> Asked:
    """One proposal as its pages show it."""
    consents = session.scalars(
        select(ExtensionConsent).where(ExtensionConsent.extension_id == extension.id).order_by(ExtensionConsent.at, ExtensionConsent.id)
    ).all()
    clock = session.get_one(Clock, extension.clock_id)
    waiting = subject.stage == PROPOSED and clock.status in STANDING
    end = extending.would_end(clock, extension.count, at, local_zone(case.jurisdiction)) if waiting else None
    return Asked(extension, subject, session.get(ItemText, extension.item_id), consents, end)


def shared_clocks(session: Session, case: Case, actor: Actor, shown: Iterable[UUID]) -> list[tuple[Clock, Subject]]:
    """Clocks that lie elsewhere, yet are the actor's to know: what stands still for all, and is longer by their consent."""
    known = set(shown)
    rows = session.scalars(
        select(Clock).where(Clock.case_id == case.id, Clock.status.in_(STANDING), Clock.pending_id.is_(None)).order_by(Clock.due_at)
    ).all()
    found = [(clock, session.get_one(Subject, clock.subject_id)) for clock in rows if clock.id not in known and _is_shared(clock)]
    return [(clock, subject) for clock, subject in found if watches(session, case, subject, actor)]


def _is_shared(clock: Clock) -> bool:
    if "runs" not in clock.derivation:
        return False
    rule = deadlines.rule_of(clock)
    return bool(rule.pauses or rule.extension)


def actions_on(session: Session, case: Case, subject: Subject, actor: Actor) -> list[str]:
    """The steps on a pause or a proposal that are the actor's now."""
    names = [step.name for step in steps_open_to(session, case, subject, actor)]
    if subject.kind != "extension":
        return names
    mine = unanswered(session, case, subject.id, actor)
    own = proposed_by(session, case, subject.id, actor)
    return [name for name in names if (own if name == "extension.withdraw" else mine)]


def unanswered(session: Session, case: Case, extension_id: UUID, actor: Actor) -> bool:
    """Whether the actor's party is asked and has said nothing yet."""
    party = party_of(session, case.id, actor)
    if party is None:
        return False
    waits = select(ExtensionConsent.id).where(
        ExtensionConsent.extension_id == extension_id, ExtensionConsent.party_id == party.id, ExtensionConsent.given.is_(None)
    )
    return session.scalars(waits).first() is not None


def proposed_by(session: Session, case: Case, extension_id: UUID, actor: Actor) -> bool:
    """Whether the actor, or somebody of the same side, proposed it."""
    extension = session.get_one(Extension, extension_id)
    party = party_of(session, case.id, actor)
    return extension.person_id == actor.person_id or (party is not None and extension.party_id == party.id)
