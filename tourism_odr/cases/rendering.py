"""From a document row to its sealed file: rendered once a language, by a job or by the first download."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.models import Case, Document, DocumentFile
from tourism_odr.cases.models.document import ISSUED
from tourism_odr.cases.papers import completed
from tourism_odr.db import db, unit_of_work
from tourism_odr.documents import KINDS, render, seal, with_stand_ins
from tourism_odr.rulebooks import DocumentName
from tourism_odr.storage import EvidenceStore


class NotIssuedError(Exception):
    """A draft has no number and is no paper yet."""


@dataclass(frozen=True)
class Press:
    """What rendering needs beside the row: where files are kept, and what seals them."""

    store: EvidenceStore
    seal_key: Callable[[], tuple[bytes, bytes]]  # the key and its certificates
    demo: bool = False


_press: list[Press] = []


def use(press: Press) -> None:
    """The press of this process."""
    _press[:] = [press]


def press() -> Press:
    """The press that this process uses."""
    return _press[0]


def seal_key_in(path: Path) -> tuple[bytes, bytes]:
    """The private key and the certificates in one file, as `tourism-odr keys make` writes it."""
    blocks = re.findall(rb"-----BEGIN [A-Z ]+-----.+?-----END [A-Z ]+-----\n?", path.read_bytes(), re.S)
    key = b"".join(block for block in blocks if b"PRIVATE KEY" in block)
    return key, b"".join(block for block in blocks if b"PRIVATE KEY" not in block)


def file_of(document: Document, locale: str, at: datetime) -> bytes:
    """The sealed PDF of an issued document in a language, made now when nobody has yet.

    Call it outside of a unit of work: rendering takes its time, and only then is one short row written.
    """
    press, kept = _press[0], kept_digest(document.id, locale)
    if kept:
        with press.store.open(kept) as file:
            return file.read()
    sealed, document_id = made(document, locale, press), document.id
    digest = press.store.put(BytesIO(sealed)).digest
    return sealed if _keep(document_id, locale, digest, at) else file_of(document, locale, at)


def kept_digest(document_id: UUID, locale: str) -> str | None:
    """The digest of the file that was made already."""
    return (
        db.session()
        .scalars(
            select(DocumentFile.digest).where(
                DocumentFile.document_id == document_id, DocumentFile.locale == locale
            )
        )
        .first()
    )


def made(document: Document, locale: str, press: Press) -> bytes:
    """Render and seal, without keeping."""
    if document.status != ISSUED:
        raise NotIssuedError(str(document.id))
    data = with_stand_ins(completed(document, locale))
    return seal(render(document.kind, data, demo=press.demo, heading=heading_of(document)), *press.seal_key())


def _named(document: Document) -> DocumentName | None:
    """The name that the rules of the case give to it, where it is one that is printed."""
    case = db.session().get_one(Case, document.case_id)
    named = rulebook_of(case).documents.get(document.kind)
    return named if named and named.printed else None


def heading_of(document: Document) -> tuple[str, str] | None:
    """What stands over it in Chinese and English, where that is not what it is usually called."""
    named = _named(document)
    return (named.official, named.title) if named else None


def title_of(document: Document) -> str:
    """What a document is called on pages, a message id."""
    named = _named(document)
    return named.title if named else KINDS[document.kind].title


def _keep(document_id: UUID, locale: str, digest: str, at: datetime) -> bool:
    """Write the row unless somebody else was first: everybody gets the same file."""
    with unit_of_work() as session:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        row = dialect.insert(DocumentFile).values(
            id=uuid4(), document_id=document_id, locale=locale, digest=digest, at=at
        )
        return session.execute(row.on_conflict_do_nothing().returning(DocumentFile.id)).first() is not None
