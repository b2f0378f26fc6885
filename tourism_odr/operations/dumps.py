"""One database into a file and back, while others go on writing: SQLite by its own copy, PostgreSQL by pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL, make_url

from tourism_odr.operations.manifest import BackupError

SQLITE_FILE = "database.sqlite3"
POSTGRESQL_FILE = "database.pgdump"


def file_for(address: str) -> str:
    """The name that the copy of this kind of database has in a backup."""
    return SQLITE_FILE if make_url(address).get_backend_name() == "sqlite" else POSTGRESQL_FILE


def dump(address: str, target: Path) -> None:
    """A consistent copy of the database, as of one moment."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(f"file:{url.database}?mode=ro", uri=True)) as source:
            source.execute("VACUUM INTO ?", (str(target),))
    else:
        _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(source: Path, address: str) -> None:
    """The copy into an empty database; one that holds anything is left alone."""
    url = make_url(address)
    if _tables(address):
        raise BackupError("the database is not empty; restore into a new one, then point ODR_DATABASE_URL at it.")
    if url.get_backend_name() == "sqlite":
        shutil.copyfile(source, str(url.database))
        with closing(sqlite3.connect(str(url.database))) as restored:
            restored.execute("PRAGMA journal_mode = WAL")
            sound = restored.execute("PRAGMA integrity_check").fetchone()[0]
        if sound != "ok":
            raise BackupError(f"the restored database is damaged: {sound}")
    else:
        _run("pg_restore", url, "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={url.database}", str(source))


@contextmanager
def scratch(address: str, folder: Path) -> Iterator[str]:
    """An empty database of the same kind that is gone afterwards; PostgreSQL's user needs CREATEDB for it."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        yield f"sqlite:///{folder / SQLITE_FILE}"
        return
    name = f"odr_check_{uuid4().hex[:12]}"
    _administer(url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        _administer(url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(url: URL, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _tables(address: str) -> list[str]:
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return []
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def _run(program: str, url: URL, *arguments: str) -> None:
    """One of PostgreSQL's own programs; the address goes by environment, so that no process list shows a password."""
    found = shutil.which(program)
    if not found:
        raise BackupError(f"{program} is not installed; it comes with PostgreSQL's client package.")
    done = subprocess.run([found, *arguments], env=_environment(url), capture_output=True, text=True, check=False)  # noqa: S603 - fixed programs, no shell
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-500:]}")


def _environment(url: URL) -> dict[str, str]:
    host = url.host or str(url.query.get("host", ""))
    port = str(url.port or url.query.get("port", ""))
    given = {"PGHOST": host, "PGPORT": port, "PGUSER": url.username, "PGPASSWORD": url.password, "PGDATABASE": url.database}
    return {**os.environ, **{name: str(value) for name, value in given.items() if value}}
