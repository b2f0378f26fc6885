"""Archive volumes: what of a case lies in one, in which order, on which pages, and what is missing.

Only what lies where the supervising body reads is ever looked at: triage, file, agreement, and the body's own inside.
Talk, offers and notes never go in, wherever they lie.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tourism_odr.cases import items
from tourism_odr.cases.deadlines import offers, rulebook_of
from tourism_odr.cases.lifecycle import STEPS, PlaceKind
from tourism_odr.cases.lifecycle import case as of_case
from tourism_odr.cases.models import (
    Agreement,
    Appointment,
    Case,
    Document,
    Event,
    Evidence,
    Item,
    ItemText,
    Place,
    Service,
    Subject,
    Volume,
    VolumeEntry,
    VolumeOrder,
)
from tourism_odr.cases.models.agreement import MEDIATED
from tourism_odr.cases.models.document import DRAFT
from tourism_odr.cases.models.volume import CONFIDENTIAL, PUBLIC
from tourism_odr.cases.move import Move
from tourism_odr.cases.places import members
from tourism_odr.rulebooks.archive import ArchiveRules, archive_rules

CATALOGUE = "volume-catalogue"
RECORD = "record"
KEPT = (items.STATEMENT, items.ANSWER, items.LETTER, items.FILE)
OPEN_PLACES = (PlaceKind.TRIAGE, PlaceKind.FILE, PlaceKind.AGREEMENT)
# The course of a mediation: who was asked, when it began and how it ended; never what was said or offered.
COURSE = frozenset({
    "appointment.assign", "appointment.accept", "appointment.decline", "appointment.replace", "appointment.end",
    "respondent.begin-mediation", "respondent.accept-invitation", "respondent.decline-invitation", "respondent.terminate",
    "respondent.agree", "respondent.run-out", "agreement.conclude",
})  # fmt: skip
ENDS = {
    of_case.NOT_ACCEPTED: "refused",
    of_case.TRANSFERRED: "passed-on",
    of_case.FOLLOWED: "passed-on",
    of_case.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True)
class Piece:
    """Something that belongs into a volume; measured once its digest and its pages are known."""

    section: str
    part: str
    kind: str
    at: datetime
    document_id: UUID | None = None
    item_id: UUID | None = None
    digest: str = ""
    pages: int = 0

    @property
    def key(self) -> tuple[UUID | None, UUID | None]:
        """What it is; the record of the mediation is neither document nor item."""
        return self.document_id, self.item_id


@dataclass(frozen=True)
class Contents:
    """All that belongs into the volumes of a case now, in order, and what is missing."""

    pieces: tuple[Piece, ...]
    missing: tuple[dict[str, Any], ...]
    retention: str
    rules: str


def order_volume(move: Move, *, supplement: bool = False) -> None:
    """Note with the step that ends the case that its volume is to be made, or brought up to date."""
    if move.case.ended_at is None or not offers(move.case, "volume.make"):
        return
    move.session.add(VolumeOrder(id=uuid4(), case_id=move.case.id, supplement=supplement, created=move.at))


def order_supplement(move: Move) -> None:
    """A case that comes up again gets a volume of its own for what follows."""
    order_volume(move, supplement=True)


def rules_of(case: Case) -> ArchiveRules | None:
    """The archive rules of the place where the case is handled."""
    return archive_rules(rulebook_of(case).jurisdiction)


def gather(session: Session, case: Case, rules: ArchiveRules) -> Contents:
    """Everything that belongs into a volume, in the body's order; digests and pages are measured later."""
    places = _places(session, case)
    papers = session.scalars(select(Document).where(Document.case_id == case.id, Document.place_id.in_(places))).all()
    written = _items(session, places)
    signs = _signs(session, case)
    pieces = [*_of_papers(rules, papers, places), *_of_items(rules, written, places), *_record(session, case, rules)]
    order = [section.code for section in rules.sections]
    pieces.sort(key=lambda piece: (order.index(piece.section), piece.at, str(piece.key)))
    return Contents(tuple(pieces), tuple(_missing(rules, papers, written, signs)), rules.retention_for(signs).code, rules.version)


def _places(session: Session, case: Case) -> dict[UUID, str]:
    """The places that the body of the case reads, with the part of the volume to which each belongs."""
    found = {}
    for place in session.scalars(select(Place).where(Place.case_id == case.id)).all():
        inside = place.kind == PlaceKind.INSIDE and place.organisation_id == case.body_id
        reads = any(member.principal_id == case.body_id for member in members(session, place))
        if inside:
            found[place.id] = CONFIDENTIAL
        elif place.kind in OPEN_PLACES and reads:
            found[place.id] = PUBLIC
    return found


def _items(session: Session, places: Iterable[UUID]) -> Sequence[Any]:
    rows = select(Item, ItemText.item_id, Evidence.item_id).outerjoin(ItemText, ItemText.item_id == Item.id)
    rows = rows.outerjoin(Evidence, Evidence.item_id == Item.id)
    return session.execute(rows.where(Item.place_id.in_(places), Item.kind.in_(KEPT))).all()


def _of_papers(rules: ArchiveRules, papers: Sequence[Document], places: dict[UUID, str]) -> Iterable[Piece]:
    for one in papers:
        section = rules.section_of(places[one.place_id], document=one.kind)
        if section and one.issued_at and one.revoked_at is None and one.kind != CATALOGUE:
            yield Piece(section.code, section.part, one.kind, one.issued_at, document_id=one.id)


def _of_items(rules: ArchiveRules, written: Sequence[Any], places: dict[UUID, str]) -> Iterable[Piece]:
    for item, text, file in written:
        section = rules.section_of(places[item.place_id], item=item.kind)
        if section and (file or (text and item.kind != items.FILE)):
            yield Piece(section.code, section.part, item.kind, item.at, item_id=item.id)


def _record(session: Session, case: Case, rules: ArchiveRules) -> Iterable[Piece]:
    """The record of the mediation, where somebody was ever asked to mediate."""
    asked = session.scalars(select(Appointment.id).where(Appointment.case_id == case.id).limit(1)).first()
    section = rules.section_of(CONFIDENTIAL, item=RECORD)
    if asked and section:
        yield Piece(section.code, CONFIDENTIAL, RECORD, case.ended_at or case.moved)


def course(session: Session, case_id: UUID) -> list[tuple[datetime, str]]:
    """When the mediation was begun, by whom it was led and how it ended: the lines of the file, no words."""
    lines = select(Event.at, Event.step).join(Place, Place.id == Event.place_id)
    lines = lines.where(Event.case_id == case_id, Place.kind == PlaceKind.FILE.value, Event.step.in_(COURSE))
    rows = session.execute(lines.order_by(Event.at, Event.number)).all()
    return [(at, STEPS[step].past) for at, step in rows]


def _signs(session: Session, case: Case) -> set[str]:
    """What the volume must show of the case."""
    subjects = session.scalars(select(Subject).where(Subject.case_id == case.id)).all()
    stage = {one.id: one.stage for one in subjects}
    respondents = {one.stage for one in subjects if one.kind == "respondent"}
    texts = session.scalars(select(Agreement).where(Agreement.case_id == case.id, Agreement.effect_at.is_not(None))).all()
    served = select(Service.id).where(Service.case_id == case.id).limit(1)
    found = {
        "accepted": case.accepted_at is not None,
        "terminated": "terminated" in respondents and case.accepted_at is not None,
        "agreed": bool(texts),
        "mediated": any(text.path == MEDIATED for text in texts),
        "served": session.scalars(served).first() is not None,
        "applied": any(one.kind == "application" for one in subjects),
        ENDS.get(stage[case.id], ""): True,
    }
    return {sign for sign, holds in found.items() if sign and holds} | {"always"}


def _missing(rules: ArchiveRules, papers: Sequence[Document], written: Sequence[Any], signs: set[str]) -> Iterable[dict[str, Any]]:
    """What should lie there and does not: papers never issued, papers still unsigned, words erased."""
    issued = {one.kind for one in papers if one.issued_at and one.revoked_at is None}
    waiting = {one.kind for one in papers if one.status == DRAFT and one.revoked_at is None}
    yield from ({"code": "unsigned", "kind": kind} for kind in sorted(waiting))
    for section in rules.sections:
        for sign, kind in section.needed:
            if sign in signs and kind not in issued | waiting:
                yield {"code": "absent", "kind": kind}
    erased = sum(not file and not text for _, text, file in written)
    if erased:
        yield {"code": "erased", "number": erased}


def make(session: Session, order: VolumeOrder, measured: Contents) -> tuple[Volume | None, bool]:
    """Write the volume that an order asks for; answers it, and whether it is new.  None: nothing new to keep.

    The caller holds the lock of the case, and takes the step.
    """
    volumes = session.scalars(select(Volume).where(Volume.case_id == order.case_id).order_by(Volume.number)).all()
    last = volumes[-1] if volumes else None
    if last is not None and last.filed_at is None and not order.supplement:
        fill(session, last, measured)
        return last, False
    if last is not None and not _unkept(session, order.case_id, None, measured):
        return None, False
    number = (last.number if last else 0) + 1
    made = Volume(
        id=uuid4(), case_id=order.case_id, number=number, retention=measured.retention, rules=measured.rules,
        missing=[], made_at=order.created,
    )  # fmt: skip
    return made, True


def fill(session: Session, volume: Volume, measured: Contents) -> None:
    """Write the catalogue of a volume anew: all that no other volume of the case holds, page by page."""
    pieces = _unkept(session, volume.case_id, volume.id, measured)
    session.execute(delete(VolumeEntry).where(VolumeEntry.volume_id == volume.id))
    volume.retention, volume.rules, volume.missing = measured.retention, measured.rules, list(measured.missing)
    for part in (PUBLIC, CONFIDENTIAL):
        page = 1
        for number, piece in enumerate((one for one in pieces if one.part == part), 1):
            session.add(
                VolumeEntry(
                    id=uuid4(), volume_id=volume.id, case_id=volume.case_id, part=part, number=number,
                    section=piece.section, kind=piece.kind, document_id=piece.document_id, item_id=piece.item_id,
                    at=piece.at, digest=piece.digest, first_page=page, pages=piece.pages,
                )
            )  # fmt: skip
            page += piece.pages


def _unkept(session: Session, case_id: UUID, volume_id: UUID | None, measured: Contents) -> list[Piece]:
    """What lies in no other volume of the case; the record of the mediation counts by its digest."""
    kept = select(VolumeEntry).where(VolumeEntry.case_id == case_id)
    if volume_id:
        kept = kept.where(VolumeEntry.volume_id != volume_id)
    held = {(one.document_id, one.item_id, one.digest if one.kind == RECORD else "") for one in session.scalars(kept)}
    return [one for one in measured.pieces if (*one.key, one.digest if one.kind == RECORD else "") not in held]


def entries_of(session: Session, volume_id: UUID) -> Sequence[VolumeEntry]:
    """The catalogue of a volume, its public part first."""
    lines = select(VolumeEntry).where(VolumeEntry.volume_id == volume_id)
    return session.scalars(lines.order_by(VolumeEntry.part.desc(), VolumeEntry.number)).all()


def pages_of(session: Session, volume_id: UUID, part: str) -> int:
    """How many pages a part has."""
    counted = select(func.sum(VolumeEntry.pages)).where(VolumeEntry.volume_id == volume_id, VolumeEntry.part == part)
    return session.scalar(counted) or 0
