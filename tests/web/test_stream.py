"""The hub hands each page what it lacks of the places that it has, once and in order."""

from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from tourism_odr.web.stream import Hub, News, Subscriber, seal, unseal


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


def test_one_person_cannot_take_all_streams(built: Flask) -> None:
    hub, person = Hub(4, 1), uuid4()
    hub.subscribers.add(Subscriber(person, {}))

    with pytest.raises(TooManyRequests):
        hub.join(built, person, {}, lambda _wanted: [])


def test_a_cursor_is_of_use_to_its_owner_alone(app: Flask) -> None:
    person, place = uuid4(), uuid4()

    cursor = seal(person, {place: 12})

    assert unseal(person, cursor) == {place: 12}
    assert unseal(uuid4(), cursor) == {}
    assert unseal(person, cursor + "x") == {}
    assert place.hex not in cursor or "." in cursor
