"""The court road in a world of its own: one suit at each stage, and everybody who may or may not know of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from tests import builders
from tests.builders import TheCase
from tests.matrix.confirming import apply_together
from tests.matrix.counter import follow
from tests.matrix.world import Somebody
from tests.referral import suing
from tests.referral.courts import TheCourt, seated
from tourism_odr.cases import items, steps
from tourism_odr.cases.items import Words
from tourism_odr.cases.models import Place
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.roles import Role
from tourism_odr.referral.commands import bench, under_court
from tourism_odr.referral.commands.bench import Suit

ROOMS = ("direct", "joint", "caucus", "inside", "notes")
PLAINTIFF = frozenset({"the tourist", "the tourist's helper"})
BENCH = frozenset({"the clerk", "the judge"})
SUED = frozenset({"the handler", "the owner"})
MEDIATOR = frozenset({"the mediator under the court"})
KNOWN_TO = {
    "prepared": PLAINTIFF,
    "signed": PLAINTIFF,
    "submitted": PLAINTIFF | BENCH,
    "returned": PLAINTIFF | BENCH,
    "registered": PLAINTIFF | BENCH | SUED,
    "entrusted": PLAINTIFF | BENCH | SUED | MEDIATOR,
    "instrument": PLAINTIFF | BENCH | SUED,
}


@dataclass
class CourtRoad:
    """The case, its suits by stage, whom the court asked to mediate, and the actors."""

    case: TheCase
    court: TheCourt
    suits: dict[str, UUID] = field(default_factory=dict)
    appointment: UUID | None = None
    before: list[str] = field(default_factory=list)  # words of the rooms before any suit was prepared
    cast: list[Somebody] = field(default_factory=list)

    def about(self, filing: UUID) -> Suit:
        """The suit as a page would show it."""
        return Suit(self.case.id, filing, suing.seen(filing))


def build() -> CourtRoad:
    """A broken agreement with one respondent, no agreement with the other; then a suit at each stage."""
    case = builders.a_case("signed", respondents=2)
    confirming = apply_together(case)
    case.take("respondent.terminate", case.people.mediator, case.respondents[1])
    suing.breached(case)
    with unit_of_work():
        court = seated("演示市另一法院", "310115", builders.AT)
    road = CourtRoad(case, court, before=whisper(case, "before"))
    for stage in KNOWN_TO:
        road.suits[stage] = _REACH[stage](road)
    road.cast = _cast(road, confirming)
    return road


def whisper(case: TheCase, when: str) -> list[str]:
    """A word and an offer's words in every room of the mediation; returns what was said."""
    said = []
    with unit_of_work() as session:
        steps.lock(session, case.id)
        for place in session.scalars(select(Place).where(Place.case_id == case.id, Place.kind.in_(ROOMS))):
            said.append(f"canary{when}{place.kind}{len(said)}x")
            for kind in (items.TALK, items.CARD, items.NOTE):
                items.add_item(session, place, kind, by=case.people.tourist, at=case.at, words=Words(said[-1], "en"))
    return said


def _prepared(road: CourtRoad) -> UUID:
    return suing.prepared(road.case, road.court)


def _signed(road: CourtRoad) -> UUID:
    filing = _prepared(road)
    suing.signed(road.case, filing)
    return filing


def _submitted(road: CourtRoad) -> UUID:
    filing = _signed(road)
    suing.submitted(road.case, filing)
    return filing


def _returned(road: CourtRoad) -> UUID:
    filing, at = _submitted(road), suing.tick(road.case)
    day = local_day(at + timedelta(days=7))
    bench.return_(bench.Return(road.about(filing), (("claim-unclear", "canaryreturned"),), day), by=road.court.clerk, at=at)
    return filing


def _registered(road: CourtRoad) -> UUID:
    filing, judge = _submitted(road), road.court.judge.person_id
    assert judge is not None
    number = f"（2026）沪0115民初{len(road.suits)}号"
    bench.register(bench.Register(road.about(filing), number, judge, "summary"), by=road.court.clerk, at=suing.tick(road.case))
    under_court.invite(road.about(filing), by=road.court.clerk, at=suing.tick(road.case))
    return filing


def _entrusted(road: CourtRoad) -> UUID:
    filing, case, clerk = _registered(road), road.case, road.court.clerk
    for by in (case.people.tourist, case.people.handler):
        under_court.answer(road.about(filing), given=True, by=by, at=suing.tick(case), code_checked=True)
    under_court.hand_over(under_court.HandOver(road.about(filing)), "filing.entrust", by=clerk, at=suing.tick(case))
    mediator = another_mediator()
    assert mediator.person_id is not None
    named = under_court.Name(road.about(filing), mediator.person_id)
    road.appointment = under_court.name_mediator(named, by=clerk, at=suing.tick(case))
    case.take("appointment.accept", mediator, road.appointment)
    road.cast.append(Somebody("the mediator under the court", mediator, True))
    return filing


def _instrument(road: CourtRoad) -> UUID:
    filing, at = _registered(road), suing.tick(road.case)
    ending = bench.Ending(road.about(filing), "instrument", local_day(at), words="被告支付1200元。")
    bench.issue_instrument(ending, by=road.court.judge, at=at)
    return filing


_REACH = {
    "prepared": _prepared,
    "signed": _signed,
    "submitted": _submitted,
    "returned": _returned,
    "registered": _registered,
    "entrusted": _entrusted,
    "instrument": _instrument,
}


def delegated(case: TheCase, court: TheCourt) -> tuple[UUID, Actor]:
    """A suit of the years before 2025, with a mediator before its registration; answers it and the mediator."""
    road = CourtRoad(case, court)
    filing, mediator = _submitted(road), another_mediator(case.at)
    under_court.invite(road.about(filing), by=court.clerk, at=suing.tick(case))
    for side in (case.people.tourist, case.people.handler):
        under_court.answer(road.about(filing), given=True, by=side, at=suing.tick(case), code_checked=True)
    under_court.hand_over(under_court.HandOver(road.about(filing)), "filing.delegate", by=court.clerk, at=suing.tick(case))
    assert mediator.person_id
    named = under_court.Name(road.about(filing), mediator.person_id)
    asked = under_court.name_mediator(named, by=court.clerk, at=suing.tick(case))
    case.take("appointment.accept", mediator, asked)
    return filing, mediator


def another_mediator(at: datetime = builders.AT) -> Actor:
    """Somebody whom a court may name."""
    with unit_of_work():
        house = organisations.register_organisation(OrganisationKind.MEDIATION, "演示特邀调解组织", at=at)
    return _member(house, Role.MEDIATOR, at)


def _member(organisation: UUID, role: Role, at: datetime = builders.AT) -> Actor:
    with unit_of_work():
        person = persons.create_person(locale="zh-Hans", at=at, name="演示人员")
        organisations.add_member(person, organisation, role, at)
    return Actor(person, role, organisation)


def _cast(road: CourtRoad, confirming: TheCourt) -> list[Somebody]:
    people, strangers = road.case.people, builders.a_case().people
    with unit_of_work():
        elsewhere = seated("演示市第三法院", "310104", builders.AT)
        council = organisations.register_organisation(OrganisationKind.COUNCIL, "演示消保委", at=builders.AT)
    follows = _member(council, Role.COUNCIL)
    follow(road.case, follows)
    return [
        *road.cast,
        Somebody("nobody", None, False),
        Somebody("the tourist", people.tourist, True, road.case.id),
        Somebody("the tourist's helper", people.tourist, True, road.case.id, read_only=True),
        Somebody("the handler", people.handler, True),
        Somebody("the owner", people.owner, True),
        Somebody("the handler of whom nobody sues", people.second_handler, True),
        Somebody("a stranger's handler", strangers.handler, False),
        Somebody("the officer", people.officer, True),
        Somebody("the clerk", road.court.clerk, True),
        Somebody("the judge", road.court.judge, True),
        Somebody("the clerk of the court that confirms", confirming.clerk, True),
        Somebody("the judge of the court that confirms", confirming.judge, True),
        Somebody("another court's clerk", elsewhere.clerk, False),
        Somebody("another court's judge", elsewhere.judge, False),
        Somebody("the council clerk who follows", follows, True),
    ]
