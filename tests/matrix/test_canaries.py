"""A secret in every restricted place and field is looked for in every output of every actor.

The outputs are read from the URL map with every id of the case in every address; a new route joins by itself, and
one that answers in a kind of data that nobody here can read turns this red.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import product
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.matrix.doors import PUBLIC_ASSETS, WHOLE, value_for
from tests.matrix.secrets import Secret, plant
from tests.matrix.world import Somebody, World, build
from tests.packed import words_in
from tests.signing_in import sign_in
from tourism_odr.cases.models import Document, Event, Filing, Item, Notice, Party, Place, Subject
from tourism_odr.db import db
from tourism_odr.documents import render
from tourism_odr.documents.samples import sample
from tourism_odr.web import stream
from tourism_odr.web.policy import Policy

STRANGERS = frozenset({"a stranger's handler", "another body's officer"})  # the rest meet 404 in the matrix
TEXTUAL = ("text/", "application/json", "application/javascript", "image/svg")
PACKED = ("application/pdf", "application/zip")
OPAQUE = ("image/webp", "image/png", "image/jpeg", "application/octet-stream")
EVERY_ID = {"place_id": Place, "item_id": Item, "document_id": Document, "subject_id": Subject, "party_id": Party,
            "filing_id": Filing, "respondent_id": Party}  # fmt: skip


@pytest.fixture
def world(built: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    """Built in a context that is gone before anybody knocks; a stream says what it has and ends."""
    monkeypatch.setattr(stream, "LIFE", 0.3)
    monkeypatch.setattr(stream, "PULSE", 0.2)
    with built.app_context():
        return build()


def addresses(app: Flask, world: World) -> list[str]:
    """Every address under GET, with every id of the case in every place of the address."""
    found: set[str] = set()
    with app.app_context():
        ids = {name: _ids(model, world.case.id) for name, model in EVERY_ID.items()}
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or set()) and rule.endpoint not in PUBLIC_ASSETS:
                found.update(_built(app, rule, world, ids))
    return sorted(found)


def _ids(model: Any, case_id: UUID) -> list[UUID]:
    return list(db.session().scalars(select(model.id).where(model.case_id == case_id)))


def _built(app: Flask, rule: Rule, world: World, ids: dict[str, list[UUID]]) -> Iterator[str]:
    policy = app.view_functions[rule.endpoint].policy  # type: ignore[attr-defined]  # hung on by its decorator
    names = sorted(rule.arguments)
    own = _of_its_kind(policy, world) if policy.steps and not WHOLE else ids["subject_id"]
    known = ids | {"subject_id": own}
    choices = [known.get(name) or [value_for(name, rule._converters[name], policy, world)] for name in names]
    with app.test_request_context():
        adapter = app.url_map.bind("127.0.0.1")
        for values in product(*choices):
            yield adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))


def _of_its_kind(policy: Policy, world: World) -> list[UUID]:
    """A page of a step knows subjects of its kind only; the others are tried where proofs run whole."""
    kinds = {name.partition(".")[0] for name in policy.steps}
    wanted = select(Subject.id).where(Subject.case_id == world.case.id, Subject.kind.in_(kinds))
    return list(db.session().scalars(wanted))


def words_of(response: Any) -> str:
    """Everything in an answer that could be read: body, headers, and what a PDF holds inside."""
    kind, headers = response.mimetype or "", str(response.headers)
    if kind == "text/event-stream":
        return headers + b"".join(response.response).decode()
    if kind in PACKED:
        return headers + words_in(response.get_data())
    if kind.startswith(TEXTUAL) or not response.get_data():
        return headers + response.get_data(as_text=True)
    assert kind in OPAQUE, f"nobody can read {kind} here: teach words_of"
    return headers


def leaks(app: Flask, somebody: Somebody, found: list[str], secrets: list[Secret]) -> tuple[list[str], set[str]]:
    """What somebody met who may not, and every secret that they met."""
    wrong: list[str] = []
    met: set[str] = set()
    client = app.test_client()
    if somebody.actor is not None:
        sign_in(client, somebody.actor, somebody.case_id, read_only=somebody.read_only)
    for address in found:
        response = client.get(address, buffered=False)
        words = words_of(response)
        response.close()
        for secret in secrets:
            if secret.word in words:
                met.add(secret.word)
                if somebody.name not in secret.readers:
                    wrong.append(f"{somebody.name} met {secret.word} ({secret.where}) at {address}")
    return wrong, met


def test_no_secret_leaves_its_place(built: Flask, world: World) -> None:
    with built.app_context():
        secrets = plant(world)
    found = addresses(built, world)

    wrong: list[str] = []
    met: set[str] = set()
    for somebody in world.cast:
        if somebody.alive and (WHOLE or somebody.sees or somebody.name in STRANGERS):
            leaked, seen = leaks(built, somebody, found, secrets)
            wrong += leaked
            met |= seen

    assert not wrong, f"{len(wrong)} leaks:\n" + "\n".join(wrong[:40])
    unmet = {s.word for s in secrets if s.word.startswith("canary") and " " not in s.word} - met
    assert not unmet - NOT_SHOWN_YET, f"planted, but nobody ever meets them, so nothing was proven: {unmet}"


NOT_SHOWN_YET = {"canary.mail@people.example"}  # one's own contact is shown to oneself masked


def test_ledger_and_outbox_hold_no_secret(built: Flask, world: World) -> None:
    with built.app_context():
        secrets = plant(world)
        lines = [str((e.facts, e.digests, e.step)) for e in db.session().scalars(select(Event))]
        notices = [str((n.template, n.params, n.subject_line, n.body)) for n in db.session().scalars(select(Notice))]

    told = "\n".join(lines + notices)

    assert [s.word for s in secrets if s.word in told] == []


def test_a_leak_on_purpose_is_found(built: Flask, world: World) -> None:
    with built.app_context():
        secrets = plant(world)
    stranger = next(one for one in world.cast if one.name == "a stranger's handler")

    wrong, _ = leaks(built, stranger, ["/en/find-my-case?next=canarynotes"], [*secrets, Secret("<h1", "any page", frozenset())])

    assert wrong


def test_a_secret_planted_in_a_package_on_purpose_is_found_in_text_metadata_and_streams() -> None:
    said = sample("archive-sheet") | {"words": "canaryinside", "case_number": "canarynumber"}
    package = BytesIO()
    with ZipFile(package, "w", ZIP_DEFLATED) as archive:
        archive.writestr("canaryname.pdf", render("archive-sheet", said))
        archive.writestr("note.txt", "canarytext")

    words = words_in(package.getvalue())

    assert [one for one in ("canaryinside", "canarynumber", "canaryname", "canarytext") if one not in words] == []
