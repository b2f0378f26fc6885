"""Who is looking at this page.  The only place that reads the signed-in person; slices ask ``current_actor``."""

from dataclasses import dataclass

from flask import Flask, g, has_request_context, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from tourism_odr.clock import now
from tourism_odr.people.actor import Actor

SIGN_IN, SIGN_OUT, NOTICES = "account.sign_in", "account.sign_out", "account.notices"


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """A session that is alive: its token, who acts in it, and the name that the header shows."""

    token: str
    actor: Actor
    name: str
    organisation: str | None = None

    def get_id(self) -> str:
        return self.token


def _load(token: str) -> SignedIn | None:
    from tourism_odr.people import sessions

    found = sessions.find(token, now())
    if found is None:
        return None
    return SignedIn(token, found.actor, found.name, found.organisation)


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
    """Let the browser carry the session row behind ``token`` from now on; what it carried before is dropped."""
    found = _load(token)
    if found is None:
        raise Unauthorized
    session.clear()
    login_user(found)


def end_session() -> None:
    """Let the browser forget its session; the row is ended by the people package."""
    logout_user()


def to_sign_in() -> Response:
    """The sign-in page, which leads back to the page that was asked for."""
    asked = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(SIGN_IN, next=asked), 303)


def init_app(app: Flask) -> None:
    """Read the session row behind the cookie at every request."""
    login = LoginManager(app)
    login.session_protection = None  # the session is a row, and is ended there
    login.user_loader(_load)
    app.jinja_env.globals.update(signed_in=signed_in)
