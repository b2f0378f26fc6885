"""What every test of lodging needs: a complaint body and an agency, and a look into the rows between requests."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.intake.tourist import found_bodies
from tourism_odr.db import db

Rows = Callable[[Any], list[Any]]


@pytest.fixture
def bodies(built: Flask) -> tuple[UUID, UUID]:
    """The ids of a complaint body and of an agency in the register."""
    with built.app_context():
        return found_bodies()


@pytest.fixture
def rows(built: Flask) -> Rows:
    """Read rows in a context of its own, so that no request shares it."""

    def read(statement: Any) -> list[Any]:
        with built.app_context():
            return list(db.session.scalars(statement))

    return read
