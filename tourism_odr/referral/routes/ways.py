"""The page of the other ways."""

from flask import render_template

from tourism_odr.cases.deadlines import offers
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.models import Case
from tourism_odr.cases.queries import documents_of
from tourism_odr.cases.rendering import title_of
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.people.roles import COMPLAINANT, RESPONDENT
from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.queries.filing import eligible, suits_of
from tourism_odr.referral.queries.ways import COURT, WAYS, ways
from tourism_odr.web.guard import reads_case
from tourism_odr.web.identity import current_actor


@bp.get("/cases/<uuid:case_id>/other-ways")
@reads_case(*COMPLAINANT, *RESPONDENT)
def other_ways(case: Case) -> str:
    """What stays open beside and after mediation, each with its basis, and the papers to take along."""
    session = db.session()
    actor, at = current_actor(), now()
    open_now, breached = ways(session, case)
    sues = actor.role in COMPLAINANT
    return render_template(
        "referral/other_ways.html", case=case, ways=open_now, breached=breached, court_way=WAYS[COURT],
        papers=documents_of(session, case.id, actor, at), document_title=title_of, stage_title=stage_title,
        suits=suits_of(session, case.id, actor, at) if sues else (),
        may_sue=sues and offers(case, "filing.prepare") and bool(eligible(session, case)),
    )  # fmt: skip
