"""Who a page is for.  Every view carries a policy, and the application refuses to start with one that does not."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal

from flask import Flask
from werkzeug.exceptions import NotFound

from tourism_odr.people.roles import COURT, Role
from tourism_odr.web.identity import current_actor

View = Callable[..., Any]
ASSETS = frozenset({"static"})


@dataclass(frozen=True)
class Policy:
    """What ``tests/web`` reads to make its matrix of roles and pages."""

    kind: Literal["public", "signed-in", "case", "step"]
    roles: frozenset[Role] = frozenset()
    steps: tuple[str, ...] = ()
    seated: bool = True  # also for who acts for a party in a sitting; else their own pages wait until it has ended
    page: bool = True  # a script reads what is no page: nobody is led from there to the sign-in page


def with_policy(view: View, policy: Policy) -> View:
    """Hang ``policy`` on ``view``, where the start of the application and the tests look for it."""
    view.policy = policy  # type: ignore[attr-defined]  # a function may carry attributes; mypy does not follow
    return view


def public(view: View) -> View:
    """Anybody may see this page."""
    return with_policy(view, Policy("public"))


def signed_in(*roles: Role, seated: bool = False) -> Callable[[View], View]:
    """Only people with one of ``roles`` (none named: whoever is signed in); to others the page does not exist.

    ``seated``: also while they act for a party of a case.  Else a sitting would show other cases of that party.
    """
    policy = Policy("signed-in", frozenset(roles), seated=seated)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            actor = current_actor()
            if not may_pass(policy, actor.role) or (actor.seat is not None and not seated):
                raise NotFound
            return view(*args, **kwargs)

        return with_policy(guarded, policy)

    return decorate


def may_pass(policy: Policy, role: Role) -> bool:
    """Whether a page with ``policy`` exists for ``role``.

    A court comes into a case by what was filed with it: pages about a case are its own only where they name it.
    """
    if not policy.roles:
        return policy.kind != "case" or role not in COURT
    return role in policy.roles


def refuse_views_without_policy(app: Flask) -> None:
    """A page that nobody has thought about must not be served."""
    naked = [
        name
        for name, view in app.view_functions.items()
        if name not in ASSETS and not hasattr(view, "policy")
    ]
    if naked:
        raise RuntimeError(f"no policy declared for: {', '.join(sorted(naked))}")
