"""The blueprint of the slice, and what its pages share: the visitor, the cookies, where to go afterwards."""

from uuid import UUID

from flask import Blueprint, current_app, make_response, redirect, request, session, url_for
from werkzeug.wrappers import Response

from tourism_odr.config import Settings
from tourism_odr.people.signin import Visitor
from tourism_odr.web import parts
from tourism_odr.web.identity import begin_session, current_actor
from tourism_odr.web.locale import current_locale, safe_next

bp = Blueprint("account", __name__)

PENDING, INVITATION, FINDING, NEXT = "pending", "invitation", "finding", "next"
DEVICE_AGE = 365 * 24 * 3600
CASE_PAGES = ("casefile.case",)


def settings() -> Settings:
    """The settings of the running service."""
    found: Settings = current_app.extensions["odr_settings"]
    return found


def address() -> str:
    """The visitor's address; behind a proxy only if the proxy is one of ours."""
    return request.remote_addr or ""


def device() -> str:
    """How the list of sessions names this browser."""
    agent = request.user_agent.string
    for mark, name in (("MicroMessenger", "WeChat"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome")):
        if mark in agent:
            return name
    return "Safari" if "Safari/" in agent else agent[:40]


def device_cookie() -> str:
    """The name of the cookie that knows a device again."""
    return "__Host-odr-device" if settings().secure else "odr-device"


def visitor() -> Visitor:
    """Who tries to sign in, as far as it can be known."""
    return Visitor(address(), request.cookies.get(device_cookie()), device())


def enter(token: str, *, case_id: UUID | None = None, mark: str | None = None, then: str | None = None) -> Response:
    """Carry the new session and go where the person wanted to be."""
    begin_session(token)
    answer = make_response(redirect(safe_next(then, landing(case_id)), 303))
    if mark is not None:
        secure = settings().secure
        answer.set_cookie(
            device_cookie(), mark, max_age=DEVICE_AGE, secure=secure, httponly=True, samesite="Lax", path="/"
        )
    return answer


def landing(case_id: UUID | None = None) -> str:
    """The case, the first page in the navigation of the role, or the start page."""
    if case_id is not None:
        for endpoint in CASE_PAGES:
            if endpoint in current_app.view_functions:
                return url_for(endpoint, case_id=case_id)
    current_actor()
    items = parts.menu()
    return url_for(items[0].endpoint) if items else f"/{current_locale()}/"


def held(name: str) -> UUID | None:
    """An id that the browser carries from the page before."""
    try:
        return UUID(str(session.get(name)))
    except ValueError:
        return None
