"""Triggers that refuse to change the ledger, on both databases.

SQLite alters a table by copying it, and a copy has no triggers: a migration that alters a guarded table
calls ``guard`` again, and a test looks for the triggers at head.
"""

from alembic import op

TABLES = ("event",)
REFUSAL = "the ledger is only added to"


def guard(*tables: str) -> None:
    """From now on rows of these tables (none named: the ledger) are neither changed nor removed."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
    for table in tables or TABLES:
        for statement in _statements(table):
            op.execute(statement)


def unguard(*tables: str) -> None:
    """For a migration that goes back behind the ledger, or behind the tables named."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in tables or TABLES:
        for verb in ("update", "delete", *(("truncate",) if postgresql else ())):
            op.execute(f"DROP TRIGGER {table}_refuses_{verb}" + (f" ON {table}" if postgresql else ""))
    if postgresql and not tables:
        op.execute("DROP FUNCTION refuse_change()")


def _statements(table: str) -> list[str]:
    if op.get_bind().dialect.name == "postgresql":
        return [
            f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb.upper()} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            for verb in ("update", "delete", "truncate")
        ]
    return [
        f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("update", "delete")
    ]
