"""The trip sheet and the claim with each side's stand."""

from flask import flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Page

from tourism_odr.cases.authority import ADMIT
from tourism_odr.cases.categories import category_title
from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.queries import steps_open_to
from tourism_odr.cases.relations import is_mediator, party_of
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.commands.stands import add_trip_value, take_stands
from tourism_odr.mediation.forms.stands import StandsForm, ValueForm
from tourism_odr.mediation.queries.ranges import ranges_of
from tourism_odr.mediation.queries.stands import STAND_TITLES, Facts, facts_of
from tourism_odr.mediation.routes.powers import lacking_power
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import GRADES
from tourism_odr.text import N_
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale

Answer = str | Page | tuple[str, int]


def _facts(case: Case) -> Facts:
    found = facts_of(db.session(), case.id, current_actor(), now())
    if found is None:
        raise NotFound
    return found


@bp.get("/cases/<uuid:case_id>/facts")
@reads_case()
def facts(case: Case) -> Answer:
    """Every value and every element, with who agrees and who denies; who is a side can say so."""
    actor, session = current_actor(), db.session()
    subject = session.get_one(Subject, case.id)
    may = any(step.name == "case.take-stand" for step in steps_open_to(session, case, subject, actor))
    mediates = is_mediator(session, case.id, actor)
    return render_template(
        "mediation/facts.html",
        case=case,
        facts=_facts(case),
        said_of_amounts=ranges_of(session, case),
        grades=GRADES,
        titles=STAND_TITLES,
        may=may,
        mediates=mediates and not case.ended_at,
        title_of_case=category_title(case.category),
    )


@bp.route("/cases/<uuid:case_id>/facts/stand", methods=["GET", "POST"])
@takes_step("case.take-stand")
def stand(case: Case) -> Answer:
    """Say of each value and element whether it is so."""
    actor = current_actor()
    party = party_of(db.session(), case.id, actor)
    if party is None:
        raise NotFound
    found = _facts(case)
    form = StandsForm.about(found.all, party.id)
    if form.submitted():
        with form.refusals():
            take_stands(form.command(case.id, found.all), by=actor, at=now())
            flash(N_("Your stand is saved. The other side and the mediator can read it."), "success")
            return redirect(url_for("mediation.facts", case_id=case.id), 303)
    return render_template("mediation/stand.html", form=form, case=case, facts=found, lacks=lacking_power(case, ADMIT))


@bp.route("/cases/<uuid:case_id>/facts/add", methods=["GET", "POST"])
@reads_case(Role.MEDIATOR)
def add_value(case: Case) -> Answer:
    """The mediator adds a value to the trip sheet."""
    if not is_mediator(db.session(), case.id, current_actor()):
        raise NotFound
    form = ValueForm()
    if form.submitted():
        with form.refusals():
            add_trip_value(form.command(case.id, current_locale()), by=current_actor(), at=now())
            flash(N_("The value was added."), "success")
            return redirect(url_for("mediation.facts", case_id=case.id), 303)
    return render_template("mediation/add_value.html", form=form, case=case)
