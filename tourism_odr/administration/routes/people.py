"""People: who has which role, invitations, suspension, sessions, the state of the second factor."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from tourism_odr.administration import commands, forms
from tourism_odr.administration.queries import people as queries
from tourism_odr.administration.routes.pages import Page, as_id, bp
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.people import organisations as directory
from tourism_odr.people.models import Membership, OrganisationKind
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import TITLES, Role
from tourism_odr.text import N_
from tourism_odr.web.forms import choice
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import say_here
from tourism_odr.web.names import called
from tourism_odr.web.parts import PageOf, page_number
from tourism_odr.web.policy import signed_in


@bp.get("/people")
@signed_in(Role.ADMIN)
def people() -> Page:
    """Everybody with a role in a body, court, council or here; others by their address."""
    email, at = request.args.get("email", "").strip()[:200], now()
    rows, total = queries.members(db.session(), at, email=email, page=page_number())
    page = PageOf(rows, page_number(), total, queries.SIZE)
    pending = queries.waiting_invitations(db.session(), at)
    return render_template(
        "administration/people.html", page=page, email=email, pending=pending, titles=TITLES
    )


@bp.route("/people/invite", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def invite() -> Page:
    """Invite somebody by e-mail to a role."""
    form = forms.InviteForm(data={"locale": "zh-Hans", "organisation": request.args.get("organisation", "")})
    _offer_roles(form, as_id(request.args.get("organisation", "")))
    if form.submitted():
        with form.refusals():
            if _fits(form):
                commands.invite(form.command(), by=current_actor(), at=now())
                flash(N_("The invitation is on its way. Only its receiver can read it."), "success")
                return redirect(url_for("administration.people"), 303)
    return render_template("administration/invite.html", form=form)


def _offer_roles(form: forms.InviteForm | forms.RoleForm, extra: UUID | None = None) -> None:
    """Organisations to choose from (an operator only when the page came from it), and every role."""
    rows = directory.organisations(*queries.OTHERS)
    if extra and extra not in {row.id for row in rows}:
        rows = [directory.organisation(extra), *rows]
    form.organisation.choices = [choice("", N_("Choose")), *(choice(row.id, called(row)) for row in rows)]
    roles = [role for roles in directory.ROLES_OF.values() for role in sorted(roles)]
    form.role.choices = [
        choice("", N_("Choose")),
        *(choice(role, TITLES[role]) for role in dict.fromkeys(roles)),
    ]


def _fits(form: forms.InviteForm | forms.RoleForm) -> bool:
    kind = OrganisationKind(directory.organisation(UUID(form.organisation.data)).kind)
    if Role(form.role.data) in directory.ROLES_OF[kind]:
        return True
    form.refuse("role", N_("There is no such role in this organisation."))
    return False


@bp.get("/people/<uuid:person_id>")
@signed_in(Role.ADMIN)
def person(person_id: UUID) -> Page:
    """One account: roles, sessions, invitations, second factor; contacts are masked."""
    found = queries.account(db.session(), person_id, now())
    if found is None:
        raise NotFound
    return render_template("administration/person.html", one=found, titles=TITLES, at=now())


@bp.route("/people/<uuid:person_id>/roles", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def give_role(person_id: UUID) -> Page:
    """A further role for somebody who has an account."""
    found = queries.account(db.session(), person_id, now())
    if found is None:
        raise NotFound
    form = forms.RoleForm()
    _offer_roles(form)
    if form.submitted():
        with form.refusals():
            if _fits(form):
                where, role = UUID(form.organisation.data), Role(form.role.data)
                commands.give_role(person_id, where, role, form.ground.data, by=current_actor(), at=now())
                return _done(person_id)
    return render_template("administration/give_role.html", form=form, one=found)


def _done(person_id: UUID) -> Page:
    flash(N_("Done, and recorded."), "success")
    return redirect(url_for("administration.person", person_id=person_id), 303)


@bp.route("/people/<uuid:person_id>/suspend", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def suspend(person_id: UUID) -> Page:
    """Shut somebody out."""
    return _with_ground(person_id, commands.suspend, N_("Suspend"), N_("Every session ends at once, and nobody signs in as this person."))  # fmt: skip


@bp.route("/people/<uuid:person_id>/reinstate", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def reinstate(person_id: UUID) -> Page:
    """Let somebody in again."""
    return _with_ground(person_id, commands.reinstate, N_("Let in again"), "")


@bp.route("/people/<uuid:person_id>/end-sessions", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def end_sessions(person_id: UUID) -> Page:
    """Sign somebody out everywhere."""
    return _with_ground(person_id, commands.end_sessions, N_("End all sessions"), N_("Every browser of this person is signed out at once."))  # fmt: skip


def _with_ground(person_id: UUID, act: Callable[..., None], title: str, text: str) -> Page:
    found, form = queries.account(db.session(), person_id, now()), forms.GroundForm()
    if found is None:
        raise NotFound
    if form.submitted():
        with form.refusals():
            act(person_id, form.ground.data, by=current_actor(), at=now())
            return _done(person_id)
    about = next(iter(found.details.values()), "")
    back = url_for("administration.person", person_id=person_id)
    return render_template(
        "administration/ground.html", form=form, title=title, about=about, text=text, back_to=back
    )


@bp.route("/people/<uuid:person_id>/roles/<uuid:membership_id>/end", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def end_role(person_id: UUID, membership_id: UUID) -> Page:
    """Take a role away."""
    row = db.session.get(Membership, membership_id)
    if row is None or row.person_id != person_id:
        raise NotFound

    def end(_person: UUID, ground: str, **who: object) -> None:
        commands.end_role(membership_id, ground, **who)  # type: ignore[arg-type]  # by and at, passed through

    return _with_ground(person_id, end, N_("End the role"), N_("Every session in this role ends at once."))


@bp.post("/invitations/<uuid:invitation_id>/end")
@signed_in(Role.ADMIN)
def end_invitation(invitation_id: UUID) -> Page:
    """Take an invitation back."""
    try:
        commands.end_invitation(invitation_id, by=current_actor(), at=now())
        flash(N_("The invitation is taken back."), "success")
    except RefusedError as refused:
        flash(say_here(refused.message), "error")
    return redirect(url_for("administration.people"), 303)
