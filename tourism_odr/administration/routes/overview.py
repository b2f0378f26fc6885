"""The first page, the rules, and the settings in effect."""

from datetime import date

from flask import current_app, render_template, request, url_for

from tourism_odr.administration.queries import running
from tourism_odr.administration.routes.pages import Page, bp
from tourism_odr.clock import local_day, now
from tourism_odr.config import Settings
from tourism_odr.db import db
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import EVENTS, GRADES
from tourism_odr.text import N_
from tourism_odr.version import VERSION
from tourism_odr.web.policy import signed_in


@bp.get("")
@signed_in(Role.ADMIN)
def home() -> Page:
    """What needs an administrator, and the ways to everything else."""
    found = running.troubles(db.session())
    figures = [
        {"label": N_("Notices that failed"), "value": found["failed"], "hot": found["failed"] > 0,
         "href": url_for("administration.outbox", box="failed")},
        {"label": N_("Notices that wait"), "value": found["waiting"], "href": url_for("administration.outbox")},
        {"label": N_("Time limits that stand still"), "value": found["blocked"], "hot": found["blocked"] > 0,
         "href": url_for("administration.jobs")},
        {"label": N_("Calendars to approve"), "value": found["calendars"], "hot": found["calendars"] > 0,
         "href": url_for("administration.working_days")},
        {"label": N_("Jobs that failed"), "value": found["jobs"], "hot": found["jobs"] > 0,
         "href": url_for("administration.jobs")},
    ]  # fmt: skip
    beat = next((row.last_at for row in running.jobs(db.session()) if row.name == "heartbeat"), None)
    return render_template("administration/home.html", figures=figures, beat=beat, version=VERSION)


@bp.get("/rules")
@signed_in(Role.ADMIN)
def rules() -> Page:
    """Every number of the law with its source, article and grade, as it holds on a day."""
    on = _day(request.args.get("on", "")) or local_day(now())
    books = running.rulebooks(on)
    return render_template("administration/rules.html", books=books, on=on, grades=GRADES, events=EVENTS)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


@bp.get("/settings")
@signed_in(Role.ADMIN)
def settings() -> Page:
    """The settings in effect; secrets are only said to be set."""
    current: Settings = current_app.extensions["odr_settings"]
    return render_template("administration/settings.html", rows=running.effective(current))
