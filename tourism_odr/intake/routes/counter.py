"""At the counter: somebody identified anew."""

from flask import render_template, url_for

from tourism_odr.cases.models import Case
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import counter
from tourism_odr.intake.forms import triage as forms
from tourism_odr.intake.queries import overview
from tourism_odr.intake.routes.triage import Page
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
