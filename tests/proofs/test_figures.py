"""Figures equal a recount, however many processes count, and however often they are killed meanwhile."""

from collections.abc import Callable
from random import Random
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests import builders
from tests.proofs.processes import Child
from tests.proofs.tally import Tally, extent
from tests.proofs.test_clocks import apart, stock
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import CaseChange
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.figures import rollups
from tourism_odr.figures.models import FigureFact

Fork = Callable[[Callable[[], object]], Child]


def waiting() -> int:
    """Cases that are not counted yet."""
    db.session.rollback()
    return db.session().scalar(select(func.count(CaseChange.id))) or 0


def counter(app: Flask) -> Callable[[], None]:
    """What one process does: count until nothing waits; a busy database is asked again."""

    def work() -> None:
        with app.app_context():
            while waiting():
                try:
                    rollups.count(now(), batch=5)
                except OperationalError:
                    db.session.rollback()
                sleep(0.01)

    return work


def lodge() -> None:
    """What happens meanwhile: some are counted already, and change."""
    case = builders.a_case("performed")
    rollups.count(now(), batch=5)
    case.take("case.write", case.people.tourist, place_id=case.place(PlaceKind.FILE).id)


@pytest.mark.parametrize("kills", [0, extent(6, 300)], ids=["left in peace", "killed"])
def test_several_counters_count_every_case_once(built: Flask, child: Fork, tell: Tally, kills: int) -> None:
    dice, processes, killed = Random(11), 3, 0  # noqa: S311 - a proof that can be repeated
    apart(built, lambda: (lodge(), stock(extent(120, 20_000))))

    children = [child(counter(built)) for _ in range(processes)]
    while any(one.alive() for one in children) or apart(built, waiting):
        sleep(dice.uniform(0, 0.1) if killed < kills else 0.2)
        if killed < kills:
            victim = dice.randrange(processes)
            killed += children[victim].alive()
            children[victim].kill()
            children[victim] = child(counter(built))

    wrong = apart(built, lambda: list(rollups.recount(db.session())))
    facts = apart(built, lambda: db.session().scalar(select(func.count()).select_from(FigureFact)))
    tell(facts=facts, processes=processes, kills=killed, differing_from_the_ledger=len(wrong))
    assert not wrong, wrong[:10]
    assert killed > 0 or not kills
