"""The command line: help for each command, exit codes, data for programs."""

import json

import click
import pytest
from click.testing import CliRunner

from tourism_odr.cli import main


def commands(group=main, path=()):
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.fixture
def environ(settings, keys_dir):
    return {
        "ODR_DATABASE_URL": settings.database_url,
        "ODR_DATA_DIR": str(settings.data_dir),
        "ODR_SECRET_KEY_FILE": str(keys_dir / "secret.key"),
        "ODR_FIELD_KEYS_FILE": str(settings.field_keys_file),
        "ODR_SEAL_KEY_FILE": str(settings.seal_key_file),
        "ODR_CHECKPOINT_KEY_FILE": str(settings.checkpoint_key_file),
    }


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_command_explains_itself(command):
    result = CliRunner().invoke(main, [*command, "--help"])

    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 3


def test_a_refused_setting_is_one_sentence_and_exit_code_2():
    result = CliRunner().invoke(main, ["doctor"], env={"ODR_BASE_URL": "http://odr.example"})

    assert result.exit_code == 2
    assert "ODR_BASE_URL" in result.output
    assert "Traceback" not in result.output


def test_verify_says_that_an_untouched_ledger_is_whole(environ):
    result = CliRunner().invoke(main, ["verify", "--json"], env=environ)

    assert result.exit_code == 0
    assert json.loads(result.output) == {"ok": True, "wrong": []}


def test_a_migrated_database_is_at_head(environ):
    result = CliRunner().invoke(main, ["migrate", "--check"], env=environ)

    assert result.exit_code == 0


def test_the_doctor_names_what_is_not_well_and_ends_with_1(environ):
    result = CliRunner().invoke(main, ["doctor", "--json"], env=environ)

    checks = {check["name"]: check["ok"] for check in json.loads(result.output)}
    assert result.exit_code == 1
    assert checks["database"]
    assert checks["keys"]
    assert not checks["jobs"]


def test_a_backup_proves_itself_through_the_command_line(environ, tmp_path):
    target = str(tmp_path / "backups" / "one")
    if environ["ODR_DATABASE_URL"].startswith("postgresql"):
        pytest.skip("tests/operations does this with the server's own programs")

    made = CliRunner().invoke(main, ["backup", target], env=environ)
    proved = CliRunner().invoke(main, ["restore", "--check", target], env=environ)

    assert made.exit_code == 0
    assert proved.output == "The backup can be restored.\n"
