"""A context for building only: requests of different people must not share one."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from flask import Flask

T = TypeVar("T")
Inside = Callable[..., Any]


@pytest.fixture
def inside(built: Flask) -> Inside:
    """Call something in an application context of its own."""

    def call(what: Callable[..., T], *given: Any, **named: Any) -> T:
        with built.app_context():
            return what(*given, **named)

    return call
