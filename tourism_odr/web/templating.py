"""The environment of the templates, where Jinja's own does the same work again for every import of every page."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Jinja, whose templates look up names in one plain dictionary.

    Its own chain of dictionaries is walked, name by name, whenever a page imports a file of macros; here no
    template is ever loaded with names of its own, so that the chain has but one link.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names of the environment itself, when nothing is added to them."""
        return super().make_globals(d) if d else self.globals
