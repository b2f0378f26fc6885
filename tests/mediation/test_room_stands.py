"""Each side says of each fact whether it is so; the mediator reads both and adds values."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.mediation.room_world import World, world_at
from tests.pages import PageClient
from tourism_odr.cases.models import ClaimElement, Event, Stand, TripValue
from tourism_odr.db import db


@pytest.fixture
def world(app: Flask, new_client: Callable[[], PageClient]) -> World:
    return world_at(app, new_client)


def test_a_stand_is_read_by_everybody_in_the_case(world: World) -> None:
    refund = db.session.scalars(select(ClaimElement).where(ClaimElement.kind == "refund")).one()

    sent = world.clients["handler"].post(world.path("facts/stand"), data={f"fact-{refund.id.hex}": "deny"})

    assert sent.status_code == 303
    assert "Deny" in world.clients["mediator"].get(world.path("facts")).get_data(as_text=True)


def test_days_and_money_of_the_trip_are_said_in_the_readers_language(world: World) -> None:
    page = world.clients["tourist"].get(world.path("facts")).get_data(as_text=True)

    assert "Thu 1 October 2026" in page
    assert "¥6,480" in page


def test_saying_the_same_again_writes_nothing(world: World) -> None:
    refund = db.session.scalars(select(ClaimElement).where(ClaimElement.kind == "refund")).one()
    data = {f"fact-{refund.id.hex}": "agree"}

    for _ in range(2):
        world.clients["tourist"].post(world.path("facts/stand"), data=data)

    assert len(db.session.scalars(select(Stand)).all()) == 1
    assert len(db.session.scalars(select(Event).where(Event.step == "case.take-stand")).all()) == 1


def test_the_mediator_adds_a_value_and_a_party_cannot(world: World) -> None:
    data = {"key": "fee", "value": "6480"}

    added = world.clients["mediator"].post(world.path("facts/add"), data=data)
    refused = world.clients["tourist"].post(world.path("facts/add"), data=data)

    assert (added.status_code, refused.status_code) == (303, 404)
    assert db.session.scalars(select(TripValue.value).where(TripValue.source == "mediator")).all() == ["6480"]
