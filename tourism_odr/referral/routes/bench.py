"""The court's desk: what came in, and what clerk and judge do with a suit."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.deadlines import in_force, proposed
from tourism_odr.cases.lifecycle import STEPS, stage_title
from tourism_odr.cases.models import Case, Filing, Subject
from tourism_odr.cases.needs import applied_to_withdraw
from tourism_odr.cases.rendering import title_of
from tourism_odr.cases.suits import OUTCOMES, yet_to_receive
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.people.organisations import people_of
from tourism_odr.people.persons import names_of
from tourism_odr.people.roles import COURT, Role
from tourism_odr.people.roles import TITLES as ROLES
from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.commands import bench as commands
from tourism_odr.referral.forms import bench as forms
from tourism_odr.referral.queries import bench as desk
from tourism_odr.referral.queries import package
from tourism_odr.referral.queries.checklist import POINTS
from tourism_odr.referral.queries.filing import TITLES
from tourism_odr.text import N_
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.forms import Form, choice
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.names import party_names
from tourism_odr.web.parts import MenuItem, PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in
from tourism_odr.web.reading import CASE, note_reading
from tourism_odr.web.steps_map import Action, actions_for

Page = str | Response
SUIT = "/court/cases/<uuid:case_id>/suits/<uuid:subject_id>"
MENU = (MenuItem(N_("Suits"), "referral.court_desk", COURT, rank=10),)


@bp.get("/court")
@signed_in(*COURT)
def court_desk() -> Page:
    """The suits of this court, the next deadline first."""
    session, actor, at = db.session(), current_actor(), now()
    show = desk.BY_CODE.get(request.args.get("show", ""), desk.SHOWS[0])
    counts = desk.counts(session, actor, at)
    found = [(row, deadline_of(row.clock, at) if row.clock else None) for row in desk.rows(session, actor, at, show, page_number())]
    tabs = [Tab(one.title, here_with(show=one.code, page=None), one is show, counts[one.code]) for one in desk.SHOWS]
    page = PageOf(found, page_number(), counts[show.code], desk.SIZE)
    return render_template("referral/court/desk.html", page=page, show=show, tabs=tabs, stage_title=stage_title)


@bp.get(SUIT)
@reads_case(*COURT)
def court_suit(case: Case, subject: Subject) -> Page:
    """The package: what to check, the paper beside its data, and what can be done now."""
    session, actor, at = db.session(), current_actor(), now()
    note_reading(case.id, CASE)
    if subject.kind != "filing":
        raise NotFound
    view = package.package(session, case, subject, actor, at)
    return render_template(
        "referral/court/suit.html", view=view, case=case, subject=subject, shown=view.shown(request.args.get("show", "")),
        actions=_open_now(case, subject, view), deadlines=[deadline_of(clock, at) for clock in view.clocks],
        stage=stage_title("filing", subject.stage), titles=TITLES, outcomes=OUTCOMES, document_title=title_of,
        role_of=lambda entry: ROLES[Role(entry.item.role)], appointment_title=lambda one: stage_title("appointment", one),
        clerk=actor.role is Role.CLERK, may_name=_may_name(subject, view),
    )  # fmt: skip


def _open_now(case: Case, subject: Subject, view: package.Package) -> list[Action]:
    """What clerk or judge can do, without what would be refused whatever they write."""
    both = all(side.consents for side in view.sides)
    open_ = {
        "filing.entrust": both,
        "filing.delegate": both and in_force(case, "filing.delegate", now()),
        "filing.permit-withdrawal": applied_to_withdraw(db.session(), subject.id),
    }
    return [one for one in actions_for(case, subject, current_actor()) if open_.get(one.step.name, True)]


def _may_name(subject: Subject, view: package.Package) -> bool:
    """The clerk names a mediator while the case waits for one."""
    waits = subject.stage in STEPS["filing.begin-mediation"].leaves and view.mediator is None
    return waits and current_actor().role is Role.CLERK


def to_suit(case: Case, subject: Subject) -> Response:
    """Back to the package."""
    return redirect(url_for("referral.court_suit", case_id=case.id, subject_id=subject.id), 303)


def drawn(template: str, form: Form, case: Case, subject: Subject, **more: object) -> str:
    """A page of the bench with its form."""
    filing = db.session.get_one(Filing, subject.id)
    sides = package.sides(db.session(), filing)
    return render_template(f"referral/court/{template}.html", form=form, case=case, subject=subject, filing=filing, sides=sides, **more)


@bp.route(f"{SUIT}/register", methods=["GET", "POST"])
@takes_step("filing.register")
def court_register(case: Case, subject: Subject) -> Page:
    """Number, procedure, judge."""
    form = forms.RegisterForm(seen=subject.version)
    filing = db.session.get_one(Filing, subject.id)
    judges = names_of(people_of(filing.court_id, Role.JUDGE, now()))
    form.judge.choices = [choice("", N_("Choose")), *(choice(one, name) for one, name in judges.items())]
    if form.submitted():
        with form.refusals():
            commands.register(form.command(case, subject), by=current_actor(), at=now())
            flash(N_("The suit is registered. The plaintiff is told."), "success")
            return to_suit(case, subject)
    return drawn("register", form, case, subject)


@bp.route(f"{SUIT}/return", methods=["GET", "POST"])
@takes_step("filing.return")
def court_return(case: Case, subject: Subject) -> Page:
    """One notice of everything that is missing."""
    due = proposed(case, "correct", now())
    form = forms.ReturnForm(seen=subject.version, data={"day": due.day})
    if form.submitted():
        with form.refusals():
            commands.return_(form.command(case, subject), by=current_actor(), at=now())
            flash(N_("The suit is with the plaintiff again, with a list of what to correct."), "success")
            return to_suit(case, subject)
    return drawn("return", form, case, subject, points=POINTS, due=due)


@bp.route(f"{SUIT}/refuse", methods=["GET", "POST"])
@takes_step("filing.refuse")
def court_refuse(case: Case, subject: Subject) -> Page:
    """The judge's ruling."""
    form = forms.RefuseForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.refuse(form.command(case, subject), by=current_actor(), at=now())
            flash(N_("The ruling is issued and served. It names the appeal."), "success")
            return to_suit(case, subject)
    return drawn("refuse", form, case, subject)


@bp.route(f"{SUIT}/instrument", methods=["GET", "POST"])
@takes_step("filing.instrument")
def court_instrument(case: Case, subject: Subject) -> Page:
    """The judge's mediation instrument."""
    terms = package.last_words(db.session(), subject, Role.MEDIATOR)
    form = forms.InstrumentForm(seen=subject.version, data={"words": terms})
    at = now()
    if form.submitted():
        with form.refusals():
            commands.issue_instrument(form.command(case, subject, local_day(at)), by=current_actor(), at=at)
            flash(N_("The instrument is issued. It takes effect with the last receipt."), "success")
            return to_suit(case, subject)
    return drawn("instrument", form, case, subject)


@bp.route(f"{SUIT}/permit-withdrawal", methods=["GET", "POST"])
@takes_step("filing.permit-withdrawal")
def court_permit_withdrawal(case: Case, subject: Subject) -> Page:
    """The judge permits the withdrawal."""
    form, at = forms.PermitForm(seen=subject.version), now()
    if form.submitted():
        with form.refusals():
            commands.permit_withdrawal(form.command(case, subject, local_day(at)), by=current_actor(), at=at)
            flash(N_("The suit is withdrawn."), "success")
            return to_suit(case, subject)
    return drawn("permit_withdrawal", form, case, subject)


@bp.route(f"{SUIT}/decide", methods=["GET", "POST"])
@takes_step("filing.decide")
def court_decide(case: Case, subject: Subject) -> Page:
    """How the court decided comes home."""
    at = now()
    form = forms.DecideForm(seen=subject.version, data={"day": local_day(at)})
    if form.submitted():
        with form.refusals():
            commands.decide(form.command(case, subject), by=current_actor(), at=at)
            flash(N_("The outcome is on record. Both sides are told."), "success")
            return to_suit(case, subject)
    return drawn("decide", form, case, subject)


@bp.route(f"{SUIT}/receipt", methods=["GET", "POST"])
@takes_step("filing.record-receipt")
def court_receipt(case: Case, subject: Subject) -> Page:
    """A receipt on paper."""
    form = forms.ReceiptForm(seen=subject.version, data={"day": local_day(now())})
    waiting = yet_to_receive(db.session(), db.session.get_one(Filing, subject.id))
    form.party.choices = [choice(one, name) for one, name in party_names(db.session(), waiting).items()]
    if form.submitted():
        with form.refusals():
            commands.confirm_receipt(form.command(case, subject), by=current_actor(), at=now())
            flash(N_("The receipt is on record."), "success")
            return to_suit(case, subject)
    return drawn("receipt", form, case, subject, waiting=waiting)

