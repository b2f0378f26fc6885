"""Bodies, courts, councils, mediation organisations, operators: list, add, change, deactivate, day 45."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from tourism_odr.administration import commands, forms
from tourism_odr.administration.queries import people as queries
from tourism_odr.administration.routes.pages import Page, bp
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.people import persons
from tourism_odr.people.models import Organisation, OrganisationKind
from tourism_odr.people.organisations import contacts_of
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import profile, profiles
from tourism_odr.text import N_
from tourism_odr.web.forms import choice
from tourism_odr.web.identity import current_actor
from tourism_odr.web.parts import PageOf, page_number
from tourism_odr.web.policy import signed_in


def _one(organisation_id: UUID) -> Organisation:
    row = db.session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound
    return row


@bp.get("/organisations")
@signed_in(Role.ADMIN)
def organisations() -> Page:
    """All organisations of a kind; operators are searched, not listed."""
    asked = request.args.get("kind", "")
    kind = OrganisationKind(asked) if asked in list(OrganisationKind) else None
    words = request.args.get("q", "").strip()[:100]
    rows, total = queries.organisations_of(db.session(), kind, words, page_number())
    page = PageOf(rows, page_number(), total, queries.SIZE)
    return render_template(
        "administration/organisations.html",
        page=page,
        kinds=forms.KINDS,
        kind=kind,
        words=words,
        levels=forms.LEVELS,
    )


@bp.route("/organisations/new", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def add_organisation() -> Page:
    """A new body, court, council or mediation organisation."""
    form = forms.OrganisationForm()
    if form.submitted():
        with form.refusals():
            made = commands.add_organisation(form.command(), by=current_actor(), at=now())
            flash(N_("The organisation is added. Invite its people now."), "success")
            return redirect(url_for("administration.organisation", organisation_id=made), 303)
    return render_template("administration/organisation_form.html", form=form, row=None)


@bp.get("/organisations/<uuid:organisation_id>")
@signed_in(Role.ADMIN)
def organisation(organisation_id: UUID) -> Page:
    """One organisation with its people, contacts and settings."""
    row, session = _one(organisation_id), db.session()
    members, _ = queries.members(session, now(), organisation_id=row.id)
    is_body = row.kind == OrganisationKind.BODY
    chosen = queries.day_45_of(session, row.id) if is_body else []
    rules = row.settings.get("jurisdiction") or (profiles()[0] if is_body else None)
    book = profile(str(rules), local_day(now())) if rules and row.kind in forms.HANDLES_CASES else None
    return render_template(
        "administration/organisation.html", row=row, members=members, contacts=contacts_of(row.id), kinds=forms.KINDS,
        levels=forms.LEVELS, book=book, chosen=chosen, goes_on=commands.GOES_ON,
        names=persons.names_of(one.set_by for one in chosen),
    )  # fmt: skip


@bp.route("/organisations/<uuid:organisation_id>/change", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def change_organisation(organisation_id: UUID) -> Page:
    """New words for an organisation; its kind stays."""
    row = _one(organisation_id)
    form = forms.OrganisationForm(obj=row, rulebook=row.settings.get("jurisdiction") or profiles()[0])
    kind = OrganisationKind(row.kind)
    form.kind.data, form.kind.is_optional = str(kind), True
    form.kind.choices = [choice(str(kind), forms.KINDS[kind])]
    if form.submitted():
        with form.refusals():
            commands.change_organisation(row.id, form.command(kind), by=current_actor(), at=now())
            flash(N_("The organisation is changed."), "success")
            return redirect(url_for("administration.organisation", organisation_id=organisation_id), 303)
    return render_template("administration/organisation_form.html", form=form, row=row)


@bp.route("/organisations/<uuid:organisation_id>/<any(activate, deactivate):act>", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def activity(organisation_id: UUID, act: str) -> Page:
    """Deactivate an organisation, or let it act again, with the ground."""
    row, form, active = _one(organisation_id), forms.GroundForm(), act == "activate"
    if form.submitted():
        with form.refusals():
            commands.set_active(row.id, active, form.ground.data, by=current_actor(), at=now())
            flash(N_("Done, and recorded."), "success")
            return redirect(url_for("administration.organisation", organisation_id=organisation_id), 303)
    title = N_("Activate the organisation") if active else N_("Deactivate the organisation")
    text = "" if active else N_("Its people are signed out and cannot act for it. What it did stays.")
    back = url_for("administration.organisation", organisation_id=organisation_id)
    return render_template(
        "administration/ground.html", form=form, title=title, about=row.name, text=text, back_to=back
    )


@bp.route("/organisations/<uuid:organisation_id>/day-45", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def day_45(organisation_id: UUID) -> Page:
    """Whether mediation by consent goes on after day 45, with the ground."""
    row, form = _one(organisation_id), forms.Day45Form()
    if row.kind != OrganisationKind.BODY:
        raise NotFound
    if form.submitted():
        with form.refusals():
            goes_on = form.value.data == "goes-on"
            commands.set_day_45(row.id, goes_on, form.ground.data, by=current_actor(), at=now())
            flash(N_("The setting is kept with its ground. It holds from today."), "success")
            return redirect(url_for("administration.organisation", organisation_id=organisation_id), 303)
    return render_template("administration/day_45.html", form=form, row=row)
