"""The archive: volumes that wait, one volume with its catalogue, filing it, lending it, and its parts as downloads."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer

from tourism_odr.casefile.blueprint import bp
from tourism_odr.casefile.commands import file as commands
from tourism_odr.casefile.forms.file import FileVolumeForm, LendForm, PlainForm
from tourism_odr.casefile.queries import archive as shelves
from tourism_odr.casefile.routes.files import sealed_off
from tourism_odr.cases import binding
from tourism_odr.cases.lifecycle import TABLES, stage_title
from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.queries import documents_of, steps_open_to
from tourism_odr.cases.rendering import title_of
from tourism_odr.cases.volumes import CATALOGUE
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.people.roles import SUPERVISOR
from tourism_odr.text import N_
from tourism_odr.web.evidence import attach
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.parts import MenuItem, PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in
from tourism_odr.web.reading import VOLUME, note_reading

Page = str | Answer
BOTH = ("GET", "POST")
ONE = "/cases/<uuid:case_id>/volumes/<uuid:subject_id>"
MENU = (MenuItem(N_("Archive"), "casefile.archive", SUPERVISOR, rank=35),)


@bp.get("/archive")
@signed_in(*SUPERVISOR)
def archive() -> Page:
    """The volumes of the body: those that wait to be filed or to come back, or those on the shelf."""
    filed = bool(request.args.get("filed"))
    stages = sorted(TABLES["volume"].finals) if filed else shelves.open_stages()
    rows, total = shelves.shelf(db.session(), current_actor(), now(), stages, page_number())
    tabs = [
        Tab(N_("To be filed, or on loan"), here_with(filed=None, page=None), not filed),
        Tab(N_("Filed"), here_with(filed=1, page=None), filed),
    ]
    page = PageOf(rows, page_number(), total, shelves.SIZE)
    return render_template("casefile/archive.html", page=page, tabs=tabs, filed=filed, stage_title=stage_title)


@bp.get("/cases/<uuid:case_id>/volumes")
@reads_case(*SUPERVISOR)
def volumes(case: Case) -> Page:
    """The volumes of one case."""
    found = shelves.volumes_of(db.session(), case, current_actor(), now())
    return render_template("casefile/volumes.html", case=case, found=found, stage_title=stage_title)


@bp.get(ONE)
@reads_case(*SUPERVISOR)
def volume(case: Case, subject: Subject) -> Page:
    """The catalogue of one volume, what is missing, its loans, and what may be done now."""
    _must_be_volume(subject)
    session, actor = db.session(), current_actor()
    steps = {step.name for step in steps_open_to(session, case, subject, actor)}
    papers = [
        one for one in documents_of(session, case.id, actor, now()) if one.kind == CATALOGUE and one.subject_id == subject.id
    ]
    return render_template(
        "casefile/volume.html", case=case, papers=papers, steps=steps, document_title=title_of, **_shown(case, subject)
    )


@bp.get(f"{ONE}/<any(public, confidential):part>.zip")
@reads_case(*SUPERVISOR)
def volume_part(case: Case, subject: Subject, part: str) -> Response:
    """One part of a volume as a ZIP; the look is written down."""
    _must_be_volume(subject)
    note_reading(case.id, VOLUME.format(part=part))
    answer = Response(binding.pack(subject.id, part, now()), mimetype="application/zip")
    return sealed_off(attach(answer, f"{case.number}-{part}.zip"))


@bp.route(f"{ONE}/renew", methods=BOTH)
@takes_step("volume.renew")
def renew_volume(case: Case, subject: Subject) -> Page:
    """Take in what came since."""
    form = PlainForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.renew_volume(subject.id, form.seen_version, by=current_actor(), at=now())
            return _told(case, subject.id, N_("The volume is up to date."))
    return render_template("casefile/renew_volume.html", form=form, case=case, **_shown(case, subject))


@bp.route(f"{ONE}/file", methods=BOTH)
@takes_step("volume.file")
def file_volume(case: Case, subject: Subject) -> Page:
    """File the volume under one's own name."""
    form = FileVolumeForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.file_volume(form.command(subject.id), by=current_actor(), at=now())
            return _told(case, subject.id, N_("The volume is filed, and its catalogue is issued."))
    return render_template("casefile/file_volume.html", form=form, case=case, **_shown(case, subject))


@bp.route(f"{ONE}/lend", methods=BOTH)
@takes_step("volume.lend")
def lend_volume(case: Case, subject: Subject) -> Page:
    """Write down who borrows it."""
    form = LendForm(seen=subject.version, data={"until": local_day(now())})
    if form.submitted():
        with form.refusals():
            commands.lend_volume(form.command(subject.id), by=current_actor(), at=now())
            return _told(case, subject.id, N_("The loan is recorded."))
    return render_template("casefile/lend_volume.html", form=form, case=case, **_shown(case, subject))


@bp.route(f"{ONE}/give-back", methods=BOTH)
@takes_step("volume.give-back")
def give_back_volume(case: Case, subject: Subject) -> Page:
    """Write down that it came back."""
    form = PlainForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            commands.give_back_volume(subject.id, form.seen_version, by=current_actor(), at=now())
            return _told(case, subject.id, N_("The return is recorded."))
    return render_template("casefile/give_back_volume.html", form=form, case=case, **_shown(case, subject))


def _must_be_volume(subject: Subject) -> None:
    if subject.kind != "volume":
        raise NotFound


def _shown(case: Case, subject: Subject) -> dict[str, object]:
    view = shelves.volume_view(db.session(), case, subject.id)
    tongue = "zh" if current_locale().startswith("zh") else "en"
    return {"view": view, "subject": subject, "stage_title": stage_title, "tongue": tongue}


def _told(case: Case, volume_id: UUID, said: str) -> Answer:
    flash(said, "success")
    return redirect(url_for("casefile.volume", case_id=case.id, subject_id=volume_id), 303)
