"""What a backup says of itself: version, migration, time, and the digest of every file in it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "manifest.json"
CHUNK = 1 << 20


class BackupError(Exception):
    """A backup that cannot be made, or cannot be trusted; the text says why."""


@dataclass(frozen=True)
class Manifest:
    """Written last: a folder without it is no backup."""

    version: str
    migration: str | None
    made_at: str
    database: str
    database_file: str
    key_prints: tuple[str, ...]
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Beside the files that it names."""
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", "utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of ``folder``, or a sentence about what is wrong with it."""
        try:
            content = json.loads((folder / NAME).read_text("utf-8"))
            return cls(**{**content, "key_prints": tuple(content["key_prints"])})
        except (OSError, ValueError, TypeError, KeyError) as wrong:
            raise BackupError(f"{folder} is no whole backup: its {NAME} cannot be read ({wrong}).") from None

    def differences(self, folder: Path) -> list[str]:
        """Every file that is missing, changed or too many."""
        wrong = []
        for name, expected in sorted(self.files.items()):
            path = folder / name
            if not path.is_file():
                wrong.append(f"{name} is missing")
            elif digest(path) != expected:
                wrong.append(f"{name} was changed")
        wrong += [f"{name} does not belong" for name in sorted(set(tree(folder)) - set(self.files))]
        return wrong


def tree(folder: Path) -> list[str]:
    """All files under ``folder``, without the manifest, as relative names."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name != NAME)


def digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            whole.update(piece)
    return whole.hexdigest()


def key_print(key: bytes) -> str:
    """Tells two field keys apart without giving either away."""
    return hashlib.sha256(b"tourism-odr field key\0" + key).hexdigest()[:16]
