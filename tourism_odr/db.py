"""The database handle, the column types, and the one way to open a unit of work."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Dialect,
    Engine,
    ForeignKeyConstraint,
    MetaData,
    any_,
    event,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.util import identity_key
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table in the service inherits from this."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)
Row = TypeVar("Row", bound=Base)


class UTCDateTime(TypeDecorator[datetime]):
    """An instant.  Refuses naive times going in; hands out aware UTC, also from SQLite, which forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is the library's
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value!r} refused: times are aware, in UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is the library's
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@event.listens_for(ForeignKeyConstraint, "after_parent_attach")
def _check_at_commit(constraint: ForeignKeyConstraint, _table: Any) -> None:
    """References are checked when a unit of work ends, so that it may write its rows in one flush, in any order."""
    constraint.deferrable, constraint.initially = True, "DEFERRED"


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    """We send BEGIN ourselves, see ``_begin``; SQLite also has to be told what to keep."""
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA busy_timeout = 20000")
    else:
        connection.autocommit = True


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """On SQLite the driver's own BEGIN would come too late to take the write lock first.

    On PostgreSQL each statement sees what is committed by then, in a transaction or not: reading needs none,
    and the driver would forget its prepared statements with every ROLLBACK that ends one.
    """
    writes = connection.get_execution_options().get("odr_writes", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("BEGIN")


@event.listens_for(Session, "before_flush")
def _only_in_a_unit(session: Session, *_: Any) -> None:
    """What is changed outside of a unit of work would be kept at once, here by nobody's decision."""
    if "in_unit_of_work" not in session.info:
        raise RuntimeError("rows are written in a unit of work")


@event.listens_for(Session, "transient_to_pending")
def _join(session: Session, row: Base) -> None:
    """What a unit of work adds joins the rows that it has read."""
    for name, read in session.info.get("rows", {}).get(type(row), {}).items():
        if (key := getattr(row, name)) in read:
            read[key].append(row)


@event.listens_for(Session, "loaded_as_persistent")
@event.listens_for(Session, "pending_to_persistent")
def _keep(session: Session, row: object) -> None:
    """A session holds its rows weakly: what a unit of work has met is kept until its end, not read again."""
    if "in_unit_of_work" in session.info:
        session.info.setdefault("kept", set()).add(row)


# What a unit of work keeps on the session; none of it outlives the unit.
UNIT_NOTES = ("in_unit_of_work", "locked_cases", "outermost_step", "waiting_for_number", "rows", "kept", "calendars",
              "changed_cases")


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """All of it is saved, or none of it.  Commands open exactly one of these; nothing else commits.

    The request's read transaction ends first and a writing one begins: on SQLite a write after a
    read that another writer overtook fails at once, whatever the busy timeout.
    """
    session: Session = db.session()
    if session.info.get("in_unit_of_work"):
        raise RuntimeError("a unit of work is open already: one command, one unit")
    session.rollback()
    session.info["in_unit_of_work"], session.info["rows"] = True, {}
    try:
        session.connection(execution_options={"odr_writes": True})
        yield session
        session.commit()
    except BaseException:
        session.info.pop("after_commit", None)
        session.rollback()
        raise
    finally:
        for name in UNIT_NOTES:
            session.info.pop(name, None)
    for call in session.info.pop("after_commit", []):
        with contextlib.suppress(Exception):  # a wake-up that fails must not undo what was saved
            call()


def met(session: Session, model: type[Row], id: Any) -> Row | None:
    """The row with this ``id``, also when the unit of work has added it and not sent it yet."""
    here: Row | None = session.identity_map.get(identity_key(model, id))
    if here is not None:
        return here
    added = (row for row in session.new if isinstance(row, model) and getattr(row, "id", None) == id)
    return next(added, None) or session.get(model, id)


def rows_of(session: Session, model: type[Row], **where: Any) -> list[Row]:
    """All rows of ``model`` whose one named column has this value, in no order.

    A unit of work reads them once, and what it adds joins them: so they are for rows that nobody else changes
    meanwhile (those of a case whose lock is held) and for settings.  Outside of a unit they are read each time, but see ``read_once``.
    """
    [(name, key)] = where.items()
    if "rows" not in session.info:
        return list(session.scalars(select(model).where(getattr(model, name) == key)))
    read: dict[Any, list[Row]] = session.info["rows"].setdefault(model, {}).setdefault(name, {})
    if key not in read:
        fetch(session, model, **{name: [key]})
    return read[key]


def read_once(session: Session) -> None:
    """From here to the next unit of work, or the end of the request, ``rows_of`` reads the same rows once."""
    session.info["rows"] = {}


def fetch(session: Session, model: type[Row], **where: Iterable[Any]) -> list[Row]:
    """Read the rows of several values at once, for ``rows_of`` later in the same unit of work."""
    [(name, keys)] = where.items()
    wanted = set(keys)
    found = list(session.scalars(select(model).where(among(session, getattr(model, name), wanted))))
    remember(session, model, found, **{name: wanted})
    return found


def among(session: Session, column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Condition: the column holds one of these.  PostgreSQL takes many as one array: one statement, however many."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(ColumnElement[bool], column == any_(literal(list(values), ARRAY(column.type))))
    return cast(ColumnElement[bool], column.in_(list(values)))


def remember(session: Session, model: type[Row], found: Iterable[Row], **where: Iterable[Any]) -> None:
    """Note that ``found`` are all rows of these values, read together with something else: ``rows_of`` asks no more."""
    [(name, keys)] = where.items()
    if "rows" not in session.info:
        return
    read = session.info["rows"].setdefault(model, {}).setdefault(name, {})
    read.update({key: [] for key in keys})
    for row in found:
        read[getattr(row, name)].append(row)


def nothing_yet(session: Session, models: Iterable[type[Base]], **where: Any) -> None:
    """Note that no row of ``models`` has this value yet: what the unit of work adds is all there is."""
    [(name, key)] = where.items()
    for model in models:
        session.info["rows"].setdefault(model, {}).setdefault(name, {})[key] = []


def snapshot(session: Session) -> None:
    """From here on reads see one state, and may come in parts: on PostgreSQL both take a transaction."""
    driver: Any = session.connection().connection.dbapi_connection
    if not isinstance(driver, sqlite3.Connection) and not driver.info.transaction_status:
        driver.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")


@contextmanager
def attempt() -> Iterator[Session]:
    """A part of the open unit of work that may fail alone: what it wrote and noted is undone, the rest stays."""
    session: Session = db.session()
    notes = {name: copy(session.info[name]) for name in (*UNIT_NOTES, "after_commit") if name in session.info}
    try:
        with session.begin_nested():
            yield session
    except BaseException:
        for name in (*UNIT_NOTES, "after_commit"):
            session.info.pop(name, None)
        session.info.update(notes | {"rows": {}})
        raise


def after_commit(call: Callable[[], None]) -> None:
    """Run ``call`` once the open unit of work is saved; never when it is rolled back."""
    db.session().info.setdefault("after_commit", []).append(call)
