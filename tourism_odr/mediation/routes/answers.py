"""The pages of a respondent's people: inbox, letter, answer, invitation, urging."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases import items
from tourism_odr.cases.categories import category_title
from tourism_odr.cases.lifecycle import PlaceKind, stage_title
from tourism_odr.cases.models import Case, Party, Subject, Urge
from tourism_odr.cases.queries import clocks_of, documents_of, items_of, places_of, steps_open_to
from tourism_odr.cases.relations import party_of
from tourism_odr.cases.rendering import title_of
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.commands import answers as commands
from tourism_odr.mediation.forms.answers import (
    AnswerForm,
    NotOursForm,
    PlainForm,
    ReasonForm,
    SendAnswerForm,
    answer_form,
    claim_label,
)
from tourism_odr.mediation.queries import answers as queries
from tourism_odr.mediation.routes.roompage import FILE_PAGES, page_for
from tourism_odr.people import persons
from tourism_odr.people.roles import RESPONDENT, Role
from tourism_odr.text import N_, M
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.parts import MenuItem, PageOf, Tab, page_number
from tourism_odr.web.policy import signed_in

Page = str | Response | tuple[str, int]
TABS = {
    "to-answer": N_("To answer"),
    "waiting": N_("Waiting for the tourist"),
    "mediation": N_("In mediation"),
    "sign-pay": N_("To sign and to pay"),
    "archive": N_("Archive"),
}
PAPER_PAGES = ("casefile.document", "casefile.download", "casefile.paper")
MENU = (MenuItem(N_("Cases"), "mediation.respond", RESPONDENT, rank=10),)
WHERE = {
    "service": "mediation.open_letter",
    "respondent": "mediation.respondent",
    "agreement": "mediation.agreement",
    "instalment": "mediation.payments",
}


def file_page(case: Case) -> Callable[[UUID], str]:
    """The address of a file of this case."""
    return lambda item_id: page_for(FILE_PAGES, case_id=case.id, item_id=item_id)


def paper_page(case: Case) -> Callable[[UUID], str]:
    """The address of a document of this case."""
    return lambda document_id: page_for(PAPER_PAGES, case_id=case.id, document_id=document_id)


@bp.get("/respond")
@signed_in(*RESPONDENT)
def respond() -> Page:
    """The inbox: what waits for an answer first, the next due on top."""
    actor, at = current_actor(), now()
    tab = request.args.get("tab", "to-answer")
    if tab not in TABS:
        raise NotFound
    number = page_number()
    found = queries.inbox(db.session(), actor, tab, at, number)
    acting = queries.handlers(db.session(), [line.subject.id for line in found.lines])
    names = persons.names_of(acting.values()) if acting else {}
    tabs = [Tab(title, url_for("mediation.respond", tab=key), key == tab, found.counts[key]) for key, title in TABS.items()]
    lines = [
        {
            "line": line, "href": _href(line.subject), "stage": stage_title(line.subject.kind, line.subject.stage),
            "due": deadline_of(line.clock, at) if line.clock else None,
            "cause": category_title(line.case.category), "sealed": line.subject.kind == "service", "handler": names.get(acting.get(line.subject.id, UUID(int=0)), ""),
        }
        for line in found.lines
    ]  # fmt: skip
    page = PageOf(lines, number, found.total, queries.SIZE)
    return render_template("mediation/respond.html", tab=tab, tabs=tabs, title=TABS[tab], page=page)


def _href(subject: Subject) -> str:
    """Where a line of the inbox leads."""
    if subject.kind == "instalment":
        return url_for("mediation.payments", case_id=subject.case_id)
    return url_for(WHERE[subject.kind], case_id=subject.case_id, subject_id=subject.id)


@bp.route("/cases/<uuid:case_id>/letters/<uuid:subject_id>/open", methods=["GET", "POST"])
@takes_step("service.open")
def open_letter(case: Case, subject: Subject) -> Page:
    """Fetching shows a button and changes nothing; pressing it is what counts as served."""
    form = PlainForm(seen=subject.version)
    if form.submitted():
        commands.open_letter(subject.id, form.seen_version, by=current_actor(), at=now())
        mine = _my_respondent(case)
        return redirect(url_for("mediation.respondent", case_id=case.id, subject_id=mine.id), 303)
    return render_template("mediation/open_letter.html", form=form, case=case)


def _my_respondent(case: Case) -> Party:
    party = party_of(db.session(), case.id, current_actor())
    if party is None:
        raise NotFound
    return party


def own_respondent(case: Case, subject: Subject) -> Party:
    """The actor's own respondent, once the letter was opened; another's does not exist."""
    party = _my_respondent(case)
    reads = [p.kind for p in places_of(db.session(), case.id, current_actor(), now())]
    if party.id != subject.id or PlaceKind.FILE not in reads:
        raise NotFound
    return party


@bp.get("/cases/<uuid:case_id>/respondents/<uuid:subject_id>")
@reads_case(*RESPONDENT)
def respondent(case: Case, subject: Subject) -> Page:
    """The complaint as it was served, by when to answer, and what to do now."""
    party = own_respondent(case, subject)
    actor, at, session = current_actor(), now(), db.session()
    steps = {step.name for step in steps_open_to(session, case, subject, actor)}
    dues = [deadline_of(clock, at) for clock, of in clocks_of(session, case.id, actor, at) if of.id == subject.id]
    kinds = (items.STATEMENT, items.FILE, items.ANSWER, items.LETTER)
    laid = items_of(session, case.id, actor, at, kinds)
    theirs = [entry for entry in laid if entry.item.subject_id is None]
    shown = {
        "party": party, "steps": steps, "dues": dues, "case": case, "subject": subject,
        "statements": [e for e in theirs if e.item.kind == items.STATEMENT],
        "files": [e for e in theirs if e.item.kind == items.FILE],
        "answers": [e for e in laid if e.item.kind == items.ANSWER and e.item.subject_id == subject.id],
        "letters": [e for e in laid if e.item.kind == items.LETTER and e.item.subject_id == subject.id],
        "claims": [claim_label(claim) for claim in queries.claims_of(session, case.id)],
        "booking": queries.booking(session, case),
        "documents": documents_of(session, case.id, actor, at), "draft": queries.draft_of(session, subject.id, actor),
        "stage": stage_title(subject.kind, subject.stage), "agreements": queries.agreements_of(session, subject.id),
        "cause": category_title(case.category), "late": queries.is_late(session, subject, at),
        "document_title": title_of,
        "room": page_for(("casefile.case",), case_id=case.id), "file_of": file_page(case), "paper_of": paper_page(case),
        "stages": {row.Subject.id: stage_title("agreement", row.Subject.stage) for row in queries.agreements_of(session, subject.id)},
    }  # fmt: skip
    return render_template("mediation/respondent.html", **shown)


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/answer", methods=["GET", "POST"])
@takes_step("respondent.answer")
def answer(case: Case, subject: Subject) -> Page:
    """Write the answer; every save is a draft on the server, nothing is sent from here."""
    own_respondent(case, subject)
    session, at = db.session(), now()
    draft = queries.draft_of(session, subject.id, current_actor())
    content = draft.content if draft else {}
    kept: list[dict[str, Any]] = list(content.get("files", ()))
    form = answer_form(
        queries.claims_of(session, case.id), content, late=queries.is_late(session, subject, at), seen=subject.version
    )
    if request.method == "POST":
        right = form.submitted()
        saved = _save(case, subject, form, kept)
        if form.files.errors:
            return _written(case, subject, form, saved)
        if request.form.get("save") or request.form.get("remove"):
            return _stay(case, subject)
        if right:
            return redirect(url_for("mediation.answer_check", case_id=case.id, subject_id=subject.id), 303)
        kept = saved
    return _written(case, subject, form, kept)


def _written(case: Case, subject: Subject, form: AnswerForm, kept: list[dict[str, Any]]) -> str:
    return render_template("mediation/answer.html", form=form, case=case, subject=subject, kept=kept, late=form.late)


def _stay(case: Case, subject: Subject) -> Response:
    flash(N_("Saved. Nobody else can read it yet."), "success")
    return redirect(url_for("mediation.answer", case_id=case.id, subject_id=subject.id), 303)


def _save(case: Case, subject: Subject, form: AnswerForm, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep what was typed and uploaded; a file that was refused has its reason beside the field."""
    files, refused = keep_uploads(form.files.chosen())
    removed = request.form.get("remove")
    all_files = [one for one in kept if one["digest"] != removed] + [asdict(one) for one in files]
    commands.save_draft(case.id, subject.id, form.content(all_files), by=current_actor(), at=now())
    for reason in refused:
        form.refuse("files", reason)
    return all_files


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/answer/check", methods=["GET", "POST"])
@takes_step("respondent.answer")
def answer_check(case: Case, subject: Subject) -> Page:
    """Everything once more before it is sent."""
    own_respondent(case, subject)
    session, at = db.session(), now()
    draft = queries.draft_of(session, subject.id, current_actor())
    if draft is None:
        return redirect(url_for("mediation.answer", case_id=case.id, subject_id=subject.id), 303)
    claims = queries.claims_of(session, case.id)
    whole = answer_form(claims, draft.content, late=queries.is_late(session, subject, at), seen=subject.version)
    form = SendAnswerForm(seen=subject.version, data={"account": draft.content.get("account")})
    if form.submitted():
        with form.refusals():
            command = form.command(subject.id, draft.content, current_locale(), claims)
            commands.send_answer(command, by=current_actor(), at=at)
            flash(N_("The answer was sent. The tourist and the supervising body can read it now."), "success")
            return redirect(url_for("mediation.respondent", case_id=case.id, subject_id=subject.id), 303)
    return render_template(
        "mediation/answer_check.html", form=form, whole=whole, case=case, subject=subject,
        files=draft.content.get("files", ()),
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/not-our-customer", methods=["GET", "POST"])
@takes_step("respondent.not-our-customer")
def not_our_customer(case: Case, subject: Subject) -> Page:
    """Say that the tourist is not this respondent's customer."""
    own_respondent(case, subject)
    form = NotOursForm(seen=subject.version)
    if form.submitted():
        files, refused = keep_uploads(form.files.chosen())
        for reason in refused:
            form.refuse("files", reason)
        if not refused:
            command = form.command(subject.id, current_locale(), files)
            commands.say_not_our_customer(command, by=current_actor(), at=now())
            flash(N_("Sent. The supervising body looks at it."), "success")
            return redirect(url_for("mediation.respondent", case_id=case.id, subject_id=subject.id), 303)
    return render_template("mediation/not_our_customer.html", form=form, case=case, subject=subject)


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/accept-mediation", methods=["GET", "POST"])
@takes_step("respondent.accept-invitation")
def accept_invitation(case: Case, subject: Subject) -> Page:
    """Agree to mediation."""
    return _invitation(case, subject, accept=True)


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/decline-mediation", methods=["GET", "POST"])
@takes_step("respondent.decline-invitation")
def decline_invitation(case: Case, subject: Subject) -> Page:
    """Decline the invitation to mediate."""
    return _invitation(case, subject, accept=False)


def _invitation(case: Case, subject: Subject, *, accept: bool) -> Page:
    own_respondent(case, subject)
    form = PlainForm(seen=subject.version)
    if form.submitted():
        commands.answer_invitation(subject.id, form.seen_version, accept=accept, by=current_actor(), at=now())
        said = M("You agreed to mediation.") if accept else M("You declined mediation.")
        flash(said.id, "success")
        return redirect(url_for("mediation.respondent", case_id=case.id, subject_id=subject.id), 303)
    name = "accept_invitation" if accept else "decline_invitation"
    return render_template(f"mediation/{name}.html", form=form, case=case, subject=subject)


@bp.route("/cases/<uuid:case_id>/urgings/<uuid:subject_id>/reply", methods=["GET", "POST"])
@takes_step("urge.reply")
def reply_to_urging(case: Case, subject: Subject) -> Page:
    """Reply to the supervising body's urging."""
    actor, at, session = current_actor(), now(), db.session()
    form = ReasonForm(seen=subject.version)
    if form.submitted():
        files, refused = keep_uploads(form.files.chosen())
        for reason in refused:
            form.refuse("files", reason)
        if not refused:
            commands.reply_to_urging(form.command(subject.id, current_locale(), files), by=actor, at=at)
            flash(N_("The reply was sent to the supervising body."), "success")
            return redirect(_after_urging(case), 303)
    urge = session.get_one(Urge, subject.id)
    order = [e for e in items_of(session, case.id, actor, at, (items.LETTER,)) if e.item.id == urge.order_id]
    return render_template("mediation/reply_to_urging.html", form=form, case=case, urge=urge, order=order)


def _after_urging(case: Case) -> str:
    if current_actor().role is Role.MEDIATOR:
        return url_for("mediation.agreements", case_id=case.id)
    return url_for("mediation.respondent", case_id=case.id, subject_id=_my_respondent(case).id)
