"""From a step of the lifecycle to the page that takes it: the URL map is the only list of pages."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from flask import Flask, current_app, url_for
from werkzeug.routing import Rule

from tourism_odr.cases.deadlines import offers
from tourism_odr.cases.lifecycle import NEW, STEPS, Step
from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.queries import steps_open_to
from tourism_odr.db import db
from tourism_odr.people.actor import Actor
from tourism_odr.web.policy import Policy

GIVEN = frozenset({"locale", "case_id", "subject_id"})
KEPT = "odr_step_pages"


@dataclass(frozen=True)
class StepPage:
    """A page that takes a step, and whether its address names the subject."""

    endpoint: str
    by_subject: bool


class Action(NamedTuple):
    """Something that can be done now: the button's words (an English message id), its page, its step."""

    title: str
    url: str
    step: Step


def init_app(app: Flask) -> None:
    """A page asks whether the rules of a case open a way before it shows the link."""
    app.jinja_env.globals["offers"] = offers


def step_url(step_name: str, case_id: UUID, subject_id: UUID | None = None) -> str | None:
    """The address of the page that takes the step on this subject; None when no page does."""
    page = step_pages(current_app).get(step_name)
    if page is None:
        return None
    if not page.by_subject:
        return url_for(page.endpoint, case_id=case_id)
    return url_for(page.endpoint, case_id=case_id, subject_id=subject_id) if subject_id else None


def actions_for(case: Case, subject: Subject, actor: Actor) -> list[Action]:
    """What the actor may do to the subject now, as far as there is a page for it."""
    return actions_among(case.id, subject.id, steps_open_to(db.session(), case, subject, actor))


def actions_among(case_id: UUID, subject_id: UUID, steps: list[Step]) -> list[Action]:
    """Those of ``steps`` that have a page."""
    found = [(step, step_url(step.name, case_id, subject_id)) for step in steps]
    return [Action(step.title, url, step) for step, url in found if url]


def step_pages(app: Flask) -> dict[str, StepPage]:
    """Step -> page, read once from the rules and policies of the application."""
    known: dict[str, StepPage] | None = app.extensions.get(KEPT)
    if known is None:
        known = {}
        for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
            for name in _steps_of(app, rule):
                known.setdefault(name, StepPage(rule.endpoint, "subject_id" in rule.arguments))
        app.extensions[KEPT] = known
    return known


def _steps_of(app: Flask, rule: Rule) -> list[str]:
    """The steps that the page behind ``rule`` takes, when a link can lead there."""
    policy = getattr(app.view_functions.get(rule.endpoint), "policy", None)
    if not isinstance(policy, Policy) or "GET" not in (rule.methods or ()) or rule.arguments - GIVEN:
        return []
    named = "subject_id" in rule.arguments
    return [name for name in policy.steps if named or _of_the_case(STEPS[name])]


def _of_the_case(step: Step) -> bool:
    return step.kind == "case" or NEW in step.leaves
