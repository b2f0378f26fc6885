"""One suit as its court reads it: what was submitted, what is missing, what was written, who received what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import items as kinds
from tourism_odr.cases import queries
from tourism_odr.cases.lifecycle.appointment import ACTIVE, OFFERED
from tourism_odr.cases.models import (
    Appointment,
    Case,
    Clock,
    Consent,
    CourtOutcome,
    CourtReceipt,
    Filing,
    Item,
    ItemText,
    Party,
    Subject,
)
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.models.filing import COMPLAINT, EVIDENCE_LIST, MEDIATE, SERVICE_ADDRESS
from tourism_odr.cases.papers.sealed import PERSONAL, unseal
from tourism_odr.cases.papers.suit import defendant_lines
from tourism_odr.cases.queries import Entry
from tourism_odr.cases.relations import sides_of
from tourism_odr.cases.suits import received_by
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.persons import names_of
from tourism_odr.people.roles import Role
from tourism_odr.referral.queries.filing import TITLES, View, view_of
from tourism_odr.text import N_
from tourism_odr.web.names import party_names

Check = tuple[str, bool]


@dataclass(frozen=True)
class Side:
    """A side of the suit: what it is called, what it said to the court's question, when it received the instrument."""

    party: Party
    name: str
    plaintiff: bool
    consents: bool | None
    receipt: CourtReceipt | None


@dataclass(frozen=True)
class Shown:
    """What the left half shows: a paper as it was signed, or a file."""

    code: str
    title: str
    words: dict[str, Any]
    personal: list[tuple[str, str]]
    entry: Entry | None = None


@dataclass(frozen=True)
class Package:
    """All of it."""

    view: View
    sides: list[Side]
    files: list[Entry]
    letters: list[Entry]
    clocks: list[Clock]
    checks: list[Check]
    outcome: CourtOutcome | None
    judge: str
    mediator: tuple[Subject, str] | None
    plaintiff: Party

    def shown(self, code: str) -> Shown:
        """The paper or file of that name; the complaint when there is none."""
        for entry in self.files:
            if str(entry.item.id) == code and entry.file:
                return Shown(code, entry.file.name, {}, [], entry)
        paper = self.view.papers.get(code) or self.view.papers[COMPLAINT]
        opened = unseal(self.plaintiff.person_id, paper.sealed) if self.plaintiff.person_id else {}
        personal = [(label, opened[name]) for name, label in PERSONAL.items() if opened.get(name)]
        return Shown(paper.kind, TITLES[paper.kind], paper.words, personal)

    @property
    def defendant_lines(self) -> list[tuple[str, str]]:
        """Who is sued, as the complaint says it."""
        return defendant_lines(Session.object_session(self.view.filing), self.view.filing)  # type: ignore[arg-type]  # it was read here


def package(session: Session, case: Case, subject: Subject, actor: Actor, at: datetime) -> Package:
    """The suit behind the address."""
    filing = session.get_one(Filing, subject.id)
    view = view_of(session, subject, filing, actor, at)
    entries = [
        one for one in queries.items_of(session, case.id, actor, at, (kinds.FILE, kinds.LETTER)) if one.item.place_id == subject.place_id
    ]
    files = [one for one in entries if one.file]
    clocks = session.scalars(select(Clock).where(Clock.subject_id == subject.id, Clock.status == RUNNING).order_by(Clock.due_at))
    judge = names_of([filing.judge_id])[filing.judge_id] if filing.judge_id else ""
    return Package(
        view, sides(session, filing), files, [one for one in entries if one.text and not one.file], list(clocks),
        _checks(session, view, files), session.get(CourtOutcome, filing.id), judge, _mediator(session, filing),
        session.get_one(Party, filing.plaintiff_id),
    )  # fmt: skip


def sides(session: Session, filing: Filing) -> list[Side]:
    """Plaintiff and defendants."""
    parties = sides_of(session, filing)
    names, received = party_names(session, parties), received_by(session, filing)
    said: dict[UUID, bool] = {}
    if filing.invited_at:
        rows = select(Consent).where(Consent.case_id == filing.case_id, Consent.kind == MEDIATE, Consent.at >= filing.invited_at)
        said = {row.party_id: row.given for row in session.scalars(rows.order_by(Consent.at))}
    return [
        Side(one, names[one.id], one.id == filing.plaintiff_id, said.get(one.id), received.get(one.id)) for one in parties
    ]


def _checks(session: Session, view: View, files: list[Entry]) -> list[Check]:
    """What a clerk looks for first: each, and whether it is there."""
    sued = [session.get_one(Party, UUID(one)) for one in view.filing.respondents]
    operators = [session.get_one(Organisation, one.organisation_id) for one in sued if one.organisation_id]
    signed = {kind: paper.signed_digest == paper.digest for kind, paper in view.papers.items()}
    return [
        (N_("Statement of claim, signed"), signed[COMPLAINT]),
        (N_("Proof of identity of the plaintiff"), bool(view.papers[COMPLAINT].sealed)),
        (N_("The respondent's licence or register entry"), bool(sued) and all(one.uscc or one.licence or one.source for one in operators)),
        (N_("List of evidence, signed, with a digest of each file"), signed[EVIDENCE_LIST]),
        (N_("The evidence itself"), bool(files)),
        (N_("Paper on the end of the mediation, on silence or on breach"), any(one.item.copy_of is None for one in files)),
        (N_("Confirmation of the service address, signed"), signed[SERVICE_ADDRESS]),
        (N_("Consent to online procedure and to service online"), view.agreed),
    ]


def _mediator(session: Session, filing: Filing) -> tuple[Subject, str] | None:
    """Whom this court asked, while the appointment stands."""
    row = session.execute(
        select(Subject, Appointment.person_id)
        .join(Appointment, Appointment.id == Subject.id)
        .where(Appointment.case_id == filing.case_id, Appointment.by_body_id == filing.court_id)
        .where(Subject.stage.in_((OFFERED, ACTIVE)))
    ).first()
    return (row[0], names_of([row[1]])[row[1]]) if row else None


def last_words(session: Session, subject: Subject, role: Role) -> str:
    """What somebody in that part wrote last into the place of the suit."""
    found = session.scalars(
        select(ItemText.body)
        .join(Item, Item.id == ItemText.item_id)
        .where(Item.place_id == subject.place_id, Item.role == role.value, Item.kind == kinds.LETTER)
        .order_by(Item.number.desc())
        .limit(1)
    ).first()
    return found or ""
