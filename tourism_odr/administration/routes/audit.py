"""Audit: the trail of administrators, the ledger's lines without content, denials, the check of a chain."""

from flask import render_template, request

from tourism_odr.administration import commands, forms
from tourism_odr.administration.queries import running
from tourism_odr.administration.routes.pages import Page, as_id, bp
from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.clock import end_of_day, local_day, now
from tourism_odr.db import db
from tourism_odr.people import organisations
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.roles import TITLES, Role
from tourism_odr.text import N_
from tourism_odr.web.identity import current_actor
from tourism_odr.web.parts import PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in

VIEWS = {"ledger": N_("Ledger"), "acts": N_("Administrators' acts"), "denials": N_("Denied")}


@bp.route("/audit", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def audit() -> Page:
    """Three views; the check of a case's chain stands above the ledger."""
    view = request.args.get("view", "ledger")
    view = view if view in VIEWS else "ledger"
    tabs = [Tab(title, here_with(view=code, page=None), code == view) for code, title in VIEWS.items()]
    form = forms.VerifyForm()
    checked = _checked(form) if form.submitted() else None
    return render_template(
        "administration/audit.html", view=view, tabs=tabs, form=form, checked=checked, titles=TITLES, steps=STEPS,
        acts_in_words=commands.ACTS, **SHOWN[view](),
    )  # fmt: skip


def _checked(form: forms.VerifyForm) -> dict[str, object] | None:
    """Walk the chains of one case; the walk itself is written down."""
    number = form.number.data
    case_id = running.case_numbered(db.session(), number)
    if case_id is None:
        form.refuse("number", N_("There is no case with this number."))
        return None
    faults, read = running.verification(db.session(), case_id)
    commands.note_verification(case_id, len(faults), by=current_actor(), at=now())
    return {"number": number, "faults": faults, "read": read}


def _ledger() -> dict[str, object]:
    asked = request.args
    role = asked.get("role", "")
    search = running.Search(
        asked.get("number", "").strip()[:40],
        asked.get("step", "") if asked.get("step") in STEPS else "",
        role if role in list(Role) else "",
        as_id(asked.get("body", "")),
    )
    rows, more = running.lines(db.session(), search, page_number())
    bodies = organisations.organisations(OrganisationKind.BODY, active=False)
    return {"rows": rows, "more": more, "search": search, "bodies": bodies, "number": page_number()}


def _acts() -> dict[str, object]:
    rows, total = running.acts(db.session(), page_number())
    return {"page": PageOf(rows, page_number(), total, running.SIZE)}


def _denials() -> dict[str, object]:
    today = local_day(now())
    midnight = end_of_day(today.fromordinal(today.toordinal() - 1))
    session = db.session()
    return {
        "rows": running.denials(session, page_number()),
        "anonymous": running.anonymous_denials(session, midnight),
        "number": page_number(),
        "more": False,
    }


SHOWN = {"ledger": _ledger, "acts": _acts, "denials": _denials}
