"""Live pages: one reader in each process asks for what is new and hands it to the streams that may read it.

The database is the log; a wake-up only shortens the wait.  A stream lives a short while, then the browser
comes back with the sealed map of places and numbers that it has, and nothing is lost between.
"""

import contextlib
import json
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, Full, Queue
from typing import Any
from uuid import UUID

from flask import Flask, Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from tourism_odr.cases.audience import standing_members, still_reads
from tourism_odr.clock import now
from tourism_odr.config import Settings
from tourism_odr.db import db
from tourism_odr.people.actor import Actor

LIFE = 45.0  # seconds; proxies and workers can rely on it
PULSE = 15.0
POLL = 0.8  # what other processes wrote is met within a second, and so is a membership that ended
BACKLOG = 200

Seen = dict[UUID, int]  # place -> the last number that the browser has
Hubs: "weakref.WeakSet[Hub]" = weakref.WeakSet()


@dataclass(frozen=True)
class News:
    """One item of a place, drawn for nobody yet."""

    place_id: UUID
    number: int
    payload: Any


Reader = Callable[[Mapping[UUID, int]], list[News]]  # items of these places beyond these numbers
Draw = Callable[[News], Mapping[str, Any] | None]  # for one reader; None: not for them


@dataclass(eq=False)
class Subscriber:
    """One open page: what it has, and what waits to be sent."""

    person_id: UUID
    seen: Seen
    waiting: "Queue[News | None]" = field(default_factory=lambda: Queue(BACKLOG))
    over: bool = False  # fell behind, lost a place, made room: the stream ends, and the browser asks anew
    since: float = field(default_factory=time.monotonic)
    actor: Actor | None = None
    places: frozenset[UUID] = frozenset()  # those that the actor read when the stream began

    def end(self) -> None:
        """Let the stream end at once."""
        self.over = True
        with contextlib.suppress(Full):
            self.waiting.put_nowait(None)


class Hub:
    """All streams of this process.  A connection of its own for each would exhaust the database."""

    def __init__(self, most: int, each: int) -> None:
        Hubs.add(self)
        self.most, self.each = most, each
        self.subscribers: set[Subscriber] = set()
        self.lock = threading.Lock()
        self.wake = threading.Event()
        self.reader: threading.Thread | None = None

    def join(
        self, app: Flask, person_id: UUID, seen: Seen, read: Reader, *, actor: Actor | None = None,
        places: frozenset[UUID] = frozenset(),
    ) -> Subscriber:  # fmt: skip
        """A new stream.  The person's oldest makes room when there are too many; a full process takes nobody else."""
        with self.lock:
            self._make_room(person_id)
            if sum(not s.over for s in self.subscribers) >= self.most:
                raise TooManyRequests
            subscriber = Subscriber(person_id, dict(seen), actor=actor, places=places)
            self.subscribers.add(subscriber)
            if self.reader is None or not self.reader.is_alive():
                self.reader = threading.Thread(
                    target=self._run, args=(app, read), name="stream-reader", daemon=True
                )
                self.reader.start()
        self.wake.set()
        return subscriber

    def _make_room(self, person_id: UUID) -> None:
        """Pages that were left behind are noticed only when something is sent to them: the newest page wins."""
        mine = sorted((s for s in self.subscribers if s.person_id == person_id and not s.over), key=lambda s: s.since)
        for oldest in mine[: len(mine) + 1 - self.each]:
            oldest.end()

    def leave(self, subscriber: Subscriber) -> None:
        """The page is closed, or its time is over."""
        with self.lock:
            self.subscribers.discard(subscriber)

    def _run(self, app: Flask, read: Reader) -> None:
        while True:
            with self.lock:
                if not self.subscribers:
                    self.reader = None
                    return
            with app.app_context(), contextlib.suppress(OperationalError):  # a busy database is asked again
                self.cut(now())
                self.pass_on(read(self.wanted()))
            self.wake.wait(POLL)
            self.wake.clear()

    def wanted(self) -> Seen:
        """Each subscribed place with the lowest number that some page still lacks."""
        lowest: Seen = {}
        with self.lock:
            for subscriber in self.subscribers:
                for place, number in subscriber.seen.items():
                    lowest[place] = min(number, lowest.get(place, number))
        return lowest

    def cut(self, at: datetime) -> None:
        """End the streams of whoever no longer reads a place: before anything that was written since is handed on."""
        with self.lock:
            watched = [s for s in self.subscribers if s.actor is not None and s.places]
        standing = standing_members(db.session(), {place for s in watched for place in s.places}, at)
        for subscriber in watched:
            actor = subscriber.actor
            if actor and not all(still_reads(standing, place, actor) for place in subscriber.places):
                subscriber.end()

    def pass_on(self, news: list[News]) -> None:
        """To every page that has the place and not yet the number, in order."""
        with self.lock:
            waiting = list(self.subscribers)
        for one in news:
            for subscriber in waiting:
                if not subscriber.over and one.number > subscriber.seen.get(one.place_id, one.number):
                    _hand(subscriber, one)


def _hand(subscriber: Subscriber, news: News) -> None:
    try:
        subscriber.waiting.put_nowait(news)
        subscriber.seen[news.place_id] = news.number
    except Full:
        subscriber.over = True  # it comes back with what it has


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="stream-cursor")


def seal(person_id: UUID, seen: Seen) -> str:
    """The map of places and numbers as an opaque cursor, of use to this person alone."""
    return str(_serializer().dumps([person_id.hex, {place.hex: number for place, number in seen.items()}]))


def unseal(person_id: UUID, cursor: str) -> Seen:
    """What a cursor says; a stranger's or a broken one says nothing."""
    try:
        owner, places = _serializer().loads(cursor)
    except BadData:
        return {}
    if owner != person_id.hex:
        return {}
    return {UUID(place): int(number) for place, number in places.items()}


def stream(
    person_id: UUID, start: Seen, read: Reader, draw: Draw, *, actor: Actor | None = None,
    places: frozenset[UUID] = frozenset(), at_end: Callable[[Seen], None] | None = None,
) -> Response:  # fmt: skip
    """The answer that stays open.  ``start``: the places this person may read now, with the number the page shows.

    With ``actor`` and ``places`` the stream ends within a second of the actor losing one of them; ``at_end`` is
    given what was sent.
    """
    cursor = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    known = unseal(person_id, cursor)
    seen = {place: known.get(place, number) for place, number in start.items()}
    hub: Hub = current_app.extensions["odr_hub"]
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy's own way to the object
    subscriber = hub.join(app, person_id, seen, read, actor=actor, places=places)
    answer = Response(_lines(app, hub, subscriber, dict(seen), draw, at_end), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def _lines(
    app: Flask, hub: Hub, subscriber: Subscriber, sent: Seen, draw: Draw, at_end: Callable[[Seen], None] | None
) -> Iterator[str]:
    ends = time.monotonic() + LIFE
    pulse = time.monotonic() + PULSE
    try:
        yield "retry: 2000\n\n"
        while (left := ends - time.monotonic()) > 0 and not subscriber.over:
            news = _next(subscriber, max(0.0, min(pulse - time.monotonic(), left)))
            if news is not None:
                sent[news.place_id] = news.number
                with app.app_context():
                    drawn = draw(news)
                    block = _event(subscriber.person_id, sent, drawn) if drawn is not None else ""
                # What is not for this reader leaves no trace, not even in the time of the next pulse.
                if block:
                    yield block
            if time.monotonic() >= pulse:
                pulse += PULSE
                yield ": here\n\n"
    finally:
        hub.leave(subscriber)
        if at_end:
            with app.app_context():
                at_end(sent)


def _next(subscriber: Subscriber, wait: float) -> News | None:
    try:
        return subscriber.waiting.get(timeout=wait) if wait else subscriber.waiting.get_nowait()
    except Empty:
        return None


def _event(person_id: UUID, sent: Seen, drawn: Mapping[str, Any]) -> str:
    name = drawn.get("event", "item")
    data = json.dumps({key: value for key, value in drawn.items() if key != "event"}, ensure_ascii=False)
    return f"id: {seal(person_id, sent)}\nevent: {name}\ndata: {data}\n\n"


@event.listens_for(Session, "after_commit")
def _wake(_session: Session) -> None:
    """What this process has just saved is read at once; other processes' rows within the poll."""
    for hub in list(Hubs):
        hub.wake.set()


def init_app(app: Flask) -> None:
    """One hub for this application."""
    settings: Settings = app.extensions["odr_settings"]
    app.extensions["odr_hub"] = Hub(settings.streams_per_process, settings.streams_per_person)
