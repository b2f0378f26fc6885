"""What is one's own: sessions, password, recovery codes, roles, messages, and who saw one's details."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.account import commands, queries
from tourism_odr.account.blueprint import bp, enter
from tourism_odr.account.forms import ChangePasswordForm, CodeForm
from tourism_odr.clock import now
from tourism_odr.people import factors, persons, sessions, signin
from tourism_odr.people.roles import COMPLAINANT, Role
from tourism_odr.people.sessions import Living
from tourism_odr.text import N_
from tourism_odr.web.identity import current_actor
from tourism_odr.web.identity import signed_in as living_session
from tourism_odr.web.policy import signed_in

Page = str | Response | tuple[str, int]
WITH_PASSWORD = [role for role in Role if role not in COMPLAINANT]


def living() -> Living:
    """The session in hand; only pages for people who are signed in ask for it."""
    known = living_session()
    if known is None:
        raise NotFound
    return known.living


@bp.get("/me")
@signed_in()
def me() -> Page:
    """Everything that one can look after oneself."""
    mine = living()
    at = now()
    return render_template(
        "account/me.html",
        mine=mine,
        sessions=sessions.open_sessions(mine.person_id, at),
        roles=queries.role_choices(mine.person_id, at),
        has_factor=factors.has_factor(mine.person_id),
        reveals=persons.reveals_of(mine.person_id),
    )


@bp.post("/me/sessions/<uuid:session_id>/end")
@signed_in()
def end_one(session_id: UUID) -> Response:
    """End one of one's sessions; an id that is not one's own changes nothing."""
    commands.sign_out(session_id, living().person_id, now())
    flash(N_("The session is ended."), "success")
    return redirect(url_for("account.me"), 303)


@bp.post("/me/sessions/end-others")
@signed_in()
def end_others() -> Response:
    """End every session but this one."""
    commands.end_other_sessions(living(), now())
    flash(N_("All other sessions are ended."), "success")
    return redirect(url_for("account.me"), 303)


@bp.route("/me/password", methods=["GET", "POST"])
@signed_in(*WITH_PASSWORD)
def change_password() -> Page:
    """A new password; every other session ends with it."""
    form = ChangePasswordForm()
    if form.submitted():
        with form.refusals():
            mine = living()
            signin.change_password(
                mine.person_id, form.old.data, form.password.data, now(), keep=mine.session_id
            )
            flash(N_("The password is changed. All other sessions are ended."), "success")
            return redirect(url_for("account.me"), 303)
    return render_template("account/change_password.html", form=form)


@bp.route("/me/recovery-codes", methods=["GET", "POST"])
@signed_in(*WITH_PASSWORD)
def recovery_codes() -> Page:
    """A fresh set of recovery codes, against a code of the authenticator."""
    form = CodeForm()
    if form.submitted():
        with form.refusals():
            codes = commands.renew_recovery_codes(living().person_id, form.code.data, now())
            return render_template("account/recovery_codes.html", codes=codes, onward=url_for("account.me"))
    return render_template("account/renew_recovery_codes.html", form=form)


@bp.post("/me/role")
@signed_in()
def switch_role() -> Response:
    """Act in another of one's roles, under a new session."""
    try:
        membership_id = UUID(request.form.get("role", ""))
    except ValueError:
        raise NotFound from None
    token = commands.switch_role(living(), membership_id, now())
    if token is None:
        raise NotFound
    return enter(token)


@bp.get("/messages")
@signed_in()
def notices() -> Page:
    """What the service sent to this person, or to their house in their role."""
    return render_template("account/notices.html", notices=queries.notices_for(current_actor()))
