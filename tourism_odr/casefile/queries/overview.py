"""Everything that the page of a case shows, read set by set: few statements, whatever the case holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session, load_only

from tourism_odr.cases import items, queries
from tourism_odr.cases.lifecycle import STEPS, PlaceKind, open_steps, stage_title
from tourism_odr.cases.lifecycle import case as of_case
from tourism_odr.cases.lifecycle import urge as of_urge
from tourism_odr.cases.models import (
    Agreement,
    Application,
    Appointment,
    Case,
    Clause,
    Clock,
    Consent,
    Document,
    Event,
    Instalment,
    Offer,
    Party,
    PendingStep,
    Place,
    Service,
    Subject,
    Urge,
)
from tourism_odr.cases.models.clock import BLOCKED, PAUSED, RUNNING
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.cases.queries import Entry
from tourism_odr.people import persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import COMPLAINANT as COMPLAINANT_ROLES
from tourism_odr.people.roles import RESPONDENT as RESPONDENT_ROLES
from tourism_odr.people.roles import SUPERVISOR
from tourism_odr.web.names import called

NOUNS = (Appointment, Service, Offer, Agreement, Instalment, Urge, Application)
WRITTEN = (items.STATEMENT, items.ANSWER, items.LETTER, items.FILE)
# What the body weighs among itself is not told by a stage either.
INSIDE = {of_case.REFUSAL_PROPOSED: of_case.LODGED}
STEPS_THAT_WAIT = frozenset(name for name, step in STEPS.items() if step.undo)
UNSEEN_URGES = (of_urge.PROPOSED, of_urge.DROPPED)


@dataclass
class Line:
    """One subject of the case, the row of its noun, and its running clocks, next first."""

    subject: Subject
    noun: Any = None
    clause: Clause | None = None
    clocks: list[Clock] = field(default_factory=list)


@dataclass
class Side:
    """A party with its name and what it consented to or declined; the last word of each kind counts."""

    party: Party
    organisation: Organisation | None
    name: str  # of a complainant; how a respondent's people are called is their own matter
    consents: dict[str, Consent] = field(default_factory=dict)


@dataclass
class Overview:
    """A case as one reader may see it."""

    case: Case
    actor: Actor
    at: datetime
    places: dict[UUID, Place]
    lines: list[Line]
    sides: dict[UUID, Side]
    events: Sequence[Event]
    entries: list[Entry]
    documents: Sequence[Document]
    pending: Sequence[tuple[PendingStep, datetime]]

    def of_kind(self, kind: str) -> list[Line]:
        """The subjects of one kind, oldest first."""
        return [line for line in self.lines if line.subject.kind == kind]

    def place_of(self, kind: PlaceKind) -> Place | None:
        """The first readable place of a kind."""
        return next((place for place in self.places.values() if place.kind == kind), None)

    @property
    def mine(self) -> Party | None:
        """The party for which the reader stands, as far as the case's own rows tell."""
        for side in self.sides.values():
            party = side.party
            if self.actor.role in COMPLAINANT_ROLES and party.person_id == self.actor.reads_as:
                return party
            own = party.side == RESPONDENT and party.organisation_id == self.actor.organisation_id
            if own and self.actor.role in RESPONDENT_ROLES:
                return party
        return None

    def stage_of(self, subject: Subject) -> str:
        """The stage in words, without what the body keeps to itself."""
        stage = subject.stage
        if subject.kind == "case" and self.actor.role not in SUPERVISOR:
            stage = INSIDE.get(stage, stage)
        return stage_title(subject.kind, stage)

    def name_of(self, party_id: UUID | None) -> str:
        """What a party is called."""
        side = self.sides.get(party_id) if party_id else None
        if side is None:
            return ""
        if side.organisation:
            return called(side.organisation)
        return (side.name if self.places else "") if side.party.person_id else side.party.typed_name or ""


def overview(session: Session, case: Case, actor: Actor, at: datetime) -> Overview:
    """The whole page of a case, each set in one statement."""
    places = {place.id: place for place in queries.places_of(session, case.id, actor, at)}
    lines = lines_of(session, case.id, set(places), actor)
    sides = sides_of(session, case.id)
    entries = [
        entry
        for entry in queries.items_of(session, case.id, actor, at, WRITTEN)
        if places[entry.item.place_id].kind in (PlaceKind.FILE, PlaceKind.TRIAGE)
    ]
    return Overview(
        case, actor, at, places, lines, sides,
        events=queries.timeline(session, case.id, actor, at) if places else (),
        entries=entries,
        documents=queries.documents_of(session, case.id, actor, at),
        pending=pending_of(session, case.id, actor) if any(STEPS_THAT_WAIT & _open_to(line, actor) for line in lines) else (),
    )  # fmt: skip


def _open_to(line: Line, actor: Actor) -> set[str]:
    return {step.name for step in open_steps(line.subject.kind, line.subject.stage, actor.role)}


def _lines() -> Any:
    running = and_(
        Clock.subject_id == Subject.id, Clock.status.in_((RUNNING, PAUSED, BLOCKED)), Clock.pending_id.is_(None)
    )
    wanted: Any = select(Subject, Clock, Clause, *NOUNS).outerjoin(Clock, running)
    for noun in NOUNS:
        wanted = wanted.outerjoin(noun, noun.id == Subject.id)
    wanted = wanted.outerjoin(Clause, Clause.id == Instalment.clause_id)
    here = or_(
        Subject.place_id.in_(bindparam("places", expanding=True)), Subject.desk_id.in_(bindparam("desks", expanding=True))
    )
    shown = load_only(
        Clock.subject_id, Clock.name, Clock.status, Clock.due_at, Clock.day, Clock.version, Clock.weak, Clock.provisional,
        Clock.derivation,
    )
    wanted = wanted.where(Subject.case_id == bindparam("case_id"), here).options(shown)
    return wanted.order_by(Subject.created, Subject.id, Clock.due_at)


LINES = _lines()  # built once: every page of a case reads it


def lines_of(session: Session, case_id: UUID, places: set[UUID], actor: Actor) -> list[Line]:
    """Subjects that lie where the actor reads or on the actor's own desk, with noun and running clocks."""
    desks = [one for one in (actor.reads_as, actor.organisation_id) if one is not None]
    rows = session.execute(LINES, {"case_id": case_id, "places": list(places), "desks": desks})
    found: dict[UUID, Line] = {}
    for subject, clock, clause, *nouns in rows:
        line = found.setdefault(subject.id, Line(subject, next((noun for noun in nouns if noun), None), clause))
        if clock is not None:
            line.clocks.append(clock)
    return [line for line in found.values() if _shown(line.subject, actor)]


def _shown(subject: Subject, actor: Actor) -> bool:
    """An urging that the head has not approved is a matter of the body alone."""
    return actor.role in SUPERVISOR or not (subject.kind == "urge" and subject.stage in UNSEEN_URGES)


SIDES: Any = (
    persons.with_names(select(Party, Organisation, Consent, *persons.SEALED), Party.person_id)
    .outerjoin(Organisation, Organisation.id == Party.organisation_id)
    .outerjoin(Consent, Consent.party_id == Party.id)
    .where(Party.case_id == bindparam("case_id"))
    .order_by(Party.side, Party.number, Consent.at)
    .options(load_only(Organisation.name, Organisation.name_en))
)


def sides_of(session: Session, case_id: UUID) -> dict[UUID, Side]:
    """The parties with organisation and consents, each in its order."""
    rows = session.execute(SIDES, {"case_id": case_id})
    found: dict[UUID, Side] = {}
    for party, organisation, consent, *sealed in rows:
        if (side := found.get(party.id)) is None:
            name = persons.unsealed(party.person_id, *sealed) if party.side == COMPLAINANT else ""
            side = found[party.id] = Side(party, organisation, name)
        if consent is not None:
            side.consents[consent.kind] = consent
    return found


def pending_of(session: Session, case_id: UUID, actor: Actor) -> Sequence[tuple[PendingStep, datetime]]:
    """The actor's own steps that can still be taken back, with the time until which."""
    if actor.role in SUPERVISOR:
        return ()
    rows = session.execute(
        select(PendingStep, Clock.due_at)
        .join(Clock, Clock.pending_id == PendingStep.id)
        .where(PendingStep.case_id == case_id, PendingStep.person_id == actor.person_id)
        .where(PendingStep.status == "waiting", Clock.status == RUNNING)
        .order_by(PendingStep.clicked_at)
    )
    return [(row[0], row[1]) for row in rows]
