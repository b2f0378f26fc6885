"""The demo: every published dispute played to its end, desks full, the ledger whole, the same for a seed."""

import hashlib
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import settings_for
from tests.databases import Databases
from tourism_odr import demo
from tourism_odr.app import create_app
from tourism_odr.cases import ledger
from tourism_odr.cases.models import (
    Agreement,
    Case,
    Clause,
    Clock,
    CourtOutcome,
    Document,
    Event,
    Item,
    ItemText,
    Notice,
    Performance,
    Place,
    Subject,
)
from tourism_odr.cases.models.clock import BLOCKED, RUNNING
from tourism_odr.clock import local_day, start_of_day
from tourism_odr.db import db
from tourism_odr.demo.acting import ACTS
from tourism_odr.demo.papers import LINES, PHOTOS, drawn
from tourism_odr.demo.published import published
from tourism_odr.demo.roads import ROADS, road
from tourism_odr.demo.scripts import DESKS, ENDS, REPEATABLE, repeated, standard

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def loaded(databases: Databases, keys_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application on the whole standard set, loaded once."""
    with databases.fresh() as address:
        app = create_app(settings_for(address, tmp_path_factory.mktemp("demo"), keys_dir, 1, demo="1"))
        with app.app_context():
            demo.load(ON)
            yield app
            db.session.remove()
            db.engine.dispose()


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same every time, on purpose


def test_every_published_dispute_is_lodged_with_its_source_and_the_word_demo(loaded):
    session = db.session()

    notes = session.execute(select(Case.source_note, Case.script_note)).all()

    assert {note.source_note.rsplit("（")[-1].strip("）") for note in notes} == set(published())
    assert all(note.script_note.startswith("演示 / DEMO") for note in notes)


def test_those_settled_by_mediation_come_to_their_published_terms(loaded):
    session = db.session()

    paid = {
        case.source_note.rsplit("（")[-1].strip("）"): amount
        for case, amount in session.execute(
            select(Case, Performance.amount).join(Performance, Performance.case_id == Case.id)
            .where(Case.script_note.contains("按公布的调解结果"))
        )
    }  # fmt: skip

    assert {id: int(amount) for id, amount in paid.items()} == {"T01": 720, "T03": 1358, "T18": 1000}


def test_what_courts_awarded_comes_home_with_the_published_amount(loaded):
    session = db.session()
    wanted = (
        select(Case.source_note, CourtOutcome.code, CourtOutcome.amount)
        .join(CourtOutcome, CourtOutcome.case_id == Case.id)
        .where(Case.script_note.contains("按公布的"))
    )

    found = {(row.source_note.rsplit("（")[-1].strip("）"), row.code, int(row.amount)) for row in session.execute(wanted)}

    assert found == {("T03", "instrument", 1358), ("T20", "allowed-in-part", 11600), ("T39", "by-default", 35000)}


def test_a_suit_at_the_clerk_s_desk_has_days_left(loaded):
    session = db.session()
    wanted = select(Clock.day).join(Subject, Subject.id == Clock.subject_id)

    days = session.scalars(wanted.where(Clock.name == "register", Clock.status == RUNNING, Subject.kind == "filing")).all()

    assert [day >= ON + timedelta(days=3) for day in days] == [True]


def test_every_end_of_the_road_is_reached(loaded):
    session = db.session()

    found = {tuple(row) for row in session.execute(select(Subject.kind, Subject.stage).distinct())}

    assert {
        ("case", "not-accepted"), ("case", "transferred"), ("case", "closed"), ("respondent", "settled"),
        ("respondent", "terminated"), ("respondent", "agreed"), ("agreement", "performed"),
        ("agreement", "performed-as-reported"), ("agreement", "breached"), ("instalment", "missed"),
        ("filing", "instrument"), ("filing", "refused"), ("filing", "decided"),
    } <= found  # fmt: skip


def test_something_waits_on_every_desk(loaded):
    session = db.session()

    found = {tuple(row) for row in session.execute(select(Subject.kind, Subject.stage).distinct())}

    assert {
        ("case", "lodged"), ("case", "returned"), ("case", "refusal-proposed"), ("transfer", "offered"),
        ("respondent", "awaiting-service"), ("respondent", "awaiting-answer"), ("respondent", "silent"),
        ("respondent", "reminder-asked"), ("respondent", "reminded"), ("respondent", "invited"),
        ("respondent", "answered"), ("respondent", "mediation"), ("service", "sent"), ("appointment", "offered"),
        ("offer", "open"), ("agreement", "drafted"), ("agreement", "locked"), ("agreement", "signed"),
        ("instalment", "due"), ("instalment", "reported"), ("instalment", "disputed"), ("urge", "proposed"),
        ("urge", "open"), ("urge", "overdue"), ("urge", "replied"), ("filing", "submitted"), ("filing", "returned"),
        ("filing", "registered"), ("filing", "entrusted"),
    } <= found  # fmt: skip
    assert session.scalar(select(func.count(Document.id)).where(Document.status == "draft", Document.kind == "termination"))


def test_some_clocks_run_out_today_and_some_ran_out_before(loaded):
    session = db.session()

    due_today = session.scalar(select(func.count(Clock.id)).where(Clock.status == RUNNING, Clock.day == ON))
    late = session.scalar(select(func.count(Event.id)).where(Event.step == "case.note-late-decision"))

    assert due_today
    assert late


def test_nothing_lies_in_the_future_and_no_clock_hangs(loaded):
    session = db.session()
    end = start_of_day(ON)

    assert session.scalar(select(func.max(Event.at))) <= end
    assert session.scalar(select(func.max(Item.at))) <= end
    assert session.scalar(select(func.count(Clock.id)).where(Clock.status == RUNNING, Clock.due_at < end)) == 0
    assert session.scalar(select(func.count(Clock.id)).where(Clock.status == BLOCKED)) == 0


def test_the_ledger_is_whole(loaded):
    faults = [one for one in ledger.verify_all(db.session()) if isinstance(one, ledger.Fault)]

    assert faults == []


def test_the_post_of_the_past_has_left(loaded):
    session = db.session()

    statuses = set(session.scalars(select(Notice.status).distinct()))
    unread = session.scalar(select(func.count(Notice.id)).where(Notice.status == "sent", Notice.body.is_(None)))

    assert statuses <= {"sent", "page"}
    assert unread == 0


def test_the_day_of_receipt_chooses_the_measures(loaded):
    session = db.session()
    wanted = select(Case).where(Case.script_note.contains("新旧办法")).order_by(Case.received_at)

    pair = session.scalars(wanted).all()
    decided = [
        session.scalars(select(Clock).where(Clock.case_id == case.id, Clock.name == "decide")).one() for case in pair
    ]

    assert [local_day(case.received_at) for case in pair] == [date(2026, 3, 14), date(2026, 3, 15)]
    assert [clock.derivation["count"] for clock in decided] == [5, 2]
    assert "2010" in decided[0].derivation["source"]
    assert "2026" in decided[1].derivation["source"]


def test_rooms_hold_talk_in_three_languages_and_an_officer(loaded):
    session = db.session()

    talk = session.execute(
        select(Place.kind, ItemText.language, Item.role)
        .join(Item, Item.place_id == Place.id)
        .join(ItemText, ItemText.item_id == Item.id)
        .where(Item.kind == "talk")
        .distinct()
    ).all()

    assert {row.kind for row in talk} == {"joint", "caucus"}
    assert {row.language for row in talk} == {"zh-Hans", "en", "ja"}
    assert "duty-officer" in {row.role for row in talk}


def test_one_seed_gives_the_same_stages_days_texts_and_amounts(databases, keys_dir, tmp_path):
    some = [one for one in standard(ON, chance(7)) if one.road in ("performed", "two", "joined", "silent", "lodged")]

    digests = []
    for number in range(2):
        with databases.fresh() as address:
            app = create_app(settings_for(address, tmp_path / str(number), keys_dir, 1, demo="1"))
            with app.app_context():
                demo.fill(ON, 7, some)
                digests.append(digest_of_all())
                db.session.remove()
                db.engine.dispose()

    assert digests[0] == digests[1]


def digest_of_all() -> str:
    session = db.session()
    tables: list[Any] = [
        select(Subject.kind, Subject.stage, Subject.version, Subject.created, Subject.due),
        select(Case.number, Case.category, Case.claimed, Case.received_at, Case.source_note, Case.script_note),
        select(ItemText.language, ItemText.body),
        select(Clock.name, Clock.status, Clock.day),
        select(Clause.kind, Clause.text, Clause.amount, Clause.day).join(Agreement, Agreement.id == Clause.agreement_id),
        select(Document.kind, Document.status, Document.issued_at),
        select(Notice.template, Notice.status, Notice.created),
    ]
    rows = [sorted(str(tuple(row)) for row in session.execute(wanted)) for wanted in tables]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def test_everybody_of_the_standard_set_is_somebody_else():
    names = [one.part.tourist for one in standard(ON, chance(1))]

    assert len(set(names)) == len(names)


def test_repetitions_vary_what_was_published():
    more = list(repeated(ON, chance(1), 40))

    assert len(more) == 40
    assert len({one.part.claim for one in more}) > 20
    assert all(one.start < ON - timedelta(days=1) for one in more)
    assert [one.part for one in more] == [one.part for one in repeated(ON, chance(1), 40)]


def test_every_road_is_made_of_acts_that_exist():
    names = {cue.act.split()[0] for name in ROADS for cue in road(name)}

    assert names <= ACTS.keys()
    assert {name for name, *_ in ENDS.values()} | {name for name, *_ in DESKS} | set(REPEATABLE) <= ROADS.keys()


def test_photos_and_papers_are_the_same_bytes_every_time():
    first = {name: drawn(name) for name in (*LINES, *PHOTOS)}

    drawn.cache_clear()

    assert {name: drawn(name) for name in first} == first


def test_the_list_of_people_names_every_role_with_something_to_try():
    lines = demo.people_to_show()

    assert len(lines) == 9
    assert all(":" in line and "\n" in line for line in lines)
