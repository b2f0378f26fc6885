"""Who is looking at this page.  The only place that reads the signed-in person; slices ask ``current_actor``."""

from contextlib import suppress
from functools import cached_property
from uuid import UUID

from flask import Flask, g, has_request_context, redirect, request, session, url_for
from flask import Response as FlaskResponse
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from tourism_odr.cases.sittings import acted_for
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.people import sessions
from tourism_odr.people.actor import Actor
from tourism_odr.people.sessions import TOUCH_EVERY, Living

SIGN_IN, SIGN_OUT, NOTICES = "account.sign_in", "account.sign_out", "account.notices"


class Carried(UserMixin):
    """A session as flask-login wants to meet it: its id is the token of its row."""

    def __init__(self, token: str) -> None:
        self.token = token

    def get_id(self) -> str:
        return self.token


class SignedIn(Carried):
    """A session that is alive."""

    def __init__(self, token: str, living: Living) -> None:
        super().__init__(token)
        self.living, self.actor = living, living.actor

    @cached_property
    def name(self) -> str:
        """Opened only when a page shows it."""
        return self.living.name

    @cached_property
    def acts_for(self) -> str:
        """The party of the sitting, by name."""
        return acted_for(db.session(), self.actor)

    def reaches(self, case_id: UUID) -> bool:
        """A secret link opens its own case and no other."""
        return self.living.link_case in (None, case_id)


def _load(token: str) -> SignedIn | None:
    found = sessions.find(token, now())
    return SignedIn(token, found) if found else None


def signed_in() -> SignedIn | None:
    """The living session of this request, if there is one."""
    if not has_request_context() or g.get("without_people"):
        return None
    return current_user._get_current_object() if current_user.is_authenticated else None


def actor_or_none() -> Actor | None:
    """Who acts, or nobody."""
    known = signed_in()
    return known.actor if known else None


def current_actor() -> Actor:
    """Who acts; nobody is sent to the sign-in page."""
    actor = actor_or_none()
    if actor is None:
        raise Unauthorized
    return actor


def begin_session(token: str) -> None:
    """Let the browser carry the session row behind ``token`` from now on; what it carried before is dropped.

    The row is read when somebody asks who is looking: most answers here only lead on.
    """
    session.clear()
    login_user(Carried(token))
    g.pop("_login_user", None)


def end_session() -> None:
    """Let the browser forget its session; the row is ended by the people package."""
    logout_user()


def to_sign_in() -> Response:
    """The sign-in page, which leads back to the page that was asked for."""
    asked = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(SIGN_IN, next=asked), 303)


def _touch(response: FlaskResponse) -> FlaskResponse:
    """Write the last use beside the answer; a page is not lost because that failed."""
    known = g.get("_login_user")
    at = now()
    if isinstance(known, SignedIn) and known.living.last_used <= at - TOUCH_EVERY:
        with suppress(OperationalError), unit_of_work():
            sessions.touch(known.living, at)
    return response


def init_app(app: Flask) -> None:
    """Read the session row behind the cookie at every request."""
    login = LoginManager(app)
    login.session_protection = None  # the session is a row, and is ended there
    login.user_loader(_load)
    app.after_request(_touch)
    app.jinja_env.globals.update(signed_in=signed_in)
