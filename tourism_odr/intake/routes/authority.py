"""Acting for a party: its signed authority, the sitting in which acts are entered, and its end."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.models import Case
from tourism_odr.cases.relations import party_of
from tourism_odr.cases.sittings import SCOPES
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import authority as commands
from tourism_odr.intake.forms import counter as forms
from tourism_odr.intake.queries import counter as queries
from tourism_odr.intake.routes.counter import Page
from tourism_odr.intake.routes.sent import case_address, link_address
from tourism_odr.people import persons
from tourism_odr.people.roles import COMPLAINANT, COUNTER, RESPONDENT, Role
from tourism_odr.text import N_
from tourism_odr.web.codes import code_checked
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.policy import signed_in

GIVING = "case.grant-authority"


@bp.route("/counter/cases/<uuid:case_id>/authority", methods=["GET", "POST"])
@takes_step("case.grant-authority")
def counter_authority(case: Case) -> Page:
    """Record the slip that a party signed here."""
    form = forms.AuthorityForm()
    people = queries.represented(db.session(), case.id, now())
    form.set_parties([(one.party.id, one.name) for one in people if one.served])
    if form.submitted():
        files, refused = keep_uploads(form.paper.chosen())
        for reason in refused:
            form.refuse("paper", reason)
        if files and not refused:
            with form.refusals():
                commands.grant_authority(form.command(case, files[0]), by=current_actor(), at=now())
                flash(N_("The authority is on record. The party is told, and can end it at any time."), "success")
                return _to_counter(case)
    return render_template("intake/counter_authority.html", form=form, case=case)


@bp.post("/counter/cases/<uuid:case_id>/authorities/<uuid:power_id>/end")
@takes_step("case.revoke-authority")
def counter_end_authority(case: Case, power_id: UUID) -> Page:
    """End an authority: whoever holds it, the body, or the party itself."""
    if forms.PressedForm().submitted():
        commands.revoke_authority(case.id, power_id, by=current_actor(), at=now())
        flash(N_("The authority has ended. What was done under it before stays done."), "success")
    if current_actor().role in COUNTER:
        return _to_counter(case)
    return redirect(url_for("intake.own_authorities", case_id=case.id), 303)


@bp.get("/cases/<uuid:case_id>/authorities")
@reads_case(*COMPLAINANT, *RESPONDENT)
def own_authorities(case: Case) -> Page:
    """Who may act for the reader, for what and until when; each can be ended here."""
    session, actor = db.session(), current_actor()
    party = party_of(session, case.id, actor)
    if party is None:
        raise NotFound
    held = queries.authorities_of(session, party.id)
    return render_template(
        "intake/own_authorities.html", case=case, held=held, scopes=SCOPES, at=now(), seated=actor.seat is not None, tourist=actor.role is Role.TOURIST,
        names=persons.names_of(power.person_id for power in held), form=forms.PressedForm(),
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/authorities/give", methods=["GET", "POST"])
@reads_case(Role.TOURIST)
def give_authority(case: Case) -> Page:
    """Name a person who acts for oneself by a link of their own, shown this once."""
    form, actor, at = forms.RepresentativeForm(), current_actor(), now()
    if form.submitted() and code_checked(form, actor, GIVING, case.id, at, "give"):
        with form.refusals():
            link, code = commands.name_representative(form.command(case), by=actor, at=at)
            return render_template("intake/authority_given.html", case=case, link=link_address(link), code=code)
    return render_template("intake/give_authority.html", form=form, case=case, purpose=GIVING)


@bp.route("/counter/cases/<uuid:case_id>/sit", methods=["GET", "POST"])
@takes_step("case.sit")
def counter_sit(case: Case) -> Page:
    """Record how the party is with us and what was read back; then act for it on its own pages."""
    form = forms.SitForm()
    people = queries.represented(db.session(), case.id, now())
    form.set_parties([(one.party.id, one.name) for one in people if one.served])
    if not form.is_submitted() and len(form.party.choices) == 1:
        form.party.data = form.party.choices[0].value
    if form.submitted():
        scans, refused = keep_uploads(form.scans.chosen())
        for reason in refused:
            form.refuse("scans", reason)
        if not refused:
            with form.refusals():
                commands.sit_down(form.command(case, scans), by=current_actor(), at=now())
                return redirect(case_address(case.id), 303)
    return render_template("intake/counter_sit.html", form=form, case=case, people=people, actor=current_actor(), scopes=SCOPES)


@bp.post("/counter/stand-up")
@signed_in(seated=True)
def counter_stand_up() -> Response:
    """End the sitting, and be oneself again."""
    seat = current_actor().seat
    if seat is None or not forms.PressedForm().submitted():
        raise NotFound
    commands.stand_up(seat.id, now())
    flash(N_("You no longer act for anybody."), "success")
    return redirect(url_for("intake.counter_case", case_id=seat.case_id), 303)


def _to_counter(case: Case) -> Response:
    return redirect(url_for("intake.counter_case", case_id=case.id), 303)
