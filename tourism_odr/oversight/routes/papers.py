"""Papers that wait for the head, and what the clock may issue."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.cases.audience import readable_documents
from tourism_odr.cases.models import Case, Document
from tourism_odr.cases.models.document import DRAFT
from tourism_odr.cases.papers import completed
from tourism_odr.cases.rendering import heading_of
from tourism_odr.clock import now
from tourism_odr.config import Settings
from tourism_odr.db import db
from tourism_odr.documents import render, with_stand_ins
from tourism_odr.oversight import commands, forms
from tourism_odr.oversight.queries import acts
from tourism_odr.oversight.routes.pages import Page, bp, paper_title, shared
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.text import N_
from tourism_odr.web.forms import choice
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.policy import signed_in


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
    """A paper of the officer's own body that lies where they read: what a plaintiff wrote for a court is none."""
    actor = current_actor()
    wanted = select(Document).where(Document.id == document_id, Document.case_id == case.id)
    own = wanted.where(Document.body_id == actor.organisation_id, readable_documents(actor, now()))
    document = db.session.scalars(own).first()
    if document is None:
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
