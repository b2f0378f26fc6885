"""The pages of an agreement: drafting, its clauses, fixing the text, signing."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from tourism_odr.cases.authority import SIGN
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.models import Agreement, Case, Party, Subject
from tourism_odr.cases.models.agreement import BY_DAY_25, BY_THE_SIDES
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.cases.queries import clocks_of, documents_of, steps_open_to
from tourism_odr.cases.relations import party_of
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.commands import agreements as commands
from tourism_odr.mediation.commands import clauses as clause_commands
from tourism_odr.mediation.forms.agreements import (
    KINDS,
    METHODS,
    DraftForm,
    JointForm,
    SignersForm,
    clause_form,
)
from tourism_odr.mediation.forms.answers import PlainForm
from tourism_odr.mediation.queries import agreements as queries
from tourism_odr.mediation.queries import confirming
from tourism_odr.mediation.routes.answers import paper_page
from tourism_odr.mediation.routes.powers import lacking_power
from tourism_odr.people.roles import COMPLAINANT, Role
from tourism_odr.people.roles import RESPONDENT as RESPONDENT_ROLES
from tourism_odr.text import N_, M
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.forms import choice
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.names import called, party_names
from tourism_odr.web.parts import money

Page = str | Response | tuple[str, int]
READERS = (*COMPLAINANT, *RESPONDENT_ROLES, Role.MEDIATOR, Role.OFFICER, Role.HEAD)


def here(subject: Subject) -> str:
    """The page of an agreement."""
    return url_for("mediation.agreement", case_id=subject.case_id, subject_id=subject.id)


@bp.get("/cases/<uuid:case_id>/agreements")
@reads_case(*READERS)
def agreements(case: Case) -> Page:
    """The agreements of a case that the reader may see, and where a new one begins."""
    actor, at, session = current_actor(), now(), db.session()
    found = queries.agreements_in(session, case.id, actor, at)
    stages = {subject.id: stage_title(subject.kind, subject.stage) for _row, subject in found}
    drafts = bool(commands.open_respondents(session, case.id, actor)) and _may_draft(case)
    return render_template("mediation/agreements.html", case=case, found=found, stages=stages, drafts=drafts)


def _may_draft(case: Case) -> bool:
    return current_actor().role is Role.MEDIATOR or party_of(db.session(), case.id, current_actor()) is not None


@bp.route("/cases/<uuid:case_id>/agreements/draft", methods=["GET", "POST"])
@takes_step("agreement.draft")
def draft_agreement(case: Case) -> Page:
    """Begin a text, from an accepted offer or blank."""
    actor, at, session = current_actor(), now(), db.session()
    open_ones = _concerned(case)
    names = party_names(session, open_ones)
    form = DraftForm()
    form.respondents.choices = [choice(one.id, names[one.id]) for one in open_ones]
    offers = queries.accepted_offers(session, case.id, actor, at)
    form.offer.choices = [
        *(choice(o.id, M("The accepted offer of %(amount)s", amount=money(o.amount or Decimal(), o.currency))) for o in offers),
        choice("", N_("A blank text")),
    ]
    if request.method == "GET":
        form.respondents.data = [str(one.id) for one in open_ones] if len(open_ones) == 1 else []
        form.offer.data = str(offers[0].id) if offers else ""
    if form.submitted():
        with form.refusals():
            made = commands.draft_agreement(form.command(case.id), by=actor, at=at)
            return redirect(url_for("mediation.agreement", case_id=case.id, subject_id=made), 303)
    alone = actor.role is not Role.MEDIATOR
    return render_template(
        "mediation/draft_agreement.html", form=form, case=case, alone=alone, nobody=not open_ones,
        mediator=queries.has_mediator(session, case.id),
    )  # fmt: skip


def _concerned(case: Case) -> list[Party]:
    """With whom the reader can make one: a respondent makes its own."""
    found = commands.open_respondents(db.session(), case.id, current_actor())
    mine = party_of(db.session(), case.id, current_actor())
    return [party for party in found if mine is None or mine.side != RESPONDENT or party.id == mine.id]


@bp.get("/cases/<uuid:case_id>/agreements/<uuid:subject_id>")
@reads_case(*READERS)
def agreement(case: Case, subject: Subject) -> Page:
    """The text, who signs, and what can be done with it now."""
    if subject.kind != "agreement":
        raise NotFound
    actor, at, session = current_actor(), now(), db.session()
    text = queries.text_of(session, subject)
    steps = {step.name for step in steps_open_to(session, case, subject, actor)}
    mine = party_of(session, case.id, actor)
    signed = next((s.signature.signed_at for s in text.signers if mine and s.party.id == mine.id), None)
    road = confirming.road(case, text.agreement, at)
    return render_template(
        "mediation/agreement.html", case=case, subject=subject, text=text, steps=steps, mine=mine, signed=signed,
        road=road, joint=_joint_form(subject, text.agreement, road), stage=stage_title(subject.kind, subject.stage), kinds=KINDS, methods=METHODS,
        is_signer=any(mine and s.party.id == mine.id for s in text.signers), plain=PlainForm(seen=subject.version),
        dues=[deadline_of(c, at) for c, of in clocks_of(session, case.id, actor, at) if of.id == subject.id],
        payments=queries.payments_of(session, case.id, actor, at, subject.id), stage_title=stage_title,
        papers=[d for d in documents_of(session, case.id, actor, at) if d.subject_id == subject.id],
        paper_of=paper_page(case),
        lacks=None if text.in_force or signed else lacking_power(case, SIGN),
        several=len(_concerned(case)) > 1 and text.agreement.path != BY_THE_SIDES,
        standing=confirming.now_open(session, case, text.agreement, at) if text.in_force else None, role=actor.role.value,
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/clauses/new", methods=["GET", "POST"])
@takes_step("agreement.revise")
def add_clause(case: Case, subject: Subject) -> Page:
    """Write a new clause."""
    return _clause(case, subject, None)


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/clauses/<uuid:clause_id>", methods=["GET", "POST"])
@takes_step("agreement.revise")
def change_clause(case: Case, subject: Subject, clause_id: UUID) -> Page:
    """Change a clause."""
    return _clause(case, subject, clause_id)


def _clause(case: Case, subject: Subject, clause_id: UUID | None) -> Page:
    text = queries.text_of(db.session(), subject)
    clause = next((c for c in text.clauses if c.id == clause_id), None)
    if clause_id and clause is None:
        raise NotFound
    kind = request.args.get("kind", "")
    form = clause_form(
        [(s.party.id, s.name) for s in text.signers], clause, kind if kind in KINDS else "", subject.version, case.currency
    )
    if form.submitted():
        with form.refusals():
            clause_commands.put_clause(form.command(subject.id, clause_id), by=current_actor(), at=now())
            flash(N_("The clause is saved."), "success")
            return redirect(here(subject), 303)
    return render_template(
        "mediation/clause.html", form=form, case=case, subject=subject, clause=clause, kinds=KINDS,
        pays=form.kind.data in ("", "payment", None),
    )  # fmt: skip


@bp.post("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/clauses/<uuid:clause_id>/order")
@takes_step("agreement.revise")
def order_clause(_case: Case, subject: Subject, clause_id: UUID) -> Page:
    """Up, down, or out."""
    form, by, at = PlainForm(), current_actor(), now()
    act = request.form.get("act")
    if form.submitted() and act == "remove":
        clause_commands.remove_clause(subject.id, clause_id, form.seen_version, by=by, at=at)
    elif form.submitted():
        clause_commands.move_clause(subject.id, clause_id, act == "up", form.seen_version, by=by, at=at)
    return redirect(here(subject), 303)


@bp.post("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/joint")
@takes_step("agreement.revise")
def set_joint(case: Case, subject: Subject) -> Page:
    """Apply together for confirmation, or not."""
    road = confirming.road(case, db.session().get_one(Agreement, subject.id), now())
    form = JointForm()
    form.court.choices = _courts(road)
    if form.submitted():
        commands.set_joint(form.command(subject.id), by=current_actor(), at=now())
        flash(N_("Saved."), "success")
    return redirect(here(subject), 303)


def _joint_form(subject: Subject, row: Agreement, road: confirming.Road) -> JointForm:
    data = {"joint": row.joint_confirmation, "court": str(row.court_id or ""), "submission": row.submission or BY_DAY_25}
    form = JointForm(seen=subject.version, data=data)
    form.court.choices = _courts(road)
    return form


def _courts(road: confirming.Road) -> list[SelectChoice]:
    return [choice(court.id, called(court)) for court in road.courts]


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/signers", methods=["GET", "POST"])
@takes_step("agreement.revise")
def choose_signers(case: Case, subject: Subject) -> Page:
    """With which respondents it is made."""
    session = db.session()
    open_ones = _concerned(case)
    names = party_names(session, open_ones)
    form = SignersForm(seen=subject.version)
    form.respondents.choices = [choice(one.id, names[one.id]) for one in open_ones]
    if request.method == "GET":
        form.respondents.data = [str(s.party.id) for s in queries.text_of(session, subject).signers]
    if form.submitted():
        with form.refusals():
            chosen = tuple(UUID(one) for one in form.respondents.data or ())
            commands.choose_signers(subject.id, chosen, form.seen_version, by=current_actor(), at=now())
            return redirect(here(subject), 303)
    return render_template("mediation/choose_signers.html", form=form, case=case, subject=subject)


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/send", methods=["GET", "POST"])
@takes_step("agreement.lock")
def lock_agreement(case: Case, subject: Subject) -> Page:
    """Look once more, then fix the text and send it to those who sign."""
    form = PlainForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.lock_agreement(subject.id, form.seen_version, by=current_actor(), at=now())
            flash(N_("The text is fixed and was sent to everybody who signs."), "success")
            return redirect(here(subject), 303)
    return _checked("mediation/lock_agreement.html", form, case, subject)


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/reopen", methods=["GET", "POST"])
@takes_step("agreement.unlock")
def unlock_agreement(case: Case, subject: Subject) -> Page:
    """Reopen the text."""
    form = PlainForm(seen=subject.version)
    if form.submitted():
        commands.unlock_agreement(subject.id, form.seen_version, by=current_actor(), at=now())
        flash(N_("The text is open again. Signatures given so far fell away."), "success")
        return redirect(here(subject), 303)
    return _checked("mediation/unlock_agreement.html", form, case, subject)


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/countersign", methods=["GET", "POST"])
@takes_step("agreement.countersign")
def countersign_agreement(case: Case, subject: Subject) -> Page:
    """The mediator signs what the parties signed."""
    form = PlainForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.countersign_agreement(subject.id, by=current_actor(), at=now())
            flash(N_("You have signed. The document follows."), "success")
            return redirect(here(subject), 303)
    return _checked("mediation/countersign_agreement.html", form, case, subject)


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/take-back", methods=["GET", "POST"])
@takes_step("agreement.take-back")
def take_back(case: Case, subject: Subject) -> Page:
    """Take one's signature back."""
    form = PlainForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.take_back(subject.id, form.seen_version, by=current_actor(), at=now())
            flash(N_("Your signature was taken back."), "success")
            return redirect(here(subject), 303)
    return _checked("mediation/take_back.html", form, case, subject)


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/give-up", methods=["GET", "POST"])
@takes_step("agreement.abandon")
def abandon_agreement(case: Case, subject: Subject) -> Page:
    """Give the text up; talks may go on."""
    form = PlainForm(seen=subject.version)
    if form.submitted():
        commands.abandon_agreement(subject.id, form.seen_version, by=current_actor(), at=now())
        flash(N_("The agreement was given up."), "success")
        return redirect(url_for("mediation.agreements", case_id=case.id), 303)
    return _checked("mediation/abandon_agreement.html", form, case, subject)


def _checked(template: str, form: PlainForm, case: Case, subject: Subject) -> str:
    text = queries.text_of(db.session(), subject)
    return render_template(
        template, form=form, case=case, subject=subject, text=text, kinds=KINDS, methods=METHODS,
        empty=_lacking(text), road=confirming.road(case, text.agreement, now()),
    )  # fmt: skip


def _lacking(text: queries.Text) -> Sequence[str]:
    """What a text still needs before it can be sent: sentences for the check page."""
    lacking = [] if text.clauses else [N_("There is no clause yet.")]
    if any(c.kind == "payment" and not (c.method and c.default and c.day) for c in text.clauses):
        lacking.append(N_("A payment still lacks its day, its method, or what follows when it is not paid."))
    return lacking
