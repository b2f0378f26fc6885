"""What the address asks for: whose figures, which months, which qualities; and addresses that ask for more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import request, url_for
from werkzeug.exceptions import NotFound

from tourism_odr.cases.categories import MARKETS, RESPONDENT_KINDS, category_title
from tourism_odr.cases.lifecycle.turns import TURN_TITLES, Turn
from tourism_odr.cases.papers.words import channel_title
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.figures.facts import NOBODY, SEVERAL
from tourism_odr.figures.rollups import QUALITIES
from tourism_odr.figures.table import TURN
from tourism_odr.oversight.queries.figures import BODY, MONTH, Scope, bodies_of, later
from tourism_odr.people.models import Organisation
from tourism_odr.text import N_
from tourism_odr.web.identity import current_actor
from tourism_odr.web.names import called
from tourism_odr.web.parts import month as month_words

PERIOD = 12  # months, when the address names none
LONGEST = 120
FILTERS = (BODY, "from", "to", *QUALITIES)
BY_TITLES = {
    MONTH: N_("By month"),
    BODY: N_("By body"),
    "kind": N_("By kind of respondent"),
    "category": N_("By cause"),
    "channel": N_("By channel"),
    "market": N_("By market"),
}
QUALITY_TITLES = {
    "kind": N_("Kind of respondent"), "category": N_("Cause"), "channel": N_("Channel"), "market": N_("Market"),
}  # fmt: skip
KINDS = {**RESPONDENT_KINDS, SEVERAL: N_("Several kinds"), NOBODY: N_("No respondent")}


@dataclass(frozen=True)
class Asked:
    """The scope of a page, and among which bodies its reader may choose."""

    scope: Scope
    bodies: dict[UUID, Organisation]
    body: UUID | None

    def title(self, by: str, value: Any) -> Any:
        """A month, a body or a quality in words."""
        if by == MONTH:
            return month_words(value)
        return called(self.bodies[value]) if by == BODY else quality_title(by, value)


def asked() -> Asked:
    """Out of the address; what it says wrongly counts as not said, but a body that is not the reader's is no page."""
    bodies = {row.id: row for row in bodies_of(db.session(), current_actor())}
    wanted = request.args.get(BODY, "")
    body = next((one for one in bodies if str(one) == wanted), None)
    if wanted and body is None:
        raise NotFound
    today = local_day(now()).replace(day=1)
    last = min(_month("to") or today, today)
    first = min(_month("from") or later(last, 1 - PERIOD), last)
    told = {name: value for name in QUALITIES if (value := request.args.get(name, "")[:40])}
    return Asked(Scope((body,) if body else tuple(bodies), max(first, later(last, 1 - LONGEST)), last, told), bodies, body)


def _month(name: str) -> date | None:
    typed = request.args.get(name, "")
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        return None


def quality_title(name: str, value: str) -> str:
    """A quality in words, a message id."""
    if name == "kind":
        return KINDS.get(value, value)
    if name == "market":
        return MARKETS.get(value, value)
    return channel_title(value) if name == "channel" else category_title(value)


def unit_title(figure: str, unit: str) -> str:
    """Whose turn, or the currency; none as long as nothing was counted."""
    return TURN_TITLES[Turn(unit)] if figure == TURN and unit else unit


def address(endpoint: str, **changes: Any) -> str:
    """A page of figures with the filters of this one, some of them changed; ``None`` takes one out."""
    query: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    for name, value in changes.items():
        query["from" if name == "since" else name] = value
    return url_for(endpoint, **{name: value for name, value in query.items() if value is not None})


def narrowed(by: str, value: Any) -> Mapping[str, Any]:
    """The change of the address that asks for one month, body or quality."""
    if by == MONTH:
        return {"since": f"{value:%Y-%m}", "to": f"{value:%Y-%m}"}
    return {by: value}


def chips(found: Asked) -> list[tuple[str, str]]:
    """What narrows the page, each with the address without it."""
    endpoint, path = str(request.endpoint), dict(request.view_args or {})
    path.pop("locale", None)
    shown = [(quality_title(name, value), address(endpoint, **path, **{name: None})) for name, value in found.scope.told.items()]
    if found.body:
        shown.append((called(found.bodies[found.body]), address(endpoint, **path, body=None)))
    return shown
