"""What a request costs: `make bench` prints one JSON object.

CPU time of application and database together, at two sizes on PostgreSQL, beside the limit (Flask, SQLAlchemy
Core and the driver alone) measured in the same run.  `--sizes 1000` for a short run; `--dashboard 1000000` for the
figures of supervising bodies alone, over so many cases.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from tests.bench import bare, board, dates, punctual, stock, works
from tests.bench.meter import Cost, Meter
from tests.conftest import settings_for
from tests.databases import PostgreSQLDatabases, postgresql_server
from tourism_odr.app import create_app
from tourism_odr.cases.ledger import Fault, verify_all
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.operations import keys, migrations

SIZES = (1_000, 100_000)
BOARDS = (1_000, 100_000, 1_000_000)
BOARD_P50 = 25.0  # ms of the dashboard
DEADLINES = 1_000_000  # open while the sweep of the largest size is measured
# At most: CPU-ms of one request, statements of one page, growth between the sizes.
PAGE = (6.0, 10)
LIMITS = {
    "submit": (16.0, None), "inbox": (5.0, 6),
    **dict.fromkeys(("case_officer", "case_tourist", "room_mediator", "room_tourist"), PAGE),
}  # fmt: skip
TIMES_ITS_ROWS = 2.2  # a complaint beside the mere writing of its rows, see ADR 0013
GROWTH = 1.2
LATE = 2.0  # seconds, 99 of 100 steps
VERIFIED = 1_000  # cases whose chains are walked; `tourism-odr verify` walks them all
Figures = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Measure at each size and print the figures with what was to be reached."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="CASES")
    parser.add_argument("--deadlines", type=int, default=DEADLINES, metavar="OPEN", help="at the largest size")
    parser.add_argument("--dashboard", type=int, nargs="+", metavar="CASES", help="measure the dashboard alone")
    asked = parser.parse_args(arguments)
    sizes: dict[str, Figures] = {}
    boards: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder, postgresql_server(f"bench-{os.getpid()}") as server:
        keys.make(Path(folder))
        for size in () if asked.dashboard else asked.sizes:
            _say(f"{size} cases ...")
            among = asked.deadlines if size == asked.sizes[-1] else 0
            sizes[str(size)] = _at(size, PostgreSQLDatabases(server, f"bench_{size}").template, Path(folder), among)
        for size in asked.dashboard or BOARDS:
            _say(f"dashboard over {size} cases ...")
            boards[str(size)] = _board(size, PostgreSQLDatabases(server, f"board_{size}").template, Path(folder))
    figures: Figures = {"dashboards": boards, "missed": _missed_boards(boards)}
    if sizes:
        figures |= {"sizes": sizes, "growth": _growth(sizes), "deadline_us": dates.deadline_us()}
        figures["missed"] = _missed(sizes) + figures["missed"]
    print(json.dumps(figures, indent=2))
    return 0


def _board(size: int, address: str, folder: Path) -> Figures:
    """The pages of figures over so many cases, and how many figures differ from a recount."""
    app = create_app(settings_for(address, folder, folder, 8000))
    begun = time.monotonic()
    with app.app_context():
        migrations.upgrade()
        meter = Meter(db.engine)
        made = board.fill(size)
        db.session.remove()
    _say(f"  made in {time.monotonic() - begun:.0f} s; pages ...")
    looked = board.looks(app, meter, made.people.head, made.case_id)
    _say("  recount ...")
    with app.app_context():
        differ = board.differences()
        db.session.remove()
        db.engine.dispose()
    return {"facts": made.facts, "sums": made.sums, **looked, "differs_from_a_recount": differ}


def _missed_boards(boards: dict[str, Figures]) -> list[str]:
    """The dashboards that were too slow, or that a recount contradicts."""
    missed = []
    for size, found in boards.items():
        if found["dashboard"]["p50_ms"] > BOARD_P50:
            missed.append(f"dashboard at {size}: p50 {found['dashboard']['p50_ms']} ms, at most {BOARD_P50}")
        if found["differs_from_a_recount"]:
            missed.append(f"dashboard at {size}: {found['differs_from_a_recount']} figures differ from a recount")
    return missed


def _at(size: int, address: str, folder: Path, deadlines: int) -> Figures:
    app = create_app(settings_for(address, folder, folder, 8000))
    begun = time.monotonic()
    with app.app_context():
        migrations.upgrade()
        meter = Meter(db.engine)
        stocked = stock.fill(size)
        db.session.remove()
    _say(f"  made in {time.monotonic() - begun:.0f} s")
    figures = _figures(app, meter, stocked, address)
    with app.app_context():
        stock.let_run_out(stocked, now())
        running = stock.keep_open(deadlines)
        db.session.remove()
    _say(f"  sweep of {running} ...")
    figures["sweep"] = {"open": running} | works.sweep(app, meter)
    if deadlines:
        _say("  lateness ...")
        with app.app_context():
            figures["lateness"] = punctual.lateness(address, folder)
    _say("  verify ...")
    with app.app_context():
        figures["verified"] = _verified()
        db.session.remove()
        db.engine.dispose()
    return figures


def _figures(app: Flask, meter: Meter, stocked: stock.Stock, address: str) -> Figures:
    limit, engine = bare.bare_app(address)
    bare.fill(engine, stocked.size)
    insert, read = works.bare(limit, Meter(engine))
    engine.dispose()
    people, case_id, talked = stocked.people, stocked.shown.id, stocked.talked
    with app.app_context():
        room = f"/en/cases/{talked.id}/rooms/{talked.place(PlaceKind.JOINT).id}"
        db.session.remove()
    _say("  pages ...")
    costs = {
        "inbox": works.page(app, meter, people.officer, case_id, "/en/triage"),
        "case_officer": works.page(app, meter, people.officer, case_id, f"/en/cases/{case_id}"),
        "case_tourist": works.page(app, meter, people.tourist, case_id, f"/en/cases/{case_id}"),
        "room_mediator": works.page(app, meter, people.mediator, talked.id, room),
        "room_tourist": works.page(app, meter, people.tourist, talked.id, room),
    }
    _say("  submit ...")
    costs = {"submit": works.submit(app, meter, stocked), **costs}
    rows, writing = works.rows_of_a_submit(app, meter, stocked)
    return {
        "cases": stocked.size,
        "bare_insert": insert.as_json(),
        "bare_read": read.as_json(),
        "rows_of_a_submit": {"rows": rows, **writing.as_json(), "submit_times": round(costs["submit"].cpu_ms / writing.cpu_ms, 2)},
        **{name: _beside(cost, insert if name == "submit" else read) for name, cost in costs.items()},
    }


def _beside(cost: Cost, limit: Cost) -> Figures:
    return cost.as_json() | {"times_bare": round(cost.cpu_ms / limit.cpu_ms, 1)}


def _verified() -> Figures:
    """The chains of some cases, by what `tourism-odr verify` does."""
    session = db.session()
    chosen = session.scalars(select(Case.id).order_by(func.random()).limit(VERIFIED)).all()
    begun = time.process_time()
    found = [one for case_id in chosen for one in verify_all(session, case_id)]
    return {
        "cases": len(chosen),
        "lines": sum(one for one in found if not isinstance(one, Fault)),
        "faults": sum(isinstance(one, Fault) for one in found),
        "app_cpu_s": round(time.process_time() - begun, 1),
    }


def _growth(sizes: dict[str, Figures]) -> Figures:
    """How much more each costs at the largest size than at the smallest."""
    first, last = next(iter(sizes.values())), next(reversed(sizes.values()))
    return {name: round(last[name]["cpu_ms"] / first[name]["cpu_ms"], 2) for name in LIMITS}


def _missed(sizes: dict[str, Figures]) -> list[str]:
    """The figures that were not reached."""
    missed = []
    for size, figures in sizes.items():
        for name, (most, statements) in LIMITS.items():
            cost = figures[name]
            if cost["cpu_ms"] > most:
                missed.append(f"{name} at {size}: {cost['cpu_ms']} CPU-ms, at most {most}")
            if statements is not None and cost["statements"] > statements:
                missed.append(f"{name} at {size}: {cost['statements']} statements, at most {statements}")
        if figures["rows_of_a_submit"]["submit_times"] > TIMES_ITS_ROWS:
            missed.append(f"submit at {size}: {figures['rows_of_a_submit']['submit_times']} times its rows, at most {TIMES_ITS_ROWS}")
        missed += [f"sweep at {size}: {wrong}" for wrong in _slow_sweep(figures["sweep"])]
        missed += [f"lateness at {size}: {wrong}" for wrong in _late(figures.get("lateness"))]
        if figures["verified"]["faults"]:
            missed.append(f"verify at {size}: {figures['verified']['faults']} faults")
    missed += [f"{name} grows {ratio} times, at most {GROWTH}" for name, ratio in _growth(sizes).items() if ratio > GROWTH]
    return missed


def _slow_sweep(swept: Figures) -> list[str]:
    wrong = []
    if swept["claim_cpu_s"] > 0.3:
        wrong.append(f"claims in {swept['claim_cpu_s']} CPU-s, at most 0.3")
    if swept["effect_cases_a_cpu_second"] < 400:
        wrong.append(f"{swept['effect_cases_a_cpu_second']} cases a CPU-second, at least 400")
    if swept["idle_tick_cpu_ms"] >= 1:
        wrong.append(f"idle tick {swept['idle_tick_cpu_ms']} CPU-ms, under 1")
    return wrong


def _late(found: Figures | None) -> list[str]:
    if found is None:
        return []
    wrong = []
    if found["done"] < found["due"] or found["early"]:
        wrong.append(f"{found['done']} of {found['due']} done, {found['early']} early")
    if found["p99_s"] is not None and found["p99_s"] > LATE:
        wrong.append(f"p99 {found['p99_s']} s, at most {LATE}")
    return wrong


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
