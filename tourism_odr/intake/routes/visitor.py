"""The visitor's draft: a secret in a cookie of its own, so that neither sign-out nor a lost session loses a word."""

from datetime import datetime

from flask import Response, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from tourism_odr.config import Settings
from tourism_odr.intake.queries.drafts import OpenDraft, open_draft
from tourism_odr.intake.queries.lodging import rulebook_today
from tourism_odr.people.secrets import new_secret

Page = str | tuple[str, int] | AnyResponse
SECRET_MOST = 100


def settings() -> Settings:
    """The settings of this service."""
    found: Settings = current_app.extensions["odr_settings"]
    return found


def secret() -> str | None:
    """What the cookie holds; nonsense of any length is nothing."""
    kept = request.cookies.get(_name())
    return kept if kept and len(kept) <= SECRET_MOST else None


def any_draft() -> OpenDraft | None:
    """The draft of this device, sent or not."""
    return open_draft(secret())


def unsent() -> OpenDraft | None:
    """The draft of this device that is still being written."""
    draft = any_draft()
    return draft if draft and draft.case_id is None else None


def remember(response: AnyResponse, kept: str, at: datetime) -> AnyResponse:
    """The cookie lives as long as the draft does."""
    until = rulebook_today(at).rule("draft").due(at).at
    response.set_cookie(_name(), kept, expires=until, path="/", secure=settings().secure, httponly=True, samesite="Lax")
    return response


def forget(response: Response | AnyResponse) -> AnyResponse:
    """The device knows of no draft any more."""
    response.delete_cookie(_name(), path="/", secure=settings().secure, httponly=True, samesite="Lax")
    return response


def new_tab() -> str:
    """A name for one open copy of a page."""
    return new_secret()[:12]


def address() -> str:
    """Where the request comes from, for the limits."""
    return request.remote_addr or "?"


def _name() -> str:
    return "__Host-draft" if settings().secure else "draft"
