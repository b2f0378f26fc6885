"""Visitors whose requests share nothing with the test."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.pages import PageClient
from tests.submitting import ApartClient


@pytest.fixture
def new_client(built: Flask) -> Callable[[], PageClient]:
    """One more visitor."""
    built.test_client_class = ApartClient
    return lambda: built.test_client()  # type: ignore[return-value]  # the class is set on ``built``


@pytest.fixture
def client(new_client: Callable[[], PageClient]) -> PageClient:
    """A visitor."""
    return new_client()
