"""What the sides agree with a mediator to whom a court delegated their case before registration."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests import builders
from tests.builders import TheCase, give_power
from tests.matrix import suits
from tests.mediation.roads import payment, sign, version
from tests.referral import suing
from tests.referral.courts import TheCourt, seated
from tourism_odr.cases.confirming import courts_for, path_of
from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Agreement, Case
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.mediation.commands import agreements as commands
from tourism_odr.mediation.commands import clauses, offers
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.referral.commands import under_court

OLDER = datetime(2024, 6, 3, 1, tzinfo=UTC)


@pytest.fixture
def broken(app) -> tuple[TheCase, TheCourt]:
    case = builders.a_case("signed", at=OLDER)
    suing.breached(case)
    with unit_of_work():
        return case, seated(at=OLDER)


def drafted(case: TheCase, by: Actor):
    return commands.draft_agreement(commands.DraftAgreement(case.id, (case.respondent,)), by=by, at=suing.tick(case))


def signed(case: TheCase, mediator: Actor):
    made = drafted(case, mediator)
    paid = payment(case)
    clauses.put_clause(clauses.Draft(made, version(made), "payment", "", paid), by=mediator, at=suing.tick(case))
    commands.lock_agreement(made, version(made), by=mediator, at=suing.tick(case))
    for who in (case.people.tourist, case.people.handler):
        sign(case, made, who)
    return made


def test_with_the_last_signature_the_suit_rests_and_the_broken_text_is_replaced(broken):
    case, court = broken
    suit, mediator = suits.delegated(case, court)
    give_power(case, case.respondent, case.people.handler)

    made = signed(case, mediator)

    session = db.session()
    text, whole = session.get_one(Agreement, made), session.get_one(Case, case.id)
    assert [case.stage(one) for one in (suit, made, case.agreement)] == ["agreed", "signed", "replaced"]
    assert path_of(session, whole, text) == "d"
    assert [one.id for one in courts_for(session, whole, text, local_day(case.at))] == [court.id]


def test_what_is_offered_and_written_falls_when_the_delegated_mediation_fails(broken):
    case, court = broken
    suit, mediator = suits.delegated(case, court)
    made = drafted(case, mediator)
    room, to = case.place(PlaceKind.JOINT), (case.respondent,)
    card = offers.MakeOffer(case.id, room.id, to, Decimal("900"), Words("一次付清。", "zh-Hans"))
    offer = offers.make_offer(card, by=case.people.tourist, at=suing.tick(case))

    failed = under_court.Report(under_court.Suit(case.id, suit, suing.seen(suit)), "filing.give-back", "no-agreement")
    under_court.report(failed, by=mediator, at=suing.tick(case))

    stages = [case.stage(one) for one in (offer, made, suit, case.agreement)]
    assert stages == ["void", "abandoned", "submitted", "breached"]


def test_beside_the_delegated_mediation_the_sides_of_an_ended_road_make_no_contract_alone(broken):
    case, court = broken
    suits.delegated(case, court)

    with pytest.raises(RefusedError):
        drafted(case, case.people.tourist)
