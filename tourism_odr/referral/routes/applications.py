"""The pages of applications beside the case: ask, open, write, send, record; and the course, for tourist and body."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.applying import fits_sort
from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.models.application import DEPOSIT
from tourism_odr.cases.papers.pages import statement
from tourism_odr.cases.queries import clocks_of
from tourism_odr.cases.rendering import title_of
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.people.roles import COMPLAINANT, SUPERVISOR
from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.commands import applications as commands
from tourism_odr.referral.forms import applications as forms
from tourism_odr.referral.queries import applications as queries
from tourism_odr.rulebooks.applications import application_grounds
from tourism_odr.text import N_
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.forms import Form, choice
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.reading import CASE, note_reading
from tourism_odr.web.steps_map import actions_for

Page = str | Response
BOTH = ("GET", "POST")
ONE = "/cases/<uuid:case_id>/applications/<uuid:subject_id>"


def shared() -> dict[str, object]:
    """What every page of an application draws with."""
    supervises = current_actor().role in SUPERVISOR
    words = {"sorts": forms.SORTS, "ways": forms.WAYS, "outcomes": forms.OUTCOMES, "stage_title": stage_title}
    return {**words, "supervises": supervises}


@bp.get("/cases/<uuid:case_id>/applications")
@reads_case(*COMPLAINANT, *SUPERVISOR)
def applications(case: Case) -> Page:
    """The applications of a case, and the way to one more."""
    found = queries.applications(db.session(), case, current_actor(), now())
    return render_template("referral/applications.html", case=case, found=found, **shared())


@bp.get(ONE)
@reads_case(*COMPLAINANT, *SUPERVISOR)
def application(case: Case, subject: Subject) -> Page:
    """One application: where it stands, what was sent and what came back, as far as its reader may read it."""
    if subject.kind != "application":
        raise NotFound
    note_reading(case.id, CASE)
    session, actor, at = db.session(), current_actor(), now()
    one = queries.application(session, case, subject)
    due = [deadline_of(clock, at) for clock, about in clocks_of(session, case.id, actor, at) if about.id == subject.id]
    return render_template(
        "referral/application.html", case=case, one=one, papers=queries.papers(session, one, actor, at), due=due,
        actions=[act for act in actions_for(case, subject, actor) if fits_sort(act.step.name, one.row.sort)], document_title=title_of, **shared(),
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/applications/ask", methods=BOTH)
@takes_step("application.ask")
def ask_application(case: Case) -> Page:
    """The tourist asks the body to apply."""
    return _begun(case, asks=True)


@bp.route("/cases/<uuid:case_id>/applications/open", methods=BOTH)
@takes_step("application.open")
def open_application(case: Case) -> Page:
    """The body opens an application of its own motion."""
    return _begun(case, asks=False)


def _begun(case: Case, *, asks: bool) -> Page:
    form = forms.BeginForm()
    about = queries.respondents(db.session(), case.id)
    form.respondent.choices = [choice(id, name) for id, name in about.items()]
    if len(about) == 1 and not form.is_submitted():
        form.respondent.data = str(next(iter(about)))
    if form.submitted():
        with form.refusals():
            act = commands.ask if asks else commands.open_application
            made = act(form.command(case.id, current_locale()), by=current_actor(), at=now())
            said = N_("Your request is with the complaint body.") if asks else N_("The application is open. Write the letter next.")
            return _told(case, made, said)
    return render_template("referral/begin_application.html", form=form, case=case, asks=asks, **shared())


@bp.route(f"{ONE}/decline", methods=BOTH)
@takes_step("application.decline")
def decline_application(case: Case, subject: Subject) -> Page:
    """The body does not send it."""
    form = forms.DeclineForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.decline(subject.id, form.seen_version, form.reason.data, by=current_actor(), at=now())
            return _told(case, subject.id, N_("The tourist is told why it is not sent."))
    return _form(case, subject, form, "decline")


@bp.route(f"{ONE}/letter", methods=BOTH)
@takes_step("application.write-lead", "application.write-deposit")
def write_letter(case: Case, subject: Subject) -> Page:
    """Write the letter and choose its files."""
    session = db.session()
    one = queries.application(session, case, subject)
    deposit = one.row.sort == DEPOSIT
    form = (forms.DepositForm if deposit else forms.LetterForm)(seen=subject.version, data={"amount": case.claimed})
    grounds = application_grounds(rulebook_of(case).jurisdiction, one.row.sort).values()
    form.ground.choices = [choice(ground.code, ground.title, ground.article) for ground in grounds]
    form.files.choices = [choice(file.item_id, file.name) for file in commands.evidence_for(session, case.id)]
    form.known.choices = [choice("", N_("It does not")), *(choice(*known) for known in queries.receivers(session, case.body_id))]
    if form.submitted():
        with form.refusals():
            commands.write_letter(form.command(subject.id), by=current_actor(), at=now())
            return _told(case, subject.id, N_("The letter is issued. Send it, then record the dispatch."))
    weak = [ground for ground in grounds if ground.weak]
    return _form(case, subject, form, "letter", deposit=deposit, weak=weak, statement=statement(session, case))


@bp.route(f"{ONE}/dispatch", methods=BOTH)
@takes_step("application.dispatch")
def dispatch_letter(case: Case, subject: Subject) -> Page:
    """Record how the letter left."""
    form = forms.DispatchForm(seen=subject.version, data={"day": local_day(now())})
    if form.submitted():
        kept, refused = keep_uploads(form.paper.chosen())
        for sentence in refused:
            form.refuse("paper", sentence)
        if not refused:
            with form.refusals():
                commands.dispatch(form.command(subject.id, kept), by=current_actor(), at=now())
                return _told(case, subject.id, N_("The dispatch is recorded, and the tourist is told."))
    return _form(case, subject, form, "dispatch")


@bp.route(f"{ONE}/receipt", methods=BOTH)
@takes_step("application.record-receipt")
def record_receipt(case: Case, subject: Subject) -> Page:
    """Record that the receiver has it."""
    form = forms.ReceiptForm(seen=subject.version, data={"day": local_day(now())})
    if form.submitted():
        with form.refusals():
            commands.record_receipt(form.command(subject.id), by=current_actor(), at=now())
            return _told(case, subject.id, N_("The receipt is recorded, and the tourist is told."))
    return _form(case, subject, form, "receipt")


@bp.route(f"{ONE}/decision", methods=BOTH)
@takes_step("application.record-decision")
def record_decision(case: Case, subject: Subject) -> Page:
    """Record the decision, and what of it the tourist is told."""
    form = forms.DecisionForm(seen=subject.version, data={"day": local_day(now())})
    if form.submitted():
        kept, refused = keep_uploads(form.paper.chosen())
        for sentence in refused:
            form.refuse("paper", sentence)
        if not refused:
            with form.refusals():
                commands.record_decision(form.command(subject.id, kept), by=current_actor(), at=now())
                return _told(case, subject.id, N_("The decision is recorded, and the tourist is told what may be told."))
    return _form(case, subject, form, "decision")


def _form(case: Case, subject: Subject, form: Form, what: str, **more: object) -> str:
    one = queries.application(db.session(), case, subject)
    return render_template(f"referral/application_{what}.html", form=form, case=case, one=one, **more, **shared())


def _told(case: Case, application_id: UUID, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("referral.application", case_id=case.id, subject_id=application_id), 303)
