"""Every page that answers, and somebody of each role who sees it: read from the URL map and from the demo's rows."""

from collections.abc import Iterator
from contextvars import Context
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.languages.more_cases import MOMENTS
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.cases import audience
from tourism_odr.cases.lifecycle import NEW, STEPS
from tourism_odr.cases.models import (
    Agreement,
    Case,
    Clause,
    Clock,
    Document,
    Filing,
    Item,
    Party,
    Place,
    Power,
    Subject,
)
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.figures.table import FIGURES
from tourism_odr.intake.models import DraftFile
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Membership, Organisation
from tourism_odr.people.roles import COMPLAINANT, Role
from tourism_odr.web.policy import Policy

MOST_PEOPLE, MOST_CASES, MOST_TRIES = 120, 12, 60
KIND_IN_ADDRESS = {
    "agreements": "agreement", "respondents": "respondent", "payments": "instalment", "urgings": "urge",
    "offers": "offer", "services": "service", "letters": "service", "transfers": "transfer",
    "appointments": "appointment", "mediators": "appointment", "filings": "filing", "suits": "filing",
    "confirmations": "confirmation", "applications": "application", "volumes": "volume", "pauses": "pause",
    "extensions": "extension", "entries": "external", "court": "filing",
}  # fmt: skip
NO_PAGE = frozenset({"static", "mediation.room_stream"})
NOBODY = "nobody"


@dataclass(frozen=True)
class Visit:
    """Somebody at a page that answers 200."""

    role: str
    endpoint: str
    address: str
    client: FlaskClient = field(compare=False, repr=False)


@dataclass
class Somebody:
    """A person in one role, with the cases that they see, newest last."""

    actor: Actor | None
    cases: list[Any]
    client: FlaskClient
    came_in: bool = False


class Crawler:
    """Knows the people of the demo, and finds for each role and page an address that answers."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.at = now()
        self.reached: set[str] = set()  # endpoints that answered somebody, with a page or a file
        self.fitting: dict[tuple[str, UUID], bool] = {}  # whether a page has something to show in a case

    def visits(self, *, everywhere: bool) -> list[Visit]:
        """One visit for each page and role; public pages only as nobody, unless ``everywhere``."""
        with self.app.app_context():
            people = self._people()
            rules = [rule for rule in self.app.url_map.iter_rules() if self._is_page(rule)]
            found = [
                visit
                for role, somebodies in people.items()
                for rule in sorted(rules, key=lambda one: one.endpoint)
                if self._worth_it(role, rule, everywhere)
                for visit in self._as(role, somebodies, rule)
            ]
            db.session.remove()
        return found

    def pages(self) -> set[str]:
        """Every endpoint that a browser can open."""
        return {rule.endpoint for rule in self.app.url_map.iter_rules() if self._is_page(rule)}

    def _worth_it(self, role: str, rule: Rule, everywhere: bool) -> bool:
        """A public page looks the same to everybody, but for those who are in the middle of it."""
        if role in MOMENTS:
            return MOMENTS[role][0] in rule.rule
        return everywhere or role == NOBODY or self._policy(rule).kind != "public"

    # -- people -------------------------------------------------------------------------------------------

    def _people(self) -> dict[str, list[Somebody]]:
        people: dict[str, list[Somebody]] = {NOBODY: [self._somebody(None)]}
        memberships = db.session.scalars(select(Membership).where(Membership.until.is_(None))).all()
        for one in memberships:
            role = Role(one.role)
            people.setdefault(role, []).append(self._somebody(Actor(one.person_id, role, one.organisation_id)))
        tourists = db.session.scalars(select(Party.person_id).where(Party.side == "complainant").distinct()).all()
        people[Role.TOURIST] = [self._somebody(Actor(one, Role.TOURIST)) for one in tourists if one]
        for name, (_, come_there) in MOMENTS.items():
            client = PageClient(self.app, self.app.response_class)
            case = Context().run(come_there, client)
            people[name] = [Somebody(None, [case] if case else [], client, came_in=True)]
        for somebodies in people.values():
            somebodies.sort(key=lambda one: -len(one.cases))
        return people

    def _somebody(self, actor: Actor | None) -> Somebody:
        cases = [] if actor is None else db.session.scalars(
            select(Case.id).where(audience.visible_cases(actor, self.at))
        ).all()  # fmt: skip
        return Somebody(actor, list(cases), FlaskClient(self.app, self.app.response_class))

    # -- pages --------------------------------------------------------------------------------------------

    def _is_page(self, rule: Rule) -> bool:
        return "GET" in (rule.methods or set()) and rule.endpoint not in NO_PAGE

    def _policy(self, rule: Rule) -> Policy:
        policy: Policy = self.app.view_functions[rule.endpoint].policy  # type: ignore[attr-defined]  # hung on by its decorator
        return policy

    def _as(self, role: str, somebodies: list[Somebody], rule: Rule) -> Iterator[Visit]:
        """The first address that answers; of rooms, one of each kind."""
        policy = self._policy(rule)
        if not self._may(role, policy):
            return
        kinds: set[str] = set()
        tries = islice(self._addresses(somebodies, rule, policy), MOST_TRIES)
        for somebody, values in tries:
            kind = self._kind_of_room(rule, values)
            if kind in kinds:
                continue
            address = self._build(rule, values)
            kind_of_answer = self._answer(somebody, address)
            self.reached |= {rule.endpoint} if kind_of_answer else set()
            if kind_of_answer == "text/html":
                kinds.add(kind)
                yield Visit(role, rule.endpoint, address, somebody.client)
            if kind_of_answer and not kind:
                return

    def _may(self, role: str, policy: Policy) -> bool:
        if policy.kind == "public" or role in MOMENTS:
            return True
        if role == NOBODY or (policy.roles and role not in policy.roles):
            return False
        return policy.kind != "step" or any(role in STEPS[name].by for name in policy.steps)

    def _addresses(self, people: list[Somebody], rule: Rule, policy: Policy) -> Iterator[tuple[Somebody, dict[str, Any]]]:
        names = sorted(rule.arguments - {"locale", "case_id"})
        found = 0
        for somebody in people:
            cases: list[Any] = [None] if "case_id" not in rule.arguments else somebody.cases
            fitting = [case for case in cases if case is None or self._fits(case, rule, policy)]
            found += bool(fitting)
            if found > MOST_PEOPLE:
                return
            for case in fitting[:MOST_CASES]:
                for values in product(*(self._values(name, rule, policy, case) for name in names)):
                    given = dict(zip(names, values, strict=True))
                    yield somebody, given | ({"case_id": case} if case else {})

    def _fits(self, case: UUID, rule: Rule, policy: Policy) -> bool:
        """Whether the case has what the page shows, at a stage at which its step could be taken."""
        if "subject_id" in rule.arguments:
            if (rule.endpoint, case) not in self.fitting:
                self.fitting[rule.endpoint, case] = bool(self._subjects(rule, policy, case))
            return self.fitting[rule.endpoint, case]
        steps = [STEPS[name] for name in policy.steps if name.startswith("case.")]
        if not steps:
            return True
        return db.session.get_one(Subject, case).stage in {stage for step in steps for stage in step.leaves}

    def _values(self, name: str, rule: Rule, policy: Policy, case: UUID | None) -> list[Any]:
        if name == "subject_id":
            return self._subjects(rule, policy, case)
        if case and name in OF_THE_CASE:
            model = OF_THE_CASE[name]
            return list(db.session.scalars(select(model.id).where(model.case_id == case)))
        if name == "code" and "/figures/" in rule.rule:
            return sorted(FIGURES)[:2]
        if name in OF_THE_HOUSE:
            return list(db.session.scalars(OF_THE_HOUSE[name].limit(MOST_TRIES)))
        if name == "clause_id":
            return list(db.session.scalars(select(Clause.id).limit(MOST_TRIES)))
        converter = rule._converters[name]
        return sorted(converter.items) if hasattr(converter, "items") else ["x" * 20]

    def _subjects(self, rule: Rule, policy: Policy, case: UUID | None) -> list[Any]:
        wanted = select(Subject.id).where(Subject.case_id == case)
        if policy.steps:
            step = [STEPS[name] for name in policy.steps]
            stages = {stage for one in step for stage in one.leaves} - {NEW}
            kind = policy.steps[0].partition(".")[0]
            return list(db.session.scalars(wanted.where(Subject.kind == kind, Subject.stage.in_(stages))))
        kinds = [kind for part, kind in KIND_IN_ADDRESS.items() if f"/{part}/" in rule.rule]
        return list(db.session.scalars(wanted.where(Subject.kind.in_(kinds))))

    def _kind_of_room(self, rule: Rule, values: dict[str, Any]) -> str:
        if rule.endpoint != "mediation.room":
            return ""
        return str(db.session.get_one(Place, values["place_id"]).kind)

    def _build(self, rule: Rule, values: dict[str, Any]) -> str:
        more = {"locale": "en"} if "locale" in rule.arguments else {}
        with self.app.test_request_context():
            return self.app.url_map.bind("127.0.0.1").build(rule.endpoint, values | more, force_external=False)

    def _answer(self, somebody: Somebody, address: str) -> str:
        """The kind of what is answered, nothing when it is not 200."""
        if somebody.actor is not None and not somebody.came_in:
            case = somebody.cases[0] if somebody.actor.role in COMPLAINANT and somebody.cases else None
            sign_in(somebody.client, somebody.actor, case)
            somebody.came_in = True
        db.session.remove()
        base = self.app.extensions["odr_settings"].base_url
        response = Context().run(somebody.client.get, address, base_url=base, buffered=False)
        response.close()
        return str(response.mimetype) if response.status_code == 200 else ""


OF_THE_CASE: dict[str, Any] = {
    "place_id": Place, "item_id": Item, "document_id": Document, "power_id": Power,
    "party_id": Party, "respondent_id": Party, "clock_id": Clock, "filing_id": Filing, "agreement_id": Agreement,
}  # fmt: skip
OF_THE_HOUSE: dict[str, Any] = {
    "organisation_id": select(Organisation.id),
    "person_id": select(Membership.person_id).order_by(Membership.id),
    "membership_id": select(Membership.id).order_by(Membership.id),
    "clock_id": select(Clock.id),
    "file_id": select(DraftFile.id),
    "code": select(Organisation.licence).where(Organisation.licence.is_not(None)),
}
