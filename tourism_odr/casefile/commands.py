"""What people lay into the file of a case: messages and files."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tourism_odr.cases import items, queries, steps
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Place
from tourism_odr.cases.relations import party_of
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor

WRITTEN_IN = (PlaceKind.FILE, PlaceKind.TRIAGE)


@dataclass(frozen=True)
class WriteLetter:
    """A message into the file or to the body."""

    case_id: UUID
    place_id: UUID
    words: Words


@dataclass(frozen=True)
class AddEvidence:
    """Files with what they are to show."""

    case_id: UUID
    files: tuple[StoredFile, ...]
    words: Words


def write_letter(command: WriteLetter, *, by: Actor, at: datetime) -> UUID:
    """Lay a message where its author said."""
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        place = _writable(session, case.id, by, at, place_id=command.place_id)
        party = party_of(session, case.id, by)
        party_id = party.id if party else None
        item = items.add_item(session, place, items.LETTER, by=by, at=at, words=command.words, party_id=party_id)
        steps.take(
            case.id, "case.write", by=by, at=at, place_id=place.id, party_id=party_id, digests=(item.digest,)
        )
        return item.id


def add_evidence(command: AddEvidence, *, by: Actor, at: datetime) -> None:
    """Lay files into the file of the case, where all who read it see them."""
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        place = _writable(session, case.id, by, at, kind=PlaceKind.FILE)
        party = party_of(session, case.id, by)
        party_id = party.id if party else None
        laid = [
            items.add_item(
                session, place, items.FILE, by=by, at=at, words=command.words, file=file, party_id=party_id, court=True
            )
            for file in command.files
        ]
        steps.take(
            case.id, "case.add-evidence", by=by, at=at, place_id=place.id, party_id=party_id,
            digests=tuple(item.digest for item in laid), facts={"files": len(laid)},
        )  # fmt: skip


def writable_places(session: Session, case_id: UUID, actor: Actor, at: datetime) -> list[Place]:
    """Where the actor may write a message: the file, and beside it what only tourist and body read."""
    return [place for place in queries.places_of(session, case_id, actor, at) if place.kind in WRITTEN_IN]


def _writable(
    session: Session, case_id: UUID, by: Actor, at: datetime, *, place_id: UUID | None = None, kind: PlaceKind | None = None
) -> Place:
    for place in writable_places(session, case_id, by, at):
        if place.id == place_id or place.kind == kind:
            return place
    raise NotYoursError("no such place")
