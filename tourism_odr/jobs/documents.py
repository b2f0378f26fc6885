"""Rendering issued documents ahead of their first reader, in the language of the case and in Chinese."""

import logging
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select

from tourism_odr.cases import rendering
from tourism_odr.cases.models import Document, DocumentFile
from tourism_odr.cases.models.document import ISSUED
from tourism_odr.db import db
from tourism_odr.text import DEFAULT_LOCALE

log = logging.getLogger(__name__)
BATCH = 10
FAILED: set[UUID] = set()  # tried again by the next process; a download tries at once


def render_waiting(at: datetime, *, batch: int = BATCH) -> int:
    """Render some documents that nobody has asked for yet; twice is harmless, the first file stays.

    A batch a run: after a great day the other jobs, and a request to stop, must not wait for all of it.
    """
    done = 0
    for document_id in _waiting(batch):
        try:
            _render(document_id, at)
            done += 1
        except Exception:  # one bad document must not hold up the others; its download says why
            log.exception("document %s could not be rendered", document_id)
            db.session().rollback()
            FAILED.add(document_id)
    return done


def _waiting(batch: int) -> list[UUID]:
    made = exists(
        select(DocumentFile.id)
        .where(DocumentFile.document_id == Document.id, DocumentFile.locale == DEFAULT_LOCALE)
        .correlate(Document)
    )
    wanted = select(Document.id).where(Document.status == ISSUED, ~made, Document.id.not_in(FAILED))
    return list(db.session().scalars(wanted.order_by(Document.issued_at).limit(batch)))


def _render(document_id: UUID, at: datetime) -> None:
    document = db.session().get_one(Document, document_id)
    locales = {DEFAULT_LOCALE, document.data["locale"]}
    for locale in sorted(locales, key=lambda one: one == DEFAULT_LOCALE):
        rendering.file_of(db.session().get_one(Document, document_id), locale, at)
