"""Settings: read once, documented whole, refused with a sentence that says which and why."""

import re
from pathlib import Path

import pytest

from tourism_odr.config import ConfigError, Settings, variables
from tourism_odr.operations import keys

DOCS = Path(__file__).parents[1] / "docs" / "configuration.md"
KEY = {"ODR_SECRET_KEY": "k" * 40}


def test_every_setting_is_documented_and_nothing_else_is():
    written = set(re.findall(r"`(ODR_[A-Z_]+)`", DOCS.read_text("utf-8")))

    assert written == set(variables())


def test_the_example_environment_names_only_settings_that_exist():
    example = DOCS.parents[1] / ".env.example"
    named = set(re.findall(r"^#?\s?(ODR_[A-Z_]+)=", example.read_text("utf-8"), re.MULTILINE))

    assert named <= set(variables())


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("ODR_BASE_URL", "http://odr.example", "loopback only"),
        ("ODR_BASE_URL", "odr.example", "is not an address"),
        ("ODR_BASE_URL", "https://odr.example/path", "is not an address"),
        ("ODR_DATABASE_URL", "mysql://odr", "must begin with postgresql://"),
        ("ODR_DATABASE_URL", "sqlite:///relative.db", "absolute path"),
        ("ODR_MAIL_URL", "mail.example", "must be console:"),
        ("ODR_MAIL_FROM", "a@b.example\nBcc: c@d.example", "is not one mail address"),
        ("ODR_THREADS", "many", "is not a whole number"),
        ("ODR_THREADS", "１６", "is not a whole number"),
        ("ODR_THREADS", "0", "from 2 to 512"),
        ("ODR_STREAMS_PER_PROCESS", "16", "fewer streams"),
        ("ODR_WORKERS", "2", "SQLite serves one web process"),
        ("ODR_TRUSTED_PROXIES", "proxy", "give addresses or networks"),
        ("ODR_DEMO", "yes", "is not one of 0, 1"),
        ("ODR_LOG_LEVEL", "loud", "is not one of debug"),
        ("ODR_SECRET_KEY", "short", "at least 32"),
        ("ODR_HOTLINE", " ", "is empty"),
        ("ODR_HOTLIEN", "12345", "no setting has this name"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_reason(name, value, why):
    with pytest.raises(ConfigError) as refused:
        Settings.from_environment(KEY | {name: value})

    assert str(refused.value).startswith(name)
    assert why in str(refused.value)


def test_a_missing_secret_is_refused_and_the_remedy_named(tmp_path):
    with pytest.raises(ConfigError, match=r"ODR_SECRET_KEY_FILE.*tourism-odr keys make"):
        Settings.from_environment({"ODR_DATA_DIR": str(tmp_path)})


def test_a_secret_comes_from_its_file(tmp_path):
    keys.make(tmp_path / "keys")
    (tmp_path / "mail").write_text("smtp://odr:pw@mail.example:587\n")

    read = Settings.from_environment({"ODR_DATA_DIR": str(tmp_path), "ODR_MAIL_URL_FILE": str(tmp_path / "mail")})

    assert read.mail_url == "smtp://odr:pw@mail.example:587"
    assert len(read.field_keys()) == 1


def test_a_secret_given_twice_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="both set"):
        Settings.from_environment(KEY | {"ODR_SECRET_KEY_FILE": str(tmp_path / "key")})


def test_no_listing_of_the_settings_shows_a_secret():
    read = Settings.from_environment(KEY | {"ODR_MAIL_URL": "smtp://odr:hidden@mail.example"})

    assert "hidden" not in repr(read)
    assert "kkkk" not in repr(read)


def test_a_demo_is_for_loopback_only():
    with pytest.raises(ConfigError, match="ODR_DEMO"):
        Settings.from_environment(KEY | {"ODR_DEMO": "1", "ODR_BASE_URL": "https://odr.example"})


def test_a_damaged_field_key_is_refused(tmp_path):
    (tmp_path / "field.keys").write_text("not-a-key\n")
    read = Settings.from_environment(KEY | {"ODR_FIELD_KEYS_FILE": str(tmp_path / "field.keys")})

    with pytest.raises(ConfigError, match="ODR_FIELD_KEYS_FILE"):
        read.field_keys()
