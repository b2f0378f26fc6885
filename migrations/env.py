"""How Alembic meets the application: its engine, its tables, and one transaction a run."""

from importlib import import_module
from pkgutil import walk_packages

from alembic import context
from sqlalchemy import Connection

import tourism_odr
from tourism_odr.db import Base, db


def _know_all_tables() -> None:
    """A table that nobody has imported yet would look like one to drop."""
    for module in walk_packages(tourism_odr.__path__, "tourism_odr."):
        if "models" in module.name.split("."):
            import_module(module.name)


def _configure(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # SQLite alters a table by copying it, and the copy has no triggers: a migration that
        # alters a guarded table creates them again, and a test looks for them at head.
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )


def run() -> None:
    """All pending changes in one transaction, on the engine of the application."""
    given: Connection | None = context.config.attributes.get("connection")
    if given is not None:
        _configure(given)
        with context.begin_transaction():
            context.run_migrations()
        return
    with db.engine.connect().execution_options(odr_writes=True) as connection:
        _configure(connection)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database; there is no offline mode.")
_know_all_tables()
run()
