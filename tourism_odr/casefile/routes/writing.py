"""Writing a message into the file or to the body, and adding files."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tourism_odr.casefile.blueprint import bp
from tourism_odr.casefile.commands import file as commands
from tourism_odr.casefile.forms.file import EvidenceForm, LetterForm
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.people.roles import SUPERVISOR
from tourism_odr.text import N_
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.forms import choice
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale

Page = str | Response
READERS = {
    PlaceKind.FILE: (N_("Everybody in the case"), N_("Tourist, respondents who were served, mediator and complaint body")),
    PlaceKind.TRIAGE: (N_("Tourist and complaint body only"), N_("Neither the agency nor the mediator reads it")),
}


def back_to(case: Case, anchor: str) -> Response:
    """To the page of the case, after a click."""
    return redirect(url_for("casefile.case", case_id=case.id, _anchor=anchor), 303)


@bp.route("/cases/<uuid:case_id>/write", methods=["GET", "POST"])
@takes_step("case.write")
def write(case: Case) -> Page:
    """A message; its author chooses between all in the case and the talk of tourist and body."""
    actor = current_actor()
    form = LetterForm()
    places = commands.writable_places(db.session(), case.id, actor, now())
    first = PlaceKind.TRIAGE if actor.role in SUPERVISOR else PlaceKind.FILE
    places.sort(key=lambda place: place.kind != first)
    form.to.choices = [choice(place.id, *READERS[PlaceKind(place.kind)]) for place in places]
    if len(places) == 1 and not form.to.data:
        form.to.data = str(places[0].id)
    if form.submitted():
        with form.refusals():
            commands.write_letter(form.command(case.id, current_locale()), by=actor, at=now())
            flash(N_("Your message was sent."), "success")
            return back_to(case, "messages")
    return render_template("casefile/write.html", form=form, case=case)


@bp.route("/cases/<uuid:case_id>/files/add", methods=["GET", "POST"])
@takes_step("case.add-evidence")
def add_evidence(case: Case) -> Page:
    """Files with what they show; those that are refused say why and what to do."""
    form = EvidenceForm()
    if form.submitted():
        kept, refused = keep_uploads(form.files.chosen())
        for message in refused:
            form.refuse("files", message)
        if not kept and not refused:
            form.refuse("files", N_("Choose at least one file."))
        if kept and not refused:
            with form.refusals():
                commands.add_evidence(form.command(case.id, kept, current_locale()), by=current_actor(), at=now())
                flash(N_("The files were added. Everybody in the case can see them."), "success")
                return back_to(case, "files")
    return render_template("casefile/add_evidence.html", form=form, case=case)
