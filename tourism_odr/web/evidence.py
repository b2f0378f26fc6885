"""The evidence store of this application, and uploads on their way into it."""

import unicodedata
from urllib.parse import quote

from flask import Flask, Response, current_app
from werkzeug.datastructures import FileStorage

from tourism_odr.cases.filing import keep
from tourism_odr.cases.items import StoredFile
from tourism_odr.config import Settings
from tourism_odr.storage import EvidenceStore, FileRefusedError, Limits, LocalStore
from tourism_odr.text import M, Message

MEGABYTE = 1024 * 1024


def init_app(app: Flask) -> None:
    """Originals and derivatives lie in one folder, write-once and addressed by content."""
    settings: Settings = app.extensions["odr_settings"]
    app.extensions["odr_evidence"] = LocalStore(settings.data_dir / "evidence")


def evidence() -> EvidenceStore:
    """Where files are kept."""
    store: EvidenceStore = current_app.extensions["odr_evidence"]
    return store


def attach(answer: Response, name: str) -> Response:
    """Let the browser save the answer under ``name``, which may be Chinese: headers are ASCII (RFC 6266)."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if c.isascii() and c.isprintable())
    # A name that is all Chinese leaves only its ending, which would be a hidden file.
    plain = f"file{plain}" if not plain.strip() or plain.startswith(".") else plain
    both = {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}
    answer.headers.set("Content-Disposition", "attachment", **both)
    return answer


def keep_uploads(uploads: list[FileStorage]) -> tuple[list[StoredFile], list[Message]]:
    """Keep each upload on its own: those that were kept, and a reason with its remedy for each that was refused."""
    settings: Settings = current_app.extensions["odr_settings"]
    kept: list[StoredFile] = []
    refused: list[Message] = []
    for upload in uploads:
        name = upload.filename or ""
        try:
            limits = Limits(size=settings.upload_max_mb * MEGABYTE)
            kept.append(keep(evidence(), upload.stream.read(), name, limits))
        except FileRefusedError as error:
            refused.append(M("%(name)s: %(reason)s %(remedy)s", name=name, reason=error.message, remedy=error.remedy))
    return kept, refused
