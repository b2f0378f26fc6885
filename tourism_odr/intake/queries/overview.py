"""The triage page of one case: the complaint, its people, where each respondent stands, how its letter fares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import items, queries
from tourism_odr.cases.lifecycle import Step, respondent, service
from tourism_odr.cases.models import (
    Appointment,
    Case,
    ClaimElement,
    Notice,
    Party,
    Power,
    Service,
    Subject,
)
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.people import persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import DetailKind, Organisation, OrganisationContact
from tourism_odr.text import N_, M, Message
from tourism_odr.web.names import called
from tourism_odr.web.trip import trip_sheet


@dataclass(frozen=True)
class Letter:
    """One attempt to serve: the service, its subject, and the message that carries it."""

    service: Service
    subject: Subject
    notice: Notice | None

    @property
    def under_way(self) -> bool:
        return self.subject.stage == service.SENT

    @property
    def done(self) -> bool:
        return self.subject.stage == service.SERVED

    @property
    def tone(self) -> str:
        return {service.SERVED: "jade", service.FAILED: "red", service.REVOKED: "red"}.get(self.subject.stage, "amber")

    @property
    def carried(self) -> Message | str:
        """How the message fares: a mail server's word is no service."""
        return carried(self.notice) if self.notice else ""


def carried(notice: Notice) -> Message | str:
    """Waiting, kept back by a mail server, sent, come back."""
    if notice.bounced_at:
        return M("The message came back on %(at)s. Try another way.", at=notice.bounced_at)
    if notice.status == "failed":
        return N_("The message could not be sent. Try another way.")
    if notice.sent_at:
        return M("The message left on %(at)s. It counts as served only when it is opened.", at=notice.sent_at)
    if notice.attempts:
        return M("The mail server did not take the message yet; it is tried again at %(at)s.", at=notice.next_at)
    return N_("The message waits to be sent.")


@dataclass(frozen=True)
class Accused:
    """One respondent with its operator, its letters and what the officer may do about it now."""

    party: Party
    subject: Subject
    operator: Organisation | None
    contacts: Sequence[OrganisationContact]
    letters: Sequence[Letter]
    powers: Sequence[Power]
    steps: frozenset[str]

    @property
    def name(self) -> str | None:
        return called(self.operator) if self.operator else self.party.typed_name

    @property
    def to_serve(self) -> bool:
        """Waits to be served, and nothing is on its way."""
        return self.subject.stage == respondent.AWAITING_SERVICE and not any(one.under_way for one in self.letters)

    @property
    def retries(self) -> bool:
        return any(letter.subject.stage in (service.FAILED, service.REVOKED) for letter in self.letters)


def accused(session: Session, case: Case, actor: Actor) -> list[Accused]:
    """Every respondent of the case, by number."""
    rows = session.execute(
        select(Party, Subject, Organisation)
        .join(Subject, Subject.id == Party.id)
        .outerjoin(Organisation, Organisation.id == Party.organisation_id)
        .where(Party.case_id == case.id, Party.side == RESPONDENT)
        .order_by(Party.number)
    ).all()
    letters, powers = letters_of(session, case.id), powers_of(session, case.id)
    contacts = _contacts(session, [row.Organisation.id for row in rows if row.Organisation])
    return [
        Accused(
            party=party, subject=subject, operator=operator,
            contacts=contacts.get(operator.id, []) if operator else [],
            letters=[one for one in letters if one.service.respondent_id == party.id],
            powers=[one for one in powers if one.party_id == party.id],
            steps=names_of_steps(queries.steps_open_to(session, case, subject, actor)),
        )
        for party, subject, operator in rows
    ]  # fmt: skip


def names_of_steps(steps: Sequence[Step]) -> frozenset[str]:
    """The names, to ask a template's questions of."""
    return frozenset(step.name for step in steps)


def letters_of(session: Session, case_id: UUID) -> list[Letter]:
    """Every attempt to serve in the case, newest first."""
    rows = session.execute(
        select(Service, Subject, Notice)
        .join(Subject, Subject.id == Service.id)
        .outerjoin(Notice, Notice.id == Service.notice_id)
        .where(Service.case_id == case_id)
        .order_by(Subject.created.desc())
    )
    return [Letter(*row) for row in rows]


def powers_of(session: Session, case_id: UUID) -> Sequence[Power]:
    """Powers filed in the case, newest first."""
    return session.scalars(select(Power).where(Power.case_id == case_id).order_by(Power.since.desc())).all()


def _contacts(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[OrganisationContact]]:
    found: dict[UUID, list[OrganisationContact]] = {}
    if not ids:
        return found
    rows = select(OrganisationContact).where(
        OrganisationContact.organisation_id.in_(ids), OrganisationContact.ended.is_(None)
    )
    for row in session.scalars(rows.order_by(OrganisationContact.kind, OrganisationContact.value)):
        found.setdefault(row.organisation_id, []).append(row)
    return found


@dataclass(frozen=True)
class Complainant:
    """Who complains, with contacts half hidden as staff see them."""

    party: Party
    name: str
    contacts: Sequence[str]


def complainants(session: Session, case_id: UUID) -> list[Complainant]:
    """Every complainant of the case."""
    found = []
    for party in queries.parties_of(session, case_id):
        if party.side != COMPLAINANT or party.person_id is None:
            continue
        known = persons.masked(party.person_id)
        reach = [known[kind] for kind in (DetailKind.PHONE, DetailKind.EMAIL) if kind in known]
        found.append(Complainant(party, known.get(DetailKind.NAME, ""), reach))
    return found


@dataclass(frozen=True)
class Told:
    """The complaint in its own words, with files, claims and the trip; and the letters that followed."""

    statements: Sequence[queries.Entry]
    files: Sequence[queries.Entry]
    letters: Sequence[queries.Entry]
    claims: Sequence[ClaimElement]
    trip: Sequence[tuple[str, str]]


def told(session: Session, case: Case, actor: Actor, at: datetime) -> Told:
    """What the officer reads, always through the audience condition."""
    entries = queries.items_of(session, case.id, actor, at, (items.STATEMENT, items.FILE, items.LETTER))
    claims = session.scalars(select(ClaimElement).where(ClaimElement.case_id == case.id).order_by(ClaimElement.number)).all()
    return Told(
        [e for e in entries if e.item.kind == items.STATEMENT],
        [e for e in entries if e.file is not None],
        [e for e in entries if e.item.kind == items.LETTER],
        claims,
        trip_sheet(session, case),
    )


@dataclass(frozen=True)
class Appointed:
    """A mediator of the case, past or present."""

    appointment: Appointment
    subject: Subject
    name: str


def appointed(session: Session, case_id: UUID) -> list[Appointed]:
    """Every mediator who was asked, newest first."""
    rows = session.execute(
        select(Appointment, Subject).join(Subject, Subject.id == Appointment.id)
        .where(Appointment.case_id == case_id).order_by(Subject.created.desc())
    ).all()  # fmt: skip
    names = persons.names_of([row.Appointment.person_id for row in rows])
    return [Appointed(a, s, names.get(a.person_id, "")) for a, s in rows]
