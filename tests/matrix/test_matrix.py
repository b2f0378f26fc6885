"""The authorisation matrix: actors x routes x methods x relation to the case, from the URL map.

What each may see was settled by hand in ``world.py``; what each may do is read from the lifecycle tables.  A new
route joins by itself, and one without a policy is refused when the application starts.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.matrix.doors import WHOLE, Door, doors
from tests.matrix.world import Somebody, World, build
from tests.signing_in import sign_in
from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.cases.models import Event, Notice
from tourism_odr.db import db
from tourism_odr.people.roles import COURT

READS = ("GET", "HEAD") if WHOLE else ("GET",)
WRITES = ("POST",)
SIGN_IN, REFUSED, GONE = "sign-in", "401", "404"
BROKEN, NOT_READY = 500, 503  # without a jobs process /readyz says so


@pytest.fixture
def world(built: Flask) -> World:
    """Built in a context that is gone before anybody knocks: requests must not share one."""
    built.config["WTF_CSRF_ENABLED"] = False  # a forged token has a test of its own; here the door itself is asked
    with built.app_context():
        return build()


def expected(door: Door, somebody: Somebody) -> str | None:
    """SIGN_IN (for what is no page REFUSED) or GONE when the door is closed to them; None when something else may come of it."""
    policy = door.policy
    if policy.kind == "public":
        return None
    if somebody.actor is None or not somebody.alive:
        return SIGN_IN if policy.page else REFUSED
    role = somebody.actor.role
    if (somebody.actor.seat and not policy.seated) or (policy.roles and role not in policy.roles):
        return GONE
    if policy.kind == "case" and not policy.roles and role in COURT:
        return GONE
    if door.about_case and not somebody.sees:
        return GONE
    if policy.kind == "step" and not any(role in STEPS[name].by for name in policy.steps):
        return GONE
    if policy.kind == "step" and somebody.read_only:
        return GONE
    return None


def got(response: Any) -> str:
    """What came of it, in the words of ``expected``."""
    if response.status_code == 404:
        return GONE
    if response.status_code == 303 and "/sign-in" in response.headers.get("Location", ""):
        return SIGN_IN
    return str(response.status_code)


def knock(app: Flask, world: World, methods: tuple[str, ...], only_closed: bool) -> tuple[list[str], Counter[str]]:
    """Try every door as everybody; returns what was not as expected, and a tally."""
    wrong: list[str] = []
    tally: Counter[str] = Counter()
    with app.app_context():
        found = doors(app, world, methods)
    for somebody in world.cast:
        client = _client(app, somebody)
        for door in found:
            want = expected(door, somebody)
            if only_closed and want is None:
                continue
            response = client.open(door.address, method=door.method)
            response.close()  # a stream that stays open would lend its context to the next request
            tally[want or "open"] += 1
            if not _fits(want, response):
                wrong.append(f"{somebody.name}: {door.method} {door.endpoint}: wanted {want or 'open'}, got {got(response)}")
    return wrong, tally


def _client(app: Flask, somebody: Somebody) -> Any:
    client = app.test_client()
    if somebody.actor is not None:
        sign_in(client, somebody.actor, somebody.case_id, read_only=somebody.read_only)
    return client


def _fits(want: str | None, response: Any) -> bool:
    if response.status_code >= BROKEN and response.status_code != NOT_READY:
        return False
    return want is None or got(response) == want


def traces(app: Flask) -> tuple[int, int]:
    """How many lines and notices there are."""
    with app.app_context():
        count = [db.session().scalar(select(func.count()).select_from(model)) or 0 for model in (Event, Notice)]
    return count[0], count[1]


def test_every_door_opens_to_those_whom_it_is_for_and_to_nobody_else(built: Flask, world: World) -> None:
    before = traces(built)

    wrong, tally = knock(built, world, READS, only_closed=False)

    assert not wrong, f"{len(wrong)} of {tally.total()}:\n" + "\n".join(wrong[:60])
    assert tally[GONE] > tally[SIGN_IN] > 0
    assert tally["open"] > 0
    assert traces(built) == before, "a GET wrote into the ledger or the outbox"


def test_a_closed_door_lets_no_writing_through(built: Flask, world: World) -> None:
    before = traces(built)

    wrong, tally = knock(built, world, WRITES, only_closed=True)

    assert not wrong, f"{len(wrong)} of {tally.total()}:\n" + "\n".join(wrong[:60])
    assert traces(built) == before


def test_what_is_not_yours_looks_exactly_like_what_does_not_exist(
    world: World, new_client: Callable[[], Any]
) -> None:
    stranger = next(one for one in world.cast if one.name == "a stranger's handler")
    client = sign_in(new_client(), stranger.actor)  # type: ignore[arg-type]  # somebody with an actor

    hers = client.get(f"/en/cases/{world.case.id}")
    unknown = uuid4()
    none = client.get(f"/en/cases/{unknown}")

    assert hers.status_code == none.status_code == 404
    assert _same(hers, world.case.id) == _same(none, unknown)


def _same(response: Any, asked: UUID) -> tuple[str, list[str]]:
    """Body and header names; the address that was asked for stands in the links that change the language."""
    body = response.get_data(as_text=True).replace(str(asked), "")
    return body, sorted(name for name, _ in response.headers if name != "Set-Cookie")
