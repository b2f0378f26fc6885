"""The pages of powers: filing one, the list, the check by officer or mediator, and the end of one."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.authority import authority_of
from tourism_odr.cases.models import Case, Party, Power, Subject
from tourism_odr.cases.needs import lacking
from tourism_odr.cases.powers import may_revoke
from tourism_odr.cases.queries import entry
from tourism_odr.cases.relations import party_of
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.commands import powers as commands
from tourism_odr.mediation.forms.powers import KINDS, SCOPES, CheckPowerForm, PowerForm, RevokePowerForm
from tourism_odr.mediation.queries import answers as queries
from tourism_odr.mediation.routes.answers import file_page, own_respondent
from tourism_odr.people import organisations, persons
from tourism_odr.people.roles import RESPONDENT
from tourism_odr.text import N_, Message
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.forms import choice
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.names import party_names

Page = str | Response | tuple[str, int]
WAITS = N_("Your power waits for its check by the mediator or an officer. Until then only who holds a checked one can do this.")


class Lacking(NamedTuple):
    """The power that a reader lacks for what the page is about: said early, with the way to it."""

    words: str | Message
    href: str


def lacking_power(case: Case, scope: str) -> Lacking | None:
    """Nothing when the reader may do it, or is no party."""
    session, actor, at = db.session(), current_actor(), now()
    party = party_of(session, case.id, actor)
    known = authority_of(session, party, actor, scope, at) if party else None
    if party is None or known is None or known.suffices:
        return None
    files = actor.role in RESPONDENT
    href = url_for("mediation.powers", case_id=case.id, subject_id=party.id) if files else ""
    return Lacking(WAITS if known.waits else lacking(scope, known), href)


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/powers", methods=["GET", "POST"])
@takes_step("respondent.file-power")
def powers(case: Case, subject: Subject) -> Page:
    """The powers on record, and a new one with its paper."""
    party, at = own_respondent(case, subject), now()
    colleagues = organisations.people_of(party.organisation_id, None, at) if party.organisation_id else []
    names = persons.names_of(colleagues)
    form = PowerForm(data={"holder": str(current_actor().person_id)})
    form.holder.choices = [choice(one, names[one]) for one in colleagues]
    if form.submitted():
        files, refused = keep_uploads(form.paper.chosen())
        for reason in refused:
            form.refuse("paper", reason)
        if files and not refused:
            with form.refusals():
                commands.file_power(form.command(subject.id, files[0]), by=current_actor(), at=at)
                flash(N_("The power is on record. It counts once the mediator or the officer has checked it."), "success")
                return redirect(url_for("mediation.powers", case_id=case.id, subject_id=subject.id), 303)
    held = queries.powers_of(db.session(), party.id)
    return render_template(
        "mediation/powers.html", form=form, case=case, subject=subject, held=held, kinds=KINDS, scopes=SCOPES,
        names=persons.names_of(power.person_id for power in held), at=at, ends=_ends(held),
    )  # fmt: skip


@bp.get("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/powers/check")
@takes_step("respondent.check-power")
def powers_to_check(case: Case, subject: Subject) -> Page:
    """The powers of a respondent, those that wait for a check first."""
    session = db.session()
    parties = [session.get_one(Party, subject.id)]
    held = queries.powers_of(session, subject.id)
    return render_template(
        "mediation/powers_to_check.html", case=case, ends=_ends(held), held=sorted(held, key=lambda p: p.checked_at is not None),
        names=persons.names_of(p.person_id for p in held), kinds=KINDS, scopes=SCOPES,
        parties=party_names(session, parties),
    )  # fmt: skip


def _ends(held: Sequence[Power]) -> set[UUID]:
    """Those that the reader may revoke."""
    standing = [power for power in held if power.checked_at and not power.revoked_at]
    return {power.id for power in standing if may_revoke(db.session(), power, current_actor())}


@bp.route(
    "/cases/<uuid:case_id>/respondents/<uuid:subject_id>/powers/<uuid:power_id>/revoke", methods=["GET", "POST"]
)
@takes_step("respondent.revoke-power")
def revoke_power(case: Case, subject: Subject, power_id: UUID) -> Page:
    """End a power; what was done under it stays done."""
    session, actor = db.session(), current_actor()
    power = session.get(Power, power_id)
    if power is None or power.party_id != subject.id or not may_revoke(session, power, actor):
        raise NotFound
    own = actor.role in RESPONDENT
    back = url_for("mediation.powers" if own else "mediation.powers_to_check", case_id=case.id, subject_id=subject.id)
    form = RevokePowerForm()
    if form.submitted():
        with form.refusals():
            commands.revoke_power(form.command(case.id, power, current_locale()), by=actor, at=now())
            flash(N_("The power is revoked. The other side, the mediator and the body are told."), "success")
            return redirect(back, 303)
    return render_template(
        "mediation/revoke_power.html", form=form, case=case, power=power, own=own, to=back, scopes=SCOPES,
        name=persons.names_of([power.person_id])[power.person_id],
    )  # fmt: skip


@bp.route(
    "/cases/<uuid:case_id>/respondents/<uuid:subject_id>/powers/<uuid:power_id>/check", methods=["GET", "POST"]
)
@takes_step("respondent.check-power")
def check_power(case: Case, subject: Subject, power_id: UUID) -> Page:
    """Look at the paper, then say whether it carries the power."""
    session, actor, at = db.session(), current_actor(), now()
    power = session.get(Power, power_id)
    if power is None or power.party_id != subject.id:
        raise NotFound
    form = CheckPowerForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.check_power(form.command(case.id, power, current_locale()), by=actor, at=at)
            flash(N_("The check is recorded."), "success")
            return redirect(url_for("mediation.powers_to_check", case_id=case.id, subject_id=subject.id), 303)
    paper = entry(session, power.paper_id, case.id, actor, at) if power.paper_id else None
    return render_template(
        "mediation/check_power.html", form=form, case=case, subject=subject, file_of=file_page(case), power=power, paper=paper, kinds=KINDS, scopes=SCOPES,
        name=persons.names_of([power.person_id])[power.person_id],
    )  # fmt: skip
