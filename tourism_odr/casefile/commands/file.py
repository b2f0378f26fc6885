"""What people lay into the file of a case, and what officers do with its archive volumes."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import binding, items, queries, steps, volumes
from tourism_odr.cases.errors import NotYoursError, UnmetNeedError
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Place, Volume, VolumeLoan
from tourism_odr.cases.places import open_place
from tourism_odr.cases.relations import party_of
from tourism_odr.db import db, unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.text import M

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


@dataclass(frozen=True)
class FileVolume:
    """The officer has looked through the volume; why something is missing, where it is."""

    volume_id: UUID
    seen: int
    remark: str


@dataclass(frozen=True)
class LendVolume:
    """To whom, for what, which part, until when."""

    volume_id: UUID
    seen: int
    borrower: str
    purpose: str
    part: str
    until: date


def renew_volume(volume_id: UUID, seen: int, *, by: Actor, at: datetime) -> None:
    """Bring the catalogue up to date: what was signed or came in since goes in."""
    contents = binding.measured(db.session().get_one(Volume, volume_id).case_id, at)
    with unit_of_work() as session:
        steps.lock(session, volume_id)
        steps.take(volume_id, "volume.renew", by=by, at=at, seen=seen)
        volumes.fill(session, session.get_one(Volume, volume_id, populate_existing=True), contents)


def file_volume(command: FileVolume, *, by: Actor, at: datetime) -> None:
    """The volume is filed under the name of whoever does it; what is missing needs a remark."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.volume_id)
        volume = session.get_one(Volume, command.volume_id, populate_existing=True)
        if volume.missing and not command.remark:
            raise UnmetNeedError("remark", M("Something is missing: write why, and what is done about it."))
        place = open_place(session, case.id, PlaceKind.INSIDE, organisation_id=case.body_id)
        remark = None
        if command.remark:
            words = Words(command.remark, "zh-Hans")
            remark = items.add_item(session, place, items.NOTE, by=by, at=at, words=words, subject_id=subject.id)
        volume.filed_at, volume.filed_by, volume.remark_id = at, by.person_id, remark.id if remark else None
        session.flush()
        steps.take(
            subject.id, "volume.file", by=by, at=at, seen=command.seen, digests=(remark.digest,) if remark else ()
        )


def lend_volume(command: LendVolume, *, by: Actor, at: datetime) -> None:
    """Who borrows it, why, and until when stands in the log."""
    if by.person_id is None:
        raise NotYoursError("nobody in person")
    with unit_of_work() as session:
        steps.lock(session, command.volume_id)
        session.add(
            VolumeLoan(
                id=uuid4(), volume_id=command.volume_id, borrower=command.borrower, purpose=command.purpose,
                part=command.part, lent_at=at, lent_by=by.person_id, until=command.until,
            )
        )  # fmt: skip
        facts = {"day": command.until.isoformat(), "kind": command.part}
        steps.take(command.volume_id, "volume.lend", by=by, at=at, seen=command.seen, facts=facts)


def give_back_volume(volume_id: UUID, seen: int, *, by: Actor, at: datetime) -> None:
    """It is in the archive again."""
    with unit_of_work() as session:
        steps.lock(session, volume_id)
        out = select(VolumeLoan).where(VolumeLoan.volume_id == volume_id, VolumeLoan.back_at.is_(None))
        for loan in session.scalars(out):
            loan.back_at, loan.taken_by = at, by.person_id
        steps.take(volume_id, "volume.give-back", by=by, at=at, seen=seen)
