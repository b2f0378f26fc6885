"""The ledger refuses to be changed by anybody, also by the database's owner."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tests import builders
from tourism_odr.cases.models import Event
from tourism_odr.db import db, unit_of_work
from tourism_odr.operations import migrations

AT = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
CHANGES = ["UPDATE event SET step = 'case.close'", "DELETE FROM event"]


@pytest.mark.parametrize("change", CHANGES)
def test_a_line_of_the_ledger_is_neither_changed_nor_removed(app, change):
    builders.a_case("lodged", at=AT)

    with pytest.raises(DatabaseError, match="only added to"), unit_of_work() as session:
        session.execute(text(change))

    assert db.session.scalars(select(Event.step)).first() == "case.lodge"


def test_postgresql_does_not_truncate_the_ledger(app):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite knows no TRUNCATE")
    builders.a_case("lodged", at=AT)

    with pytest.raises(DatabaseError, match="only added to"), unit_of_work() as session:
        session.execute(text("TRUNCATE event CASCADE"))


def test_the_guard_stands_again_after_going_back_and_forth(app):
    db.session.remove()
    migrations.downgrade_to("base")
    migrations.upgrade()
    builders.a_case("lodged", at=AT)

    with pytest.raises(DatabaseError, match="only added to"), unit_of_work() as session:
        session.execute(text("DELETE FROM event"))
