"""Both stores are write-once and content-addressed, behind one interface."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import obstore.store
import pytest

from tourism_odr.storage import EvidenceStore, LocalStore, NotStoredError, NullScanner, ObjectStore, Verdict


@pytest.fixture(params=["folder", "objects"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> EvidenceStore:
    """Each kind of store."""
    return LocalStore(tmp_path) if request.param == "folder" else ObjectStore(obstore.store.MemoryStore())


def test_what_is_put_is_found_under_its_digest(store: EvidenceStore) -> None:
    stored = store.put(BytesIO(b"evidence"))

    with store.open(stored.digest) as found:
        assert found.read() == b"evidence"
    assert (stored.digest, stored.size) == (sha256(b"evidence").hexdigest(), 8)
    assert store.exists(stored.digest)


def test_the_same_bytes_twice_are_one_file(store: EvidenceStore) -> None:
    first, second = (store.put(BytesIO(b"evidence")) for _ in range(2))

    assert first == second


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", "", "A" * 64])
def test_an_unknown_or_crooked_digest_is_not_found(store: EvidenceStore, digest: str) -> None:
    with pytest.raises(NotStoredError):
        store.open(digest)


def test_a_store_that_takes_writes_passes_its_check(store: EvidenceStore) -> None:
    store.check()


def test_a_store_without_a_folder_fails_its_check(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(OSError, match="file"):
        LocalStore(tmp_path / "file" / "deeper").check()


def test_a_broken_upload_leaves_nothing(tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionResetError("the line dropped")
            return super().read(4 if size else 0)

    with pytest.raises(ConnectionResetError):
        LocalStore(tmp_path).put(Broken(b"evidence"))

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_no_scanner_never_says_clean() -> None:
    assert NullScanner().scan(b"x") is Verdict.NOT_SCANNED
