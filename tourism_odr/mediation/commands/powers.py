"""Powers: filing the authority under which somebody acts for a respondent, its check, and its end."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from tourism_odr.cases import items, steps
from tourism_odr.cases.items import StoredFile, Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Party, Power
from tourism_odr.cases.places import open_place
from tourism_odr.cases.powers import record_check, revoke
from tourism_odr.clock import end_of_day
from tourism_odr.db import unit_of_work
from tourism_odr.people import organisations
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import RESPONDENT
from tourism_odr.rulebooks import local_zone
from tourism_odr.text import M


@dataclass(frozen=True)
class FilePower:
    """Who may do what for the respondent, up to which amount and day, on which paper."""

    respondent_id: UUID
    holder_id: UUID
    kind: str
    scopes: tuple[str, ...]
    paper: StoredFile
    limit: Decimal | None = None
    until: date | None = None


@dataclass(frozen=True)
class CheckPower:
    """Whether the paper carries the power; when it does not, why."""

    case_id: UUID
    respondent_id: UUID
    power_id: UUID
    sound: bool
    reason: Words | None = None


@dataclass(frozen=True)
class RevokePower:
    """Which power ends, and why; whoever checked it has to say so."""

    case_id: UUID
    respondent_id: UUID
    power_id: UUID
    reason: Words | None = None


def file_power(command: FilePower, *, by: Actor, at: datetime) -> UUID:
    """Put a power on record with its paper; it counts once it was checked."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.respondent_id)
        party = session.get_one(Party, subject.id)
        ours = organisations.people_of(party.organisation_id, None, at) if party.organisation_id else []
        if command.holder_id not in ours:
            raise RefusedError(M("Choose somebody of your own organisation."))
        file = open_place(session, case.id, PlaceKind.FILE)
        paper = add_item(
            session, file, items.FILE, by=by, at=at, file=command.paper, party_id=party.id, subject_id=subject.id
        )
        power = Power(
            id=uuid4(), case_id=case.id, party_id=party.id, person_id=command.holder_id, kind=command.kind,
            scopes=list(command.scopes), limit=command.limit, since=at,
            until=end_of_day(command.until, local_zone(case.jurisdiction)) if command.until else None, paper_id=paper.id,
        )  # fmt: skip
        session.add(power)
        steps.take(
            subject.id, "respondent.file-power", by=by, at=at, party_id=party.id, facts={"power": str(power.id)},
            digests=(paper.digest,),
        )  # fmt: skip
        return power.id


def check_power(command: CheckPower, *, by: Actor, at: datetime) -> None:
    """Mark the power as checked, or turn it down with a reason that its holder reads."""
    if not command.sound and command.reason is None:
        raise RefusedError(M("Say why the power does not hold."))
    words = None if command.sound else command.reason
    with unit_of_work() as session:
        record_check(
            session, command.case_id, command.respondent_id, command.power_id,
            sound=command.sound, words=words, by=by, at=at,
        )  # fmt: skip


def revoke_power(command: RevokePower, *, by: Actor, at: datetime) -> None:
    """End a power from now on; the side itself may, and whoever checked it with a reason."""
    if command.reason is None and by.role not in RESPONDENT:
        raise RefusedError(M("Say why the power ends."))
    with unit_of_work() as session:
        revoke(
            session, command.case_id, command.respondent_id, command.power_id, words=command.reason, by=by, at=at
        )
