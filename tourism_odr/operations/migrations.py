"""Bring a database to the newest tables, and tell how far it is.  Runs inside an application context."""

import sqlite3
from importlib.resources import files

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import Migrate, check, downgrade
from flask_migrate import revision as draft_revision
from flask_migrate import upgrade as migrate_upgrade
from sqlalchemy.engine import make_url

from tourism_odr.db import db


def folder() -> str:
    """Where the migrations lie, in a checkout and in a wheel alike."""
    return str(files("tourism_odr.migrations").joinpath("env.py")).removesuffix("/env.py")


def upgrade(revision: str = "head") -> None:
    """All pending changes.  SQLite's write-ahead log is chosen here and nowhere else."""
    _ready()
    _write_ahead()
    migrate_upgrade(folder(), revision)


def downgrade_to(revision: str) -> None:
    """Back to ``revision``; data that only newer tables hold is lost."""
    _ready()
    downgrade(folder(), revision)


def check_models() -> None:
    """Ends the program with an error when the tables at head differ from the models."""
    _ready()
    check(folder())


def draft(message: str, number: str) -> None:
    """A new migration with the difference between the database and the models, to be read and edited."""
    _ready()
    draft_revision(folder(), message, autogenerate=True, rev_id=number)


def next_number() -> str:
    """Migrations are numbered by hand, one chain: 0001, 0002 ..."""
    head = _scripts().get_current_head()
    return f"{int(head or 0) + 1:04d}"


def head() -> str | None:
    """The newest migration of this release."""
    return _scripts().get_current_head()


def current() -> str | None:
    """The migration that the database is at; None for an empty one."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", folder().replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def _ready() -> None:
    if "migrate" not in current_app.extensions:
        Migrate(current_app, db, directory=folder())


def _write_ahead() -> None:
    """On a connection of its own: inside a transaction SQLite refuses to change its journal."""
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite" and url.database:
        connection = sqlite3.connect(url.database)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
