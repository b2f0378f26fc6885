"""The stream of a room: what is said arrives, nothing of another place does, and a dismissed member is cut."""

import json
from collections.abc import Callable, Iterator
from contextvars import Context
from queue import Empty, Queue
from threading import Thread
from time import monotonic

import pytest
from flask import Flask

from tests.builders import HOUR
from tests.mediation.room_world import World, world_at
from tests.pages import PageClient
from tourism_odr.clock import now
from tourism_odr.mediation.queries.live import steps_of
from tourism_odr.web import stream as streams

CANARY = "canary-51d0 said in private"


@pytest.fixture
def world(app: Flask, new_client: Callable[[], PageClient]) -> World:
    return world_at(app, new_client)


class Page:
    """An open stream, read in a thread of its own until it ends."""

    def __init__(self, world: World, who: str, room: str, after: str = "") -> None:
        self.blocks: Queue[str] = Queue()
        answer = world.clients[who].get(world.room(room) + "/stream", query_string={"after": after}, buffered=False)
        self.status = answer.status_code
        self.thread = Thread(target=Context().run, args=(self._read, answer.response), daemon=True)
        self.thread.start()

    def _read(self, chunks: Iterator[bytes]) -> None:
        for chunk in chunks:
            self.blocks.put(chunk.decode() if isinstance(chunk, bytes) else chunk)
        chunks.close()  # type: ignore[attr-defined]  # as a server does when the browser has gone

    def next(self, kind: str = "item", within: float = 5.0) -> dict[str, str] | None:
        """The next event of a kind, or nothing within the time."""
        ends = monotonic() + within
        while (left := ends - monotonic()) > 0:
            try:
                block = self.blocks.get(timeout=left)
            except Empty:
                return None
            if f"event: {kind}\n" in block:
                return json.loads(block.split("data: ", 1)[1])  # type: ignore[no-any-return]  # our own JSON
        return None


@pytest.fixture(autouse=True)
def short_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams of tests end by themselves soon."""
    monkeypatch.setattr(streams, "LIFE", 9.0)


def test_what_is_said_arrives_as_the_line_of_the_page(world: World) -> None:
    page = Page(world, "handler", "joint")

    world.say("tourist", "joint", "Arrives live.")

    event = page.next()
    assert event is not None
    assert "Arrives live." in event["html"]
    assert f'id="item-{world.rooms["joint"].hex}-1"' in event["html"]


def test_a_private_word_is_only_a_number_to_who_reads_it_and_nothing_to_others(world: World) -> None:
    mediator, handler = Page(world, "mediator", "joint"), Page(world, "handler", "joint")

    world.say("tourist", "caucus-complainant", CANARY)

    unread = mediator.next("unread")
    assert unread == {"place": world.rooms["caucus-complainant"].hex, "text": "1"}
    assert handler.next("unread", within=1.5) is None
    assert handler.blocks.empty()


def test_whoever_does_not_read_a_room_has_no_stream_of_it(world: World) -> None:
    assert world.clients["handler"].get(world.room("caucus-complainant") + "/stream").status_code == 404
    assert world.clients["officer"].get(world.room("joint") + "/stream").status_code == 404


def test_a_dismissed_member_is_cut_within_a_second(world: World) -> None:
    page = Page(world, "mediator", "joint")
    world.case.at = now() - HOUR
    world.case.take("appointment.replace", world.case.people.officer, world.case.appointment)

    page.thread.join(1.5)

    world.say("tourist", "joint", "After the replacement.")
    assert not page.thread.is_alive()
    assert all("After the replacement." not in block for block in list(page.blocks.queue))


def test_a_browser_that_comes_back_gets_what_it_missed(world: World) -> None:
    person = world.case.people.handler.person_id
    assert person is not None
    joint = world.rooms["joint"]
    cursor = streams.seal(person, {joint: 0, steps_of(joint): 10_000})
    world.say("tourist", "joint", "Said while away.")

    event = Page(world, "handler", "joint", after=cursor).next()

    assert event is not None
    assert "Said while away." in event["html"]


def test_the_officer_who_joins_is_announced_live(world: World) -> None:
    page = Page(world, "tourist", "joint")
    world.case.at = now() - HOUR

    world.case.take("case.join-room", world.case.people.officer)

    event = page.next()
    assert event is not None
    assert "The supervising body joined the room" in event["html"]


def test_a_stream_asked_for_by_nobody_is_refused_and_not_led_to_the_sign_in_page(
    world: World, new_client: Callable[[], PageClient]
) -> None:
    answer = new_client().get(world.room("joint") + "/stream")

    assert (answer.status_code, answer.data) == (401, b"")
