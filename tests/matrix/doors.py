"""Every door of the application: read from the URL map, with addresses into the case in the middle."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule, UUIDConverter

from tests.matrix.world import World
from tourism_odr.cases.models import (
    Agreement,
    Case,
    Document,
    Evidence,
    Filing,
    Item,
    Party,
    PendingStep,
    Place,
    Power,
    Subject,
)
from tourism_odr.db import db
from tourism_odr.web.policy import Policy

WHOLE = os.environ.get("ODR_TEST_PROOFS") == "whole"
PUBLIC_ASSETS = frozenset({"static"})


@dataclass(frozen=True)
class Door:
    """One route under one method, with its policy and an address that leads into the case."""

    endpoint: str
    method: str
    address: str
    policy: Policy
    about_case: bool


def doors(app: Flask, world: World, methods: tuple[str, ...]) -> list[Door]:
    """A door for each rule and method; a rule without policy is a failure of its own test."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC_ASSETS:
            continue
        policy: Policy = app.view_functions[rule.endpoint].policy  # type: ignore[attr-defined]  # hung on by its decorator
        address = _address(app, rule, policy, world)
        for method in sorted((rule.methods or set()) & set(methods)):
            found.append(Door(rule.endpoint, method, address, policy, "case_id" in rule.arguments))
    return sorted(found, key=lambda door: (door.endpoint, door.method))


def _address(app: Flask, rule: Rule, policy: Policy, world: World) -> str:
    values = {name: value_for(name, rule._converters[name], policy, world) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("127.0.0.1").build(rule.endpoint, values, force_external=False)


def value_for(name: str, converter: BaseConverter, policy: Policy, world: World) -> object:
    """A part of an address: of the case in the middle where it names something of a case."""
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    if name in IN_THE_CASE:
        return db.session().scalars(IN_THE_CASE[name](world.case.id, policy)).first() or uuid4()
    if name in PLAIN:
        return PLAIN[name]
    return UUID(int=7) if isinstance(converter, UUIDConverter) else 1 if isinstance(converter, IntegerConverter) else "x"


PLAIN = {"locale": "en"}


def _subject(case: UUID, policy: Policy) -> Any:
    kind = policy.steps[0].partition(".")[0] if policy.steps else "respondent"
    return select(Subject.id).where(Subject.case_id == case, Subject.kind == kind)


def _file(case: UUID, _policy: Policy) -> Any:
    return select(Item.id).join(Evidence, Evidence.item_id == Item.id).where(Item.case_id == case)


IN_THE_CASE: dict[str, Callable[[UUID, Policy], Any]] = {
    "case_id": lambda case, _: select(Case.id).where(Case.id == case),
    "subject_id": _subject,
    "item_id": _file,
    "place_id": lambda case, _: select(Place.id).where(Place.case_id == case, Place.kind == "file"),
    "document_id": lambda case, _: select(Document.id).where(Document.case_id == case),
    "party_id": lambda case, _: select(Party.id).where(Party.case_id == case),
    "respondent_id": lambda case, _: select(Party.id).where(Party.case_id == case, Party.side == "respondent"),
    "filing_id": lambda case, _: select(Filing.id).where(Filing.case_id == case),
    "agreement_id": lambda case, _: select(Agreement.id).where(Agreement.case_id == case),
    "power_id": lambda case, _: select(Power.id).where(Power.case_id == case),
    "pending_id": lambda case, _: select(PendingStep.id).where(PendingStep.case_id == case),
}
