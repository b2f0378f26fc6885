"""Reading opens no transaction, and rows are written in a unit of work or not at all."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.cast import AT
from tourism_odr.db import db
from tourism_odr.people.models import Person


def somebody() -> Person:
    return Person(id=uuid4(), locale="en", created=AT)


def test_rows_are_not_written_outside_of_a_unit_of_work(app: Flask) -> None:
    db.session.add(somebody())

    with pytest.raises(RuntimeError, match="unit of work"):
        db.session.flush()


def test_what_is_read_again_and_again_is_planned_once(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite plans in no time")
    wanted = select(Person.id).where(Person.id == uuid4())

    for _ in range(10):
        db.session.execute(wanted)
        db.session.rollback()

    kept = db.session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("FROM person" in one for one in kept)
