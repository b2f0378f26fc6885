"""Sign-in and sign-out, the secret link, a lost link, the printed recovery code."""

from itertools import groupby
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, session, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.account import commands, queries
from tourism_odr.account.blueprint import (
    FINDING,
    NEXT,
    PENDING,
    address,
    bp,
    device,
    enter,
    settings,
    visitor,
)
from tourism_odr.account.forms import CodeForm, FindCaseForm, RecoveryForm, SignInForm
from tourism_odr.clock import now
from tourism_odr.people import factors, sessions, signin
from tourism_odr.people.refusal import RefusedError
from tourism_odr.web.identity import end_session
from tourism_odr.web.identity import signed_in as living_session
from tourism_odr.web.policy import public

Page = str | Response | tuple[str, int]


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Page:
    """E-mail address and password; in a demo also the people, each with a button."""
    form = SignInForm()
    if form.submitted():
        with form.refusals():
            pending = commands.sign_in(form.email.data, form.password.data, visitor(), now())
            wanted = request.args.get("next")
            session.clear()
            session[PENDING], session[NEXT] = pending, wanted
            return redirect(url_for("account.second_factor"), 303)
    people = groupby(queries.demo_people(), key=lambda one: one.role) if settings().demo else ()
    return render_template("account/sign_in.html", form=form, people=people)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_factor() -> Page:
    """The code of the authenticator, one of the recovery codes, or the code that came by e-mail."""
    pending = str(session.get(PENDING, ""))
    person_id = sessions.find_pending(pending, now())
    if person_id is None:
        return redirect(url_for("account.sign_in"), 303)
    form = CodeForm()
    if form.submitted():
        with form.refusals():
            token, mark = signin.factor_step(pending, form.code.data, visitor(), now())
            return enter(token, mark=mark, then=session.get(NEXT))
    mailed = not factors.has_factor(person_id)
    return render_template("account/second_factor.html", form=form, mailed=mailed)


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """End the session, here and in the database."""
    known = living_session()
    if known is not None:
        commands.sign_out(known.living.session_id, known.living.person_id, now())
        end_session()
    session.clear()
    return redirect(url_for("account.sign_in"), 303)


@bp.post("/demo-sign-in")
@public
def demo_sign_in() -> Response:
    """One click signs in as anybody who is listed; outside a demo this page does not exist."""
    if not settings().demo:
        raise NotFound
    for person in queries.demo_people():
        if str(person.person_id) == request.form.get("person") and person.role == request.form.get("role"):
            token = commands.demo_sign_in(person.person_id, person.membership_id, device(), now())
            return enter(token, case_id=person.case_id, then=request.args.get("next"))
    raise NotFound


@bp.route("/l/<secret>", methods=["GET", "POST"])
@public
def link(secret: str) -> Page:
    """A secret link.  Fetching it shows a button and changes nothing; pressing the button opens it."""
    problem: Any = None
    if request.method == "POST":
        try:
            token, case_id = commands.open_link(secret, address(), device(), now())
            return enter(token, case_id=case_id)
        except RefusedError as refused:
            problem = refused.message
    return render_template("account/link.html", problem=problem)


@bp.route("/find-my-case", methods=["GET", "POST"])
@public
def find_case() -> Page:
    """Number and contact; the answer is the same whether or not they belong together."""
    form = FindCaseForm()
    if form.submitted():
        with form.refusals():
            asked = commands.FindCase(form.number.data, form.contact.data, address())
            session[FINDING] = [str(commands.send_case_code(asked, now())), asked.number[:40]]
            return redirect(url_for("account.find_case_code"), 303)
    return render_template("account/find_case.html", form=form)


@bp.route("/find-my-case/code", methods=["GET", "POST"])
@public
def find_case_code() -> Page:
    """The code that was sent, if one was."""
    finding = session.get(FINDING)
    if not finding:
        return redirect(url_for("account.find_case"), 303)
    form = CodeForm()
    if form.submitted():
        with form.refusals():
            code_id, number = UUID(finding[0]), str(finding[1])
            token, case_id = commands.open_by_code(code_id, number, form.code.data, device(), now())
            return enter(token, case_id=case_id)
    return render_template("account/find_case_code.html", form=form)


@bp.route("/recovery", methods=["GET", "POST"])
@public
def recovery() -> Page:
    """The recovery code that the tourist printed."""
    form = RecoveryForm()
    if form.submitted():
        with form.refusals():
            token, case_id = commands.open_by_printed_code(form.code.data, address(), device(), now())
            return enter(token, case_id=case_id)
    return render_template("account/recovery.html", form=form)
