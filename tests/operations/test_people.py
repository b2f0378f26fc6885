"""People through the command line: the first administrator, and keys that move."""

import json

import pytest
from click.testing import CliRunner

from tourism_odr.cli import main


@pytest.fixture
def environ(settings, keys_dir):
    return {
        "ODR_DATABASE_URL": settings.database_url,
        "ODR_DATA_DIR": str(settings.data_dir),
        "ODR_BASE_URL": settings.base_url,
        "ODR_SECRET_KEY_FILE": str(keys_dir / "secret.key"),
        "ODR_FIELD_KEYS_FILE": str(settings.field_keys_file),
    }


def test_the_first_administrator_gets_a_link_that_works_once_opened(environ):
    result = CliRunner().invoke(main, ["create-admin", "--name", "管理员", "--email", "a@odr.example", "--json"], env=environ)

    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["link"].startswith(environ["ODR_BASE_URL"] + "/")


def test_a_wrong_address_is_refused_in_words(environ):
    result = CliRunner().invoke(main, ["create-admin", "--name", "管理员", "--email", "nobody"], env=environ)

    assert result.exit_code == 2
    assert "Enter an e-mail address" in result.output


def test_everybody_moves_to_the_newest_field_key(environ, settings, tmp_path):
    from tourism_odr.operations import keys

    rotated = tmp_path / "rotated.keys"
    rotated.write_bytes(settings.field_keys_file.read_bytes())
    CliRunner().invoke(main, ["create-admin", "--name", "管理员", "--email", "a@odr.example"], env=environ)
    keys.rotate(rotated)

    moved = CliRunner().invoke(main, ["keys", "rewrap", "--json"], env=environ | {"ODR_FIELD_KEYS_FILE": str(rotated)})

    assert json.loads(moved.output) == {"moved": 1}
