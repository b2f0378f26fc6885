"""A town for each journey."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.journeys.town import Town
from tests.pages import PageClient

Opens = Callable[..., Town]


@pytest.fixture
def open_town(built: Flask, new_client: Callable[[], PageClient]) -> Iterator[Opens]:
    """Opens the town at a moment that the journey names."""
    towns: list[Town] = []

    def opened(start: str = "2026-10-12 09:00") -> Town:
        towns.append(Town(built, new_client, start))
        return towns[-1]

    yield opened
    for town in towns:
        town.close()
