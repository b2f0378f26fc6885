"""What is said and laid down in a room: talk, notes, files, copies; and how the mediator ends it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.audience import readable_items, readable_places
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.items import FILE, LETTER, NOTE, TALK, StoredFile, Words, add_item, place_for
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Evidence, Item, ItemText, Party, Place
from tourism_odr.cases.places import open_place
from tourism_odr.cases.relations import party_of
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.text import N_

ROOMS = (PlaceKind.JOINT, PlaceKind.DIRECT, PlaceKind.CAUCUS, PlaceKind.NOTES)
WIDER = (PlaceKind.JOINT, PlaceKind.DIRECT, PlaceKind.FILE)  # where something said in private may be copied to
# Why a mediator ends it; the code is what the termination paper and the figures say.
REASONS = {
    "no-agreement": N_("The positions are too far apart"),
    "no-consent": N_("One side no longer wants to mediate"),
    "no-response": N_("One side no longer takes part"),
    "other": N_("Another reason"),
}


@dataclass(frozen=True)
class Say:
    """Words for one place, and for no other."""

    case_id: UUID
    place_id: UUID
    words: Words
    once: UUID | None = None  # the item's id, when the form that it came by may be sent twice


@dataclass(frozen=True)
class AddFiles:
    """Files that the evidence store holds already, for one place."""

    case_id: UUID
    place_id: UUID
    files: tuple[StoredFile, ...]


@dataclass(frozen=True)
class CopyItem:
    """Something that its author said in private, for other readers."""

    case_id: UUID
    item_id: UUID
    place_id: UUID


@dataclass(frozen=True)
class EndMediation:
    """The mediator ends it with one respondent; ``reason`` is a code of ``REASONS``."""

    case_id: UUID
    respondent_id: UUID
    seen: int
    reason: str
    words: Words | None = None


def enter(session: Session, case_id: UUID, place_id: UUID, by: Actor, at: datetime) -> Place:
    """Lock the case and hand out the room, when it is one of this case and the actor reads it now."""
    steps.lock(session, case_id)
    place = place_for(session, place_id, case_id)
    reads = select(Place.id).where(Place.id == place.id, readable_places(by, at))
    if place.kind not in ROOMS or session.scalars(reads).first() is None:
        raise NotYoursError("no such room")
    return place


def party_id_of(session: Session, case_id: UUID, by: Actor) -> UUID | None:
    """For whom the actor speaks; None for the mediator and the supervising body."""
    party = party_of(session, case_id, by)
    return party.id if party else None


def sent_before(session: Session, once: UUID | None, by: Actor) -> Item | None:
    """What this person's form has laid down already: asked under the lock of the case, so one of two comes first."""
    found = session.get(Item, once) if once else None
    if found is not None and found.author_id != by.person_id:
        raise NotYoursError("not this person's form")
    return found


def say_in_room(command: Say, *, by: Actor, at: datetime) -> UUID:
    """Write words into a room; in one's notes they are a note.  Returns the item."""
    with unit_of_work() as session:
        place = enter(session, command.case_id, command.place_id, by, at)
        if (sent := sent_before(session, command.once, by)) is not None:
            return sent.id
        party = party_id_of(session, command.case_id, by)
        kind = NOTE if place.kind == PlaceKind.NOTES else TALK
        item = add_item(session, place, kind, by=by, at=at, words=command.words, party_id=party, id=command.once)
        steps.take(
            command.case_id, "case.write", by=by, at=at, place_id=place.id, digests=(item.digest,), party_id=party
        )
        return item.id


def add_files_to_room(command: AddFiles, *, by: Actor, at: datetime) -> None:
    """Lay files into a room.  They stay among its readers: nothing from a room goes to a court."""
    with unit_of_work() as session:
        place = enter(session, command.case_id, command.place_id, by, at)
        party = party_id_of(session, command.case_id, by)
        digests = tuple(
            add_item(session, place, FILE, by=by, at=at, file=file, party_id=party).digest for file in command.files
        )
        steps.take(
            command.case_id, "case.add-evidence", by=by, at=at, place_id=place.id, digests=digests, party_id=party,
            facts={"files": len(digests)},
        )  # fmt: skip


def private_item(session: Session, case_id: UUID, item_id: UUID, by: Actor, at: datetime) -> Item:
    """The actor's own item in a caucus that they read; ``NotYoursError`` for anything else."""
    found = session.scalars(
        select(Item)
        .join(Place, Place.id == Item.place_id)
        .where(Item.id == item_id, Item.case_id == case_id, Place.kind == PlaceKind.CAUCUS, Item.kind.in_((TALK, FILE)))
        .where(Item.author_id == by.person_id, readable_items(by, at))
    ).first()
    if found is None:
        raise NotYoursError("not your item")
    return found


def copy_item(command: CopyItem, *, by: Actor, at: datetime) -> UUID:
    """The only way out of a caucus: its author copies one thing to readers that the check page has named."""
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        item = private_item(session, command.case_id, command.item_id, by, at)
        place = place_for(session, command.place_id, command.case_id)
        reads = select(Place.id).where(Place.id == place.id, readable_places(by, at))
        if place.kind not in WIDER or session.scalars(reads).first() is None:
            raise NotYoursError("no such place")
        party = party_id_of(session, command.case_id, by)
        copy = add_item(
            session, place, item.kind, by=by, at=at, words=_words(session, item), file=_file(session, item),
            party_id=party, copy_of=item.id,
        )  # fmt: skip
        steps.take(
            command.case_id, "case.copy-item", by=by, at=at, place_id=place.id, digests=(copy.digest,), party_id=party
        )
        return copy.id


def _words(session: Session, item: Item) -> Words | None:
    text = session.get(ItemText, item.id)
    return Words(text.body, text.language) if text and text.body else None


def _file(session: Session, item: Item) -> StoredFile | None:
    kept = session.get(Evidence, item.id)
    return StoredFile(kept.digest, kept.size, kept.kind, kept.mime, kept.name, dict(kept.shown)) if kept else None


def end_mediation(command: EndMediation, *, by: Actor, at: datetime) -> None:
    """End it without agreement; what the mediator adds lies in the case file, where both sides read it."""
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        party = session.get(Party, command.respondent_id)
        if party is None or party.case_id != command.case_id:
            raise NotYoursError("no respondent of this case")
        digests: tuple[str, ...] = ()
        if command.words:
            file = open_place(session, command.case_id, PlaceKind.FILE)
            digests = (add_item(session, file, LETTER, by=by, at=at, words=command.words).digest,)
        steps.take(
            party.id, "respondent.terminate", by=by, at=at, seen=command.seen, party_id=party.id, digests=digests,
            facts={"reason": command.reason}, papers={"reason": command.reason, "words": command.words},
        )  # fmt: skip
