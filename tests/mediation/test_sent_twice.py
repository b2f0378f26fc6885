"""A form that is sent twice does its thing once."""

from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests.builders import a_case, complainant
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Item, Offer
from tourism_odr.db import db
from tourism_odr.mediation.commands.offers import MakeOffer, make_offer
from tourism_odr.mediation.commands.room import Say, say_in_room


def test_a_sentence_sent_twice_is_said_once(app):
    case = a_case("mediated")
    said = Say(case.id, case.place(PlaceKind.JOINT).id, Words("Good morning.", "en"), uuid4())

    first = say_in_room(said, by=case.people.tourist, at=case.at)
    second = say_in_room(said, by=case.people.tourist, at=case.at)

    assert first == second == said.once
    assert db.session().scalar(select(func.count(Item.id)).where(Item.kind == "talk")) == 1


def test_an_offer_sent_twice_is_made_once(app):
    case = a_case("mediated")
    to = (complainant(db.session(), case),)
    made = MakeOffer(case.id, case.place(PlaceKind.JOINT).id, to, Decimal("900"), Words("At once.", "en"), once=uuid4())

    first = make_offer(made, by=case.people.handler, at=case.at)
    second = make_offer(made, by=case.people.handler, at=case.at)

    assert first == second
    assert db.session().scalar(select(func.count(Offer.id))) == 1


def test_the_id_of_somebody_else_s_form_is_refused(app):
    case = a_case("mediated")
    said = Say(case.id, case.place(PlaceKind.JOINT).id, Words("Good morning.", "en"), uuid4())
    say_in_room(said, by=case.people.tourist, at=case.at)

    with pytest.raises(NotYoursError):
        say_in_room(said, by=case.people.handler, at=case.at)
