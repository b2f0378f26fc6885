"""A case in mediation with everybody behind a browser of their own."""

from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import TheCase, a_case
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Party, Place
from tourism_odr.clock import now
from tourism_odr.db import db


@dataclass
class Visitor:
    """A browser of its own: each request runs outside of the test's application context, as it does in a server."""

    client: PageClient

    def get(self, path: str, **more: Any) -> TestResponse:
        return self._visit(self.client.get, path, **more)

    def post(self, path: str, **more: Any) -> TestResponse:
        return self._visit(self.client.post, path, **more)

    def _visit(self, request: Callable[..., TestResponse], path: str, **more: Any) -> TestResponse:
        db.session.rollback()
        return Context().run(request, path, **more)


@dataclass
class World:
    """The case, its rooms by name, and a client for each person."""

    case: TheCase
    clients: dict[str, Visitor]
    rooms: dict[str, UUID]

    def room(self, name: str, locale: str = "en") -> str:
        return f"/{locale}/cases/{self.case.id}/rooms/{self.rooms[name]}"

    def say(self, who: str, room: str, words: str) -> int:
        """Write into a room through its own form."""
        field = f"to-{self.rooms[room].hex}-words"
        return self.clients[who].post(self.room(room) + "/talk", data={field: words}).status_code

    def page(self, who: str, room: str, locale: str = "en") -> str:
        return self.clients[who].get(self.room(room, locale)).get_data(as_text=True)

    def path(self, rest: str) -> str:
        return f"/en/cases/{self.case.id}/{rest}"


PEOPLE = ("tourist", "handler", "mediator", "officer", "head", "second_handler")


def world_at(app: Flask, new_client: Callable[[], PageClient], stage: str = "mediated", respondents: int = 1) -> World:
    """A case at a stage; no two people share a browser."""
    app.config["WTF_CSRF_ENABLED"] = False
    case = a_case(stage, respondents=respondents, at=now() - timedelta(days=2))
    clients = {name: new_client() for name in PEOPLE}
    for name, client in clients.items():
        sign_in(client, getattr(case.people, name), case.id)
    return World(case, {name: Visitor(client) for name, client in clients.items()}, rooms_of(case))


def rooms_of(case: TheCase) -> dict[str, UUID]:
    """The ids of the rooms by who is in them."""
    sides = {party.id: party.side for party in db.session.scalars(select(Party).where(Party.case_id == case.id))}
    names: dict[str, UUID] = {}
    for place in db.session.scalars(select(Place).where(Place.case_id == case.id)):
        if place.kind == PlaceKind.CAUCUS and place.party_id:
            names.setdefault(f"caucus-{sides[place.party_id]}", place.id)
        else:
            names.setdefault(place.kind, place.id)
    db.session.rollback()
    return names
