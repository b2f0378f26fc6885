"""The overview: five figures, received and concluded, warnings, the next limits, causes; all from the roll-ups."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from flask import render_template, url_for
from werkzeug.wrappers import Response

from tourism_odr.cases.lifecycle.urge import PROPOSED
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.figures import table as figures
from tourism_odr.oversight.queries import acts
from tourism_odr.oversight.queries import alarms as alarm_lists
from tourism_odr.oversight.queries import figures as sums
from tourism_odr.oversight.queries import running as running_list
from tourism_odr.oversight.queries.figures import Freshness, Scope, Statement, later
from tourism_odr.oversight.routes.asked import FILTERS, Asked, address, asked, chips, narrowed, unit_title
from tourism_odr.oversight.routes.pages import FIRST, Page, bp, shared, with_deadlines
from tourism_odr.people.roles import SUPERVISOR
from tourism_odr.text import N_, M, format_short_month
from tourism_odr.web.charts import lines_over
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.policy import signed_in
from tourism_odr.web.sheet import csv_of

LATE = timedelta(minutes=10)  # the job that counts runs twice a minute
CAUSES = 7  # how many causes the overview names


@dataclass(frozen=True)
class Bar:
    """One line of bars: words, how many, their share, and where the cases are."""

    title: Any
    number: float
    share: float
    width: float
    href: str


@bp.get("")
@signed_in(*SUPERVISOR)
def home() -> Page:
    """What came, what ended, what is late; every figure leads to its cases and to what it means."""
    session, actor, at, found = db.session(), current_actor(), now(), asked()
    stated = sums.statement(session, found.scope)
    counts = running_list.counts(session, actor, at)
    lines, _ = running_list.running(session, actor, at, running_list.Filters(), size=FIRST)
    urgings, drafts = acts.urgings(session, actor, at), acts.drafts(session, actor, at)
    warned = warnings(counts, alarm_lists.numbers(session, actor, at), len(drafts), urgings)
    return render_template(
        "oversight/home.html", at=at, found=found, stated=stated, cards=_cards(stated, _before(found.scope), counts),
        chart=_chart(stated), warned=warned, open_warnings=sum(one["number"] > 0 for one in warned),
        lines=with_deadlines(lines, at), counts=counts, causes=bars(found, figures.RECEIVED, "category", CAUSES),
        turns=_turns(stated), turn_title=partial(unit_title, figures.TURN), urgings=urgings, drafts=drafts[:FIRST], **with_filters(found), **shared(),
    )  # fmt: skip


def with_filters(found: Asked) -> dict[str, object]:
    """What every page of figures draws with."""
    fresh = sums.freshness(db.session())
    return {"address": address, "chips": chips(found), "fresh": fresh, "stale": _is_stale(fresh, now()), "filters": FILTERS,
            "narrowed": narrowed, "FIGURES": figures.FIGURES}  # fmt: skip


def _is_stale(fresh: Freshness, at: datetime) -> bool:
    """The job has not run for a while, or leaves something lie."""
    since = min(fresh.counted_at or at - LATE - LATE, fresh.waits or at)
    return at - since > LATE


def _before(scope: Scope) -> int:
    """What was received in the same number of months right before, for comparing."""
    length = len(scope.months)
    earlier = Scope(scope.bodies, later(scope.first, -length), later(scope.first, -1), scope.told)
    return sums.total(db.session(), earlier, figures.RECEIVED)


def _cards(stated: Statement, before: int, counts: dict[str, int]) -> list[dict[str, Any]]:
    settled, ended = stated.total("settled"), stated.total("settled") + stated.total("terminated")
    late, soon = counts[running_list.OVERDUE], counts["soon"]
    return [
        _card(figures.RECEIVED, stated.total(figures.RECEIVED), N_("cases"), _compared(stated, before)),
        _card("settled", round(100 * settled / ended, 1) if ended else None, "%",
              M("%(settled)s settled, %(terminated)s terminated", settled=settled, terminated=stated.total("terminated")),
              label=N_("Success of mediation")),
        _card(figures.DAYS, stated.median, N_("days"), N_("from receipt to the end of half of the cases")),
        {"label": N_("Due soon or overdue"), "value": late + soon, "unit": N_("cases"), "hot": late + soon > 0,
         "href": url_for("oversight.cases", show="overdue" if late else "soon"), "about": "",
         "note": M("%(late)s overdue, %(soon)s due by the next working day", late=late, soon=soon)},
        _card("registered", stated.total("registered"), N_("cases"),
              M("%(filed)s filed, %(back)s given back to mediation", filed=stated.total("filed"), back=stated.total("entrusted")),
              label=N_("Registered by a court")),
    ]  # fmt: skip


def _card(code: str, value: float | None, unit: str, note: Any, *, label: str = "") -> dict[str, Any]:
    return {"label": label or figures.FIGURES[code].title, "value": value, "unit": unit, "note": note, "hot": False,
            "href": address("oversight.figure_cases", code=code), "about": address("oversight.figure", code=code)}  # fmt: skip


def _compared(stated: Statement, before: int) -> Any:
    change = stated.total(figures.RECEIVED) - before
    sign = "▲" if change > 0 else "▼" if change < 0 else "="
    return M("%(sign)s %(change)s against the months before", sign=sign, change=abs(change))


def _chart(stated: Statement) -> dict[str, Any]:
    """Received and concluded by month: the picture, and the same as rows."""
    months = stated.scope.months
    columns = [[stated.of(code, month) for month in months] for code in (figures.RECEIVED, figures.CONCLUDED)]
    labels = [format_short_month(month, current_locale()) for month in months]
    rows: list[tuple[date, int, int]] = list(zip(months, *columns, strict=True))
    return {"drawn": lines_over(labels, columns), "rows": rows, "most": max(rows, key=lambda row: row[1])}


def bars(found: Asked, code: str, by: str, most: int) -> list[Bar]:
    """The largest parts of a figure that counts cases; the rest stays on the page of the figure."""
    parts = sums.panel(db.session(), found.scope, code, by)
    total, top = sum(parts.values()), max(parts.values(), default=0)
    largest = sorted(parts.items(), key=lambda part: (-part[1], str(part[0])))[:most]
    return [
        Bar(found.title(by, value), number, round(100 * number / total), round(100 * number / top, 1),
            address("oversight.figure_cases", code=code, **narrowed(by, value)))
        for (value, _), number in largest
    ]  # fmt: skip


def _turns(stated: Statement) -> list[tuple[str, int]]:
    """Whose turn the minutes of concluded cases were, the most first."""
    found = [(unit, stated.total(figures.TURN, unit)) for unit in stated.units(figures.TURN) if unit]
    return sorted(found, key=lambda one: -one[1])


def warnings(
    counts: dict[str, int], found: dict[str, int], drafts: int, urgings: list[acts.Urged]
) -> list[dict[str, Any]]:
    """What somebody has to look at, the most pressing first; each leads to its list."""
    waiting = sum(one.subject.stage == PROPOSED for one in urgings)
    lists = (
        (N_("Overdue"), N_("A limit of the body was missed and still waits"), counts["overdue"], "red", url_for("oversight.cases", show="overdue")),
        (N_("Time limits that stand still"), N_("Their consequence could not be carried out"), found["blocked"], "red", url_for("oversight.alarms")),
        (N_("Due soon"), N_("Due today or on the next working day"), counts["soon"], "amber", url_for("oversight.cases", show="soon")),
        (N_("Silent respondents"), N_("No answer came in time"), counts["silent"], "amber", url_for("oversight.cases", show="silent")),
        (N_("Letters that reached nobody"), N_("Somebody has to be served in another way"), found["undelivered"], "amber", url_for("oversight.alarms")),
        (N_("Dates that may still move"), N_("The holidays of that year are not announced yet"), found["provisional"], "slate", url_for("oversight.alarms")),
        (N_("Documents to sign"), N_("They wait for the head"), drafts, "slate", url_for("oversight.documents")),
        (N_("Open urgings"), M("%(number)s wait for approval", number=waiting), len(urgings), "slate", url_for("oversight.urgings")),
    )  # fmt: skip
    return [
        {"title": title, "note": note, "number": number, "tone": tone, "href": href}
        for title, note, number, tone, href in lists
    ]


@bp.get("/warnings.csv")
@signed_in(*SUPERVISOR)
def warnings_sheet() -> Response:
    """The warnings as a table."""
    session, actor, at = db.session(), current_actor(), now()
    found = warnings(running_list.counts(session, actor, at), alarm_lists.numbers(session, actor, at),
                     len(acts.drafts(session, actor, at)), acts.urgings(session, actor, at))  # fmt: skip
    return csv_of("warnings", (N_("Warning"), N_("Number")), [(one["title"], one["number"]) for one in found])
