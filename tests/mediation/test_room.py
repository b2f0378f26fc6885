"""The room: what is said in a place is read by its members and by nobody else."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import HOUR
from tests.mediation.room_world import World, world_at
from tests.pages import PageClient
from tourism_odr.cases.models import Event, Item, ItemText, ReadMark
from tourism_odr.clock import now
from tourism_odr.db import db

CANARY = "canary-7f3e said in private"


@pytest.fixture
def world(app: Flask, new_client: Callable[[], PageClient]) -> World:
    return world_at(app, new_client)


def test_what_is_said_in_the_joint_room_is_read_by_both_sides(world: World) -> None:
    status = world.say("tourist", "joint", "The hotel was changed.")

    assert status == 303
    assert "The hotel was changed." in world.page("handler", "joint")
    assert "The hotel was changed." in world.page("mediator", "joint", "zh-Hans")


@pytest.mark.parametrize("who", ["handler", "officer", "head", "second_handler"])
def test_a_private_word_reaches_no_page_of_anybody_else(world: World, who: str) -> None:
    world.say("tourist", "caucus-complainant", CANARY)
    client = world.clients[who]
    rooms = [world.room(name) for name in world.rooms]

    pages = [client.get(path) for path in [*rooms, world.path("facts"), world.path("room"), "/en/desk"]]

    assert all(CANARY not in page.get_data(as_text=True) for page in pages)
    assert client.get(world.room("caucus-complainant")).status_code == 404


def test_the_private_talk_is_framed_locked_and_names_its_reader(world: World) -> None:
    page = world.page("mediator", "caucus-complainant")

    assert "room-talk is-private" in page
    assert "Send in private" in page
    assert "Only to" in page


def test_unread_private_words_are_counted_only_for_who_reads_them(world: World) -> None:
    world.say("tourist", "caucus-complainant", CANARY)

    mediator = world.page("mediator", "joint")
    handler = world.page("handler", "joint")

    assert '<span data-count>1</span>' in mediator
    assert "data-count>1<" not in handler


def test_reading_a_room_ends_its_count(world: World) -> None:
    world.say("tourist", "caucus-complainant", CANARY)

    world.page("mediator", "caucus-complainant")

    assert '<span data-count>1</span>' not in world.page("mediator", "joint")
    assert db.session.scalars(select(ReadMark.item)).all() == [1]


def test_words_typed_for_a_private_talk_are_refused_by_the_joint_room(world: World) -> None:
    private_field = f"to-{world.rooms['caucus-complainant'].hex}-words"

    answer = world.clients["tourist"].post(world.room("joint") + "/talk", data={private_field: CANARY})

    assert answer.status_code == 422
    assert "Write something first." in answer.get_data(as_text=True)
    assert CANARY not in world.page("handler", "joint")


def test_nobody_writes_into_a_room_that_they_do_not_read(world: World) -> None:
    assert world.say("handler", "caucus-complainant", "hello") == 404
    assert world.say("officer", "joint", "hello") == 404
    assert world.say("mediator", "direct", "hello") == 404


def test_an_empty_message_is_refused_beside_its_field(world: World) -> None:
    field = f"to-{world.rooms['joint'].hex}-words"

    answer = world.clients["tourist"].post(world.room("joint") + "/talk", data={field: "  "})

    assert "Write something first." in answer.get_data(as_text=True)


def test_the_language_of_each_message_is_marked(world: World) -> None:
    world.say("tourist", "joint", "ホテルが変更されました。")

    assert 'lang="ja" dir="auto">ホテル' in world.page("mediator", "joint")


def test_notes_are_their_authors_alone(world: World) -> None:
    world.say("mediator", "notes", CANARY)

    assert CANARY in world.page("mediator", "notes")
    assert all(world.clients[who].get(world.room("notes")).status_code == 404 for who in ("tourist", "handler", "officer"))


def test_a_replaced_mediator_loses_every_room_at_once(world: World) -> None:
    world.say("tourist", "caucus-complainant", CANARY)
    world.case.at = now() - HOUR
    world.case.take("appointment.replace", world.case.people.officer, world.case.appointment)

    answers = [world.clients["mediator"].get(world.room(name)).status_code for name in world.rooms]

    assert set(answers) == {404}
    assert world.say("mediator", "joint", "still here?") == 404


def test_the_author_copies_out_of_a_private_talk_after_seeing_who_will_read_it(world: World) -> None:
    world.say("tourist", "caucus-complainant", "You may tell them 4,400.")
    item = db.session.scalars(select(Item).join(ItemText, ItemText.item_id == Item.id)
                              .where(ItemText.body == "You may tell them 4,400.")).one()  # fmt: skip
    path = world.path(f"items/{item.id}/copy")

    check = world.clients["tourist"].get(path).get_data(as_text=True)
    sent = world.clients["tourist"].post(path, data={"place": str(world.rooms["joint"]), "agree": "y"})

    assert "远山旅行社" in check
    assert sent.status_code == 303
    assert "You may tell them 4,400." in world.page("handler", "joint")


def test_only_its_author_copies_something_out(world: World) -> None:
    world.say("tourist", "caucus-complainant", CANARY)
    item = db.session.scalars(select(Item).where(Item.place_id == world.rooms["caucus-complainant"])).one()

    assert world.clients["mediator"].get(world.path(f"items/{item.id}/copy")).status_code == 404
    assert world.clients["handler"].get(world.path(f"items/{item.id}/copy")).status_code == 404


def test_the_ledger_of_the_joint_room_says_nothing_of_a_private_talk(world: World) -> None:
    before = db.session.scalars(select(Event.id).where(Event.place_id == world.rooms["joint"])).all()

    world.say("tourist", "caucus-complainant", CANARY)

    assert db.session.scalars(select(Event.id).where(Event.place_id == world.rooms["joint"])).all() == before


def test_an_officer_who_joins_is_seen_and_reads_from_then_on(world: World) -> None:
    world.say("tourist", "joint", "Said before.")
    world.case.at = now() - HOUR
    world.case.take("case.join-room", world.case.people.officer)
    world.say("tourist", "joint", "Said after.")

    page = world.page("officer", "joint")

    assert "Said after." in page
    assert "Said before." not in page
    assert "Supervising body takes part" in world.page("handler", "joint")
    assert world.say("officer", "joint", "Good morning.") == 303


def test_the_mediator_ends_it_with_a_reason_on_the_form_that_was_seen(world: World) -> None:
    path = world.path(f"respondents/{world.case.respondent}/end-mediation")
    seen = world.clients["mediator"].get(path).get_data(as_text=True).split('name="seen" value="')[1].split('"')[0]

    bare = world.clients["mediator"].post(path, data={"seen": seen})
    ended = world.clients["mediator"].post(path, data={"seen": seen, "reason": "no-agreement", "agree": "y"})

    assert "Choose a reason." in bare.get_data(as_text=True)
    assert ended.status_code == 303
    assert world.case.stage(world.case.respondent) == "terminated"
    assert world.case.stage() == "closed"


def test_a_party_never_sees_the_page_that_ends_mediation(world: World) -> None:
    path = world.path(f"respondents/{world.case.respondent}/end-mediation")

    assert world.clients["tourist"].get(path).status_code == 404
    assert world.clients["handler"].get(path).status_code == 404
