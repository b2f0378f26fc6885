"""A judicial confirmation as its pages show it: who applies, what was written, what the court has and decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import readable_documents, visible_cases
from tourism_odr.cases.confirming import INSTRUCTIONS, NOT_TAKEN, REFUSALS, missed_payments, window
from tourism_odr.cases.items import FILE, LETTER
from tourism_odr.cases.lifecycle import confirmation as stages
from tourism_odr.cases.models import (
    Agreement,
    Applicant,
    Case,
    Clock,
    Confirmation,
    Document,
    Party,
    RosterEntry,
    Subject,
)
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.queries import Entry, clocks_of, items_of
from tourism_odr.clock import local_day
from tourism_odr.people import persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import DetailKind, Organisation, OrganisationKind
from tourism_odr.people.organisations import contacts_of
from tourism_odr.rulebooks import NoRulebook, find_rule
from tourism_odr.text import N_
from tourism_odr.web.names import called, party_names

SIZE = 25
PAPERS = ("confirmation-application", "mediation-proof", "confirmation-ruling", "enforcement-application")


@dataclass(frozen=True)
class Side:
    """One applicant: its name, its line, and the data that a court needs to reach it."""

    party: Party
    name: str
    line: Applicant
    reach: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """One confirmation with all that its reader may see."""

    subject: Subject
    row: Confirmation
    agreement: Agreement
    court: str
    instruction: str
    sides: Sequence[Side]
    entries: Sequence[Entry]
    papers: Sequence[Document]
    clocks: Sequence[Clock]
    grounds: Sequence[str]
    judge: str
    window: date | None
    objection: date | None  # the last safe day of a third party who learned of the ruling on the day it was made
    enforce_by: date | None

    @property
    def application(self) -> Document | None:
        """The joint application, once both have signed it."""
        return next((paper for paper in self.papers if paper.kind == PAPERS[0]), None)

    @property
    def ruled_out(self) -> bool:
        """Whether the court has ruled against the text."""
        return self.subject.stage in stages.RULED_OUT

    @property
    def letters(self) -> list[Entry]:
        """What was written."""
        return [one for one in self.entries if one.item.kind == LETTER and one.text]

    @property
    def files(self) -> list[Entry]:
        """What was handed in."""
        return [one for one in self.entries if one.item.kind == FILE and one.file]


def view(session: Session, case: Case, subject: Subject, actor: Actor, at: datetime) -> View:
    """Everything that the page of one confirmation shows."""
    row = session.get_one(Confirmation, subject.id)
    agreement = session.get_one(Agreement, row.agreement_id)
    papers = session.scalars(
        select(Document)
        .where(Document.subject_id == subject.id, Document.status == "issued", readable_documents(actor, at))
        .order_by(Document.created)
    ).all()
    titles = REFUSALS | NOT_TAKEN
    confirmed = subject.stage in stages.CONFIRMED
    return View(
        subject=subject,
        row=row,
        agreement=agreement,
        court=called(session.get_one(Organisation, row.court_id)),
        instruction=INSTRUCTIONS[row.submission],
        sides=_sides(session, row),
        entries=[one for one in items_of(session, case.id, actor, at, (LETTER, FILE)) if one.item.subject_id == subject.id],
        papers=papers,
        clocks=[clock for clock, of in clocks_of(session, case.id, actor, at) if of.id == subject.id],
        grounds=[titles[code] for code in row.grounds],
        judge=persons.names_of([row.judge_id])[row.judge_id] if row.judge_id else "",
        window=window(case, agreement),
        objection=_own_date("confirmation.objection", local_day(row.decided_at)) if confirmed and row.decided_at else None,
        enforce_by=_enforce_by(session, agreement.id) if confirmed else None,
    )


def _sides(session: Session, row: Confirmation) -> list[Side]:
    found = session.execute(
        select(Applicant, Party)
        .join(Party, Party.id == Applicant.party_id)
        .where(Applicant.confirmation_id == row.id)
        .order_by(Party.side, Party.number)
    ).all()
    names = party_names(session, [party for _, party in found])
    return [Side(party, names[party.id], line, _reach(session, party)) for line, party in found]


def _reach(session: Session, party: Party) -> tuple[str, ...]:
    """Of an organisation what the register holds; of a person the contacts, masked."""
    if party.organisation_id:
        register = session.get_one(Organisation, party.organisation_id)
        known = [register.uscc, *(contact.value for contact in contacts_of(party.organisation_id))]
        return tuple(one for one in known if one)
    masked = persons.masked(party.person_id) if party.person_id else {}
    return tuple(masked[kind] for kind in (DetailKind.PHONE, DetailKind.EMAIL, DetailKind.ADDRESS) if masked.get(kind))


def _own_date(name: str, day: date) -> date | None:
    """A date that only some versions of the law know."""
    try:
        return find_rule("cn", name, day).due_on(day).day
    except NoRulebook:
        return None


def _enforce_by(session: Session, agreement_id: UUID) -> date | None:
    """Two years from the first day that was missed (CPL art. 250)."""
    missed = missed_payments(session, agreement_id)
    return _own_date("enforcement.apply", missed[0].day) if missed else None


@dataclass(frozen=True)
class Show:
    """One tab of the court's list."""

    code: str
    title: str
    stages: tuple[str, ...]


SHOWS = (
    Show("incoming", N_("To accept"), (stages.SUBMITTED,)),
    Show("returned", N_("Returned"), (stages.RETURNED,)),
    Show("registered", N_("To examine"), (stages.REGISTERED,)),
    Show("enforcement", N_("Enforcement"), (stages.ENFORCEMENT_ASKED,)),
    Show("ended", N_("Ended"), (stages.GRANTED, stages.REFUSED, stages.NOT_ACCEPTED, stages.WITHDRAWN, stages.ENFORCING)),
)


@dataclass(frozen=True)
class Row:
    """One confirmation on the list."""

    subject: Subject
    case: Case
    row: Confirmation
    clock: Clock | None
    names: Sequence[str]


def on_desk(actor: Actor, at: datetime, wanted: tuple[str, ...]) -> ColumnElement[bool]:
    """Applications at the actor's court in these stages."""
    return and_(
        Subject.kind == "confirmation", Subject.desk_id == actor.organisation_id, Subject.stage.in_(wanted),
        visible_cases(actor, at),
    )  # fmt: skip


def rows(session: Session, actor: Actor, at: datetime, show: Show, page: int) -> list[Row]:
    """One page of a tab, the next deadline first."""
    running = and_(Clock.subject_id == Subject.id, Clock.status == RUNNING, Clock.due_at == Subject.due)
    found = session.execute(
        select(Subject, Case, Confirmation, Clock)
        .join(Case, Case.id == Subject.case_id)
        .join(Confirmation, Confirmation.id == Subject.id)
        .outerjoin(Clock, running)
        .where(on_desk(actor, at, show.stages))
        .order_by(Subject.due.is_(None), Subject.due, Subject.created.desc(), Subject.id)
        .offset((page - 1) * SIZE)
        .limit(SIZE)
    ).all()
    names = _applicants(session, [one.Confirmation.id for one in found])
    return [Row(one.Subject, one.Case, one.Confirmation, one.Clock, names.get(one.Confirmation.id, ())) for one in found]


def counts(session: Session, actor: Actor, at: datetime) -> dict[str, int]:
    """How many applications each tab holds, in one statement."""
    every = tuple(stage for show in SHOWS for stage in show.stages)
    wanted = select(Subject.stage, func.count()).join(Case, Case.id == Subject.case_id).where(on_desk(actor, at, every))
    by_stage = {stage: number for stage, number in session.execute(wanted.group_by(Subject.stage))}
    return {show.code: sum(by_stage.get(stage, 0) for stage in show.stages) for show in SHOWS}


def _applicants(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    found = session.execute(
        select(Applicant.confirmation_id, Party)
        .join(Party, Party.id == Applicant.party_id)
        .where(Applicant.confirmation_id.in_(ids))
        .order_by(Party.side, Party.number)
    ).all()
    names = party_names(session, [one.Party for one in found])
    made: dict[UUID, list[str]] = {}
    for one in found:
        made.setdefault(one.confirmation_id, []).append(names[one.Party.id])
    return made


def roster_of(session: Session, court_id: UUID) -> list[tuple[RosterEntry, str]]:
    """The lines of a court's roster with the names of the bodies, those in force first."""
    found = session.execute(
        select(RosterEntry, Organisation)
        .join(Organisation, Organisation.id == RosterEntry.body_id)
        .where(RosterEntry.court_id == court_id)
        .order_by(RosterEntry.until.is_not(None), Organisation.name, RosterEntry.since)
    ).all()
    return [(one.RosterEntry, called(one.Organisation)) for one in found]


def bodies(session: Session) -> list[Organisation]:
    """Whoever mediates by a remit of its own."""
    wanted = select(Organisation).where(
        Organisation.kind.in_([OrganisationKind.BODY.value, OrganisationKind.COUNCIL.value]), Organisation.active
    )
    return list(session.scalars(wanted.order_by(Organisation.name)))
