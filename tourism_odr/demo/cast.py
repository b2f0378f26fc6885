"""Everybody who plays in the demo: invented bodies, operators and people, each with a key to be called by."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid4

from tourism_odr.cases.models import BodySetting, RosterEntry
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.oversight import commands as oversight
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.roles import Role
from tourism_odr.text import N_

REGISTER = N_("Register of travel agencies")
PARTS = (Role.OWNER, Role.HANDLER, Role.FINANCE)  # the people of an operator, in the order of the data
MEDIATORS = ("mediator", "mediator2", "mediator3")
BY_ITSELF = ("non-response", "termination", "agreement")  # papers that leave without the city's head; the districts' sign


ROSTER, CONFIRMING = "演示区人民法院特邀调解组织名册（演示）", date(2024, 1, 1)


@cache
def data(name: str) -> Any:
    """One of the data files of the demo."""
    return json.loads(files("tourism_odr.demo").joinpath(f"{name}.json").read_text("utf-8"))


@dataclass
class Cast:
    """Ids of organisations and people as actors, by key; an operator's people by ``far-handler`` and the like."""

    organisations: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    tourists: dict[str, UUID] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """Somebody with a role."""
        return self.people[key]


def gather(at: datetime) -> Cast:
    """Register all organisations and their people; the city's head lets the clock issue some papers."""
    cast, told = Cast(), data("cast")
    with unit_of_work():
        for entry in told["bodies"]:
            cast.organisations[entry["key"]] = _body(entry, at)
        for entry in told["others"]:
            kind = OrganisationKind(entry["kind"])
            rules = {"jurisdiction": entry["rules"]} if "rules" in entry else {}
            made = organisations.register_organisation(
                kind, entry["name"], at=at, name_en=entry["en"], code=entry.get("code"), settings=rules
            )
            cast.organisations[entry["key"]] = made
        for number, entry in enumerate(told["operators"], 1):
            _operator(cast, entry, number, at)
        for entry in told["people"]:
            cast.people[entry["key"]] = _member(cast, entry["key"], entry["at"], entry["role"], entry["name"], at)
    with unit_of_work() as session:
        session.add_all([_mediation_goes_on(cast, at), *_roster(cast)])
    for paper in BY_ITSELF:
        oversight.sign_authority(paper, by=cast.actor("head"), at=at)
    return cast


def _body(entry: dict[str, str], at: datetime) -> UUID:
    return organisations.register_organisation(
        OrganisationKind.BODY, entry["name"], at=at, name_en=entry["en"], code=entry["code"],
        territory=entry["territory"], level=entry["level"],
    )  # fmt: skip


def _operator(cast: Cast, entry: dict[str, Any], number: int, at: datetime) -> None:
    key = entry["key"]
    cast.organisations[key] = organisations.register_operator(
        entry["name"], at=at, source=REGISTER, source_day=local_day(at), name_en=entry["en"],
        territory="310000", licence=f"L-DEMO-{number:05}",
        contacts=(("e-mail", f"{key}@operators.example"), ("phone", f"+8621555501{number:02}")),
    )  # fmt: skip
    for role, name in zip(PARTS, entry["people"], strict=True):
        cast.people[f"{key}-{role}"] = _member(cast, f"{key}-{role}", key, role, name, at)


def _member(cast: Cast, key: str, house: str, role: str, name: str, at: datetime) -> Actor:
    person = persons.create_person(locale="zh-Hans", at=at, name=name, email=f"{key}@people.example")
    organisations.add_member(person, cast.organisations[house], Role(role), at)
    return Actor(person, Role(role), cast.organisations[house])


def _mediation_goes_on(cast: Cast, at: datetime) -> BodySetting:
    """One of the districts lets mediation go on beyond the local limit, the city does not: both can be seen."""
    head = cast.actor("east-head").person_id
    return BodySetting(
        id=uuid4(), body_id=cast.organisations["east"], key="when-missed:conclude-local", value="case.note-day-45",
        ground="双方同意的，调解可以继续", set_by=head, since=local_day(at), until=None,
    )  # fmt: skip


def _roster(cast: Cast) -> list[RosterEntry]:
    """The court confirms what was concluded under the city's body and under the council."""
    clerk = cast.actor("court-clerk").person_id
    return [
        RosterEntry(
            id=uuid4(), court_id=cast.organisations["court"], body_id=cast.organisations[body], source=ROSTER, grade="statute_text",
            since=CONFIRMING, until=None, set_by=clerk,
        )
        for body in ("city", "council")
    ]  # fmt: skip


def people_to_show() -> list[str]:
    """Who can be signed in as, by role, each with one thing to try; printed when the demo has started."""
    return [f"{role}: {names}\n      {what}" for role, names, what in data("cast")["try"]]
