"""Every page says who it is for."""

import pytest
from flask import Flask

from tourism_odr.people.roles import Role
from tourism_odr.web.policy import Policy, may_pass, public, refuse_views_without_policy


def test_every_page_of_the_application_has_a_policy(built: Flask) -> None:
    pages = {name: view for name, view in built.view_functions.items() if name != "static"}

    naked = [name for name, view in pages.items() if not isinstance(getattr(view, "policy", None), Policy)]

    assert not naked


def test_an_application_with_a_page_without_policy_does_not_start() -> None:
    app = Flask("bare")
    app.add_url_rule("/forgotten", "forgotten", lambda: "")

    with pytest.raises(RuntimeError, match="forgotten"):
        refuse_views_without_policy(app)


def test_a_public_page_may_be_served() -> None:
    app = Flask("bare")
    app.add_url_rule("/open", "open", public(lambda: ""))

    refuse_views_without_policy(app)


def test_a_page_for_nobody_in_particular_is_for_everybody_signed_in() -> None:
    assert all(may_pass(Policy("signed-in"), role) for role in Role)


def test_a_page_for_mediators_is_not_for_officers() -> None:
    policy = Policy("signed-in", frozenset({Role.MEDIATOR}))

    assert may_pass(policy, Role.MEDIATOR)
    assert not may_pass(policy, Role.OFFICER)


def test_every_page_about_a_case_passes_the_guard(built: Flask) -> None:
    about_cases = [rule.endpoint for rule in built.url_map.iter_rules() if "case_id" in rule.arguments]

    unguarded = [
        name for name in about_cases if built.view_functions[name].policy.kind not in ("case", "step")
    ]  # type: ignore[attr-defined]  # set by the decorators

    assert not unguarded
