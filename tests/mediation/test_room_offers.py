"""Offers: cards in joint and direct rooms, answered by a check page, undone within ten minutes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import complainant, give_power
from tests.mediation.room_world import World, world_at
from tests.pages import PageClient
from tourism_odr.cases.models import Notice, Offer, OfferRecipient, Subject
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.jobs import clocks

TERMS = "Refund to the card that was used."


@pytest.fixture
def world(app: Flask, new_client: Callable[[], PageClient]) -> World:
    return world_at(app, new_client)


def make(world: World, who: str, room: str = "joint", amount: str = "3,000") -> int:
    """Make an offer through its page, to whoever else bargains there."""
    other = complainant(db.session(), world.case) if who == "handler" else world.case.respondent
    db.session.rollback()
    path = world.room(room) + "/offers/new"
    sent = world.clients[who].post(path, data={"recipients": [str(other)], "amount": amount, "words": TERMS})
    return sent.status_code


def the_offer(_world: World) -> Subject:
    db.session.rollback()
    return db.session.scalars(select(Subject).where(Subject.kind == "offer")).one()


def answer(world: World, who: str, verb: str, seen: int | None = None, **ticked: str) -> int:
    subject = the_offer(world)
    path = world.path(f"offers/{subject.id}/{verb}")
    data = {"seen": str(subject.version if seen is None else seen), **ticked}
    return world.clients[who].post(path, data=data).status_code


def test_an_offer_is_a_card_that_the_other_side_can_answer(world: World) -> None:
    assert make(world, "tourist") == 303

    page = world.page("handler", "joint")

    assert TERMS in page
    assert "¥3,000" in page
    assert "Accept…" in page
    assert "Accept…" not in world.page("tourist", "joint")


def test_there_is_no_offer_in_a_private_talk(world: World) -> None:
    assert make(world, "tourist", "caucus-complainant") == 404
    assert "No offers here" in world.page("tourist", "caucus-complainant")


def test_an_acceptance_waits_and_only_its_author_knows(world: World) -> None:
    make(world, "tourist")
    give_power(world.case, world.case.respondent, world.case.people.handler)

    status = answer(world, "handler", "accept", read="y", binds="y")

    assert status == 303
    assert "Take it back" in world.page("handler", "joint")
    assert "Take it back" not in world.page("tourist", "joint")
    assert the_offer(world).stage == "open"


def test_an_acceptance_can_be_taken_back(world: World) -> None:
    make(world, "tourist")
    give_power(world.case, world.case.respondent, world.case.people.handler)
    answer(world, "handler", "accept", read="y", binds="y")

    status = answer(world, "handler", "take-back")

    assert status == 303
    assert "Accept…" in world.page("handler", "joint")


def test_without_a_power_the_page_says_what_is_missing(world: World) -> None:
    make(world, "tourist")
    subject = the_offer(world)

    page = world.clients["handler"].post(
        world.path(f"offers/{subject.id}/accept"), data={"seen": str(subject.version), "read": "y", "binds": "y"}
    )

    assert "power to settle" in page.get_data(as_text=True)


def test_of_acceptance_and_withdrawal_the_earlier_click_wins(world: World) -> None:
    make(world, "tourist")
    give_power(world.case, world.case.respondent, world.case.people.handler)
    answer(world, "handler", "accept", read="y", binds="y")
    answer(world, "tourist", "withdraw")

    clocks.sweep(now() + timedelta(minutes=11), only=[world.case.id])

    assert the_offer(world).stage == "accepted"


def test_a_declined_offer_can_be_answered_no_more(world: World) -> None:
    make(world, "tourist")
    before = the_offer(world).version

    assert answer(world, "handler", "decline") == 303
    assert answer(world, "handler", "decline", seen=before) == 409


def test_a_stale_form_is_told_that_another_was_first(world: World) -> None:
    make(world, "tourist")

    assert answer(world, "handler", "decline", seen=0) == 409


def test_the_mediators_proposal_is_for_both_sides(world: World) -> None:
    both = [str(complainant(db.session(), world.case)), str(world.case.respondent)]
    db.session.rollback()

    sent = world.clients["mediator"].post(
        world.room("joint") + "/offers/new", data={"recipients": both, "amount": "4400", "words": TERMS}
    )

    assert sent.status_code == 303
    assert "The mediator's proposal" in world.page("tourist", "joint")
    assert len(db.session.scalars(select(OfferRecipient)).all()) == 2


def test_the_range_shows_what_each_side_offered(world: World) -> None:
    make(world, "tourist", amount="5500")
    make(world, "handler", amount="3000")

    page = world.page("mediator", "joint")

    assert "Gap: ¥2,500" in page


def test_a_day_that_has_passed_is_refused_and_what_was_typed_stays(world: World) -> None:
    data = {"recipients": [str(world.case.respondent)], "words": TERMS, "pay_by-year": "2020", "pay_by-month": "1",
            "pay_by-day": "2"}  # fmt: skip

    page = world.clients["tourist"].post(world.room("joint") + "/offers/new", data=data).get_data(as_text=True)

    assert "This day has passed." in page
    assert TERMS in page
    assert db.session.scalars(select(Offer)).all() == []


def offers_of(world: World) -> list[str]:
    """The stages of the offers, in the order in which they were made."""
    db.session.rollback()
    rows = select(Subject.stage).where(Subject.kind == "offer", Subject.case_id == world.case.id).order_by(Subject.created)
    return list(db.session.scalars(rows))


def test_an_acceptance_closes_the_other_offers_of_the_same_two_sides_once_it_is_final(world: World) -> None:
    make(world, "tourist", amount="5500")
    give_power(world.case, world.case.respondent, world.case.people.handler)
    answer(world, "handler", "accept", read="y", binds="y")

    while_pending = make(world, "tourist", "direct", amount="5200")
    make(world, "handler", amount="3000")
    before = offers_of(world)
    clocks.sweep(now() + timedelta(minutes=11), only=[world.case.id])

    assert (while_pending, before) == (303, ["open", "open", "open"])
    assert offers_of(world) == ["accepted", "void", "void"]
    told = db.session.scalars(select(Notice).where(Notice.template.like("offer/supersede/%"))).all()
    assert {one.person_id or one.organisation_id for one in told} >= {
        world.case.people.tourist.person_id, world.case.people.agency,
    }  # fmt: skip


def test_an_offer_between_other_sides_stays_open(app: Flask, new_client: Callable[[], PageClient]) -> None:
    world = world_at(app, new_client, respondents=2)
    make(world, "tourist")
    other = [str(world.case.respondents[1])]
    world.clients["tourist"].post(
        world.room("joint") + "/offers/new", data={"recipients": other, "amount": "900", "words": TERMS}
    )
    give_power(world.case, world.case.respondent, world.case.people.handler)
    first = db.session.scalars(select(Offer).where(Offer.respondent_id == world.case.respondent)).one().id

    world.clients["handler"].post(world.path(f"offers/{first}/accept"), data={"seen": "1", "read": "y", "binds": "y"})
    clocks.sweep(now() + timedelta(minutes=11), only=[world.case.id])

    assert offers_of(world) == ["accepted", "open"]
