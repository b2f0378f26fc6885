"""Completing the respondents of a complaint from the register."""

from flask import flash, render_template, request

from tourism_odr.cases.lifecycle import is_final
from tourism_odr.cases.models import Case, Party, Subject
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import respondents as commands
from tourism_odr.intake.forms import triage as forms
from tourism_odr.intake.queries import overview
from tourism_odr.intake.routes.triage import Page, back_to
from tourism_odr.people.organisations import search_operators
from tourism_odr.text import N_
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor

NOBODY = N_("Not named")


@bp.route("/triage/cases/<uuid:case_id>/respondents/add", methods=["GET", "POST"])
@takes_step("respondent.name")
def triage_add_respondent(case: Case) -> Page:
    """Name one more respondent."""
    form = forms.AddRespondentForm()
    if form.submitted():
        with form.refusals():
            commands.add(form.command(case), by=current_actor(), at=now())
            flash(N_("The respondent is added. Complete it from the register."), "success")
            return back_to(case, "respondents")
    return render_template("intake/triage_add_respondent.html", form=form, case=case)


@bp.route("/triage/cases/<uuid:case_id>/respondents/<uuid:subject_id>", methods=["GET", "POST"])
@takes_step("respondent.complete")
def triage_respondent(case: Case, subject: Subject) -> Page:
    """Search the register and choose."""
    party = db.session.get_one(Party, subject.id)
    words = request.args.get("q", party.typed_name or "").strip()
    found = search_operators(words) if words else []
    form = forms.ChooseOperatorForm(seen=subject.version)
    form.set_found(found)
    if form.submitted():
        with form.refusals():
            commands.complete(form.command(case, subject.id), by=current_actor(), at=now())
            flash(N_("The respondent is completed from the register."), "success")
            return back_to(case, "respondents")
    return render_template(
        "intake/triage_respondent.html", form=form, case=case, subject=subject, party=party, words=words, found=found
    )


@bp.route("/triage/cases/<uuid:case_id>/respondents/<uuid:subject_id>/enter", methods=["GET", "POST"])
@takes_step("respondent.complete")
def triage_new_operator(case: Case, subject: Subject) -> Page:
    """Enter an operator that the register does not hold."""
    form = forms.NewOperatorForm(seen=subject.version)
    party = db.session.get_one(Party, subject.id)
    if not form.is_submitted():
        form.name.data = party.typed_name
    if form.submitted():
        with form.refusals():
            commands.enter(form.command(case, subject.id), by=current_actor(), at=now())
            flash(N_("The operator is entered and the respondent completed."), "success")
            return back_to(case, "respondents")
    return render_template("intake/triage_new_operator.html", form=form, case=case, party=party)


@bp.route("/triage/cases/<uuid:case_id>/respondents/<uuid:subject_id>/merge", methods=["GET", "POST"])
@takes_step("respondent.merge")
def triage_merge(case: Case, subject: Subject) -> Page:
    """Say that this respondent is the same as another."""
    accused = overview.accused(db.session(), case, current_actor())
    others = [
        (one.party.id, one.name or NOBODY)
        for one in accused
        if one.party.id != subject.id and not is_final("respondent", one.subject.stage)
    ]
    form = forms.MergeForm(seen=subject.version)
    form.set_others(others)
    if form.submitted():
        with form.refusals():
            commands.merge(form.command(case, subject.id), by=current_actor(), at=now())
            flash(N_("The two respondents are joined."), "success")
            return back_to(case, "respondents")
    name = next((one.name for one in accused if one.party.id == subject.id), None)
    return render_template("intake/triage_merge.html", form=form, case=case, others=others, name=name)
