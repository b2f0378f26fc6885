"""The page on which a new edition is begun, after the court has ruled against a text."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.models import Case
from tourism_odr.cases.queries import subject_for
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.commands.mending import mend_agreement as mend
from tourism_odr.mediation.forms.agreements import KINDS, METHODS
from tourism_odr.mediation.forms.answers import PlainForm
from tourism_odr.mediation.queries import agreements as queries
from tourism_odr.people.roles import COMPLAINANT, RESPONDENT, Role
from tourism_odr.text import N_
from tourism_odr.web.guard import reads_case
from tourism_odr.web.identity import current_actor


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:agreement_id>/mend", methods=["GET", "POST"])
@reads_case(*COMPLAINANT, *RESPONDENT, Role.MEDIATOR)
def mend_agreement(case: Case, agreement_id: UUID) -> str | Response:
    """Look at the text once more, then begin the next edition of it.

    Not a page of the step: the mediator's task in the case has ended, but not the seat at this text.
    """
    actor, at, session = current_actor(), now(), db.session()
    before = subject_for(session, agreement_id, case.id, actor, at)
    if before is None or before.kind != "agreement":
        raise NotFound
    form = PlainForm()
    if form.submitted():
        with form.refusals():
            made = mend(before.id, by=actor, at=at)
            flash(N_("The new edition is begun. Say clearly what the court found unclear, then send it for signature."), "success")
            return redirect(url_for("mediation.agreement", case_id=case.id, subject_id=made), 303)
    return render_template(
        "mediation/mend_agreement.html", form=form, case=case, subject=before, text=queries.text_of(session, before),
        kinds=KINDS, methods=METHODS,
    )  # fmt: skip
