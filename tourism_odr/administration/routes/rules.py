"""The rulebooks as they stand, numbers to confirm, calendars to announce and to approve."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from tourism_odr.administration import forms
from tourism_odr.administration.commands import rules as commands
from tourism_odr.administration.queries import rules as reading
from tourism_odr.administration.routes.pages import Page, bp
from tourism_odr.cases.announced import use_announced
from tourism_odr.cases.models.rules import APPROVED, PROPOSED, REJECTED, ROLLED_BACK
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import EVENTS, GRADES
from tourism_odr.rulebooks.calendars import calendars
from tourism_odr.rulebooks.terms import AUTHORITIES, BODIES, HOLIDAYS, PAUSES, PERIODS
from tourism_odr.text import N_, Message
from tourism_odr.web.forms import choice
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import say_here
from tourism_odr.web.policy import signed_in

STATUS = {
    PROPOSED: N_("Waits for a second person"),
    APPROVED: N_("In force"),
    REJECTED: N_("Rejected"),
    ROLLED_BACK: N_("Taken back"),
}


@bp.get("/rulebooks")
@signed_in(Role.ADMIN)
def rulebooks() -> Page:
    """Every rule of every version with source, article and grade, and the open cases that rest on it."""
    session = db.session()
    return render_template(
        "administration/rulebooks.html", volumes=reading.volumes(session), grades=GRADES, events=EVENTS,
        bodies=BODIES, periods=PERIODS, authorities=AUTHORITIES, pauses=PAUSES, weak=reading.weak_lines(session),
    )  # fmt: skip


@bp.route("/rulebooks/confirm", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def confirm_rule() -> Page:
    """Somebody has compared a number with the official text: from now on it is enforced."""
    lines = reading.weak_lines(db.session())
    form = forms.ConfirmRuleForm()
    form.rule.choices = [
        choice(f"{line.rule.version}/{line.rule.name}", f"{say_here(line.rule.title)} · {line.rule.version}")
        for line in lines
    ]
    if request.method == "GET" and request.args.get("rule"):
        form.rule.data = request.args["rule"]
    if form.submitted():
        with form.refusals():
            resting = commands.confirm(form.command(), by=current_actor(), at=now())
            flash(say_here(Message(N_("The number is confirmed. Open deadlines that rest on it: %(count)s."), {"count": resting})), "success")
            return redirect(url_for("administration.rulebooks"), 303)
    return render_template("administration/confirm_rule.html", form=form, lines=lines, grades=GRADES)


@bp.route("/calendars", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def working_days() -> Page:
    """Announced years: propose one, see what it would move, approve it as a second person, take it back."""
    form, session = forms.CalendarForm(), db.session()
    form.calendar.choices = [choice(one.id, f"{one.id} · {one.source}") for one in calendars().values()]
    if form.submitted() and (announced := form.command()):
        with form.refusals():
            commands.propose(announced, by=current_actor(), at=now())
            flash(N_("The calendar is written down. Somebody else has to approve it."), "success")
            return redirect(url_for("administration.working_days"), 303)
    use_announced(session)
    rows = reading.announcements(session)
    moves = {row.id: commands.preview(session, row) for row, _, _ in rows if row.status in (PROPOSED, APPROVED)}
    return render_template(
        "administration/working_days.html", form=form, rows=rows, moves=moves, numbers=reading.numbers(session, moves.values()),
        known=calendars(), status=STATUS, holidays=HOLIDAYS, decision=forms.GroundForm(formdata=None),
        me=current_actor().person_id, waits=PROPOSED, stands=APPROVED,
    )  # fmt: skip


@bp.post("/calendars/<uuid:calendar_id>/decide")
@signed_in(Role.ADMIN)
def decide_calendar(calendar_id: UUID) -> Page:
    """Approve or reject what somebody else proposed, or take back what is in force."""
    form, act = forms.GroundForm(), request.form.get("act")
    if act not in ("approve", "reject", "roll-back"):
        raise BadRequest
    if not form.submitted():
        flash(say_here(form.ground.errors[0]) if form.ground.errors else N_("Write why. It is kept with the act."), "error")
        return redirect(url_for("administration.working_days"), 303)
    try:
        if act == "reject":
            commands.reject(calendar_id, form.ground.data, by=current_actor(), at=now())
            flash(N_("The calendar is rejected; it stays on record."), "success")
        else:
            moved = _switch(act, calendar_id, form.ground.data)
            flash(say_here(Message(N_("Done. Deadlines that moved: %(count)s. Who reads them is told."), {"count": moved})), "success")
    except RefusedError as refused:
        flash(say_here(refused.message), "error")
    return redirect(url_for("administration.working_days"), 303)


def _switch(act: str, calendar_id: UUID, ground: str) -> int:
    if act == "approve":
        return commands.approve(calendar_id, ground, by=current_actor(), at=now())
    return commands.roll_back(calendar_id, ground, by=current_actor(), at=now())

