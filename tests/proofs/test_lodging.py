"""Web workers are killed while tourists lodge: whoever was shown a number has a whole case, and nobody has half of one."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from random import Random
from time import sleep
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from tests.intake.tourist import found_bodies
from tests.proofs import invariants
from tests.proofs.processes import Program
from tests.proofs.tally import Tally, extent
from tests.proofs.test_clocks import apart
from tests.proofs.tourists import Tourist, crowd
from tourism_odr.cases.models import (
    Case,
    Clock,
    Document,
    Event,
    Evidence,
    Item,
    ItemText,
    Notice,
    NumberCounter,
)
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.config import Settings
from tourism_odr.db import db
from tourism_odr.operations.files import wrong_files
from tourism_odr.people.models import SecretLink


def test_a_killed_worker_loses_no_complaint_that_was_acknowledged(
    built: Flask, settings: Settings, environ: dict[str, str], program: Callable[..., Program], tell: Tally
) -> None:
    kills, tourists, dice = extent(3, 200), extent(8, 2000), Random(3)  # noqa: S311 - a proof that can be repeated
    apart(built, found_bodies)
    web = program("serve", ODR_WORKERS="1" if settings.on_sqlite else "2")
    assert web.answers(f"{settings.base_url}/healthz")
    killed = 0

    people, threads = crowd(settings.base_url, tourists, at_once=extent(4, 8))
    while any(thread.is_alive() for thread in threads):
        sleep(dice.uniform(0.3, 1.5))
        if killed < kills and web.workers:
            with suppress(ProcessLookupError):
                os.kill(dice.choice(web.workers), signal.SIGKILL)
                killed += 1
    for thread in threads:
        thread.join()
    web.end()

    wrong = apart(built, lambda: [*_lost(people), *_half_saved(), *invariants.broken(),
                                  *wrong_files(built.extensions["odr_evidence"])])  # fmt: skip
    fives = [one for person in people for one in person.fives]
    tell(kills=killed, acknowledged=sum(bool(one.number) for one in people), broken_answers=sum(one.breaks for one in people),
         answers_of_5xx=len(fives), lost_or_half_saved=len(wrong))  # fmt: skip
    assert not wrong, wrong[:10]
    assert not fives, fives[:10]
    assert killed > 0


def _lost(people: list[Tourist]) -> list[str]:
    """Every number that was shown is a case with that person's story, and no story was lodged twice."""
    rows = db.session().execute(select(Case.number, ItemText.body).join(Item, Item.case_id == Case.id)
                                .join(ItemText, ItemText.item_id == Item.id).where(Item.kind == "statement"))  # fmt: skip
    stories = {row.number: row.body for row in rows}
    wrong = [f"{one.number} is not the case of its tourist" for one in people if stories.get(one.number) != one.story]
    if len(stories) != len(people):
        wrong.append(f"{len(stories)} cases of {len(people)} tourists")
    last = db.session().scalar(select(NumberCounter.last).where(NumberCounter.kind == "case"))
    return wrong if last == len(stories) else [*wrong, f"the last number is {last}, of {len(stories)} cases"]


def _half_saved() -> list[str]:
    """What each case must have: two lines, clocks, receipt, notices, a file, a link."""
    wanted: dict[str, tuple[Any, Any, int]] = {
        "line of lodging": (Event.case_id, Event.step == "case.lodge", 1),
        "line of a respondent": (Event.case_id, Event.step == "respondent.name", 1),
        "clock": (Clock.case_id, Clock.status == RUNNING, 2),
        "receipt": (Document.case_id, Document.kind == "receipt", 1),
        "notice to the tourist": (Notice.case_id, Notice.template == "case/lodge/tourist", 1),
        "notice to the officer": (Notice.case_id, Notice.template == "case/lodge/officer", 1),
        "link": (SecretLink.case_id, SecretLink.ended.is_(None), 1),
        "file": (Item.case_id, Item.id.in_(select(Evidence.item_id)), 1),
    }
    cases = list(db.session().scalars(select(Case.id)))
    wrong = []
    for what, (column, where, least) in wanted.items():
        rows = db.session().execute(select(column, func.count()).where(where).group_by(column))
        found: dict[UUID, int] = {case: count for case, count in rows}
        wrong += [f"{case} has {found.get(case, 0)} of: {what}" for case in cases if found.get(case, 0) < least]
    return wrong
