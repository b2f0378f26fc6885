"""At the counter: somebody identified anew, and powers looked at."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound

from tourism_odr.cases.models import Case, Subject
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import counter, powers
from tourism_odr.intake.forms import triage as forms
from tourism_odr.intake.queries import overview
from tourism_odr.intake.routes.triage import Page, case_page, file_page
from tourism_odr.people.persons import names_of
from tourism_odr.people.roles import SUPERVISOR
from tourism_odr.text import N_
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor


@bp.route("/triage/cases/<uuid:case_id>/identify", methods=["GET", "POST"])
@takes_step("case.identify-person")
def triage_identify(case: Case) -> Page:
    """Renew link and code of somebody who stands here; the answer shows them this once."""
    form = forms.IdentifyForm()
    people = overview.complainants(db.session(), case.id)
    form.set_people([(one.party.id, one.name) for one in people])
    if not form.is_submitted() and len(people) == 1:
        form.party.data = str(people[0].party.id)
    if form.submitted():
        with form.refusals():
            made = counter.identify(form.command(case), by=current_actor(), at=now())
            address = url_for("account.link", secret=made.link, _external=True)
            return render_template("intake/triage_identified.html", case=case, address=address, code=made.code)
    return render_template("intake/triage_identify.html", form=form, case=case)


@bp.get("/triage/cases/<uuid:case_id>/respondents/<uuid:subject_id>/powers")
@takes_step("respondent.check-power")
def triage_powers(case: Case, subject: Subject) -> Page:
    """The powers of this respondent that nobody has looked at yet."""
    filed = [power for power in overview.powers_of(db.session(), case.id) if power.party_id == subject.id]
    names = names_of([power.person_id for power in filed])
    return render_template("intake/triage_powers.html", case=case, subject=subject, filed=filed, names=names, home=_home(case))


@bp.route("/triage/cases/<uuid:case_id>/respondents/<uuid:subject_id>/powers/<uuid:power_id>", methods=["GET", "POST"])
@takes_step("respondent.check-power")
def triage_power(case: Case, subject: Subject, power_id: UUID) -> Page:
    """Look at a power and say whether it holds."""
    power = next((p for p in overview.powers_of(db.session(), case.id) if p.id == power_id and p.party_id == subject.id), None)
    if power is None:
        raise NotFound
    form = forms.PowerForm()
    if form.submitted():
        with form.refusals():
            powers.check_power(form.command(case, subject.id, power_id), by=current_actor(), at=now())
            flash(N_("The power is checked."), "success")
            return redirect(_home(case), 303)
    name = names_of([power.person_id])[power.person_id]
    paper = file_page(case.id, power.paper_id) if power.paper_id else ""
    return render_template("intake/triage_power.html", form=form, case=case, power=power, name=name, paper=paper, home=_home(case))


def _home(case: Case) -> str:
    """Officers come from the desk, a mediator from the page of the case."""
    if current_actor().role in SUPERVISOR:
        return url_for("intake.triage_case", case_id=case.id, _anchor="respondents")
    return case_page(case) or url_for("intake.triage_case", case_id=case.id)
