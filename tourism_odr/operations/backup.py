"""Back up the database and the files; restore them; prove that a backup can be restored.

Keys are not in a backup: who finds one must not be able to read it.  They are kept apart, and the
manifest tells by a print whether the keys at hand are the right ones.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tourism_odr.config import Settings
from tourism_odr.operations import dumps
from tourism_odr.operations.manifest import BackupError, Manifest, digest, key_print, tree
from tourism_odr.version import VERSION

FILES = "files"
NOT_FILES = ("keys", "backups")

Verify = Callable[[Settings], list[str]]


@dataclass(frozen=True)
class Checked:
    """What ``restore --check`` found: empty ``wrong`` means that the backup is good."""

    manifest: Manifest
    wrong: list[str]


def back_up(settings: Settings, target: Path, *, migration: str | None, at: datetime) -> Manifest:
    """Database first, then files: a file is stored before the row that names it, so none can be missing."""
    if target.exists() and any(target.iterdir()):
        raise BackupError(f"{target} is not empty; every backup has a folder of its own.")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    database_file = dumps.file_for(settings.database_url)
    dumps.dump(settings.database_url, target / database_file)
    for name in _files(settings.data_dir, target):
        copy = target / FILES / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(settings.data_dir / name, copy)
    manifest = Manifest(
        version=VERSION,
        migration=migration,
        made_at=at.isoformat(),
        database="sqlite" if settings.on_sqlite else "postgresql",
        database_file=database_file,
        key_prints=tuple(key_print(key) for key in settings.field_keys()),
        files={name: digest(target / name) for name in tree(target)},
    )
    manifest.write(target)
    return manifest


def restore(settings: Settings, source: Path) -> Manifest:
    """Into an empty database and a data folder that holds no files yet."""
    manifest = Manifest.read(source)
    if wrong := _judge(settings, source, manifest):
        raise BackupError("; ".join(wrong))
    if _files(settings.data_dir, source):
        raise BackupError(f"{settings.data_dir} holds files already; restore into a new ODR_DATA_DIR.")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    dumps.load(source / manifest.database_file, settings.database_url)
    if (source / FILES).is_dir():
        shutil.copytree(source / FILES, settings.data_dir, dirs_exist_ok=True)
    return manifest


def check(settings: Settings, source: Path, verify: Verify) -> Checked:
    """Restore into a scratch place, read every digest and the whole ledger there, and clear it away."""
    manifest = Manifest.read(source)
    wrong = _judge(settings, source, manifest)
    if wrong:
        return Checked(manifest, wrong)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="odr-check-")))
        address = stack.enter_context(dumps.scratch(settings.database_url, folder))
        there = replace(settings, database_url=address, data_dir=folder / "data")
        try:
            restore(there, source)
        except BackupError as refused:
            return Checked(manifest, [str(refused)])
        return Checked(manifest, verify(there))


def _judge(settings: Settings, source: Path, manifest: Manifest) -> list[str]:
    wrong = manifest.differences(source)
    at_hand = {key_print(key) for key in settings.field_keys()}
    if not set(manifest.key_prints) & at_hand:
        wrong.append("ODR_FIELD_KEYS_FILE holds none of the keys that this backup was written with")
    if manifest.database_file != dumps.file_for(settings.database_url):
        wrong.append(f"the backup is of {manifest.database}, and ODR_DATABASE_URL is of another kind")
    return wrong


def _files(data_dir: Path, apart: Path) -> list[str]:
    """Everything in the data folder but keys, the database itself and backups."""
    if not data_dir.is_dir():
        return []
    return [name for name in tree(data_dir) if _is_file(name) and apart not in (data_dir / name).parents]


def _is_file(name: str) -> bool:
    return Path(name).parts[0] not in NOT_FILES and ".sqlite3" not in Path(name).name
