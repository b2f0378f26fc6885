"""The figures: each by a small world, adding up, equal to a recount whoever counted, closed months that tell what moved."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import func, select

from tests import builders
from tests.proofs.test_walk import Walker
from tourism_odr.cases.lifecycle import STEPS, TABLES
from tourism_odr.cases.models import CaseChange
from tourism_odr.db import db
from tourism_odr.oversight import rollups
from tourism_odr.oversight.figures import ENDS, FIGURES
from tourism_odr.oversight.models import FigureCount


def counted(**where):
    """Every figure, all qualities together."""
    wanted = select(FigureCount.figure, FigureCount.unit, func.sum(FigureCount.number)).where(FigureCount.cut == 0)
    for name, value in where.items():
        wanted = wanted.where(getattr(FigureCount, name) == value)
    rows = db.session().execute(wanted.group_by(FigureCount.figure, FigureCount.unit)).all()
    return {f"{figure} {unit}".strip(): int(number) for figure, unit, number in rows if number}


def count(case):
    rollups.count(case.at)
    return counted()


def wrong():
    return list(rollups.recount(db.session()))


def test_a_lodged_case_is_received_and_nothing_else(app):
    case = builders.a_case("lodged")

    assert count(case) == {"received": 1}


def test_a_performed_case_counts_in_every_figure_of_its_road(app):
    case = builders.a_case("performed")

    found = count(case)

    print(found)
    assert wrong() == []
