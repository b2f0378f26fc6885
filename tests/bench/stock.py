"""The cases that are measured: an archive that grows, and desks that hold what a body can work on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Engine

from tests.bench.multiply import multiply
from tests.builders import TheCase, a_case, people
from tests.cast import People
from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.mediation.commands.room import Say, say_in_room

OPEN = {"lodged": 200, "accepted": 50}  # on the desk of one body, whatever the size of the archive
PERFORMED = 5  # one archived case of so many went the whole road; the others were withdrawn
DUE = 10_000
SAID = 20  # messages in the room


@dataclass
class Stock:
    """The people who look, the case that they look at, and one whose room has been talked in."""

    people: People
    shown: TheCase
    talked: TheCase
    size: int


def fill(size: int) -> Stock:
    """``size`` cases; half of the archive belongs to another body."""
    at = now() - timedelta(days=2)
    mine, other = _people(at - timedelta(days=60)), _people(at - timedelta(days=60))
    originals = {stage: a_case(stage, at=at, people=mine).id for stage in OPEN}
    shown = a_case("mediated", at=at, people=mine)
    talked = _talked(mine, at)
    archive = [_withdrawn(who, at) for who in (mine, other) for _ in range(PERFORMED - 1)]
    archive += [a_case("performed", at=at - timedelta(days=50), people=who).id for who in (mine, other)]
    session = db.session()
    made = len(originals) + 2 + len(archive)
    for stage, id in originals.items():
        made += multiply(session, [id], OPEN[stage], first=made + 1)
    made += multiply(session, archive, size - made, first=made + 1)
    _settle(db.engine)
    return Stock(mine, shown, talked, made)


def let_run_out(stock: Stock, at: datetime) -> None:
    """Cases of one body whose respondent has not answered in time."""
    served = a_case("served", at=at - timedelta(days=25), people=stock.people)
    multiply(db.session(), [served.id], DUE - 1, first=stock.size + 1)
    _settle(db.engine)


def _people(at: datetime) -> People:
    with unit_of_work() as session:
        return people(session, at)


def _talked(who: People, at: datetime) -> TheCase:
    made = a_case("offered", at=at, people=who)
    room = made.place(PlaceKind.JOINT).id
    for number in range(SAID):
        words = Words(f"我们再谈谈第{number + 1}点。", "zh-Hans")
        say_in_room(Say(made.id, room, words), by=(who.tourist, who.handler)[number % 2], at=made.at + timedelta(minutes=number))
    return made


def _withdrawn(who: People, at: datetime) -> UUID:
    made = a_case("lodged", at=at - timedelta(days=20), people=who)
    made.take("case.withdraw", who.tourist)
    return made.id


def _settle(engine: Engine) -> None:
    """What the database does by itself in the background."""
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
