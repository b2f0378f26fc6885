"""Every door of the court road, with a suit behind it that stands where the door leads: who gets in, and what they meet.

The doors are read from the URL map and the answers from the same policy as in the matrix; who knows of a suit at
which stage was settled by hand in ``suits.py``.
"""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.matrix import suits
from tests.matrix.doors import Door, value_for
from tests.matrix.suits import BENCH, KNOWN_TO, CourtRoad
from tests.matrix.test_canaries import words_of
from tests.matrix.test_matrix import GONE, expected, got, traces
from tests.matrix.world import Somebody, World
from tests.signing_in import sign_in
from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.cases.models import Document, FilingPoint, Item
from tourism_odr.db import db
from tourism_odr.people.roles import COURT
from tourism_odr.web.policy import Policy

OLDER_RULES = {"referral.give_back"}  # a delegation began before 2025
READ = {"", "returned", "entrusted"}  # the suits whose pages are read whole
Knock = tuple[Door, str]


@pytest.fixture
def road(built: Flask) -> CourtRoad:
    built.config["WTF_CSRF_ENABLED"] = False
    with built.app_context():
        return suits.build()


def knocks(app: Flask, road: CourtRoad, method: str) -> list[Knock]:
    """Each door with each suit: where it asks for a step, with one that stands where the step begins."""
    found = []
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or set()) and is_of_the_road(rule):
            policy: Policy = app.view_functions[rule.endpoint].policy  # type: ignore[attr-defined]  # hung on by its decorator
            for stage in _stages(policy):
                door = Door(rule.endpoint, method, _address(app, rule, policy, road, stage), policy, "case_id" in rule.arguments)
                found.append((door, stage if {"subject_id", "filing_id"} & rule.arguments else ""))
    return found


def is_of_the_road(rule: Rule) -> bool:
    """Suits: the plaintiff's pages, the court's, and what sides and mediator are told."""
    parts = rule.rule.split("/")
    mine = {"filings", "suits", "mediators"} & set(parts) or "/court/<uuid:subject_id>" in rule.rule or parts[-1] == "court"
    return rule.endpoint.startswith("referral.") and bool(mine)


def _stages(policy: Policy) -> list[str]:
    """Where the step begins; a page that only reads is walked with every suit."""
    leaves = [stage for name in policy.steps for stage in STEPS[name].leaves if stage in KNOWN_TO]
    return leaves[:1] or (["entrusted"] if policy.steps else list(KNOWN_TO))


def _address(app: Flask, rule: Rule, policy: Policy, road: CourtRoad, stage: str) -> str:
    about = road.appointment if "appointment.replace" in policy.steps else road.suits[stage]
    returned = select(FilingPoint.id).where(FilingPoint.filing_id == road.suits["returned"])
    known = {
        "locale": "en", "case_id": road.case.id, "subject_id": about, "filing_id": about, "point_id": db.session().scalars(returned).first(),
    }  # fmt: skip
    values = {
        name: known.get(name) or value_for(name, rule._converters[name], policy, World(road.case, road.case))
        for name in rule.arguments
    }
    with app.test_request_context():
        return app.url_map.bind("127.0.0.1").build(rule.endpoint, values)


def wanted(door: Door, stage: str, somebody: Somebody) -> str | None:
    """As in the matrix; and a suit of which somebody does not know is not there."""
    answer = expected(door, somebody)
    if answer is None and stage and somebody.name not in KNOWN_TO[stage]:
        return GONE
    return answer


def client_of(app: Flask, somebody: Somebody) -> Any:
    """As who comes there."""
    client = app.test_client()
    if somebody.actor is not None:
        sign_in(client, somebody.actor, somebody.case_id, read_only=somebody.read_only)
    return client


def walk(app: Flask, road: CourtRoad, found: list[Knock], only_closed: bool) -> tuple[list[str], set[str]]:
    """What was not as expected, and which pages showed themselves to anybody."""
    wrong: list[str] = []
    shown: set[str] = set()
    for somebody in road.cast:
        client = client_of(app, somebody)
        for door, stage in found:
            want = wanted(door, stage, somebody)
            if only_closed and want is None:
                continue
            response = client.open(door.address, method=door.method)
            if response.status_code in (200, 303) and want is None:
                shown.add(door.endpoint)
            if response.status_code >= 500 or (want is not None and got(response) != want):
                wrong.append(f"{somebody.name}: {door.method} {door.endpoint} {stage}: wanted {want or 'open'}, got {got(response)}")
    return wrong, shown


def test_each_door_of_the_court_road_opens_with_a_suit_behind_it_and_only_to_whom_it_is_for(built: Flask, road: CourtRoad) -> None:
    before = traces(built)
    with built.app_context():
        reads, writes = knocks(built, road, "GET"), knocks(built, road, "POST")

    wrong, shown = walk(built, road, reads, only_closed=False)
    let_through, _ = walk(built, road, writes, only_closed=True)

    assert not wrong + let_through, "\n".join((wrong + let_through)[:60])
    assert {door.endpoint for door, _ in reads} - shown == OLDER_RULES, "nobody saw these pages, so nothing was proven"
    assert traces(built) == before


def test_a_court_meets_nothing_of_the_rooms_and_only_this_court_what_the_plaintiff_wrote(built: Flask, road: CourtRoad) -> None:
    with built.app_context():
        rooms = road.before + suits.whisper(road.case, "under")
        addresses = [door.address for door, stage in knocks(built, road, "GET") if stage in READ] + papers(built, road)
    courts = [one for one in road.cast if one.actor and one.actor.role in COURT]
    mediator = next(one for one in road.cast if one.name == "the mediator under the court")

    read = {one.name: everything(built, one, addresses) for one in [*courts, mediator]}

    assert {name: [word for word in rooms if word in read[name]] for name in (one.name for one in courts)} == {one.name: [] for one in courts}
    assert [word for word in road.before if word in read[mediator.name]] == []
    assert {name for name, words in read.items() if "canaryidentity" in words} == BENCH
    assert {name for name, words in read.items() if "canaryreturned" in words} == BENCH


def papers(app: Flask, road: CourtRoad) -> list[str]:
    """Every paper of one suit, and every file of the case."""
    session, case_id = db.session(), road.case.id
    documents = session.scalars(select(Document.id).where(Document.subject_id == road.suits["entrusted"])).all()
    files = session.scalars(select(Item.id).where(Item.case_id == case_id, Item.kind == "file")).all()
    with app.test_request_context():
        to = app.url_map.bind("127.0.0.1").build
        found = [to("casefile.document", {"locale": "en", "case_id": case_id, "document_id": one}) for one in documents]
        return found + [to("casefile.original", {"locale": "en", "case_id": case_id, "item_id": one}) for one in files]


def everything(app: Flask, somebody: Somebody, addresses: list[str]) -> str:
    """All that somebody meets there."""
    client = client_of(app, somebody)
    return "\n".join(words_of(client.get(address)) for address in addresses)
