"""Evidence: originals write-once by digest, inspected by content, shown only as re-encoded derivatives."""

from tourism_odr.storage.derive import derive
from tourism_odr.storage.inspect import FileRefusedError, Inspected, Limits, inspect, safe_name
from tourism_odr.storage.scan import NullScanner, Scanner, Verdict
from tourism_odr.storage.store import EvidenceStore, LocalStore, NotStoredError, ObjectStore, Stored

__all__ = [
    "EvidenceStore",
    "FileRefusedError",
    "Inspected",
    "Limits",
    "LocalStore",
    "NotStoredError",
    "NullScanner",
    "ObjectStore",
    "Scanner",
    "Stored",
    "Verdict",
    "derive",
    "inspect",
    "safe_name",
]
