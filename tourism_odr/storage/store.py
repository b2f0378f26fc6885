"""Write-once, content-addressed: a file's name is the SHA-256 of its bytes, so nothing can be swapped unseen."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO, Any, BinaryIO, Protocol

_DIGEST = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20


class NotStoredError(LookupError):
    """No file has this digest, or what lies there no longer matches it."""


@dataclass(frozen=True)
class Stored:
    """Where a file went: its digest is its address."""

    digest: str
    size: int


class EvidenceStore(Protocol):
    """What a place for originals can do.  It cannot change or overwrite."""

    def put(self, stream: BinaryIO) -> Stored:
        """Keep the bytes of ``stream``; the same bytes twice are kept once."""
        ...

    def open(self, digest: str) -> BinaryIO:
        """The bytes under ``digest``, or ``NotStoredError``."""
        ...

    def exists(self, digest: str) -> bool:
        """Whether the store holds ``digest``."""
        ...

    def check(self) -> None:
        """Raise ``OSError`` when nothing can be written: the readiness page asks."""
        ...


class LocalStore:
    """A folder.  The bytes reach the disk before the name exists, so a crash leaves no half file."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    def put(self, stream: BinaryIO) -> Stored:
        """Write aside, sync, then link under the digest; a link never overwrites."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, prefix=".part-") as part:
            stored = _copy(stream, part)
            part.flush()
            os.fchmod(part.fileno(), 0o440)
            os.fsync(part.fileno())
            target = self._path(stored.digest)
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                os.link(part.name, target)
        for folder in (target.parent, target.parent.parent, self.folder):
            _sync(folder)
        return stored

    def open(self, digest: str) -> BinaryIO:
        """The file for reading."""
        try:
            return self._path(digest).open("rb")
        except FileNotFoundError as error:
            raise NotStoredError(digest) from error

    def exists(self, digest: str) -> bool:
        """Whether the file is there."""
        return self._path(digest).is_file()

    def check(self) -> None:
        """Write and drop a file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, prefix=".check-") as probe:
            probe.write(b"1")
            probe.flush()

    def _path(self, digest: str) -> Path:
        return self.folder / _address(digest)


class ObjectStore:
    """The same promises over an obstore store (S3 and its like); create-only writes."""

    def __init__(self, store: Any) -> None:
        import obstore  # noqa: PLC0415, RUF100 - only installations with an object store load it

        self._api = obstore
        self._store = store

    def put(self, stream: BinaryIO) -> Stored:
        """Spool to measure and digest, then create under the digest."""
        with TemporaryFile() as spool:
            stored = _copy(stream, spool)
            spool.seek(0)
            with suppress(self._api.exceptions.AlreadyExistsError):
                # multipart uploads cannot be create-only, and inspected files are small enough for one request
                self._api.put(self._store, _address(stored.digest), spool, mode="create", use_multipart=False)
        return stored

    def open(self, digest: str) -> BinaryIO:
        """The bytes, in memory: files are limited in size when they come in."""
        try:
            return BytesIO(bytes(self._api.get(self._store, _address(digest)).bytes()))
        except (FileNotFoundError, self._api.exceptions.NotFoundError) as error:
            raise NotStoredError(digest) from error

    def exists(self, digest: str) -> bool:
        """Whether the store knows the object."""
        try:
            self._api.head(self._store, _address(digest))
        except (FileNotFoundError, self._api.exceptions.NotFoundError):
            return False
        return True

    def check(self) -> None:
        """Write a probe under a name that no digest can have."""
        try:
            self._api.put(self._store, "check/probe", b"1")
        except self._api.exceptions.BaseError as error:
            raise OSError("the object store takes no writes") from error


def _address(digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise NotStoredError(digest)
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _copy(stream: BinaryIO, target: IO[bytes]) -> Stored:
    summed, size = sha256(), 0
    for block in _blocks(stream):
        summed.update(block)
        size += len(block)
        target.write(block)
    return Stored(summed.hexdigest(), size)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
