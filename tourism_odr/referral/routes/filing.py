"""The plaintiff's pages of a suit: choose the court, correct and sign each paper, consent, submit, correct again."""

from uuid import UUID

from flask import Response as Sent
from flask import flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.models import Case, Filing, Party, Subject
from tourism_odr.cases.models.filing import PAPERS
from tourism_odr.cases.papers.sealed import PERSONAL, unseal
from tourism_odr.cases.papers.suit import defendant_lines
from tourism_odr.cases.rendering import title_of
from tourism_odr.cases.suits import undisputed
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.people.roles import COMPLAINANT, COURT
from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.commands import filing as commands
from tourism_odr.referral.forms import filing as forms
from tourism_odr.referral.queries import bundle, prefill, told
from tourism_odr.referral.queries import filing as queries
from tourism_odr.text import N_, M, registered_name
from tourism_odr.web.codes import CodePart, code_checked
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.evidence import attach, keep_uploads
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale, say_here
from tourism_odr.web.names import called
from tourism_odr.web.steps_map import actions_for

Page = str | Response
DOMESTIC = "domestic"


@bp.app_template_filter("cause")
def cause_named(name: str) -> str:
    """A cause of action by the name that the courts' list has for it, for other readers behind its English one."""
    return registered_name(name, say_here(prefill.CAUSES.get(name, name)), current_locale())


@bp.route("/cases/<uuid:case_id>/filings/new", methods=["GET", "POST"])
@takes_step("filing.prepare")
def prepare_suit(case: Case) -> Page:
    """Which court and why; then every paper is written from the record."""
    session, actor, at = db.session(), current_actor(), now()
    against = queries.eligible(session, case)
    choices = queries.courts(session, case, against)
    broken = next((one.agreement_id for one in against if one.agreement_id), None)
    amount = prefill.owed(session, broken) if broken else prefill.claimed(session, case)
    foreign = case.market != DOMESTIC
    form = forms.court_form(against, choices, amount, foreign=foreign)
    if form.submitted():
        with form.refusals():
            made = commands.prepare(form.command(case.id, choices), by=actor, at=at)
            flash(N_("The papers are prepared. Read, correct and sign each of them."), "success")
            return redirect(url_for("referral.suit", case_id=case.id, filing_id=made), 303)
    court = choices[0].court if choices else None
    return render_template(
        "referral/filing/new.html", form=form, case=case, against=against, choices=choices, bases=queries.BASES,
        fee=prefill.fee_told(amount, case.currency),
        track=prefill.small_claim(court, amount, case.currency, local_day(at), foreign=foreign) if court else None,
    )  # fmt: skip


@bp.get("/cases/<uuid:case_id>/suits/<uuid:filing_id>")
@reads_case(*COMPLAINANT)
def suit(case: Case, filing_id: UUID) -> str:
    """Where the suit stands, and what is left to do."""
    view = _view(case, filing_id)
    return render_template(
        "referral/filing/suit.html", case=case, view=view, papers=PAPERS, titles=queries.TITLES, venues=queries.VENUES,
        deadline=deadline_of(view.clock, now()) if view.clock else None, document_title=title_of,
        form=forms.OnlyForm(seen=view.subject.version),
        open={one.step.verb: one.url for one in actions_for(case, view.subject, current_actor())},
    )  # fmt: skip


def _view(case: Case, filing_id: UUID) -> queries.View:
    session, actor, at = db.session(), current_actor(), now()
    found = queries.filing_for(session, filing_id, case.id, actor, at)
    if found is None:
        raise NotFound
    return queries.view_of(session, *found, actor, at)


def _of(subject: Subject) -> queries.View:
    session = db.session()
    return queries.view_of(session, subject, session.get_one(Filing, subject.id), current_actor(), now())


def _personal(view: queries.View, kind: str) -> dict[str, str]:
    plaintiff = db.session().get_one(Party, view.filing.plaintiff_id)
    return unseal(plaintiff.person_id, view.papers[kind].sealed) if plaintiff.person_id else {}


def _back(case: Case, filing_id: UUID) -> Response:
    return redirect(url_for("referral.suit", case_id=case.id, filing_id=filing_id), 303)


@bp.get("/cases/<uuid:case_id>/filings/<uuid:subject_id>/papers")
@takes_step("filing.revise")
def papers_of_suit(case: Case, subject: Subject) -> Response:
    """Where "read, correct and sign" leads: the page of the suit."""
    return _back(case, subject.id)


@bp.route("/cases/<uuid:case_id>/filings/<uuid:subject_id>/write/complaint", methods=["GET", "POST"])
@takes_step("filing.revise")
def complaint_of_suit(case: Case, subject: Subject) -> Page:
    """The complaint and the plaintiff's data, to be read and corrected."""
    view = _of(subject)
    form = forms.complaint_form(view, _personal(view, "complaint"))
    if form.submitted():
        with form.refusals():
            commands.write_complaint(
                form.command(subject.id), amount=form.amount.data, cause=str(form.cause.data), by=current_actor(), at=now()
            )
            flash(N_("The statement of claim is saved."), "success")
            return _back(case, subject.id)
    return render_template(
        "referral/filing/complaint.html", form=form, case=case, view=view, lines=defendant_lines(db.session(), view.filing),
        fee=prefill.fee_told(view.filing.amount, view.filing.currency),
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/filings/<uuid:subject_id>/write/evidence", methods=["GET", "POST"])
@takes_step("filing.revise")
def evidence_of_suit(case: Case, subject: Subject) -> Page:
    """Which files go along: nothing that was said in talks, and no offer, can be chosen."""
    session, actor, at = db.session(), current_actor(), now()
    view = _of(subject)
    files = queries.candidates(session, view.filing, actor, at)
    form = forms.EvidenceForm(files, view.papers["evidence-list"].words["rows"], seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.choose_evidence(form.command(subject.id), by=actor, at=at)
            flash(N_("The list of evidence is saved."), "success")
            return _back(case, subject.id)
    return render_template(
        "referral/filing/evidence.html", form=form, case=case, view=view, document_title=title_of,
        along=queries.papers_along(session, view.filing, actor, at), facts=told.facts(session, view.filing),
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/filings/<uuid:subject_id>/write/files", methods=["GET", "POST"])
@takes_step("filing.revise")
def files_of_suit(case: Case, subject: Subject) -> Page:
    """A file for the court: nobody else in the case reads it."""
    form = forms.FilesForm(seen=subject.version)
    if form.submitted():
        kept, refused = keep_uploads(form.files.chosen())
        for message in refused or ([] if kept else [M("Choose at least one file.")]):
            form.refuse("files", message)
        if kept and not refused:
            with form.refusals():
                commands.add_files(subject.id, kept, form.seen_version, by=current_actor(), at=now())
                flash(N_("The files are added. Choose them in the list, and say what each is to prove."), "success")
                return redirect(url_for("referral.evidence_of_suit", case_id=case.id, subject_id=subject.id), 303)
    return render_template("referral/filing/files.html", form=form, case=case, subject=subject)


@bp.route("/cases/<uuid:case_id>/filings/<uuid:subject_id>/write/service-address", methods=["GET", "POST"])
@takes_step("filing.revise")
def address_of_suit(case: Case, subject: Subject) -> Page:
    """Where the court serves the plaintiff."""
    view = _of(subject)
    form = forms.AddressForm(seen=subject.version, data=_personal(view, "service-address"))
    if form.submitted():
        with form.refusals():
            commands.write_service_address(form.command(subject.id), by=current_actor(), at=now())
            flash(N_("The address for service is saved."), "success")
            return _back(case, subject.id)
    return render_template("referral/filing/address.html", form=form, case=case, view=view)


@bp.route("/cases/<uuid:case_id>/filings/<uuid:subject_id>/sign/<any('complaint', 'evidence-list', 'service-address'):paper>", methods=["GET", "POST"])
@takes_step("filing.sign")
def sign_paper(case: Case, subject: Subject, paper: str) -> Page:
    """One paper whole; the signature binds to what stands on this page."""
    actor, at = current_actor(), now()
    view = _of(subject)
    digest = view.papers[paper].digest
    form = forms.SignPaperForm(seen=subject.version, data={"digest": digest})
    if form.submitted() and code_checked(form, actor, "filing.sign", subject.id, at, exact=form.digest.data or ""):
        with form.refusals():
            commands.sign_paper(form.command(subject.id, paper), by=actor, at=at)
            flash(N_("You have signed this paper."), "success")
            return _back(case, subject.id)
    personal = _personal(view, paper)
    return render_template(
        "referral/filing/sign.html", form=form, case=case, view=view, paper=paper, words=view.papers[paper].words,
        personal=[(label, personal[name]) for name, label in PERSONAL.items() if personal.get(name)],
        lines=defendant_lines(db.session(), view.filing), digest=digest, title=queries.TITLES[paper],
    )  # fmt: skip


@bp.route("/cases/<uuid:case_id>/filings/<uuid:subject_id>/consents", methods=["GET", "POST"])
@takes_step("filing.consent")
def consents_of_suit(case: Case, subject: Subject) -> Page:
    """Two questions, two answers; silence is none."""
    actor, at = current_actor(), now()
    view = _of(subject)
    form = forms.consent_form(view.consents)
    if form.submitted() and code_checked(form, actor, "filing.consent", subject.id, at):
        with form.refusals():
            commands.consent(subject.id, form.said(), code_checked=True, by=actor, at=at)
            flash(N_("Your answers are recorded."), "success")
            return _back(case, subject.id)
    return render_template("referral/filing/consents.html", form=form, case=case, view=view)


@bp.route("/cases/<uuid:case_id>/filings/<uuid:subject_id>/points/<uuid:point_id>", methods=["POST"])
@takes_step("filing.revise")
def point_of_suit(case: Case, subject: Subject, point_id: UUID) -> Response:
    """The plaintiff has seen to a point that no paper shows."""
    form = forms.OnlyForm()
    if form.submitted():
        commands.settle_point(point_id, subject.id, form.seen_version, by=current_actor(), at=now())
    return _back(case, subject.id)


@bp.route("/cases/<uuid:case_id>/filings/<uuid:subject_id>/reopen", methods=["GET", "POST"])
@takes_step("filing.reopen")
def reopen_suit(case: Case, subject: Subject) -> Page:
    """Open the signed papers again."""
    view, form = _of(subject), forms.OnlyForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.reopen(subject.id, form.seen_version, by=current_actor(), at=now())
            return _back(case, subject.id)
    return render_template("referral/filing/reopen.html", form=form, case=case, view=view)


@bp.route("/cases/<uuid:case_id>/filings/<uuid:subject_id>/submit", methods=["GET", "POST"])
@takes_step("filing.submit")
def submit_suit(case: Case, subject: Subject) -> Page:
    """Everything once more on one page; then the plaintiff, and nobody else, hands it in."""
    session, actor, at = db.session(), current_actor(), now()
    view = _of(subject)
    form = forms.SubmitForm(seen=subject.version)
    if form.submitted() and _ready(form, view) and code_checked(form, actor, "filing.submit", subject.id, at):
        with form.refusals():
            attached = bundle.attached(session, view.filing, actor, at)
            commands.submit(subject.id, form.seen_version, attached, code_checked=True, by=actor, at=at)
            flash(say_here(M("Your suit is submitted to %(court)s.", court=called(view.court))), "success")
            return _back(case, subject.id)
    return render_template(
        "referral/filing/submit.html", form=form, case=case, view=view, papers=PAPERS, titles=queries.TITLES,
        along=queries.papers_along(session, view.filing, actor, at), document_title=title_of,
        facts=undisputed(session, view.filing), fee=prefill.fee_told(view.filing.amount, view.filing.currency),
    )  # fmt: skip


def _ready(form: CodePart, view: queries.View) -> bool:
    """Said before a code is used up; the table asks the same once more."""
    if not view.ready:
        form.refuse(None, N_("Sign every paper and answer both questions with yes first."))
    return view.ready


@bp.route("/cases/<uuid:case_id>/filings/<uuid:subject_id>/withdraw", methods=["GET", "POST"])
@takes_step("filing.withdraw")
def withdraw_suit(case: Case, subject: Subject) -> Page:
    """Take the suit back before it is registered."""
    actor, at = current_actor(), now()
    view, form = _of(subject), forms.WithdrawFilingForm(seen=subject.version)
    if form.submitted() and code_checked(form, actor, "filing.withdraw", subject.id, at):
        with form.refusals():
            commands.withdraw(subject.id, form.seen_version, code_checked=True, by=actor, at=at)
            flash(N_("The suit is withdrawn."), "success")
            return _back(case, subject.id)
    return render_template("referral/filing/withdraw.html", form=form, case=case, view=view)


@bp.get("/cases/<uuid:case_id>/suits/<uuid:filing_id>/package.zip")
@reads_case(*COMPLAINANT, *COURT)
def package_of_suit(case: Case, filing_id: UUID) -> Sent:
    """The package as it was submitted: the same for the plaintiff and for the court."""
    session, at = db.session(), now()
    found = queries.filing_for(session, filing_id, case.id, current_actor(), at)
    if found is None or found[1].handed_in is None:
        raise NotFound
    answer = Sent(bundle.bundle(session, case, *found, at), mimetype="application/zip")
    return attach(answer, bundle.file_name(case, filing_id))
