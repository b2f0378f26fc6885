"""Who is complained about: completed from the register, added, or found to be named twice."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.lifecycle import TABLES
from tourism_odr.cases.lifecycle.case import LODGED
from tourism_odr.cases.models import Party, Place, Subject
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.organisations import add_contact, organisation, register_operator
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import M


@dataclass(frozen=True)
class CompleteRespondent:
    """The operator of the register that is meant."""

    case_id: UUID
    respondent_id: UUID
    seen: int
    organisation_id: UUID


@dataclass(frozen=True)
class NewOperator:
    """An operator that the register does not hold yet; an officer vouches for where it was found."""

    name: str
    source: str
    name_en: str = ""
    uscc: str = ""
    licence: str = ""
    contacts: tuple[tuple[str, str], ...] = ()  # (kind, value)


@dataclass(frozen=True)
class EnterRespondent:
    """Enter the operator first, then complete the respondent with it."""

    case_id: UUID
    respondent_id: UUID
    seen: int
    operator: NewOperator


@dataclass(frozen=True)
class AddRespondent:
    """One more respondent, whom the complaint means too."""

    case_id: UUID
    name: str
    kind: str = "agency"


@dataclass(frozen=True)
class MergeRespondent:
    """The one named here is the same as ``into_id``."""

    case_id: UUID
    respondent_id: UUID
    seen: int
    into_id: UUID


def complete(command: CompleteRespondent, *, by: Actor, at: datetime) -> None:
    """Tie the respondent to an operator of the register."""
    with unit_of_work() as session:
        _complete(session, command, by, at)


def enter(command: EnterRespondent, *, by: Actor, at: datetime) -> UUID:
    """A new operator with its source, and the respondent tied to it."""
    with unit_of_work() as session:
        _respondent(session, command.case_id, command.respondent_id)
        given, today = command.operator, local_day(at)
        operator = register_operator(
            given.name, at=at, source=given.source, source_day=today, name_en=given.name_en,
            uscc=given.uscc.upper() or None, licence=given.licence.upper() or None,
        )  # fmt: skip
        for kind, value in given.contacts:
            add_contact(
                operator, kind, value, source=given.source, source_day=today, at=at, verified_by=by.person_id
            )
        known = CompleteRespondent(command.case_id, command.respondent_id, command.seen, operator)
        _complete(session, known, by, at)
        return operator


def _complete(session: Session, command: CompleteRespondent, by: Actor, at: datetime) -> None:
    party = _respondent(session, command.case_id, command.respondent_id)
    operator = organisation(command.organisation_id)
    if operator.kind != OrganisationKind.OPERATOR or not operator.active:
        raise RefusedError(M("Select an operator of the register."))
    twin = select(Party.id).where(
        Party.case_id == party.case_id, Party.organisation_id == operator.id, Party.id != party.id
    )
    if session.scalars(twin).first():
        raise RefusedError(M("This operator is already a respondent of this case. Join the two instead."))
    party.organisation_id = operator.id
    session.get_one(Subject, party.id).desk_id = operator.id
    session.flush()
    steps.take(
        party.id, "respondent.complete", by=by, at=at, seen=command.seen, party_id=party.id,
        facts={"to": str(operator.id)},
    )  # fmt: skip


def add(command: AddRespondent, *, by: Actor, at: datetime) -> UUID:
    """Name one more respondent while the complaint is not decided on."""
    with unit_of_work() as session:
        case, state = steps.lock(session, command.case_id)
        if state.stage != LODGED:
            raise MovedOnError(case.id, "case.accept", state.stage)
        last = session.scalar(
            select(func.max(Party.number)).where(Party.case_id == case.id, Party.side == RESPONDENT)
        )
        party = Party(
            id=uuid4(), case_id=case.id, side=RESPONDENT, number=(last or 0) + 1, kind=command.kind,
            typed_name=command.name, late=False,
        )  # fmt: skip
        session.add(party)
        steps.begin(session, case.id, "respondent", session.get_one(Place, state.place_id), at, id=party.id)
        steps.take(party.id, "respondent.name", by=by, at=at, facts={"number": party.number})
        return party.id


def merge(command: MergeRespondent, *, by: Actor, at: datetime) -> None:
    """Two names for one: the case goes on with the other."""
    with unit_of_work() as session:
        party = _respondent(session, command.case_id, command.respondent_id)
        into = session.get(Party, command.into_id)
        if into is None or into.case_id != party.case_id or into.side != RESPONDENT or into.id == party.id:
            raise RefusedError(M("Select another respondent of this case."))
        if session.get_one(Subject, into.id).stage in TABLES["respondent"].finals:
            raise RefusedError(M("Select another respondent of this case."))
        party.organisation_id = None  # an operator is a party of the case once
        session.get_one(Subject, party.id).desk_id = None
        facts = {"to": str(into.id)}
        steps.take(
            party.id, "respondent.merge", by=by, at=at, seen=command.seen, party_id=party.id, facts=facts
        )


def _respondent(session: Session, case_id: UUID, respondent_id: UUID) -> Party:
    """The respondent of this case, locked."""
    party = session.get(Party, respondent_id)
    if party is None or party.case_id != case_id or party.side != RESPONDENT:
        raise NotYoursError("no such respondent of this case")
    steps.lock(session, party.id)
    return party
