"""Files and documents of a case: shown as pictures drawn anew; originals and papers only as downloads."""

from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from flask import Response, render_template
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from tourism_odr.casefile.blueprint import bp
from tourism_odr.cases import queries
from tourism_odr.cases.audience import readable_documents
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Document, Evidence, Place
from tourism_odr.cases.models.document import ISSUED
from tourism_odr.cases.queries import Entry
from tourism_odr.cases.relations import party_of
from tourism_odr.cases.rendering import file_of
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.people.roles import COURT, SUPERVISOR, TITLES, Role
from tourism_odr.storage import NotStoredError
from tourism_odr.web.evidence import attach, evidence
from tourism_odr.web.guard import reads_case
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.reading import DOCUMENT, FILE, ORIGINAL, note_reading

CHUNK = 64 * 1024
SEALED_OFF = "default-src 'none'; sandbox"


@bp.get("/cases/<uuid:case_id>/files/<uuid:item_id>")
@reads_case(*Role)
def file(case: Case, item_id: UUID) -> str:
    """One file: what is shown of it, what it is for, and the original to download."""
    entry, kept = _entry(case, item_id)
    note_reading(case.id, FILE)
    place = db.session.get_one(Place, entry.item.place_id)
    return render_template(
        "casefile/file.html", case=case, entry=entry, file=kept, role=TITLES[Role(entry.item.role)],
        private=place.kind not in (PlaceKind.FILE, PlaceKind.JOINT), has_original=may_have_original(entry, kept),
    )  # fmt: skip


@bp.get("/cases/<uuid:case_id>/files/<uuid:item_id>/<any(display, thumb):size>")
@reads_case(*Role)
def picture(case: Case, item_id: UUID, size: str) -> Response:
    """A picture drawn anew from the original, without place or camera."""
    _, kept = _entry(case, item_id)
    if size not in kept.shown:
        raise NotFound
    return _sent(kept.shown[size], "image/webp")


@bp.get("/cases/<uuid:case_id>/files/<uuid:item_id>/original")
@reads_case(*Role)
def original(case: Case, item_id: UUID) -> Response:
    """The sealed original, byte for byte; a browser saves it and runs nothing of it."""
    entry, kept = _entry(case, item_id)
    if not may_have_original(entry, kept):
        raise NotFound
    note_reading(case.id, ORIGINAL)
    answer = _sent(kept.digest, "application/octet-stream")
    return attach(answer, kept.name)


@bp.get("/cases/<uuid:case_id>/documents/<uuid:document_id>.pdf")
@reads_case(*Role)
def document(case: Case, document_id: UUID) -> Response:
    """An issued document, sealed; rendered now when nobody has read it in this language yet."""
    found = db.session.scalar(
        select(Document).where(
            Document.id == document_id, Document.case_id == case.id, Document.status == ISSUED,
            readable_documents(current_actor(), now()),
        )
    )  # fmt: skip
    if found is None:
        raise NotFound
    number = (found.number or str(found.id)).replace("/", "-")
    note_reading(case.id, DOCUMENT)
    answer = Response(file_of(found, current_locale(), now()), mimetype="application/pdf")
    return sealed_off(attach(answer, f"{number}.pdf"))


def may_have_original(entry: Entry, kept: Evidence) -> bool:
    """A picture's original holds place and camera data: for whoever added it, the supervising body, and a court."""
    actor = current_actor()
    own = party_of(db.session(), entry.item.case_id, actor)
    added = entry.item.author_id == actor.person_id or (own is not None and entry.item.party_id == own.id)
    return not kept.shown or added or actor.role in SUPERVISOR | COURT


def _entry(case: Case, item_id: UUID) -> tuple[Entry, Evidence]:
    """The file when it is one of this case and the reader may see it; else there is none."""
    entry = queries.entry(db.session(), item_id, case.id, current_actor(), now())
    if entry is None or entry.file is None:
        raise NotFound
    return entry, entry.file


def _sent(digest: str, mime: str) -> Response:
    try:
        stored = evidence().open(digest)
    except NotStoredError:
        raise NotFound from None
    return sealed_off(Response(_blocks(stored), mimetype=mime))


def _blocks(stored: BinaryIO) -> Iterator[bytes]:
    with stored:
        while block := stored.read(CHUNK):
            yield block


def sealed_off(answer: Response) -> Response:
    """Nothing of a download runs in the browser, and no cache keeps it."""
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = SEALED_OFF
    answer.headers["Cache-Control"] = "no-store"
    return answer
