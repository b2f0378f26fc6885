"""The chain of migrations runs there, back and there again, on whichever database, empty or full."""

import random
from datetime import date

import pytest
from sqlalchemy import inspect, text

from tourism_odr import demo
from tourism_odr.db import Base, db
from tourism_odr.demo.scripts import standard
from tourism_odr.operations import migrations

ON = date(2026, 11, 23)
KEPT = ("case", "event", "agreement", "clause", "party", "item", "notice", "session", "person")
ROADS = ("performed-as-reported", "confirmed", "enforced", "counter", "two-enforced", "suit-mediated", "suit-returned")


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_every_table_is_there_at_head(app):
    found = tables()

    assert found >= set(Base.metadata.tables)


def test_up_down_and_up_again_gives_the_same_tables(app):
    before = tables()
    db.session.remove()

    migrations.downgrade_to("base")
    between = tables()
    migrations.upgrade()

    assert between == set()
    assert tables() == before
    migrations.check_models()


@pytest.fixture
def full(app):
    """A database in which people have used every table that a later migration touched."""
    chance = random.Random(1)  # noqa: S311 - the same every time, on purpose
    some = {one.road: one for one in standard(ON, chance)}
    demo.fill(ON, 1, [some[name] for name in ROADS if name in some])


def rows() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in KEPT}  # noqa: S608 - our own names


@pytest.mark.usefixtures("full")
def test_a_database_in_use_goes_back_step_by_step_and_forward_with_all_its_rows(app):
    before = rows()
    db.session.remove()

    for number in range(18, 9, -1):
        migrations.downgrade_to(f"{number:04}")
    between = rows()
    for number in range(11, 20):
        migrations.upgrade(f"{number:04}")

    assert between == before
    assert rows() == before
    migrations.check_models()
