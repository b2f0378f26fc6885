"""The blueprint of the slice, its menu, and what its pages share."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, current_app, url_for
from werkzeug.wrappers import Response

from tourism_odr.cases.categories import category_title
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.rendering import title_of
from tourism_odr.documents import KINDS
from tourism_odr.oversight.queries import running
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.text import N_
from tourism_odr.web.deadlines import deadline_of, missed_of
from tourism_odr.web.identity import current_actor
from tourism_odr.web.parts import Deadline, MenuItem

bp = Blueprint("oversight", __name__, url_prefix="/supervision")
Page = str | Response
MENU = (
    MenuItem(N_("Overview"), "oversight.home", SUPERVISOR, rank=5),
    MenuItem(N_("Running cases"), "oversight.cases", SUPERVISOR, rank=15),
    MenuItem(N_("Urgings"), "oversight.urgings", SUPERVISOR, rank=25),
    MenuItem(N_("To sign"), "oversight.documents", SUPERVISOR, rank=30),
)
FIRST = 5  # how many lines of a list the overview shows


def case_page(case_id: UUID) -> str:
    """Where a case is read: its own page, or the desk while that page does not stand."""
    for endpoint in ("casefile.case", "intake.triage_case"):
        if endpoint in current_app.view_functions:
            return url_for(endpoint, case_id=case_id)
    return ""


def room_page(case_id: UUID) -> str:
    """The room of a case, when that page is part of this application."""
    known = "mediation.room_door" in current_app.view_functions
    return url_for("mediation.room_door", case_id=case_id) if known else ""


def paper_title(kind: str) -> str:
    """What a document is called, a message id."""
    return KINDS[kind].title


def shared() -> dict[str, object]:
    """What every page of the slice draws with."""
    return {
        "case_page": case_page,
        "paper_title": paper_title,
        "document_title": title_of,
        "stage_title": stage_title,
        "category_title": category_title,
        "is_head": current_actor().role is Role.HEAD,
    }


def with_deadlines(
    lines: list[running.Running], at: datetime, *, missed: bool = False
) -> list[tuple[running.Running, Deadline | None]]:
    """Each line of the running list with its limit: the next one, or the one that was missed."""
    shown = missed_of if missed else deadline_of
    return [(line, shown(line.clock, at) if line.clock else None) for line in lines]
