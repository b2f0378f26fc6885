"""Queueing notices: one row a recipient, with parameters frozen in the step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.lifecycle import NEW, PlaceKind, Told
from tourism_odr.cases.models import (
    Appointment,
    Filing,
    Instalment,
    Notice,
    Place,
    Service,
    Transfer,
    Urge,
)
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.cases.move import Move
from tourism_odr.cases.places import members
from tourism_odr.cases.relations import active_mediators, applicants_of, court_of, parties_of, time_of
from tourism_odr.db import met
from tourism_odr.people.models import Person
from tourism_odr.people.roles import Role
from tourism_odr.text import DEFAULT_LOCALE

WAITING = "waiting"
MESSAGE_NOTICE = "message-notice"


@dataclass(frozen=True)
class Recipient:
    """A person, or an organisation's people in a role."""

    person_id: UUID | None = None
    organisation_id: UUID | None = None
    role: Role | None = None


def tell(move: Move) -> None:
    """One notice for each recipient of each ``tells`` of the step.

    Nobody is told of what they did themselves, but whoever lodges gets word that it arrived.
    """
    lodging = NEW in move.step.leaves and move.step.kind == "case"
    readers = _readers(move) if move.step.tells and not move.step.outsiders else set()
    for told in move.step.tells:
        for recipient in _who(move, told, readers):
            own = recipient.person_id is not None and recipient.person_id == move.by.person_id
            if (own and not lodging) or _told_lately(move, told, recipient):
                continue
            queue(
                move.session,
                f"{move.step.kind}/{move.step.verb}/{told.value}",
                recipient,
                at=move.at,
                case_id=move.case.id,
                event_id=move.event.id,
                params=_params(move),
            )


def _told_lately(move: Move, told: Told, recipient: Recipient) -> bool:
    """Of talk one notice is enough for as long as the house rule says; the page shows the rest."""
    book = rulebook_of(move.case)
    if not move.step.talk or not book.has(MESSAGE_NOTICE):
        return False
    last = select(Notice.created).where(
        Notice.case_id == move.case.id,
        Notice.template == f"{move.step.kind}/{move.step.verb}/{told.value}",
        Notice.person_id == recipient.person_id,
        Notice.organisation_id == recipient.organisation_id,
    )
    created = move.session.scalars(last.order_by(Notice.created.desc()).limit(1)).first()
    return created is not None and book.rule(MESSAGE_NOTICE).due(created).at > move.at


def queue(
    session: Session,
    template: str,
    recipient: Recipient,
    *,
    at: datetime,
    params: dict[str, Any],
    case_id: UUID | None = None,
    event_id: UUID | None = None,
    document_id: UUID | None = None,
) -> Notice:
    """Write one message into the outbox.  ``params`` hold codes, days and numbers, never a person's words."""
    locale = DEFAULT_LOCALE
    if recipient.person_id and (person := met(session, Person, recipient.person_id)):
        locale = person.locale
    notice = Notice(
        id=uuid4(),
        case_id=case_id,
        event_id=event_id,
        template=template,
        person_id=recipient.person_id,
        organisation_id=recipient.organisation_id,
        role=recipient.role.value if recipient.role else None,
        locale=locale,
        params=params,
        document_id=document_id,
        status=WAITING,
        attempts=0,
        created=at,
        next_at=at,
        message_id=f"{uuid4()}",
    )
    session.add(notice)
    return notice


def _params(move: Move) -> dict[str, Any]:
    """What every notice may say: the case's number, the step, and the days of the clocks that it started."""
    return {
        "number": move.case.number,
        "case": str(move.case.id),
        "subject": str(move.subject.id),
        "step": move.step.name,
        "at": move.at.isoformat(),
        "days": {clock.name: clock.day.isoformat() for clock in move.started},
        **move.params,
    }


def _who(move: Move, told: Told, readers: set[UUID]) -> list[Recipient]:
    """Those who read a place in which this step was written: a notice never tells of another place."""
    found = WHO[told](move)
    if move.step.outsiders:
        return found
    return [one for one in found if (one.person_id or one.organisation_id) in readers]


def _readers(move: Move) -> set[UUID]:
    """The members now of the places in which the step was written."""
    return {one.principal_id for place in move.places for one in members(move.session, place)}


def _tourist(move: Move) -> list[Recipient]:
    found = parties_of(move)
    return [Recipient(person_id=one.person_id) for one in found if one.side == COMPLAINANT and one.person_id]


def _respondent(move: Move) -> list[Recipient]:
    concerned = _concerned(move)
    return [
        Recipient(organisation_id=party.organisation_id, role=Role.HANDLER)
        for party in parties_of(move)
        if party.side == RESPONDENT and (concerned is None or party.id in concerned)
        if party.organisation_id and party.organisation_id != move.by.organisation_id
    ]


def _concerned(move: Move) -> list[UUID] | None:
    """The respondents that the step is about; None: all of the case."""
    subject = time_of(move.session, move.subject)
    if subject.kind == "respondent":
        return [subject.id]
    if subject.kind == "service":
        return [move.session.get_one(Service, subject.id).respondent_id]
    if subject.kind == "urge":
        party = move.session.get_one(Urge, subject.id).party_id
        return [party] if party else []
    if subject.kind == "filing":
        return [UUID(sued) for sued in move.session.get_one(Filing, subject.id).respondents]
    if subject.kind == "confirmation":
        return applicants_of(move.session, subject.id)
    if subject.kind == "instalment":
        paid = move.session.get_one(Instalment, subject.id)
        return [paid.payer_id, paid.payee_id]
    place = move.session.get_one(Place, subject.place_id)
    if place.kind in (PlaceKind.DIRECT, PlaceKind.CAUCUS) and place.party_id:
        return [place.party_id]
    return None


def _mediator(move: Move) -> list[Recipient]:
    if move.subject.kind == "appointment":
        people = [move.session.get_one(Appointment, move.subject.id).person_id]
    else:
        people = active_mediators(move.session, move.case.id)
    return [Recipient(person_id=person) for person in people]


def _body(role: Role) -> Callable[[Move], list[Recipient]]:
    def find(move: Move) -> list[Recipient]:
        bodies: Iterable[UUID] = (move.case.body_id,)
        if move.subject.kind == "transfer":
            transfer = move.session.get_one(Transfer, move.subject.id)
            bodies = {transfer.from_body_id, transfer.to_body_id, move.subject.desk_id or transfer.to_body_id}
        if move.subject.kind == "appointment" and court_of(move.session, move.subject):
            return []  # a court's mediator answers to the court
        return [Recipient(organisation_id=body, role=role) for body in sorted(bodies)]

    return find


def _court(role: Role) -> Callable[[Move], list[Recipient]]:
    def find(move: Move) -> list[Recipient]:
        court = court_of(move.session, move.subject)
        return [Recipient(organisation_id=court, role=role)] if court else []

    return find


WHO: dict[Told, Callable[[Move], list[Recipient]]] = {
    Told.TOURIST: _tourist,
    Told.RESPONDENT: _respondent,
    Told.MEDIATOR: _mediator,
    Told.OFFICER: _body(Role.OFFICER),
    Told.HEAD: _body(Role.HEAD),
    Told.CLERK: _court(Role.CLERK),
    Told.JUDGE: _court(Role.JUDGE),
}
