"""Visitors whose requests see nothing of the context that the test itself holds open."""

import contextvars
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.pages import PageClient
from tourism_odr.db import db


class Visitor(PageClient):
    """Each request starts in an empty context, as a server's does: no ``g``, no session of the test's."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        db.session.rollback()  # the test's own reading ends before somebody else writes
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture
def app(built: Flask) -> Iterator[Flask]:
    """The application in a context for the test's own commands."""
    built.test_client_class = Visitor
    with built.app_context():
        yield built
        db.session.remove()


@pytest.fixture
def new_client(app: Flask) -> Callable[[], Visitor]:
    """More visitors, each with cookies of their own."""
    return lambda: app.test_client()  # type: ignore[return-value]  # the class is set above


@pytest.fixture
def client(new_client: Callable[[], Visitor]) -> Visitor:
    """A visitor without JavaScript."""
    return new_client()
