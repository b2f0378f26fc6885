"""The application, put together.  The only file that knows every slice."""

from importlib import import_module
from importlib.resources import files

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from tourism_odr.cases import rendering
from tourism_odr.config import Settings
from tourism_odr.db import db
from tourism_odr.operations import routes as operations
from tourism_odr.people import keys
from tourism_odr.web import (
    errors,
    evidence,
    forms,
    headers,
    identity,
    locale,
    parts,
    policy,
    proxy,
    steps_map,
    stream,
    typed,
)
from tourism_odr.web import routes as pages
from tourism_odr.web.templating import Templates

MEGABYTE = 1024 * 1024
SLICES = ("account", "administration", "casefile", "intake", "mediation", "referral", "oversight", "guidance")


class Service(Flask):
    """Flask, with the environment that the templates of this service are read in."""

    jinja_environment = Templates


def create_app(settings: Settings) -> Flask:
    """One application for one set of settings; nothing is read from anywhere else."""
    app = Service("tourism_odr", template_folder=templates_folder(), static_folder="static")
    app.config.from_mapping(_flask_settings(settings))
    app.extensions["odr_settings"] = settings
    db.init_app(app)
    keys.use(settings.field_keys)
    CSRFProtect(app)
    for part in (typed, proxy, locale, identity, headers, errors, forms, parts, steps_map, stream, evidence, operations):
        part.init_app(app)
    store, seal = app.extensions["odr_evidence"], settings.seal_key_file
    rendering.use(rendering.Press(store, lambda: rendering.seal_key_in(seal), settings.demo))
    _register(app)
    policy.refuse_views_without_policy(app)
    return app


def templates_folder() -> str:
    """The templates are installed as a package; a checkout maps its top-level folder there."""
    return str(files("tourism_odr.templates").joinpath("base.html")).removesuffix("/base.html")


def _flask_settings(settings: Settings) -> dict[str, object]:
    prefix = "__Host-" if settings.secure else ""
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "MAX_CONTENT_LENGTH": settings.upload_max_mb * settings.upload_max_files * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_FORM_PARTS": 2000,
        "SESSION_COOKIE_NAME": f"{prefix}odr",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PREFERRED_URL_SCHEME": "https" if settings.secure else "http",
        "WTF_CSRF_TIME_LIMIT": None,  # a form lives as long as its session: a slow writer must not lose it
        "WTF_CSRF_SSL_STRICT": False,  # no referrer is ever sent; SameSite and the token carry the proof
    }


def _register(app: Flask) -> None:
    pages.init_app(app)
    _add(app, pages.bp)
    for name in SLICES:
        routes = import_module(f"tourism_odr.{name}.routes")
        _add(app, routes.bp)
        parts.add_menu(app, getattr(routes, "MENU", ()))
        parts.add_footer(app, getattr(routes, "FOOTER", ()))


def _add(app: Flask, blueprint: Blueprint) -> None:
    """Every page of a slice stands under the language."""
    app.register_blueprint(blueprint, url_prefix="/<locale:locale>" + (blueprint.url_prefix or ""))
