"""An office acts for a party: the signed authority, its end, and each sitting in which acts are entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import items, steps
from tourism_odr.cases.authority import in_force
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.items import StoredFile, Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Party, Place, Power
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.cases.places import members, open_place
from tourism_odr.cases.relations import party_of
from tourism_odr.cases.sittings import ANSWER, COUNTER
from tourism_odr.clock import end_of_day
from tourism_odr.db import unit_of_work
from tourism_odr.people import links, persons, sessions
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import LinkScope, Sitting
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import COUNTER as COUNTER_ROLES
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import local_zone
from tourism_odr.text import N_, M

DESK, PHONE, PAPER, LINK = "desk", "phone", "paper", "link"
MEANS = {
    DESK: N_("They stand here at the desk"),
    PHONE: N_("They are on the phone"),
    PAPER: N_("Their signed paper is here"),
}


@dataclass(frozen=True)
class GrantAuthority:
    """The slip that a party signed: what may be done for it, up to which amount and day, and how it was identified."""

    case_id: UUID
    party_id: UUID
    scopes: tuple[str, ...]
    shown: str
    paper: StoredFile
    limit: Decimal | None = None
    until: date | None = None


@dataclass(frozen=True)
class NameRepresentative:
    """Whom a party lets act for it: the name, what for, up to which amount and day."""

    case_id: UUID
    name: str
    scopes: tuple[str, ...]
    until: date
    limit: Decimal | None = None
    code_checked: bool = False


@dataclass(frozen=True)
class SitDown:
    """For whom, how they are with us, and what was read back to them; ``scopes`` are the acts that it covers."""

    case_id: UUID
    party_id: UUID
    means: str
    scopes: tuple[str, ...]
    read_back: Words
    note: Words | None = None
    scans: Sequence[StoredFile] = ()
    once: UUID | None = None


def grant_authority(command: GrantAuthority, *, by: Actor, at: datetime) -> UUID:
    """Put the authority on record with its scan; it is checked by whoever saw the person sign."""
    if by.person_id is None:
        raise NotYoursError("nobody in person")
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        party = _party(session, case, command.party_id)
        place = _known_to_others(session, case, party)
        paper = add_item(session, place, items.FILE, by=by, at=at, file=command.paper, party_id=party.id)
        until = end_of_day(command.until, local_zone(case.jurisdiction)) if command.until else None
        power = Power(
            id=uuid4(), case_id=case.id, party_id=party.id, person_id=by.person_id, kind=COUNTER,
            scopes=list(command.scopes), limit=command.limit, since=at, until=until, paper_id=paper.id,
            checked_by=by.person_id, checked_at=at,
        )  # fmt: skip
        session.add(power)
        steps.take(
            case.id, "case.grant-authority", by=by, at=at, party_id=party.id, place_id=place.id,
            facts={"power": str(power.id), "basis": command.shown}, digests=(paper.digest,),
        )  # fmt: skip
        return power.id


def name_representative(command: NameRepresentative, *, by: Actor, at: datetime) -> tuple[str, str]:
    """Let somebody act for oneself by a link and a code of their own, both told once; ending the authority ends them."""
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        party = party_of(session, case.id, by)
        if party is None or party.person_id is None or by.seat is not None:
            raise NotYoursError("only the party itself names who acts for it")
        person_id = persons.create_person(locale=case.locale, at=at, name=command.name)
        until = end_of_day(command.until, local_zone(case.jurisdiction))
        power = Power(
            id=uuid4(), case_id=case.id, party_id=party.id, person_id=person_id, kind=COUNTER, scopes=list(command.scopes),
            limit=command.limit, since=at, until=until, checked_by=by.person_id, checked_at=at,
        )  # fmt: skip
        session.add(power)
        session.add(
            Sitting(
                id=uuid4(), person_id=person_id, case_id=case.id, party_id=party.id, principal_id=party.person_id,
                role=Role.REPRESENTATIVE.value, power_id=power.id, scopes=list(command.scopes), means=LINK, began=at, until=until,
            )
        )  # fmt: skip
        steps.take(
            case.id, "case.grant-authority", by=by, at=at, party_id=party.id, facts={"power": str(power.id), "basis": LINK},
            place_id=_known_to_others(session, case, party).id, papers={"code_checked": command.code_checked},
        )  # fmt: skip
        return links.make_link(person_id, case.id, LinkScope.FULL, at), links.make_printed_code(person_id, case.id, at)


def revoke_authority(case_id: UUID, power_id: UUID, *, by: Actor, at: datetime) -> None:
    """End it from now on, and every sitting under it; the party itself may, whoever holds it, and the body."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, case_id)
        power = session.get(Power, power_id)
        if power is None or power.case_id != case.id or power.kind != COUNTER or not may_end(session, power, by):
            raise NotYoursError("no such authority of theirs")
        if power.revoked_at is not None:
            raise MovedOnError(case.id, "case.revoke-authority", subject.stage)
        power.revoked_at = at
        sessions.end_sittings(at, power_id=power.id)
        party = session.get_one(Party, power.party_id)
        steps.take(
            case.id, "case.revoke-authority", by=by, at=at, party_id=party.id, facts={"power": str(power.id)},
            place_id=_known_to_others(session, case, party).id,
        )  # fmt: skip


def may_end(session: Session, power: Power, by: Actor) -> bool:
    """The office whose person holds it, the body, or the party itself; nobody ends it while acting under it."""
    if by.seat is not None:
        return False
    if by.role in COUNTER_ROLES:
        return by.role is not Role.COUNCIL or power.person_id == by.person_id
    party = party_of(session, power.case_id, by)
    return party is not None and party.id == power.party_id


def sit_down(command: SitDown, *, by: Actor, at: datetime) -> UUID:
    """Record how the party is with us and what was read back, and let this session act for it."""
    if not command.note and not command.scans:
        raise RefusedError(M("Add a scan of the paper, or a note of the call."))
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        if command.once and session.get(Sitting, command.once):
            raise RefusedError(M("This sitting was begun already."))
        party = _party(session, case, command.party_id)
        power = _ground(session, case, party, command, by, at)
        place = _own(session, case, party)
        laid = _record(session, place, party, command, by, at)
        sitting = _sitting(case, party, power, command, by, at)
        session.add(sitting)
        facts = {"subject": str(sitting.id), "method": command.means} | ({"power": str(power.id)} if power else {})
        steps.take(case.id, "case.sit", by=by, at=at, party_id=party.id, place_id=place.id, facts=facts, digests=laid)
        if by.session_id:
            sessions.sit_down(by.session_id, sitting.id)
        return sitting.id


def stand_up(sitting_id: UUID, at: datetime) -> None:
    """End the sitting; the session goes on in its own role."""
    with unit_of_work():
        sessions.end_sittings(at, sitting_id=sitting_id)


def _ground(session: Session, case: Case, party: Party, command: SitDown, by: Actor, at: datetime) -> Power | None:
    """The authority on which the sitting rests; a respondent's own signed answer needs none."""
    held = [
        power
        for power in authorities(session, case.id, by)
        if power.party_id == party.id and in_force(power, at) and set(command.scopes) <= set(power.scopes)
    ]
    if held:
        return held[-1]
    if party.side != COMPLAINANT and command.means == PAPER and command.scans and set(command.scopes) == {ANSWER}:
        return None
    raise RefusedError(M("You hold no authority of this party that covers all of it. Let them sign one first, or leave out what it does not cover."))


def authorities(session: Session, case_id: UUID, by: Actor) -> list[Power]:
    """The authorities that somebody holds in a case, oldest first."""
    wanted = select(Power).where(Power.case_id == case_id, Power.person_id == by.person_id, Power.kind == COUNTER)
    return list(session.scalars(wanted.order_by(Power.since)))


def _sitting(case: Case, party: Party, power: Power | None, command: SitDown, by: Actor, at: datetime) -> Sitting:
    principal, office = party.person_id or party.organisation_id, by.organisation_id
    if principal is None or office is None or by.person_id is None:
        raise RefusedError(M("Complete this respondent from the register first."))
    return Sitting(
        id=command.once or uuid4(), person_id=by.person_id, organisation_id=office, case_id=case.id, party_id=party.id,
        principal_id=principal, role=(Role.REPRESENTATIVE if party.side == COMPLAINANT else Role.HANDLER).value,
        power_id=power.id if power else None, scopes=list(command.scopes), means=command.means, began=at,
        until=power.until if power else None,
    )  # fmt: skip


def _record(session: Session, place: Place, party: Party, command: SitDown, by: Actor, at: datetime) -> tuple[str, ...]:
    """The note, what was read back, and the scans lie in the party's own place: they may tell what it thinks."""
    words = [one for one in (command.note, command.read_back) if one]
    laid = [add_item(session, place, items.NOTE, by=by, at=at, words=one, party_id=party.id) for one in words]
    laid += [add_item(session, place, items.FILE, by=by, at=at, file=scan, party_id=party.id) for scan in command.scans]
    return tuple(item.digest for item in laid)


def _party(session: Session, case: Case, party_id: UUID) -> Party:
    """A complainant, or a respondent that was served and so reads the file."""
    party = session.get(Party, party_id)
    if party is None or party.case_id != case.id:
        raise NotYoursError("no such party of this case")
    if party.side != COMPLAINANT and party.organisation_id not in {
        one.principal_id for one in members(session, open_place(session, case.id, PlaceKind.FILE))
    }:
        raise RefusedError(M("This respondent was not served yet. Serve it first."))
    return party


def _known_to_others(session: Session, case: Case, party: Party) -> Place:
    """Where an authority is on record: of a tourist with the body, of a respondent in the file, as its other powers."""
    return open_place(session, case.id, PlaceKind.TRIAGE if party.side == COMPLAINANT else PlaceKind.FILE)


def _own(session: Session, case: Case, party: Party) -> Place:
    if party.person_id:
        return open_place(session, case.id, PlaceKind.OWN, person_id=party.person_id)
    return open_place(session, case.id, PlaceKind.INSIDE, organisation_id=party.organisation_id)
