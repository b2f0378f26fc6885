"""Whether every file that the database names is in the store, unchanged."""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import select

from tourism_odr.cases.models import DocumentFile, Evidence
from tourism_odr.db import db
from tourism_odr.storage import EvidenceStore, NotStoredError

BLOCK = 1 << 20


def wrong_files(store: EvidenceStore) -> Iterator[str]:
    """A sentence for each file that is missing or altered."""
    for name, digest in _named():
        try:
            with store.open(digest) as file:
                summed = sha256()
                while block := file.read(BLOCK):
                    summed.update(block)
        except NotStoredError:
            yield f"{name}: file {digest} is missing"
            continue
        if summed.hexdigest() != digest:
            yield f"{name}: file {digest} was altered"


def _named() -> Iterator[tuple[str, str]]:
    for row in db.session().execute(select(Evidence.item_id, Evidence.digest, Evidence.shown)):
        for digest in (row.digest, *row.shown.values()):
            yield f"item {row.item_id}", digest
    for made in db.session().execute(select(DocumentFile.document_id, DocumentFile.digest)):
        yield f"document {made.document_id}", made.digest
