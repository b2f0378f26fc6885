"""The dashboard over a million cases: facts multiplied inside the database from real ones, added up by the database.

Real cases of every road are counted by the job.  Each copy of a case keeps its road; its month, body, qualities and
days are its own, some common and some rare, so that sums lie as densely as in a city with as many cases.
"""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select, text

from tests.bench.meter import Meter
from tests.bench.works import Visitor, _carried, answered
from tests.builders import a_case, people
from tests.cast import People
from tourism_odr.cases.categories import MARKETS, RESPONDENT_KINDS, TITLES
from tourism_odr.cases.papers.words import CHANNELS
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.figures import rollups
from tourism_odr.figures.models import FigureCount, FigureFact
from tourism_odr.people import organisations
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind

ROADS = ("lodged", "answered", "mediated", "performed", "performed", "signed")
DISTRICTS, MONTHS, DAYS = 20, 36, 60
LOOKS, WARM_UP = 200, 20
PAGES = {"dashboard": "/en/supervision", "all figures": "/en/supervision/figures", "one figure": "/en/supervision/figures/received"}
COPY = text("""
WITH given AS (
    SELECT CAST(:bodies AS uuid[]) AS bodies, CAST(:originals AS uuid[]) AS originals, CAST(:kinds AS text[]) AS kinds,
           CAST(:categories AS text[]) AS categories, CAST(:channels AS text[]) AS channels, CAST(:markets AS text[]) AS markets
), copied AS (
    SELECT n, f.*, (f.day - make_interval(months => n % :months))::date AS moved
    FROM generate_series(1, :copies) AS n, given, figure_fact AS f
    WHERE f.case_id = originals[1 + n % cardinality(originals)]
)
INSERT INTO figure_fact (case_id, stay, figure, unit, month, day, body_id, kind, category, channel, market, value, number)
SELECT md5(case_id::text || n)::uuid, stay, figure, unit, date_trunc('month', moved)::date, moved,
       bodies[1 + n % cardinality(bodies)],
       kinds[1 + floor(cardinality(kinds) * power(n % 997 / 997.0, 3))::int],
       categories[1 + floor(cardinality(categories) * power(n % 991 / 991.0, 2))::int],
       channels[1 + floor(cardinality(channels) * power(n % 983 / 983.0, 3))::int],
       markets[1 + floor(cardinality(markets) * power(n % 977 / 977.0, 3))::int],
       CASE WHEN figure = 'days' THEN value + n * 31 % :days ELSE 0 END, number
FROM copied, given
""")
Figures = dict[str, Any]


@dataclass
class Board:
    """Who looks at how much."""

    people: People
    case_id: UUID
    facts: int
    sums: int


def fill(size: int) -> Board:
    """So many cases as facts, of a city and its districts, over three years."""
    at = now() - timedelta(days=60)
    with unit_of_work() as session:
        who = people(session, at)
    originals = [a_case(road, at=at + timedelta(days=n), people=who).id for n, road in enumerate(ROADS)]
    rollups.count(now())
    bodies = [who.body, *_districts(who, DISTRICTS)]
    given = {"bodies": bodies, "originals": originals, "kinds": list(RESPONDENT_KINDS), "categories": list(TITLES),
             "channels": list(CHANNELS), "markets": list(MARKETS)}  # fmt: skip
    with unit_of_work() as session:
        session.execute(COPY, given | {"copies": size - len(originals), "months": MONTHS, "days": DAYS})
        rollups.add_up(session)
    with db.engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return Board(who, originals[0], _number(FigureFact), _number(FigureCount))


def _districts(who: People, number: int) -> list[UUID]:
    with unit_of_work():
        return [
            organisations.register_organisation(
                OrganisationKind.BODY, f"演示第{n}区旅游质量监督站", at=now(), code=f"区{n}", territory=f"3101{n:02}", level="district"
            )
            for n in range(1, number + 1)
        ]


def _number(model: Any) -> int:
    return db.session().scalar(select(func.count()).select_from(model)) or 0


def looks(app: Flask, meter: Meter, actor: Actor, case_id: UUID) -> Figures:
    """Half of all looks at each page took as long or less; beside it the CPU of one look."""
    visitor = Visitor(app, {"language": "en", app.config["SESSION_COOKIE_NAME"]: _carried(app, actor, case_id)})
    run, found = answered(app, "200"), {}
    for name, path in PAGES.items():
        for _ in range(WARM_UP):
            run(visitor.request(path))
        took: list[float] = []

        def look(environ: Any, took: list[float] = took) -> None:
            begun = perf_counter()
            run(environ)
            took.append(perf_counter() - begun)

        cost = meter.cost(look, [visitor.request(path) for _ in range(LOOKS)])
        found[name] = {"p50_ms": round(1000 * median(took), 1), **cost.as_json()}
    return found


def differences() -> int:
    """How many figures differ from a recount: of real cases from their ledgers, of every sum from its facts."""
    found = sum(1 for _ in rollups.recount(db.session()))
    db.session.rollback()
    return found
