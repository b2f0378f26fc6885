"""The demo: published disputes, lodged and led through the same commands as pages, by invented people.

``load`` fills an empty database up to a day; the same seed gives the same stages, days, texts and amounts.
"""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime

from flask import current_app

from tourism_odr.clock import start_of_day
from tourism_odr.demo.cast import gather, people_to_show
from tourism_odr.demo.papers import Papers
from tourism_odr.demo.scripts import Script, repeated, standard
from tourism_odr.demo.stage import NullMailer, Stage, hurried
from tourism_odr.jobs.outbox import Office

SINCE = datetime(2010, 7, 1, tzinfo=UTC)  # everybody is registered before the oldest dispute


def load(on: date, seed: int = 1, cases: int | None = None) -> None:
    """Play the standard set, and repetitions up to ``cases``; the last of it happened the day before ``on``."""
    chance = random.Random(seed)  # noqa: S311 - the same every time, on purpose
    scripts = list(standard(on, chance))
    scripts += repeated(on, chance, max(0, (cases or 0) - len(scripts)))
    fill(on, seed, scripts)


def fill(on: date, seed: int, scripts: Iterable[Script]) -> None:
    """Gather the cast and play these scripts up to the first minute of ``on``."""
    settings = current_app.extensions["odr_settings"]
    office = Office(NullMailer(), "demo@odr.example", settings.base_url, settings.service_name)
    papers = Papers(current_app.extensions["odr_evidence"])
    with hurried():
        Stage(gather(SINCE), papers, seed, start_of_day(on), office).play(scripts)


__all__ = ["fill", "load", "people_to_show"]
