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
OPEN_A_CASE = 10  # deadlines of a case that has nothing else
OPEN_CASES = (
    """INSERT INTO "case" (id, number, body_id, jurisdiction, category, market, channel, received_at, locale, currency,
                           travellers, moved)
       SELECT gen_random_uuid(), 'OPEN-' || n, body_id, jurisdiction, category, market, channel, received_at, locale,
              currency, travellers, moved
       FROM (SELECT * FROM "case" LIMIT 1) AS one, generate_series(1, :cases) AS n""",
    """INSERT INTO place (id, case_id, kind, events, items, head)
       SELECT gen_random_uuid(), id, 'file', 0, 0, '' FROM "case" WHERE number LIKE 'OPEN-%'""",
    """INSERT INTO subject (id, case_id, kind, place_id, stage, version, created)
       SELECT c.id, c.id, 'case', p.id, 'accepted', 1, c.moved
       FROM "case" c JOIN place p ON p.case_id = c.id WHERE c.number LIKE 'OPEN-%'""",
    """INSERT INTO clock (id, case_id, subject_id, name, key, status, started_at, due_at, day, version, weak, provisional,
                          derivation)
       SELECT gen_random_uuid(), s.case_id, s.id, 'decide', 'decide-' || n, 'running', s.created,
              now() + interval '1 day' * (1 + 200 * random()), current_date + 1, 'open', false, false, '{}'
       FROM "case" c JOIN subject s ON s.case_id = c.id, generate_series(1, 10) AS n WHERE c.number LIKE 'OPEN-%'""",
)


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


def keep_open(deadlines: int) -> int:
    """Fill up to so many open deadlines with cases that have nothing but clocks; answers how many are open."""
    engine = db.engine
    with engine.begin() as connection:
        standing = connection.execute(text("SELECT count(*) FROM clock WHERE status = 'running'")).scalar_one()
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in OPEN_CASES:
            connection.execute(text(statement), {"cases": max(0, deadlines - standing) // OPEN_A_CASE + 1})
        standing = connection.execute(text("SELECT count(*) FROM clock WHERE status = 'running'")).scalar_one()
    _settle(engine)
    return int(standing)


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
