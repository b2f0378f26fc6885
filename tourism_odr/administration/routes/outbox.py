"""Outbox and jobs: what waits, what failed and why, and trying it again."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from tourism_odr.administration import commands, forms
from tourism_odr.administration.queries import running
from tourism_odr.administration.routes.pages import Page, bp
from tourism_odr.cases.models import Case, Clock
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import TITLES, Role
from tourism_odr.text import N_
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import say_here
from tourism_odr.web.parts import PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in

BOXES = {
    "waiting": N_("Waiting"),
    "failed": N_("Failed"),
    "bounced": N_("Came back"),
    "sent": N_("Sent"),
}
JOBS = {
    "calendars": N_("Count anew after a calendar was decided on"),
    "clocks": N_("Take the steps of clocks that ran out"),
    "documents": N_("Render and seal issued documents"),
    "reminders": N_("Remind of days that are close"),
    "outbox": N_("Send notices"),
    "purge": N_("Forget what has served its time"),
    "heartbeat": N_("Sign of life of the job process"),
}


@bp.get("/outbox")
@signed_in(Role.ADMIN)
def outbox() -> Page:
    """One box of notices, without their words."""
    box = request.args.get("box", "waiting")
    box = box if box in BOXES else "waiting"
    counts = running.box_counts(db.session())
    tabs = [
        Tab(title, here_with(box=code, page=None), code == box, counts[code]) for code, title in BOXES.items()
    ]
    rows = running.notices(db.session(), box, page_number())
    page = PageOf(rows, page_number(), counts[box], running.SIZE)
    return render_template("administration/outbox.html", page=page, tabs=tabs, box=box, titles=TITLES)


@bp.post("/outbox/<uuid:notice_id>/<any(again, bounced):act>")
@signed_in(Role.ADMIN)
def move_notice(notice_id: UUID, act: str) -> Page:
    """Try a notice again, or record that it came back."""
    try:
        if act == "again":
            commands.send_again(notice_id, by=current_actor(), at=now())
            flash(N_("The notice will be tried again at once."), "success")
        else:
            commands.record_bounce(notice_id, by=current_actor(), at=now())
            flash(N_("It is recorded that the notice came back."), "success")
    except RefusedError as refused:
        flash(say_here(refused.message), "error")
    return redirect(url_for("administration.outbox", box=request.args.get("box")), 303)


@bp.get("/jobs")
@signed_in(Role.ADMIN)
def jobs() -> Page:
    """When each job ran and how it ended; time limits that stand still."""
    session = db.session()
    return render_template(
        "administration/jobs.html",
        rows=running.jobs(session),
        titles=JOBS,
        clocks=running.blocked_clocks(session),
    )


@bp.route("/clocks/<uuid:clock_id>/resume", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def resume_clock(clock_id: UUID) -> Page:
    """Let a time limit that stands still be tried again."""
    clock, form = db.session.get(Clock, clock_id), forms.GroundForm()
    if clock is None:
        raise NotFound
    if form.submitted():
        with form.refusals():
            commands.resume_clock(clock_id, form.ground.data, by=current_actor(), at=now())
            flash(N_("The time limit runs again; the next sweep takes its step."), "success")
            return redirect(url_for("administration.jobs"), 303)
    number = db.session.get_one(Case, clock.case_id).number
    return render_template(
        "administration/ground.html", form=form, title=N_("Let a time limit run again"), about=number,
        text=N_("Do this once the reason why it stood still is gone."), back_to=url_for("administration.jobs"),
    )  # fmt: skip
