"""The pages of performance: what is to be paid, the report, the payee's word, the account."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases import items
from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.lifecycle.agreement import BREACHED
from tourism_odr.cases.models import Case, Clause, Instalment, Party, Subject
from tourism_odr.cases.queries import documents_of, items_of, steps_open_to
from tourism_odr.cases.relations import party_of
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.commands import performance as commands
from tourism_odr.mediation.forms.agreements import METHODS, AccountForm, DisputeForm, ReportForm
from tourism_odr.mediation.forms.answers import PlainForm
from tourism_odr.mediation.queries import agreements as queries
from tourism_odr.mediation.queries import confirming
from tourism_odr.mediation.routes.agreements import READERS
from tourism_odr.mediation.routes.answers import file_page, paper_page
from tourism_odr.people import persons
from tourism_odr.people.models import DetailKind
from tourism_odr.people.roles import COMPLAINANT, Role
from tourism_odr.text import N_
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.names import party_names

Page = str | Response | tuple[str, int]
PAYEE_ONLY = frozenset({"instalment.confirm", "instalment.dispute"})


@bp.get("/cases/<uuid:case_id>/payments")
@reads_case(*READERS)
def payments(case: Case) -> Page:
    """Every payment of the case's agreements: to whom, by when, where it stands, what can be done."""
    actor, at, session = current_actor(), now(), db.session()
    found = queries.payments_of(session, case.id, actor, at)
    mine = party_of(session, case.id, actor)
    parties = [session.get_one(Party, id) for p in found for id in (p.instalment.payer_id, p.instalment.payee_id)]
    said = items_of(session, case.id, actor, at, (items.ANSWER, items.FILE))
    texts = [
        {
            "payment": p, "stage": stage_title(p.subject.kind, p.subject.stage),
            "due": deadline_of(p.clock, at) if p.clock else None,
            "steps": _steps(case, p, mine), "said": [e for e in said if e.item.subject_id == p.subject.id],
            "pays": mine is not None and p.instalment.payer_id == mine.id,
            "receives": mine is not None and p.instalment.payee_id == mine.id,
        }
        for p in found
    ]  # fmt: skip
    agreements = {subject.id: (row, subject) for row, subject in queries.agreements_in(session, case.id, actor, at)}
    broken = [
        (row, confirming.now_open(session, case, row, at)) for row, subject in agreements.values() if subject.stage == BREACHED
    ]
    return render_template(
        "mediation/payments.html", case=case, lines=texts, names=party_names(session, parties), mine=mine,
        broken=broken, file_of=file_page(case), paper_of=paper_page(case), methods=METHODS, finance=actor.role is Role.FINANCE,
        receipts=[d for d in documents_of(session, case.id, actor, at) if d.kind == "payment-receipt"],
    )  # fmt: skip


def _steps(case: Case, payment: queries.Payment, mine: Party | None) -> set[str]:
    """What the table allows, less what only the payee may say."""
    names = {step.name for step in steps_open_to(db.session(), case, payment.subject, current_actor())}
    return names if mine and payment.instalment.payee_id == mine.id else names - PAYEE_ONLY


def _payee_only(case: Case, subject: Subject) -> None:
    """To the payer these pages do not exist."""
    mine = party_of(db.session(), case.id, current_actor())
    if mine is None or db.session().get_one(Instalment, subject.id).payee_id != mine.id:
        raise NotFound


def _shown(case: Case, subject: Subject) -> dict[str, object]:
    session = db.session()
    payment = session.get_one(Instalment, subject.id)
    parties = [session.get_one(Party, payment.payer_id), session.get_one(Party, payment.payee_id)]
    return {
        "case": case, "subject": subject, "payment": payment, "methods": METHODS,
        "clause": session.get_one(Clause, payment.clause_id), "names": party_names(session, parties),
    }  # fmt: skip


@bp.route("/cases/<uuid:case_id>/payments/<uuid:subject_id>/report", methods=["GET", "POST"])
@takes_step("instalment.report")
def report_payment(case: Case, subject: Subject) -> Page:
    """Report that it was paid, with a proof."""
    form = ReportForm(seen=subject.version)
    if form.submitted():
        files, refused = keep_uploads(form.files.chosen())
        for reason in refused:
            form.refuse("files", reason)
        if not refused:
            command = form.command(subject.id, current_locale(), files)
            commands.report_payment(command, by=current_actor(), at=now())
            flash(N_("The payment is reported. The payee is asked whether it came."), "success")
            return redirect(url_for("mediation.payments", case_id=case.id), 303)
    return render_template("mediation/report_payment.html", form=form, **_shown(case, subject))


@bp.route("/cases/<uuid:case_id>/payments/<uuid:subject_id>/confirm", methods=["GET", "POST"])
@takes_step("instalment.confirm")
def confirm_payment(case: Case, subject: Subject) -> Page:
    """The payee has the money."""
    _payee_only(case, subject)
    form = PlainForm(seen=subject.version)
    if form.submitted():
        commands.confirm_payment(subject.id, form.seen_version, by=current_actor(), at=now())
        flash(N_("Thank you. The payment is confirmed, and a receipt was issued."), "success")
        return redirect(url_for("mediation.payments", case_id=case.id), 303)
    return render_template("mediation/confirm_payment.html", form=form, **_shown(case, subject))


@bp.route("/cases/<uuid:case_id>/payments/<uuid:subject_id>/dispute", methods=["GET", "POST"])
@takes_step("instalment.dispute")
def dispute_payment(case: Case, subject: Subject) -> Page:
    """The money has not come."""
    _payee_only(case, subject)
    form = DisputeForm(seen=subject.version)
    if form.submitted():
        words = Words(form.words.data or "", current_locale())
        commands.dispute_payment(subject.id, form.seen_version, words, by=current_actor(), at=now())
        flash(N_("Recorded. The payer is told and has a short time to clear it up."), "success")
        return redirect(url_for("mediation.payments", case_id=case.id), 303)
    return render_template("mediation/dispute_payment.html", form=form, **_shown(case, subject))


@bp.route("/cases/<uuid:case_id>/payments/<uuid:subject_id>/account", methods=["GET", "POST"])
@reads_case(*COMPLAINANT, Role.FINANCE)
def payment_account(case: Case, subject: Subject) -> Page:
    """The payee writes where the money goes; the payer's finance reads it, by a press that is logged."""
    mine = party_of(db.session(), case.id, current_actor())
    if subject.kind != "instalment" or mine is None:
        raise NotFound
    payment = db.session().get_one(Instalment, subject.id)
    if mine.id == payment.payee_id and mine.person_id == current_actor().reads_as:
        return _write_account(case, subject)
    if mine.id == payment.payer_id and current_actor().role is Role.FINANCE:
        return _read_account(case, subject)
    raise NotFound


def _write_account(case: Case, subject: Subject) -> Page:
    form = AccountForm()
    if form.submitted():
        commands.save_account(form.command(), by=current_actor(), at=now())
        flash(N_("Saved. Only the payer's finance can read it."), "success")
        return redirect(url_for("mediation.payments", case_id=case.id), 303)
    person = current_actor().reads_as
    known = persons.masked(person).get(DetailKind.BANK, "") if person else ""
    return render_template(
        "mediation/payment_account.html", form=form, masked=known.split("\n")[0], writes=True, account=None,
        **_shown(case, subject),
    )  # fmt: skip


def _read_account(case: Case, subject: Subject) -> Page:
    form = PlainForm()
    account, asked = None, False
    if request.method == "POST" and form.submitted():
        account, asked = commands.show_account(subject.id, by=current_actor(), at=now()), True
    return render_template(
        "mediation/payment_account.html", form=form, masked="", writes=False, account=account, asked=asked,
        **_shown(case, subject),
    )  # fmt: skip
