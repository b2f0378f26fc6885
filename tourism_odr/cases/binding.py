"""Making archive volumes and handing them out: papers are rendered and counted first, then one short unit of work."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tourism_odr.cases import items, rendering, steps, volumes
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import (
    Case,
    Document,
    Evidence,
    Item,
    ItemText,
    Subject,
    Volume,
    VolumeEntry,
    VolumeOrder,
)
from tourism_odr.cases.papers.volume import record_sheet, text_sheet
from tourism_odr.cases.places import open_place
from tourism_odr.cases.volumes import RECORD, Contents, Piece
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.documents import KINDS, digest_of, render, with_stand_ins
from tourism_odr.documents.counting import pages_in
from tourism_odr.people.actor import THE_CLOCK
from tourism_odr.rulebooks.archive import ArchiveRules
from tourism_odr.storage import NotStoredError
from tourism_odr.text import DEFAULT_LOCALE

PDF = "application/pdf"


def settle(order_id: UUID, at: datetime) -> bool:
    """Make the volume that an order asks for, or bring it up to date; False when somebody else has done it."""
    order = db.session().get_one(VolumeOrder, order_id)
    if order.done_at is not None:
        return False
    case_id, contents = order.case_id, measured(order.case_id, at)
    with unit_of_work() as session:
        case, _ = steps.lock(session, case_id)
        order = session.get_one(VolumeOrder, order_id, populate_existing=True)
        if order.done_at is not None:
            return False
        volume, new = volumes.make(session, order, contents)
        order.done_at = at
        if volume is None:
            return True
        order.volume_id = volume.id
        if new:
            _begin(session, case, volume, contents, at)
        else:
            steps.take(volume.id, "volume.renew", by=THE_CLOCK, at=at)
    return True


def _begin(session: Session, case: Case, volume: Volume, contents: Contents, at: datetime) -> None:
    inside = open_place(session, case.id, PlaceKind.INSIDE, organisation_id=case.body_id)
    steps.begin(session, case.id, "volume", inside, at, id=volume.id, desk=case.body_id)
    session.add(volume)
    session.flush()
    volumes.fill(session, volume, contents)
    steps.take(volume.id, "volume.make", by=THE_CLOCK, at=at, facts={"number": volume.number})


def measured(case_id: UUID, at: datetime) -> Contents:
    """What belongs into the volumes of the case, each with its digest and its pages.  Outside of a unit of work."""
    session = db.session()
    case = session.get_one(Case, case_id)
    contents = volumes.gather(session, case, _rules(case))
    gone, pieces = 0, []
    for piece in contents.pieces:
        digest, pages = _measure(session, case, piece, at)
        pieces.append(replace(piece, digest=digest, pages=max(pages, 1)))
        gone += pages == 0
    missing = (*contents.missing, *([{"code": "gone", "number": gone}] if gone else []))
    return replace(contents, pieces=tuple(pieces), missing=missing)


def _rules(case: Case) -> ArchiveRules:
    rules = volumes.rules_of(case)
    if rules is None:
        raise LookupError(f"no order of archive volumes is laid down for {case.jurisdiction}")
    return rules


def _measure(session: Session, case: Case, piece: Piece, at: datetime) -> tuple[str, int]:
    """Digest and pages; no page for a file whose bytes are gone."""
    if piece.document_id:
        pdf = rendering.file_of(session.get_one(Document, piece.document_id), DEFAULT_LOCALE, at)
        return hashlib.sha256(pdf).hexdigest(), pages_in(pdf)
    if piece.kind == RECORD:
        sheet = record_sheet(session, case)
        return digest_of(sheet), pages_in(_drawn(sheet))
    item = session.get_one(Item, piece.item_id)
    if piece.kind != items.FILE:
        return item.digest, pages_in(_drawn(text_sheet(session, case, item, session.get_one(ItemText, item.id))))
    file = session.get_one(Evidence, item.id)
    try:
        kept = _stored(file.digest)
    except NotStoredError:
        return file.digest, 0
    return file.digest, pages_in(kept) if file.mime == PDF else 1


def _drawn(sheet: dict[str, Any]) -> bytes:
    return render("archive-sheet", with_stand_ins(sheet), demo=rendering.press().demo)


def _stored(digest: str) -> bytes:
    with rendering.press().store.open(digest) as kept:
        return kept.read()


def pack(volume_id: UUID, part: str, at: datetime) -> bytes:
    """One part of a volume as a ZIP: its members in the order of the catalogue, and a list with their digests."""
    session = db.session()
    volume = session.get_one(Volume, volume_id)
    case = session.get_one(Case, volume.case_id)
    rules, packed, lines = _rules(case), BytesIO(), []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in [one for one in volumes.entries_of(session, volume_id) if one.part == part]:
            name, data = _member(session, case, entry, rules, at)
            lines.append(_line(entry, name, data))
            if data is not None:
                _put(archive, name, data, volume.made_at)
        said = {
            "case": case.number, "volume": volume.number, "part": part, "retention": rules.retention(volume.retention).official,
            "rules": volume.rules, "stage": session.get_one(Subject, volume_id).stage, "entries": lines,
        }  # fmt: skip
        _put(archive, "manifest.json", json.dumps(said, ensure_ascii=False, indent=1).encode(), volume.made_at)
    return packed.getvalue()


def _put(archive: zipfile.ZipFile, name: str, data: bytes, at: datetime) -> None:
    day = local_day(at)
    member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, data)


def _line(entry: VolumeEntry, name: str, data: bytes | None) -> dict[str, Any]:
    return {
        "number": entry.number, "section": entry.section, "file": name if data is not None else None,
        "sha256": hashlib.sha256(data).hexdigest() if data is not None else None, "recorded": entry.digest,
        "first_page": entry.first_page, "pages": entry.pages,
    }  # fmt: skip


def _member(
    session: Session, case: Case, entry: VolumeEntry, rules: ArchiveRules, at: datetime
) -> tuple[str, bytes | None]:
    """The name in the ZIP and the bytes; none for what was erased or lost since."""
    start = f"{entry.number:03d}-{rules.section(entry.section).official}"
    if entry.document_id:
        paper = session.get_one(Document, entry.document_id)
        return f"{start}-{KINDS[paper.kind].chinese}.pdf", rendering.file_of(paper, DEFAULT_LOCALE, at)
    return next(_written(session, case, entry, start), (start, None))


def _written(session: Session, case: Case, entry: VolumeEntry, start: str) -> Iterator[tuple[str, bytes]]:
    if entry.kind == RECORD:
        yield f"{start}.pdf", _drawn(record_sheet(session, case))
        return
    item = session.get_one(Item, entry.item_id)
    if entry.kind != items.FILE:
        if words := session.get(ItemText, item.id):
            yield f"{start}.pdf", _drawn(text_sheet(session, case, item, words))
        return
    if file := session.get(Evidence, item.id):
        try:
            yield f"{start}{PurePosixPath(file.name).suffix[:8]}", _stored(file.digest)
        except NotStoredError:
            return
