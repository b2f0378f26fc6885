"""Time that stands still and time that becomes longer: each step has its page, and the page of dates leads there."""

import re
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tourism_odr.casefile.blueprint import bp
from tourism_odr.casefile.commands import timing
from tourism_odr.casefile.forms.timing import (
    AnswerForm,
    BeginPauseForm,
    EndPauseForm,
    MoreTimeForm,
    UndoPauseForm,
)
from tourism_odr.casefile.queries import timing as reading
from tourism_odr.casefile.queries.overview import sides_of
from tourism_odr.cases import extending, pausing
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.extending import ORDER, PROPOSE, Extendable
from tourism_odr.cases.items import StoredFile
from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.cases.models import Case, Clock, Extension, ItemText, Pause, Subject
from tourism_odr.cases.pausing import Pausable
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.rulebooks import local_zone
from tourism_odr.rulebooks.terms import AUTHORITIES, PAUSES
from tourism_odr.text import N_, M, Message
from tourism_odr.web.codes import code_checked
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.forms import Form, choice
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale, say_here
from tourism_odr.web.names import called
from tourism_odr.web.steps_map import step_url

Page = str | Response
SENT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|" + "|".join(PAUSES))
CONSENT, DECLINE, WITHDRAW = "extension.consent", "extension.decline", "extension.withdraw"
OTHER = {CONSENT: DECLINE, DECLINE: CONSENT}
ANSWERED = {
    CONSENT: N_("You have consented."),
    DECLINE: N_("You have declined. The first date stays."),
    WITHDRAW: N_("The proposal is withdrawn. The first date stays."),
}


def to_dates(case: Case) -> Response:
    """Back to the page of dates."""
    return redirect(url_for("casefile.deadlines", case_id=case.id), 303)


@bp.route("/cases/<uuid:case_id>/pauses/new", methods=["GET", "POST"])
@takes_step("pause.begin")
def begin_pause(case: Case) -> Page:
    """Which time, for what, from which day, and the paper."""
    actor, at = current_actor(), now()
    offered = pausing.pausable(db.session(), case, actor, at)
    if not offered and request.method == "GET":
        raise NotYoursError("no time that could stand still")
    form = BeginPauseForm(data={"first": local_day(at, local_zone(case.jurisdiction))})
    _offer_pauses(form, offered)
    if form.submitted():
        kept, refused = keep_uploads(form.papers.chosen())
        if not (kept or refused):
            form.refuse("papers", N_("Add the paper that shows it."))
        if _all_kept(form, kept, refused):
            with form.refusals():
                timing.begin_pause(form.command(case.id, kept, current_locale()), by=actor, at=at)
                flash(N_("The time stands still. Both sides are told."), "success")
                return to_dates(case)
    return render_template("casefile/begin_pause.html", form=form, case=case, offered=offered)


def _offer_pauses(form: BeginPauseForm, offered: list[Pausable]) -> None:
    """What is the only choice is chosen already."""
    form.about.choices = [choice(one.subject.id, _titles(one)) for one in offered] or _as_sent(form.about.data)
    reasons = sorted({reason for one in offered for reason in one.reasons})
    form.reason.choices = [choice(code, PAUSES[code]) for code in reasons] or _as_sent(form.reason.data)
    for field in (form.about, form.reason):
        if len(field.choices) == 1 and not field.data:
            field.data = field.choices[0].value
    wanted = request.args.get("about")
    if request.method == "GET" and wanted in form.about.values():
        form.about.data = wanted


def _as_sent(value: str | None) -> list[object]:
    """A form that was open while its choice went away is answered by the command: somebody was first."""
    return [choice(value, value)] if value and SENT.fullmatch(value) else []


def _titles(one: Pausable) -> str:
    return "; ".join(say_here(clock.derivation["title"]) for clock in one.clocks)


def _all_kept(form: Form, kept: list[StoredFile], refused: list[Message]) -> bool:
    for message in refused:
        form.refuse("papers", message)
    return bool(kept) and not refused


@bp.route("/cases/<uuid:case_id>/pauses/<uuid:subject_id>/end", methods=["GET", "POST"])
@takes_step("pause.end")
def end_pause(case: Case, subject: Subject) -> Page:
    """The last day that does not count; both dates are shown before the button."""
    at, pause = now(), db.session.get_one(Pause, subject.id)
    today = local_day(at, local_zone(case.jurisdiction))
    form = EndPauseForm(seen=subject.version, data={"last": max(today, pause.first)})
    if form.submitted():
        kept, refused = keep_uploads(form.papers.chosen())
        if not refused:
            with form.refusals():
                timing.end_pause(form.command(case.id, subject.id, kept), by=current_actor(), at=at)
                flash(N_("The time runs again. Both sides see the new date and why."), "success")
                return to_dates(case)
        for message in refused:
            form.refuse("papers", message)
    return render_template("casefile/end_pause.html", form=form, case=case, **_pause(pause, subject))


@bp.route("/cases/<uuid:case_id>/pauses/<uuid:subject_id>/undo", methods=["GET", "POST"])
@takes_step("pause.undo")
def undo_pause(case: Case, subject: Subject) -> Page:
    """Begun by mistake: on the same day it can be undone, and no day is lost."""
    form = UndoPauseForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            timing.undo_pause(case.id, subject.id, form.seen_version, by=current_actor(), at=now())
            flash(N_("The time ran on, and every day counts. Both sides are told."), "success")
            return to_dates(case)
    return render_template("casefile/undo_pause.html", form=form, case=case, **_pause(db.session.get_one(Pause, subject.id), subject))


def _pause(pause: Pause, subject: Subject) -> dict[str, object]:
    session = db.session()
    held = pausing.halted(session, pause)
    titles = [clock.derivation["title"] for clock in held]
    return {
        "pause": pause, "subject": subject, "why": PAUSES[pause.reason], "titles": titles, "clocks": held,
        "words": session.get(ItemText, pause.item_id),
    }  # fmt: skip


@bp.route("/cases/<uuid:case_id>/extensions/new", methods=["GET", "POST"])
@takes_step(PROPOSE, ORDER)
def more_time(case: Case) -> Page:
    """Which time limit, how much longer, why; whose consent it takes stands beside it."""
    actor, at, session = current_actor(), now(), db.session()
    offered = extending.extendable(session, case, actor, at)
    if not offered and request.method == "GET":
        raise NotYoursError("no time that could become longer")
    form = MoreTimeForm()
    form.clock.choices = [choice(one.clock.id, one.clock.derivation["title"], _most(one)) for one in offered] or _as_sent(form.clock.data)
    _preselect(form, offered)
    if form.submitted() and code_checked(form, actor, PROPOSE, case.id, at):
        with form.refusals():
            timing.ask_for_time(form.command(case.id, current_locale()), by=actor, at=at)
            ordered = any(one.step == ORDER and str(one.clock.id) == form.clock.data for one in offered)
            flash(N_("The time is longer. Both sides are told.") if ordered else N_("Proposed. Every side is asked for its consent."), "success")
            return to_dates(case)
    names = _names(case)
    return render_template(
        "casefile/more_time.html", form=form, case=case, offered=offered, propose=PROPOSE,
        asked_of={one.clock.id: [names[party.id] for party in one.consents] for one in offered},
        decides=bool(offered) and all(one.step == ORDER for one in offered),
    )  # fmt: skip


def _preselect(form: MoreTimeForm, offered: list[Extendable]) -> None:
    if request.method != "GET":
        return
    wanted = request.args.get("clock")
    first = next((one for one in offered if str(one.clock.id) == wanted), offered[0])
    form.clock.data, form.count.data = str(first.clock.id), first.allowed.count


def _most(one: Extendable) -> Message:
    return M(
        "At most %(period)s more, by %(who)s, %(article)s; now until %(day)s",
        period=reading.period_of(one.allowed.unit, one.allowed.count), who=Message(AUTHORITIES[one.allowed.by]),
        article=Message(one.allowed.article), day=one.clock.day,
    )  # fmt: skip


def _names(case: Case) -> dict[UUID, str]:
    sides = sides_of(db.session(), case.id)
    return {id: called(side.organisation) if side.organisation else side.name for id, side in sides.items()}


@bp.route("/cases/<uuid:case_id>/extensions/<uuid:subject_id>/consent", methods=["GET", "POST"])
@takes_step(CONSENT)
def consent_to_time(case: Case, subject: Subject) -> Page:
    """The check page of one party: old and new date, why, and a code where it binds."""
    return _answer(case, subject, CONSENT)


@bp.route("/cases/<uuid:case_id>/extensions/<uuid:subject_id>/decline", methods=["GET", "POST"])
@takes_step(DECLINE)
def decline_time(case: Case, subject: Subject) -> Page:
    """The first date stays."""
    return _answer(case, subject, DECLINE)


@bp.route("/cases/<uuid:case_id>/extensions/<uuid:subject_id>/withdraw", methods=["GET", "POST"])
@takes_step(WITHDRAW)
def withdraw_time(case: Case, subject: Subject) -> Page:
    """Whoever proposed it takes it back."""
    return _answer(case, subject, WITHDRAW)


def _answer(case: Case, subject: Subject, step: str) -> Page:
    actor, at, session = current_actor(), now(), db.session()
    extension = session.get_one(Extension, subject.id)
    mine = reading.proposed_by if step == WITHDRAW else reading.unanswered
    if request.method == "GET" and not mine(session, case, subject.id, actor):
        raise NotYoursError("not asked")
    form, binds = AnswerForm(seen=subject.version), step != WITHDRAW
    if form.submitted() and (not binds or code_checked(form, actor, step, subject.id, at)):
        with form.refusals():
            command = timing.AnswerForTime(case.id, subject.id, step, form.seen_version, code_checked=binds)
            timing.answer_for_time(command, by=actor, at=at)
            flash(ANSWERED[step], "success")
            return to_dates(case)
    return render_template(
        "casefile/answer_time.html", form=form, case=case, subject=subject, step=STEPS[step], binds=binds, names=_names(case),
        asked=reading.asked(session, case, extension, subject, at), clock=session.get_one(Clock, extension.clock_id),
        who=AUTHORITIES[extension.by], other=step_url(OTHER[step], case.id, subject.id) if binds else "",
    )  # fmt: skip
