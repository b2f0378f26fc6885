"""The pages of figures: all of them, what each means, the cases behind it, months that are closed; each as CSV, too."""

from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.figures.facts import CENTS
from tourism_odr.figures.table import DAYS, FIGURES, GROUPS, MONEY, TURN, Figure
from tourism_odr.oversight import commands, forms
from tourism_odr.oversight.queries import figures as sums
from tourism_odr.oversight.queries.figures import BODY, BY, MONTH
from tourism_odr.oversight.routes.asked import (
    BY_TITLES,
    QUALITY_TITLES,
    Asked,
    address,
    asked,
    narrowed,
    quality_title,
    unit_title,
)
from tourism_odr.oversight.routes.dashboard import with_filters
from tourism_odr.oversight.routes.pages import Page, bp, shared
from tourism_odr.people import persons
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.rulebooks import ClockRule, profile, profiles
from tourism_odr.text import N_, format_short_month
from tourism_odr.web.forms import choice
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.parts import PageOf, money, month, page_number
from tourism_odr.web.parts import number as number_words
from tourism_odr.web.policy import signed_in
from tourism_odr.web.sheet import csv_of

SHEET = 50_000  # lines of a list as CSV


def figure_of(code: str) -> Figure:
    """The figure of the address."""
    if code not in FIGURES:
        raise NotFound
    return FIGURES[code]


def worded(code: str, unit: str, value: float | None) -> str:
    """A value of a figure as its page shows it."""
    if value is None:
        return "–"
    if code == MONEY:
        return money(Decimal(int(value)) / CENTS, unit or "CNY")
    if code == TURN:
        return number_words(int(value))
    return number_words(Decimal(str(value)) if code == DAYS else int(value))


def plain(code: str, value: float | None) -> float | str | None:
    """The same for a program: money with its decimals."""
    return str(Decimal(int(value)) / CENTS) if code == MONEY and value is not None else value


def _draws(found: Asked) -> dict[str, object]:
    return {"found": found, "worded": worded, "short": lambda one: format_short_month(one, current_locale()), "unit_title": unit_title, "by_titles": BY_TITLES, **with_filters(found), **shared()}


@bp.get("/figures")
@signed_in(*SUPERVISOR)
def all_figures() -> Page:
    """Every figure by month, and how they add up."""
    found = asked()
    stated = sums.statement(db.session(), found.scope)
    return render_template("oversight/figures.html", groups=GROUPS, stated=stated, **_draws(found))


@bp.get("/figures.csv")
@signed_in(*SUPERVISOR)
def all_figures_sheet() -> Response:
    """Every figure by month, as a table."""
    found = asked()
    stated = sums.statement(db.session(), found.scope)
    heads = (N_("Figure"), N_("Unit"), *(f"{one:%Y-%m}" for one in found.scope.months), N_("Together"))
    rows = [
        (figure.title, unit_title(figure.code, unit), *(plain(figure.code, stated.of(figure.code, one, unit)) for one in found.scope.months),
         plain(figure.code, stated.total(figure.code, unit)))
        for figure in FIGURES.values() if figure.code != DAYS for unit in stated.units(figure.code)
    ]  # fmt: skip
    blank = [None] * len(found.scope.months)
    rows += [(N_("Open before"), "", *blank, stated.before), (N_("Open at the end"), "", *blank, stated.open)]
    rows += [(FIGURES[DAYS].title, "", *(stated.median_of(one) for one in found.scope.months), stated.median)]
    return csv_of("figures", heads, rows)


@bp.get("/figures/<code>")
@signed_in(*SUPERVISOR)
def figure(code: str) -> Page:
    """What the figure means, and its parts by month, body and quality."""
    shown, found = figure_of(code), asked()
    panels = [(by, _parts(found, shown, by)) for by in BY if by not in found.scope.told and not (by == BODY and found.body)]
    steps = [STEPS[name].past for name in shown.counts if name in STEPS]
    undone = [STEPS[name].past for name in shown.undone if name in STEPS]
    return render_template("oversight/figure.html", figure=shown, panels=panels, steps=steps, undone=undone,
                           clocks=_clocks(found, shown), **_draws(found))  # fmt: skip


def _clocks(found: Asked, shown: Figure) -> list[ClockRule]:
    """The rules of the limits, as the body's rulebook has them today."""
    body = next(iter(found.bodies.values()))
    book = profile(str(body.settings.get("jurisdiction") or profiles()[0]), local_day(now()))
    return [book.rule(name) for name in shown.clocks if book.has(name)]


def _parts(found: Asked, shown: Figure, by: str) -> list[dict[str, Any]]:
    """One panel: months in their order, the rest by size."""
    parts = sums.panel(db.session(), found.scope, shown.code, by)
    top = max(parts.values(), default=0) or 1
    order = sorted(parts.items(), key=lambda part: (0 if by == MONTH else -part[1], str(part[0][0]), part[0][1]))
    return [
        {"title": found.title(by, value), "unit": unit, "value": number, "width": round(100 * number / top, 1),
         "href": address("oversight.figure_cases", code=shown.code, unit=unit or None, **narrowed(by, value))}
        for (value, unit), number in order
    ]  # fmt: skip


@bp.get("/figures/<code>.csv")
@signed_in(*SUPERVISOR)
def figure_sheet(code: str) -> Response:
    """One panel of a figure as a table."""
    shown, found = figure_of(code), asked()
    by = request.args.get("by", MONTH)
    if by not in BY:
        raise NotFound
    heads = (BY_TITLES[by], N_("Unit"), shown.title)
    rows = [(part["title"], unit_title(code, part["unit"]), plain(code, part["value"])) for part in _parts(found, shown, by)]
    return csv_of(f"{code}-{by}", heads, rows)


def _behind(code: str, found: Asked, page: int, size: int) -> sums.Behind:
    unit = request.args.get("unit", "")[:12]
    return sums.cases_behind(db.session(), current_actor(), now(), found.scope, code, unit, page=page, size=size)


@bp.get("/figures/<code>/cases")
@signed_in(*SUPERVISOR)
def figure_cases(code: str) -> Page:
    """The cases that a figure counts."""
    shown, found = figure_of(code), asked()
    behind = _behind(code, found, page_number(), sums.SIZE)
    page = PageOf(behind.lines, page_number(), behind.total, sums.SIZE)
    hidden = behind.counted - behind.total
    return render_template("oversight/figure_cases.html", figure=shown, page=page, hidden=hidden, quality=quality_title,
                           heads=QUALITY_TITLES, **_draws(found))  # fmt: skip


@bp.get("/figures/<code>/cases.csv")
@signed_in(*SUPERVISOR)
def figure_cases_sheet(code: str) -> Response:
    """The cases that a figure counts, as a table."""
    found = asked()
    figure_of(code)
    behind = _behind(code, found, 1, SHEET)
    heads = (N_("Case"), N_("Date"), N_("Body"), *QUALITY_TITLES.values(), N_("Unit"), FIGURES[code].title)
    rows = [
        (number, fact.day.isoformat(), found.title(BODY, fact.body_id),
         *(quality_title(name, getattr(fact, name)) for name in QUALITY_TITLES), unit_title(code, fact.unit),
         plain(code, fact.value if code == DAYS else fact.number))
        for fact, number in behind.lines
    ]  # fmt: skip
    return csv_of(f"{code}-cases", heads, rows)


@bp.route("/months", methods=["GET", "POST"])
@signed_in(*SUPERVISOR)
def months() -> Page:
    """Months that are closed, and what came out otherwise since; the head closes."""
    session, actor = db.session(), current_actor()
    form = forms.CloseMonthForm()
    if request.method == "POST" and actor.role is not Role.HEAD:
        raise NotFound
    own = [actor.organisation_id] if actor.organisation_id else []
    closed = sums.closed_months(session, own)
    this = local_day(now()).replace(day=1)
    rows = [(one, closed.get((actor.organisation_id, one))) for one in sums.months_with_figures(session, own) if one < this]  # type: ignore[arg-type]  # an officer has a body
    form.month.choices = [choice(f"{one:%Y-%m}", month(one)) for one, row in rows if row is None]
    if form.submitted():
        with form.refusals():
            commands.close_month(form.command(), by=actor, at=now())
            flash(N_("The month is closed. What changes later is shown as a revision."), "success")
            return redirect(url_for("oversight.months"), 303)
    names = persons.names_of({row.closed_by for row in closed.values()})
    return render_template("oversight/months.html", form=form, rows=rows, names=names, revised=sums.revisions(session, own),
                           quality=quality_title, **_draws(asked()))  # fmt: skip
