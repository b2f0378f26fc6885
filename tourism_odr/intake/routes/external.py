"""Matters that other channels sent: entered, imported, replied to, or followed where they already are."""

from flask import Response, flash, redirect, render_template, request, url_for

from tourism_odr.cases.lifecycle import STEPS, stage_title
from tourism_odr.cases.models import Case, External, Subject
from tourism_odr.cases.queries import steps_open_to
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import entering, importing
from tourism_odr.intake.forms import counter as forms
from tourism_odr.intake.queries import counter as queries
from tourism_odr.intake.queries import lodging
from tourism_odr.intake.routes.counter import Page, prepare, send
from tourism_odr.intake.routes.triage import back_to, version_of
from tourism_odr.people.roles import COUNTER, SUPERVISOR
from tourism_odr.text import N_
from tourism_odr.web.evidence import attach, keep_uploads
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.parts import MenuItem, PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in
from tourism_odr.web.steps_map import step_url

ENTRIES_MENU = (MenuItem(N_("Other channels"), "intake.entries", COUNTER, rank=14),)
ALL = "all"


@bp.get("/counter/entries")
@signed_in(*COUNTER)
def entries() -> Page:
    """What other channels sent, and which of them wait for a reply."""
    owed = request.args.get("which") != ALL
    rows, total = queries.entries(db.session(), current_actor(), now(), owed=owed, page=page_number())
    tabs = [
        Tab(N_("Replies owed"), here_with(which=None, page=None), owed),
        Tab(N_("All"), here_with(which=ALL, page=None), not owed),
    ]
    return render_template(
        "intake/entries.html", page=PageOf(rows, page_number(), total, queries.SIZE), tabs=tabs,
        channels=forms.OTHER_CHANNELS, stage_title=stage_title, at=now(),
        ways={row.subject.id: _replies(row) for row in rows}, may_import=current_actor().role in SUPERVISOR,
    )  # fmt: skip


def _replies(row: queries.Entry) -> list[tuple[str, str]]:
    """The replies that the reader may record now: words and address."""
    found = steps_open_to(db.session(), row.case, row.subject, current_actor())
    return [(step.title, url) for step in found if (url := step_url(step.name, row.case.id, row.subject.id))]


@bp.route("/counter/entries/enter", methods=["GET", "POST"])
@signed_in(*COUNTER)
def entry_enter() -> Page:
    """Enter what a hotline, a letter or another platform sent."""
    form = forms.ExternalForm()
    prepare(form)
    if form.submitted():
        sent = send(form)
        if sent is not None:
            return sent
    return render_template("intake/entry_enter.html", form=form)


@bp.route("/counter/entries/import", methods=["GET", "POST"])
@signed_in(*SUPERVISOR)
def entry_import() -> Page:
    """A file of entries: tried first, each row with its mistakes, then entered."""
    form, outcome = forms.ImportForm(), None
    own = next((body for body in lodging.bodies() if body.id == current_actor().organisation_id), None)
    own = own or queries.office(db.session(), current_actor().organisation_id)
    if form.submitted() and own is not None:
        with form.refusals():
            rows = importing.read(form.file.chosen()[0].stream.read())
            outcome = importing.import_entries(rows, own, really=bool(form.really.data), by=current_actor(), at=now())
    return render_template("intake/entry_import.html", form=form, outcome=outcome, columns=importing.COLUMNS)


@bp.get("/counter/entries/example.csv")
@signed_in(*SUPERVISOR)
def entry_example() -> Response:
    """A file to fill in, with one row."""
    return attach(Response(importing.example(), mimetype="text/csv"), "entries.csv")


@bp.route("/triage/cases/<uuid:case_id>/entries/<uuid:subject_id>/reply-acceptance", methods=["GET", "POST"])
@takes_step("external.reply-acceptance")
def reply_acceptance(case: Case, subject: Subject) -> Page:
    """The reply to the channel that the complaint was accepted."""
    return _reply(case, subject, "external.reply-acceptance")


@bp.route("/triage/cases/<uuid:case_id>/entries/<uuid:subject_id>/reply-conclusion", methods=["GET", "POST"])
@takes_step("external.reply-conclusion")
def reply_conclusion(case: Case, subject: Subject) -> Page:
    """The reply to the channel how it ended."""
    return _reply(case, subject, "external.reply-conclusion")


def _reply(case: Case, subject: Subject, step: str) -> Page:
    form = forms.ReplyForm(seen=subject.version)
    if form.submitted():
        proof, refused = keep_uploads(form.proof.chosen())
        for reason in refused:
            form.refuse("proof", reason)
        if proof and not refused:
            with form.refusals():
                entering.reply_to_channel(form.command(case, subject.id, proof), step, by=current_actor(), at=now())
                flash(N_("The reply to the channel is on record."), "success")
                return redirect(url_for("intake.entries"), 303)
    came = db.session.get_one(External, subject.id)
    return render_template("intake/entry_reply.html", form=form, case=case, came=came, step=STEPS[step], channels=forms.OTHER_CHANNELS)


@bp.route("/triage/cases/<uuid:case_id>/follow", methods=["GET", "POST"])
@takes_step("case.follow-elsewhere")
def triage_follow(case: Case) -> Page:
    """End the complaint here, because another body has the matter."""
    form = forms.FollowForm(seen=version_of(case.id))
    if form.submitted():
        with form.refusals():
            entering.follow_elsewhere(form.command(case), by=current_actor(), at=now())
            flash(N_("The complaint has ended here. The person is told where it is followed."), "success")
            return back_to(case)
    return render_template("intake/triage_follow.html", form=form, case=case)
