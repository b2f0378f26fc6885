"""The language of a page: it stands in the address, then in a cookie, then in what the browser asks for."""

from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from flask import Flask, Response, current_app, has_request_context, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, RequestRedirect, ValidationError

from tourism_odr import text
from tourism_odr.text import DEFAULT_LOCALE, LOCALES, Message

COOKIE = "language"
NAMES = {"zh-Hans": "中文", "en": "English"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
A_YEAR = 365 * 24 * 3600


# Asked for at each sentence, so it is kept nearer than in ``g``.
_spoken: ContextVar[str | None] = ContextVar("odr_locale", default=None)


class LocaleConverter(BaseConverter):
    """``<locale:locale>``: an address in a language that we do not speak does not exist."""

    regex = "[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*"

    def to_python(self, value: str) -> str:
        if value not in LOCALES:
            raise ValidationError
        return value


def current_locale() -> str:
    """The reader's language; without an address that says so, the cookie's or the browser's."""
    return _spoken.get() or (preferred_locale() if has_request_context() else DEFAULT_LOCALE)


def speak(locale: str | None) -> None:
    """Say everything in ``locale`` from here to the end of the request."""
    _spoken.set(locale)


def preferred_locale() -> str:
    """What the cookie chose, else what the browser accepts, else the language of the service."""
    cookie = request.cookies.get(COOKIE)
    if cookie in LOCALES:
        return cookie
    for wanted in request.accept_languages.values():
        if wanted.lower().startswith("zh"):
            return "zh-Hans"
        if wanted.split("-")[0] in LOCALES:
            return wanted.split("-")[0]
    return DEFAULT_LOCALE


def here_in(locale: str) -> str:
    """This page, this query, in another language."""
    if request.endpoint is None or request.url_rule is None:
        return f"/{locale}/"
    if not current_app.url_map.is_endpoint_expecting(request.endpoint, "locale"):
        return f"/{locale}/"
    values: dict[str, Any] = {**request.args.to_dict(flat=False), **(request.view_args or {})}
    return url_for(request.endpoint, **{**values, "locale": locale})


def safe_next(address: str | None, otherwise: str) -> str:
    """``address`` when it leads to one of our pages, else ``otherwise``.

    The URL map decides, and the address is built anew: prefix checks pass ``/%09/evil.example``.
    """
    if not address or not address.startswith("/"):
        return otherwise
    path, _, query = address.partition("?")
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return otherwise
    try:
        endpoint, values = adapter.match(path, method="GET")
    except (RequestRedirect, HTTPException):
        return otherwise
    built = url_for(endpoint, **values)
    return f"{built}?{query}" if query and "\\" not in query else built


def say_here(message: Message | str | None, **params: Any) -> str:
    """A message id or a message, in the reader's language; nothing stays nothing."""
    if not message:
        return ""
    return text.say(message, current_locale(), **params)


def gettext(id: str, /, **params: Any) -> Markup:
    """``_("...")`` in a template: the words are ours and may hold tags, the parameters are escaped."""
    locale = current_locale()
    return _markup(text.catalogue(locale).gettext(id)) % params if params else _plain(id, locale)


def ngettext(one: str, many: str, num: int, /, **params: Any) -> Markup:
    """As ``_``, in the form that ``num`` asks for."""
    locale = current_locale()
    if params:
        return _markup(text.catalogue(locale).ngettext(one, many, num)) % {"num": num, **params}
    return _counted(one, many, num, locale)


@lru_cache(8192)
def _plain(id: str, locale: str) -> Markup:
    """A sentence without parameters, where ``%%`` is a percent sign as everywhere."""
    return _markup(text.catalogue(locale).gettext(id)) % {}


@lru_cache(8192)
def _counted(one: str, many: str, num: int, locale: str) -> Markup:
    return _markup(text.catalogue(locale).ngettext(one, many, num)) % {"num": num}


def _markup(sentence: str) -> Markup:
    return Markup(sentence)  # noqa: S704 - out of the catalogue, never typed by anybody


def direction(locale: str) -> str:
    """Which way the script of ``locale`` runs."""
    return "rtl" if locale.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def _pull_locale(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "locale" in values:
        speak(values.pop("locale"))


def _fall_silent(_error: BaseException | None) -> None:
    speak(None)


def _push_locale(endpoint: str, values: dict[str, Any]) -> None:
    if "locale" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "locale"):
        values["locale"] = current_locale()


def _remember(response: Response) -> Response:
    chosen = _spoken.get()
    if chosen and request.cookies.get(COOKIE) != chosen:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def init_app(app: Flask) -> None:
    """Put the language into every address, page and form of ``app``."""
    app.url_map.converters["locale"] = LocaleConverter
    app.url_value_preprocessor(_pull_locale)
    app.url_defaults(_push_locale)
    app.after_request(_remember)
    app.teardown_request(_fall_silent)
    app.add_template_filter(say_here, "say")
    app.jinja_env.globals.update(
        _=gettext, ngettext=ngettext, locale=current_locale, here_in=here_in, direction=direction, language_names=NAMES
    )
