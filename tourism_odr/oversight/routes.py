"""The pages of officers and the head: figures, the running list, alarms, urgings, papers, authorities."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.categories import TITLES, category_title
from tourism_odr.cases.deadlines import proposed, rulebook_of
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.lifecycle.urge import PROPOSED
from tourism_odr.cases.models import Case, Document, Subject
from tourism_odr.cases.models.document import DRAFT
from tourism_odr.cases.papers import completed
from tourism_odr.cases.queries import steps_open_to
from tourism_odr.cases.rendering import heading_of, title_of
from tourism_odr.clock import local_day, now
from tourism_odr.config import Settings
from tourism_odr.db import db
from tourism_odr.documents import KINDS, render, with_stand_ins
from tourism_odr.oversight import commands, forms
from tourism_odr.oversight.queries import acts
from tourism_odr.oversight.queries import alarms as alarm_lists
from tourism_odr.oversight.queries import running as running_list
from tourism_odr.people import organisations, persons
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.rulebooks import Due, days_left, explain
from tourism_odr.text import N_, M
from tourism_odr.web.deadlines import deadline_of, missed_of
from tourism_odr.web.forms import choice
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.names import called
from tourism_odr.web.parts import Deadline, MenuItem, PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in

bp = Blueprint("oversight", __name__, url_prefix="/supervision")
Page = str | Response
MENU = (
    MenuItem(N_("Overview"), "oversight.home", SUPERVISOR, rank=5),
    MenuItem(N_("Running cases"), "oversight.cases", SUPERVISOR, rank=15),
    MenuItem(N_("Urgings"), "oversight.urgings", SUPERVISOR, rank=25),
    MenuItem(N_("To sign"), "oversight.documents", SUPERVISOR, rank=30),
)
FIRST = 6  # how many lines of a list the overview shows
def case_page(case_id: UUID) -> str:
    """Where a case is read: its own page, or the desk while that page does not stand."""
    for endpoint in ("casefile.case", "intake.triage_case"):
        if endpoint in current_app.view_functions:
            return url_for(endpoint, case_id=case_id)
    return ""


def room_page(case_id: UUID) -> str:
    """The room of a case, when that page is part of this application."""
    known = "mediation.room_door" in current_app.view_functions
    return url_for("mediation.room_door", case_id=case_id) if known else ""


def paper_title(kind: str) -> str:
    """What a document is called, a message id."""
    return KINDS[kind].title


def shared() -> dict[str, object]:
    """What every page of the slice draws with."""
    return {
        "case_page": case_page,
        "paper_title": paper_title,
        "document_title": title_of,
        "stage_title": stage_title,
        "category_title": category_title,
        "is_head": current_actor().role is Role.HEAD,
    }


@bp.get("")
@signed_in(*SUPERVISOR)
def home() -> Page:
    """Figures that lead to their lists, the next limits, and what waits for somebody here."""
    session, actor, at = db.session(), current_actor(), now()
    counts = running_list.counts(session, actor, at)
    lines, _ = running_list.running(session, actor, at, running_list.Filters(), size=FIRST)
    urgings = acts.urgings(session, actor, at)
    drafts, found = acts.drafts(session, actor, at), alarm_lists.alarms(session, actor, at)
    kinds = [
        (category_title(code), number, str(number))
        for code, number in running_list.categories(session, actor, at)
    ]
    return render_template(
        "oversight/home.html", at=at, lines=_lines(lines, at), kinds=kinds, urgings=urgings, drafts=drafts[:FIRST],
        figures=_figures(counts, len(drafts), urgings, found.number), **shared(),
    )  # fmt: skip


def _figures(
    counts: dict[str, int], drafts: int, urgings: list[acts.Urged], alarms: int
) -> list[dict[str, object]]:
    figures: list[dict[str, object]] = [
        {"label": show.title, "value": counts[show.code], "href": url_for("oversight.cases", show=show.code),
         "hot": show.code == "overdue" and counts[show.code] > 0}
        for show in running_list.SHOWS if show.code != "urged"
    ]  # fmt: skip
    waiting = sum(one.subject.stage == PROPOSED for one in urgings)
    figures.append(
        {
            "label": N_("Documents to sign"),
            "value": drafts,
            "href": url_for("oversight.documents"),
            "hot": drafts > 0,
        }
    )
    note = M("%(number)s wait for approval", number=waiting) if waiting else ""
    figures.append(
        {
            "label": N_("Open urgings"),
            "value": len(urgings),
            "href": url_for("oversight.urgings"),
            "note": note,
        }
    )
    figures.append(
        {"label": N_("Alarms"), "value": alarms, "href": url_for("oversight.alarms"), "hot": alarms > 0}
    )
    return figures


def _lines(
    lines: list[running_list.Running], at: datetime, *, missed: bool = False
) -> list[tuple[running_list.Running, Deadline | None]]:
    shown = missed_of if missed else deadline_of
    return [(line, shown(line.clock, at) if line.clock else None) for line in lines]


@bp.get("/cases")
@signed_in(*SUPERVISOR)
def cases() -> Page:
    """The running cases of the body by their next limit; everything that narrows the list stands in the address."""
    session, actor, at = db.session(), current_actor(), now()
    show = running_list.BY_CODE.get(request.args.get("show", ""), running_list.SHOWS[0])
    category = request.args.get("category", "")
    filters = running_list.Filters(
        show, request.args.get("q", "").strip()[:100], category if category in TITLES else ""
    )
    counts = running_list.counts(session, actor, at, filters)
    lines, _ = running_list.running(session, actor, at, filters, page_number())
    missed = show.code == running_list.OVERDUE
    page = PageOf(_lines(lines, at, missed=missed), page_number(), counts[show.code], running_list.SIZE)
    tabs = [
        Tab(one.title, here_with(show=one.code, page=None), one is show, counts[one.code])
        for one in running_list.SHOWS
    ]
    return render_template(
        "oversight/cases.html", page=page, show=show, missed=missed, tabs=tabs, filters=filters, chips=_chips(filters),
        categories=TITLES, **shared(),
    )  # fmt: skip


def _chips(filters: running_list.Filters) -> list[tuple[str, str]]:
    chips = [(filters.words, here_with(q=None, page=None))] if filters.words else []
    if filters.category:
        chips.append((category_title(filters.category), here_with(category=None, page=None)))
    return chips


@bp.get("/alarms")
@signed_in(*SUPERVISOR)
def alarms() -> Page:
    """What cannot go on by itself."""
    at = now()
    found = alarm_lists.alarms(db.session(), current_actor(), at)
    return render_template(
        "oversight/alarms.html", found=found, deadline=lambda clock: deadline_of(clock, at), **shared()
    )


@bp.route("/cases/<uuid:case_id>/join", methods=["GET", "POST"])
@takes_step("case.join-room")
def join(case: Case) -> Page:
    """Enter the room, once it is said that all will see it."""
    return _seat(case, joins=True)


@bp.route("/cases/<uuid:case_id>/leave", methods=["GET", "POST"])
@takes_step("case.leave-room")
def leave(case: Case) -> Page:
    """Leave the room."""
    return _seat(case, joins=False)


def _seat(case: Case, *, joins: bool) -> Page:
    form = forms.ApproveForm()
    if form.submitted():
        with form.refusals():
            act = commands.join_room if joins else commands.leave_room
            act(case.id, by=current_actor(), at=now())
            flash(
                N_("You are in the room now. Everybody there was told.")
                if joins
                else N_("You left the room."),
                "success",
            )
            return redirect((room_page(case.id) if joins else "") or case_page(case.id), 303)
    sits = acts.sits_in_room(db.session(), case.id, current_actor())
    return render_template("oversight/join.html", form=form, case=case, joins=joins, sits=sits, **shared())


@bp.get("/urgings")
@signed_in(*SUPERVISOR)
def urgings() -> Page:
    """The urgings of the body: those that stand, or those that are over."""
    over, at = bool(request.args.get("over")), now()
    rows = acts.urgings(db.session(), current_actor(), at, over=over)
    tabs = [
        Tab(N_("Open urgings"), here_with(over=None), not over),
        Tab(N_("Closed urgings"), here_with(over=1), over),
    ]
    return render_template(
        "oversight/urgings.html", rows=rows, tabs=tabs, over=over, today=local_day(at), **shared()
    )


@bp.route("/cases/<uuid:case_id>/urge", methods=["GET", "POST"])
@takes_step("urge.propose")
def propose(case: Case) -> Page:
    """Write an order; the head approves it before anybody else reads it."""
    at = now()
    due = proposed(case, "urge", at)
    form = forms.UrgeForm(data={"day": due.day})
    form.to.choices = _addressees(case)
    if form.submitted():
        with form.refusals():
            urge_id = commands.propose_urging(form.command(case.id), by=current_actor(), at=at)
            flash(N_("The urging waits for the head's approval. Nobody else sees it until then."), "success")
            return redirect(url_for("oversight.urging", case_id=case.id, subject_id=urge_id), 303)
    return render_template(
        "oversight/propose.html", form=form, case=case, due=_deadline(case, due, at), **shared()
    )


def _addressees(case: Case) -> list[object]:
    session = db.session()
    parties = commands.urgeable_parties(session, case.id)
    mediators = persons.names_of(commands.active_mediators(session, case.id))
    offered: list[object] = [
        choice(f"party:{party.id}", called(organisations.organisation(party.organisation_id)), N_("Respondent"))
        for party in parties
        if party.organisation_id
    ]
    return offered + [choice(f"mediator:{one}", name, N_("Mediator")) for one, name in mediators.items()]


def _deadline(case: Case, due: Due, at: datetime) -> Deadline:
    """The day that the rulebook proposes, with why."""
    working, _, _ = days_left(due.at, at)
    title = rulebook_of(case).rule("urge").title
    return Deadline(title, due.at, working, weak=due.weak, provisional=due.provisional,
                    house=due.derivation.get("kind") == "house", explanation=explain(due.derivation, current_locale()))  # fmt: skip


@bp.get("/cases/<uuid:case_id>/urgings/<uuid:subject_id>")
@reads_case(*SUPERVISOR)
def urging(case: Case, subject: Subject) -> Page:
    """One urging: the order, the reply, the finding, and what may be done now."""
    return render_template("oversight/urging.html", case=case, **_urging(case, subject))


def _urging(case: Case, subject: Subject) -> dict[str, object]:
    session, actor = db.session(), current_actor()
    found = acts.urgings(session, actor, now(), one=subject.id)
    if not found:
        raise NotFound
    steps = {step.name for step in steps_open_to(session, case, subject, actor)}
    words = acts.letters(session, case.id, actor, now())
    return {"one": found[0], "words": words, "steps": steps, **shared()}


@bp.route("/cases/<uuid:case_id>/urgings/<uuid:subject_id>/approve", methods=["GET", "POST"])
@takes_step("urge.approve")
def approve_urging(case: Case, subject: Subject) -> Page:
    """The head sends the order."""
    form = forms.ApproveForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.approve_urging(form.command(subject.id), by=current_actor(), at=now())
            flash(N_("The urging is sent, and its letter is issued."), "success")
            return _to_urging(case, subject.id)
    return render_template("oversight/approve_urging.html", form=form, case=case, **_urging(case, subject))


@bp.route("/cases/<uuid:case_id>/urgings/<uuid:subject_id>/drop", methods=["GET", "POST"])
@takes_step("urge.drop")
def drop_urging(case: Case, subject: Subject) -> Page:
    """The head does not approve."""
    form = forms.DropForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.drop_urging(form.command(subject.id), by=current_actor(), at=now())
            flash(N_("The urging is not approved. The officer is told why."), "success")
            return _to_urging(case, subject.id)
    return render_template("oversight/drop_urging.html", form=form, case=case, **_urging(case, subject))


@bp.route("/cases/<uuid:case_id>/urgings/<uuid:subject_id>/close", methods=["GET", "POST"])
@takes_step("urge.close")
def close_urging(case: Case, subject: Subject) -> Page:
    """Say what was found, and close."""
    form = forms.CloseForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.close_urging(form.command(subject.id), by=current_actor(), at=now())
            flash(N_("The urging is closed with your finding."), "success")
            return _to_urging(case, subject.id)
    return render_template("oversight/close_urging.html", form=form, case=case, **_urging(case, subject))


def _to_urging(case: Case, subject_id: UUID) -> Response:
    return redirect(url_for("oversight.urging", case_id=case.id, subject_id=subject_id), 303)


@bp.get("/documents")
@signed_in(*SUPERVISOR)
def documents() -> Page:
    """Papers that wait for the head's signature; the officer sees what waits."""
    rows = acts.drafts(db.session(), current_actor(), now())
    return render_template("oversight/documents.html", rows=rows, **shared())


@bp.route("/cases/<uuid:case_id>/documents/<uuid:document_id>/sign", methods=["GET", "POST"])
@takes_step("case.sign-document")
def sign_document(case: Case, document_id: UUID) -> Page:
    """Read what the paper says, and sign it."""
    document = _our_paper(case, document_id)
    form = forms.SignForm()
    if form.submitted():
        with form.refusals():
            commands.sign_document(case.id, document_id, by=current_actor(), at=now())
            flash(N_("The document is signed, numbered and dated. Those concerned are told."), "success")
            return redirect(url_for("oversight.documents"), 303)
    return render_template(
        "oversight/sign_document.html", form=form, case=case, document=document, waits=document.status == DRAFT,
        **shared(),
    )  # fmt: skip


@bp.get("/cases/<uuid:case_id>/documents/<uuid:document_id>/draft")
@reads_case(*SUPERVISOR)
def draft_document(case: Case, document_id: UUID) -> Response:
    """The paper as it would be issued, without number, date and seal."""
    document = _our_paper(case, document_id)
    settings: Settings = current_app.extensions["odr_settings"]
    drawn = render(document.kind, with_stand_ins(completed(document, current_locale())), demo=settings.demo, heading=heading_of(document))
    headers = {
        "Content-Disposition": f'inline; filename="draft-{document.kind}.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(drawn, mimetype="application/pdf", headers=headers)


def _our_paper(case: Case, document_id: UUID) -> Document:
    document = db.session.get(Document, document_id)
    if document is None or document.case_id != case.id or document.body_id != current_actor().organisation_id:
        raise NotFound
    return document


@bp.route("/authorities", methods=["GET", "POST"])
@signed_in(*SUPERVISOR)
def authorities() -> Page:
    """Which papers the clock may issue, in whose name; the head signs and revokes."""
    actor, at = current_actor(), now()
    form = forms.AuthorityForm()
    form.kind.choices = [choice(kind, paper_title(kind)) for kind in commands.papers_of_the_clock()]
    if request.method == "POST" and actor.role is not Role.HEAD:
        raise NotFound
    if form.submitted():
        with form.refusals():
            commands.sign_authority(form.kind.data, by=actor, at=at)
            flash(N_("The standing authority is signed."), "success")
            return redirect(url_for("oversight.authorities"), 303)
    rows = acts.authorities(db.session(), actor.organisation_id)
    return render_template("oversight/authorities.html", form=form, rows=rows, **shared())


@bp.post("/authorities/<uuid:authority_id>/revoke")
@signed_in(Role.HEAD)
def revoke_authority(authority_id: UUID) -> Page:
    """From now on these papers wait for the head again."""
    commands.revoke_authority(authority_id, by=current_actor(), at=now())
    flash(N_("The standing authority is revoked."), "success")
    return redirect(url_for("oversight.authorities"), 303)
