"""The hub hands each page what it lacks of the places that it has, once and in order."""

from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from tourism_odr.web.stream import Hub, News, Subscriber, _lines, seal, unseal


def test_a_page_gets_what_is_new_in_its_places_only() -> None:
    hub, mine, other = Hub(4, 2), uuid4(), uuid4()
    page = Subscriber(uuid4(), {mine: 3})
    hub.subscribers.add(page)

    hub.pass_on([News(mine, 3, "old"), News(mine, 4, "new"), News(other, 9, "elsewhere")])

    assert [page.waiting.get_nowait().payload for _ in range(page.waiting.qsize())] == ["new"]


def test_the_reader_asks_beyond_the_lowest_number_that_some_page_has() -> None:
    hub, place = Hub(4, 2), uuid4()
    hub.subscribers.update({Subscriber(uuid4(), {place: 8}), Subscriber(uuid4(), {place: 5})})

    assert hub.wanted() == {place: 5}


def test_the_oldest_page_of_a_person_makes_room_for_the_newest(built: Flask) -> None:
    hub, person = Hub(4, 2), uuid4()
    other, oldest, newer = Subscriber(uuid4(), {}, since=1), Subscriber(person, {}, since=2), Subscriber(person, {}, since=3)
    hub.subscribers.update({other, newer, oldest})

    newest = hub.join(built, person, {}, lambda _wanted: [])

    assert [one.over for one in (other, oldest, newer, newest)] == [False, True, False, False]
    hub.leave(newest)


def test_a_stream_that_has_ended_is_not_counted(built: Flask) -> None:
    hub, person = Hub(1, 1), uuid4()
    hub.subscribers.add(Subscriber(person, {}, over=True))

    joined = hub.join(built, person, {}, lambda _wanted: [])

    assert not joined.over
    hub.leave(joined)


def test_a_full_process_takes_no_more_streams(built: Flask) -> None:
    hub = Hub(1, 1)
    hub.subscribers.add(Subscriber(uuid4(), {}))

    with pytest.raises(TooManyRequests):
        hub.join(built, uuid4(), {}, lambda _wanted: [])


def test_a_page_that_made_room_ends_at_once(built: Flask) -> None:
    hub, person = Hub(2, 1), uuid4()
    first = hub.join(built, person, {}, lambda _wanted: [])
    lines = _lines(built, hub, first, {}, lambda _news: None, None)
    next(lines)

    newer = hub.join(built, person, {}, lambda _wanted: [])

    assert list(lines) == []
    assert hub.subscribers == {newer}
    hub.leave(newer)


def test_a_cursor_is_of_use_to_its_owner_alone(app: Flask) -> None:
    person, place = uuid4(), uuid4()

    cursor = seal(person, {place: 12})

    assert unseal(person, cursor) == {place: 12}
    assert unseal(uuid4(), cursor) == {}
    assert unseal(person, cursor + "x") == {}
    assert place.hex not in cursor or "." in cursor
