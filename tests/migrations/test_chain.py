"""The chain of migrations runs there, back and there again, on whichever database."""

from sqlalchemy import inspect

from tourism_odr.db import Base, db
from tourism_odr.operations import migrations


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
