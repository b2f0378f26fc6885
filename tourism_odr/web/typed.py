"""What people type, without characters that no page can hold: controls, halves of characters, unassignable ones.

Forms come back with every word that was typed; such a character would make the page that shows it no good HTML,
and PostgreSQL refuses one of them altogether.
"""

import re

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.utils import cached_property

_UNASSIGNABLE = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
UNSHOWABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_UNASSIGNABLE}]")


def showable(typed: str) -> str:
    """The text without what cannot be shown."""
    return UNSHOWABLE.sub("", typed)


def _cleaned(given: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict((showable(name), showable(value)) for name, value in given.items(multi=True))


class TypedRequest(Request):
    """A request whose form and query hold only what a page can show."""

    def _load_form_data(self) -> None:
        if "form" not in self.__dict__:
            super()._load_form_data()
            self.__dict__["form"] = _cleaned(self.__dict__["form"])

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The query."""
        return _cleaned(super().args)


def init_app(app: Flask) -> None:
    """Every request is one of ours."""
    app.request_class = TypedRequest
