"""Mediation under a court: the court's pages, those of the two sides, and the mediator's report."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.deadlines import in_force
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.models import Case, Filing, Subject
from tourism_odr.cases.relations import party_of
from tourism_odr.cases.rendering import title_of
from tourism_odr.cases.suits import OUTCOMES
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import COMPLAINANT, RESPONDENT, Role
from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.commands import bench
from tourism_odr.referral.commands import under_court as commands
from tourism_odr.referral.forms import under_court as forms
from tourism_odr.referral.forms.bench import suit
from tourism_odr.referral.queries import told as reading
from tourism_odr.referral.routes.bench import SUIT, drawn, to_suit
from tourism_odr.text import N_, M
from tourism_odr.web.candidates import candidates
from tourism_odr.web.codes import code_checked
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.forms import choice
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.steps_map import Action, actions_for

Page = str | Response
TOLD = "/cases/<uuid:case_id>/court/<uuid:subject_id>"


@bp.route(f"{SUIT}/invite", methods=["GET", "POST"])
@takes_step("filing.invite-mediation")
def court_invite(case: Case, subject: Subject) -> Page:
    """Both sides are asked."""
    form = forms.AskForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.invite(suit(case, subject, form), by=current_actor(), at=now())
            flash(N_("Both sides are asked."), "success")
            return to_suit(case, subject)
    return drawn("invite", form, case, subject)


@bp.route(f"{SUIT}/entrust", methods=["GET", "POST"])
@takes_step("filing.entrust")
def court_entrust(case: Case, subject: Subject) -> Page:
    """After registration, with the consent of every side."""
    return _hand_over(case, subject, "filing.entrust", open=True)


@bp.route(f"{SUIT}/delegate", methods=["GET", "POST"])
@takes_step("filing.delegate")
def court_delegate(case: Case, subject: Subject) -> Page:
    """Before registration, as long as the rules let a court do so."""
    return _hand_over(case, subject, "filing.delegate", open=in_force(case, "filing.delegate", now()))


def _hand_over(case: Case, subject: Subject, step: str, *, open: bool) -> Page:
    form = forms.HandOverForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.hand_over(form.command(case, subject), step, by=current_actor(), at=now())
            flash(N_("The case is handed over. Name the mediator, unless the sides choose one."), "success")
            return to_suit(case, subject)
    return drawn("hand_over", form, case, subject, delegates=step == "filing.delegate", open=open)


@bp.route(f"{SUIT}/mediator", methods=["GET", "POST"])
@reads_case(Role.CLERK)
def court_mediator(case: Case, subject: Subject) -> Page:
    """Whom to ask; who is connected with a side or mediated before cannot be."""
    if subject.kind != "filing":
        raise NotFound
    form = forms.NameForm(seen=subject.version)
    found = candidates(db.session(), case.id, now())
    free, barred = [one for one in found if not one.against], [one for one in found if one.against]
    form.mediator.choices = [
        choice(one.person_id, one.name, M("%(house)s · open cases: %(load)s", house=one.organisation, load=one.load)) for one in free
    ]
    if form.submitted():
        with form.refusals():
            commands.name_mediator(form.command(case, subject), by=current_actor(), at=now())
            flash(N_("The mediator is asked. The time runs from the day of acceptance."), "success")
            return to_suit(case, subject)
    return drawn("mediator", form, case, subject, free=free, barred=barred)


@bp.route("/court/cases/<uuid:case_id>/mediators/<uuid:subject_id>/replace", methods=["GET", "POST"])
@takes_step("appointment.replace")
def court_replace_mediator(case: Case, subject: Subject) -> Page:
    """The court's own mediator loses every place of the case; another one is asked."""
    filing = commands.asked_in(db.session(), case.id, current_actor().organisation_id)
    if filing is None:
        raise NotFound
    about = db.session.get_one(Subject, filing.id)
    form = forms.ReplaceForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.replace_mediator(subject.id, form.seen_version, str(form.reason.data), by=current_actor(), at=now())
            flash(N_("The mediator is replaced and reads nothing of the case any more. Ask another one."), "success")
            return to_suit(case, about)
    return drawn("replace_mediator", form, case, about)


@bp.get(TOLD)
@reads_case(*COMPLAINANT, *RESPONDENT, Role.MEDIATOR)
def suit_told(case: Case, subject: Subject) -> Page:
    """What a side or the mediator needs to know of the suit, and what they can do now."""
    session, actor, at = db.session(), current_actor(), now()
    view = reading.told(session, case, subject, actor, at)
    if view is None:
        raise NotFound
    duties, aside = _open_to_me(case, subject, view)
    return render_template(
        "referral/told/suit.html", case=case, subject=subject, view=view, stage=stage_title("filing", subject.stage),
        deadlines=[deadline_of(clock, at) for clock in view.clocks], duties=duties, aside=aside,
        outcomes=OUTCOMES, document_title=title_of,
    )  # fmt: skip


SAID = (
    "consent-mediation", "decline-mediation", "confirm-receipt", "report-agreement", "report-failure", "give-back",
    "agree-extension", "apply-withdrawal",
)  # fmt: skip
ASIDE = {"agree-extension", "apply-withdrawal"}  # nobody waits for it
ANSWERS = {"consent-mediation": True, "decline-mediation": False}


def _open_to_me(case: Case, subject: Subject, view: reading.Told) -> tuple[list[Action], list[Action]]:
    """What waits for the reader, and what else they can do; a question that nobody asked has no answer."""
    actor = current_actor()
    mine = party_of(db.session(), case.id, actor)
    said = {side.party.id: side.consents for side in view.sides}.get(mine.id) if mine else None
    shut = {verb for verb, answer in ANSWERS.items() if view.filing.invited_at is None or answer is said}
    aside = ASIDE if said is None else ASIDE | set(ANSWERS)
    found = [one for one in actions_for(case, subject, actor) if one.step.verb in SAID and one.step.verb not in shut]
    found.sort(key=lambda one: SAID.index(one.step.verb))
    return [one for one in found if one.step.verb not in aside], [one for one in found if one.step.verb in aside]


def _to_told(case: Case, subject: Subject, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("referral.suit_told", case_id=case.id, subject_id=subject.id), 303)


def _click(case: Case, subject: Subject, step: str, title: str, words: str, button: str, done: str, act: Callable[..., None]) -> Page:
    """A page on which a side says one thing to the court; who came by link proves with a code that it is them."""
    form, actor, at = forms.SideForm(seen=subject.version), current_actor(), now()
    if form.submitted() and code_checked(form, actor, step, subject.id, at):
        with form.refusals():
            act(suit(case, subject, form), by=actor, at=at, code_checked=True)
            return _to_told(case, subject, done)
    return render_template(
        "referral/told/click.html", form=form, case=case, subject=subject, step=step, title=title, words=words, button=button
    )


@bp.route(f"{TOLD}/consent", methods=["GET", "POST"])
@takes_step("filing.consent-mediation")
def consent_under_court(case: Case, subject: Subject) -> Page:
    """Yes."""
    return _click(
        case, subject, "filing.consent-mediation", N_("Consent to mediation under the court"),
        N_("The court hands the case to a mediator for a short time. What is said there is not told to the court. Without an agreement the suit goes on."),
        N_("I consent"), N_("The court is told that you consent."),
        lambda *a, **k: commands.answer(*a, given=True, **k),
    )  # fmt: skip


@bp.route(f"{TOLD}/decline", methods=["GET", "POST"])
@takes_step("filing.decline-mediation")
def decline_under_court(case: Case, subject: Subject) -> Page:
    """No; nobody must give a reason."""
    return _click(
        case, subject, "filing.decline-mediation", N_("Decline mediation under the court"),
        N_("Mediation is voluntary. The suit goes on before the court, and declining does you no harm."),
        N_("I decline"), N_("The court is told that you decline."),
        lambda *a, **k: commands.answer(*a, given=False, **k),
    )  # fmt: skip


@bp.route(f"{TOLD}/more-time", methods=["GET", "POST"])
@takes_step("filing.agree-extension")
def more_time_under_court(case: Case, subject: Subject) -> Page:
    """More time needs every side."""
    return _click(
        case, subject, "filing.agree-extension", N_("Consent to more time"),
        N_("The time becomes longer once every side consents, by as much as the law allows, and once only."),
        N_("I consent"), N_("Your consent is on record."), commands.agree_to_more_time,
    )  # fmt: skip


@bp.route(f"{TOLD}/withdrawal", methods=["GET", "POST"])
@takes_step("filing.apply-withdrawal")
def apply_withdrawal(case: Case, subject: Subject) -> Page:
    """The plaintiff applies, a judge decides."""
    return _click(
        case, subject, "filing.apply-withdrawal", N_("Apply to withdraw the suit"),
        N_("A judge decides whether the suit may be withdrawn. After that you may sue again on the same claim."),
        N_("Apply"), N_("The judge is told of your application."), commands.apply_for_withdrawal,
    )  # fmt: skip


@bp.route(f"{TOLD}/receipt", methods=["GET", "POST"])
@takes_step("filing.confirm-receipt")
def confirm_instrument(case: Case, subject: Subject) -> Page:
    """A side has read the instrument and confirms that it received it."""

    def act(about: bench.Suit, *, by: Actor, at: datetime, code_checked: bool) -> None:
        party = party_of(db.session(), case.id, by)
        if party is None:
            raise NotFound
        bench.confirm_receipt(bench.Receipt(about, party.id, local_day(at), "online"), by=by, at=at, code_checked=code_checked)

    return _click(
        case, subject, "filing.confirm-receipt", N_("Confirm that I received the instrument"),
        N_("Read the instrument first. It takes legal effect when the last side has received it; before that each side may still refuse to receive it."),
        N_("I received it"), N_("Your receipt is on record."), act,
    )  # fmt: skip


@bp.route(f"{TOLD}/no-agreement", methods=["GET", "POST"])
@takes_step("filing.report-failure")
def report_failure(case: Case, subject: Subject) -> Page:
    """Back to the court."""
    return _failed(case, subject, "filing.report-failure")


@bp.route(f"{TOLD}/give-back", methods=["GET", "POST"])
@takes_step("filing.give-back")
def give_back(case: Case, subject: Subject) -> Page:
    """Back to the court, for registration."""
    return _failed(case, subject, "filing.give-back")


def _failed(case: Case, subject: Subject, step: str) -> Page:
    form = forms.ResultForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.report(form.command(case, subject, step), by=current_actor(), at=now())
            return _to_told(case, subject, N_("The case is with the court again."))
    facts = reading.facts(db.session(), db.session.get_one(Filing, subject.id))
    return render_template("referral/told/failed.html", form=form, case=case, subject=subject, facts=facts)


@bp.route(f"{TOLD}/agreement", methods=["GET", "POST"])
@takes_step("filing.report-agreement")
def report_agreement(case: Case, subject: Subject) -> Page:
    """What the sides agreed goes to the judge."""
    form = forms.TermsForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.report(form.command(case, subject), by=current_actor(), at=now())
            return _to_told(case, subject, N_("The agreement is reported to the court."))
    return render_template("referral/told/agreed.html", form=form, case=case, subject=subject)

