"""The mediator's desk: what waits, and taking an appointment up or not."""

from collections.abc import Callable

from flask import Flask

from tests.builders import appoint
from tests.mediation.room_world import World, world_at
from tests.pages import PageClient
from tourism_odr.cases.models import Appointment
from tourism_odr.db import db


def asked(app: Flask, new_client: Callable[[], PageClient]) -> World:
    world = world_at(app, new_client, "mediation")
    appoint(world.case)
    return world


def test_an_appointment_waits_on_the_desk_with_names_but_no_words(app: Flask, new_client: Callable[[], PageClient]) -> None:
    world = asked(app, new_client)
    client = world.clients["mediator"]

    desk = client.get("/en/desk").get_data(as_text=True)
    page = client.get(world.path(f"appointments/{world.case.appointment}/accept")).get_data(as_text=True)

    assert "You are asked to mediate" in desk
    assert "远山旅行社" in page
    assert "行程被改" not in page


def test_accepting_needs_the_declaration(app: Flask, new_client: Callable[[], PageClient]) -> None:
    world = asked(app, new_client)
    path = world.path(f"appointments/{world.case.appointment}/accept")

    bare = world.clients["mediator"].post(path, data={"seen": "1"})
    accepted = world.clients["mediator"].post(path, data={"seen": "1", "free": "y", "secret": "y"})

    assert "Tick to declare" in bare.get_data(as_text=True)
    assert accepted.status_code == 303
    assert world.case.stage(world.case.appointment) == "active"


def test_declining_keeps_the_reason(app: Flask, new_client: Callable[[], PageClient]) -> None:
    world = asked(app, new_client)
    path = world.path(f"appointments/{world.case.appointment}/decline")

    declined = world.clients["mediator"].post(path, data={"seen": "1", "reason": "conflict"})

    assert declined.status_code == 303
    assert db.session.get_one(Appointment, world.case.appointment).reason == "conflict"
    assert world.clients["mediator"].get(world.path("room")).status_code == 404


def test_an_empty_desk_says_so(app: Flask, new_client: Callable[[], PageClient]) -> None:
    world = world_at(app, new_client, "lodged")

    page = world.clients["mediator"].get("/en/desk").get_data(as_text=True)

    assert "Nothing waits." in page
    assert world.clients["tourist"].get("/en/desk").status_code == 404


def test_an_unread_private_word_waits_on_the_desk(app: Flask, new_client: Callable[[], PageClient]) -> None:
    world = world_at(app, new_client)
    world.say("tourist", "caucus-complainant", "Please call me.")

    page = world.clients["mediator"].get("/en/desk").get_data(as_text=True)

    assert "1 unread private message" in page
    assert "Please call me." not in page
