"""Read TOML strictly: every refusal is a sentence that names the file and the key."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from typing import Any, NoReturn

Table = Mapping[str, Any]
MISSING = object()


class BadRulebook(ValueError):  # noqa: N818 - the name says what is bad
    """Rulebook data that would give wrong or unexplained dates."""


def refuse(file: str, key: str, sentence: str) -> NoReturn:
    """Stop loading: ``file``, ``key`` and what is wrong."""
    raise BadRulebook(f"{file}: {key}: {sentence}")


def shipped(folder: str = "") -> dict[str, Table]:
    """The TOML files that ship with the service, by name."""
    place = files("tourism_odr.rulebooks") / "data"
    place = place / folder if folder else place
    found = sorted((entry for entry in place.iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name)
    return {entry.name: parse(entry.name, entry.read_text(encoding="utf-8")) for entry in found}


def parse(file: str, text: str) -> Table:
    """TOML, or a refusal that says where it is broken."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRulebook(f"{file}: is not TOML: {error}") from error


class Reader:
    """One table of one file; remembers which keys were read, so that the rest can be refused."""

    def __init__(self, file: str, key: str, table: Table) -> None:
        self.file, self.key, self.table = file, key, table
        self.known: set[str] = set()

    def refuse(self, key: str, sentence: str) -> NoReturn:
        """Refuse ``key`` of this table."""
        refuse(self.file, f"{self.key}.{key}" if self.key else key, sentence)

    def get(self, key: str, kind: type, default: Any = MISSING) -> Any:
        """The value of ``key``, which must be a ``kind``."""
        self.known.add(key)
        value = self.table.get(key, default)
        if value is MISSING:
            self.refuse(key, "is missing.")
        if value is not default and type(value) is not kind:
            self.refuse(key, f"must be {kind.__name__}, not {type(value).__name__}.")
        return value

    def code(self, key: str, allowed: Iterable[str], default: Any = MISSING) -> Any:
        """A text that must be one of ``allowed``."""
        value = self.get(key, str, default)
        if value is not default and value not in allowed:
            self.refuse(key, f"{value!r} is not one of {', '.join(sorted(allowed))}.")
        return value

    def codes(self, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """A list of texts, each one of ``allowed``."""
        values: tuple[str, ...] = self.list_of(key, str)
        for value in values:
            if value not in allowed:
                self.refuse(key, f"{value!r} is not one of {', '.join(sorted(allowed))}.")
        return values

    def list_of(self, key: str, kind: type) -> tuple[Any, ...]:
        """A list, empty when the key is not there."""
        values = self.get(key, list, [])
        if any(type(value) is not kind for value in values):
            self.refuse(key, f"must hold {kind.__name__} only.")
        return tuple(values)

    def tables(self, key: str) -> "dict[str, Reader]":
        """The named sub-tables under ``key``."""
        tables = self.get(key, dict, {})
        wrong = next((name for name, table in tables.items() if not isinstance(table, dict)), None)
        if wrong is not None:
            self.refuse(f"{key}.{wrong}", "must be a table.")
        return {name: Reader(self.file, f"{key}.{name}", table) for name, table in tables.items()}

    def rows(self, key: str) -> "list[Reader]":
        """The repeated sub-tables ``[[key]]``."""
        return [Reader(self.file, f"{key}[{i}]", row) for i, row in enumerate(self.list_of(key, dict))]

    def day(self, key: str, default: Any = MISSING) -> date | None:
        """A TOML date."""
        value: date | None = self.get(key, date, default)
        return value

    def first_day(self, key: str) -> date:
        """A TOML date that must be there."""
        value: date = self.get(key, date)
        return value

    def done(self) -> None:
        """Refuse whatever nobody asked for: a misspelt key must not pass as an absent one."""
        unknown = sorted(set(self.table) - self.known)
        if unknown:
            self.refuse(unknown[0], "is not a known key.")
