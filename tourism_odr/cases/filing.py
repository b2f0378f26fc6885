"""From uploaded bytes to a stored file: inspected by content, sealed by digest, shown only as derivatives."""

from io import BytesIO

from tourism_odr.cases.items import StoredFile
from tourism_odr.storage import EvidenceStore, Limits, derive, inspect


def keep(store: EvidenceStore, data: bytes, filename: str, limits: Limits | None = None) -> StoredFile:
    """Store an upload and what will be shown of it.  Write-once, so it may run before the unit of work.

    Raises ``storage.FileRefusedError`` with reason and remedy; nothing is stored then.
    """
    seen = inspect(data, filename, limits)
    shown = {name: store.put(BytesIO(made)).digest for name, made in derive(data, seen.kind, limits).items()}
    original = store.put(BytesIO(data))
    return StoredFile(original.digest, original.size, seen.kind, seen.mime, seen.safe_name, shown)
