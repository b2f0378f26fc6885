"""A lost second factor is set anew by two people: one asks, another approves."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.account import commands, queries
from tourism_odr.account.blueprint import bp
from tourism_odr.account.forms import ResetForm
from tourism_odr.clock import now
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.text import N_
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import say_here
from tourism_odr.web.parts import MenuItem
from tourism_odr.web.policy import signed_in

VOUCHERS = (Role.ADMIN, Role.OWNER, Role.HEAD)
MENU = (MenuItem(N_("Lost factors"), "account.resets", frozenset(VOUCHERS), rank=90),)


@bp.route("/resets", methods=["GET", "POST"])
@signed_in(*VOUCHERS)
def resets() -> str | Response:
    """Ask for a reset, and see those of others that wait for a second person."""
    form, by = ResetForm(), current_actor()
    if form.submitted():
        with form.refusals():
            commands.ask_reset(form.email.data, form.reason.data, by, now())
            flash(N_("A second person must approve the reset now."), "success")
            return redirect(url_for("account.resets"), 303)
    return render_template("account/resets.html", form=form, waiting=queries.resets_to_decide(by, now()))


@bp.post("/resets/<uuid:reset_id>")
@signed_in(*VOUCHERS)
def decide_reset(reset_id: UUID) -> Response:
    """Approve or refuse; whoever asked cannot be the one who approves."""
    answer = request.form.get("answer")
    if answer not in ("approve", "refuse"):
        raise NotFound
    try:
        commands.decide_reset(reset_id, answer == "approve", current_actor(), now())
        flash(N_("Decided. If you approved, an invitation was sent to the person."), "success")
    except RefusedError as refused:
        flash(say_here(refused.message), "error")
    return redirect(url_for("account.resets"), 303)
