"""The five steps of a complaint: one question a page, kept on the server from the first answer on."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tourism_odr.cases.categories import group_of
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands.drafts import PageWritten, WrittenElsewhereError, remove_file, save_page
from tourism_odr.intake.forms.lodging import (
    FORMS,
    STORY_MOST,
    PageForm,
    ProblemForm,
    StoryForm,
    TripForm,
    chosen_ids,
    filled,
)
from tourism_odr.intake.models import DraftFile
from tourism_odr.intake.queries import lodging
from tourism_odr.intake.queries.drafts import PAGES, OpenDraft, SavedPage, files_of
from tourism_odr.intake.routes import visitor
from tourism_odr.intake.routes.files import MEGABYTE, earlier_refused, keep_chosen
from tourism_odr.intake.routes.visitor import Page
from tourism_odr.rulebooks import Rulebook
from tourism_odr.text import M
from tourism_odr.web.locale import current_locale
from tourism_odr.web.policy import public

VALUE_MOST = 2 * STORY_MOST
ELSEWHERE = M(
    "This page was changed in another tab or window since you opened it here. Nothing was overwritten. "
    "What you typed here stands below; continue to keep it, or open the page anew to see the other."
)
BEGIN = "intake.problem"


@bp.route("/complain/problem", methods=["GET", "POST"])
@public
def problem() -> Page:
    """Step 1: what went wrong."""
    draft = visitor.unsent()
    form = opened(ProblemForm, draft, "problem")
    if not form.agency.data:
        form.agency.data = request.args.get("about", "")[:40]
    if form.submitted():
        return saved(form, draft, "problem") or _shown(form, draft, "problem")
    return _shown(form, draft, "problem")


@bp.route("/complain/trip", methods=["GET", "POST"])
@public
def trip() -> Page:
    """Step 2, second half: which trip or booking."""
    draft = visitor.unsent()
    if draft is None:
        return redirect(url_for(BEGIN), 303)
    form = opened(TripForm, draft, "trip")
    known = lodging.bodies()
    form.set_bodies(known, current_locale())
    if form.submitted():
        answer = saved(form, draft, "trip")
        if answer is not None:
            return answer
    return _shown(form, draft, "trip", bar_days=lodging.bar_days(now()))


@bp.get("/complain/late")
@public
def late() -> Page:
    """After the bar has passed: which other ways are open, and that asking us to check is one of them."""
    draft = visitor.unsent()
    if draft is None:
        return redirect(url_for(BEGIN), 303)
    form = filled(TripForm, draft.page("trip").typed)
    assert isinstance(form, TripForm)  # noqa: S101 - tells the type checker which form it is
    at = now()
    book = _rules(draft, at)
    passed = lodging.bar(form.last.data, at, book) if form.last.data else None
    ground = next((g for g in book.grounds if g.code == "too-late"), None)
    return render_template("intake/late.html", passed=passed, ground=ground)


@bp.route("/complain/story", methods=["GET", "POST"])
@public
def story() -> Page:
    """Step 3: what happened, with photos and papers; a file that is refused takes no other with it."""
    draft = visitor.unsent()
    if draft is None:
        return redirect(url_for(BEGIN), 303)
    form = opened(StoryForm, draft, "story")
    refused = keep_chosen(draft, form.files.chosen()) + earlier_refused() if request.method == "POST" else []
    if form.submitted() and not refused:
        answer = saved(form, draft, "story")
        if answer is not None:
            return answer
    if refused:
        form.refuse("files", M("Some files were not added; the reasons stand below. The others are kept."))
    rows = [_file_row(row) for row in files_of(draft.id)]
    return _shown(form, draft, "story", files=rows, refused=[{"name": one.name, "error": one.why} for one in refused])


def _file_row(row: DraftFile) -> dict[str, Any]:
    """A kept file as the list shows it."""
    thumb = url_for("intake.thumb", file_id=row.id) if "thumb" in row.shown else ""
    note = M("%(size)s MB, location removed", size=_megabytes(row.size)) if thumb else M("%(size)s MB", size=_megabytes(row.size))
    return {"name": row.name, "note": note, "thumb": thumb, "remove": url_for("intake.remove_upload", file_id=row.id)}


def _megabytes(size: int) -> str:
    return f"{max(size / MEGABYTE, 0.1):.1f}"


@bp.post("/complain/files/<uuid:file_id>/remove")
@public
def remove_upload(file_id: UUID) -> Page:
    """Take one file back; what was written beside it is kept too."""
    draft = visitor.unsent()
    if draft is None:
        return redirect(url_for(BEGIN), 303)
    remove_file(draft.secret, file_id, now())
    with suppress(WrittenElsewhereError):
        save_page(draft.secret, _written(StoryForm(), "story", done=False), now())
    return redirect(url_for("intake.story"), 303)


@bp.route("/complain/wish", methods=["GET", "POST"])
@public
def wish() -> Page:
    """Step 4: what is asked for, and what else the rules of the body ask."""
    draft = visitor.unsent()
    return _plain("wish", asks=_rules(draft, now()).asks if draft else ())


@bp.route("/complain/contact", methods=["GET", "POST"])
@public
def contact() -> Page:
    """Step 5: how the tourist is reached."""
    return _plain("contact")


@bp.post("/complain/<any(trip, story, wish, contact):page>/save")
@public
def save(page: str) -> Page:
    """What a page sends by itself every few seconds: kept as it is, right or not yet.

    It never begins a draft: the first page, sent at the same moment, would begin another.
    """
    form = FORMS[page]()
    draft = visitor.unsent()
    if draft is None:
        return Response(status=409)
    try:
        kept = save_page(draft.secret, _written(form, page, done=False), now())
    except WrittenElsewhereError:
        return Response(status=409)
    return visitor.remember(Response(status=204), kept, now())


def opened(form: type[Any], draft: OpenDraft | None, page: str) -> Any:
    """The form of a page: as sent, or as it was typed before, with its version and the name of this tab."""
    before = draft.page(page) if draft else SavedPage({})
    if request.method == "POST":
        return form()
    made = filled(form, before.typed)
    made.seen.data, made.tab.data = str(before.version), visitor.new_tab()
    return made


def saved(form: PageForm, draft: OpenDraft | None, page: str) -> Page | None:
    """Keep the page and go on; None when another tab was faster, which the form then says."""
    at = now()
    try:
        kept = save_page(draft.secret if draft else None, _written(form, page, done=True), at)
    except WrittenElsewhereError:
        db.session.expire_all()
        fresh = visitor.unsent()
        form.seen.data = str(fresh.page(page).version if fresh else 0)
        form.refuse(None, ELSEWHERE)
        return None
    if isinstance(form, ProblemForm) and form.agency.data:
        _name_agency(kept, form.agency.data)
    return visitor.remember(redirect(url_for(f"intake.{_next(form, draft, page)}"), 303), kept, at)


def _rules(draft: OpenDraft, at: datetime, place: str | None = None) -> Rulebook:
    """The rules of the body to which the complaint would go; ``place`` as it is typed just now."""
    typed = (draft.page("trip").typed.get("place") or [""])[0]
    chosen = lodging.operators(chosen_ids(draft.page("whom").typed))
    body = lodging.body_for(lodging.bodies(), typed if place is None else place, [row.territory for row in chosen.values()])
    return lodging.rulebook_today(at, body)


def _plain(page: str, **more: Any) -> Page:
    draft = visitor.unsent()
    if draft is None:
        return redirect(url_for(BEGIN), 303)
    form = opened(FORMS[page], draft, page)
    if form.submitted():
        return saved(form, draft, page) or _shown(form, draft, page, **more)
    return _shown(form, draft, page, **more)


def _shown(form: PageForm, draft: OpenDraft | None, page: str, **more: Any) -> str:
    law = group_of((draft.page("problem").typed.get("category") or [""])[0]) if draft else None
    before = PAGES[PAGES.index(page) - 1] if page != PAGES[0] else "start"
    if request.args.get("then") == "check":
        before = "check"
    autosave = url_for("intake.save", page=page) if page != PAGES[0] else ""
    return render_template(f"intake/{page}.html", form=form, before=before, autosave=autosave, group=law, **more)


def _written(form: PageForm, page: str, *, done: bool) -> PageWritten:
    """Only the fields of this page, cut at a length that no honest answer has."""
    names = set(form._fields) - {"seen", "tab", "csrf_token", "files"}
    typed = {
        key: [text[:VALUE_MOST] for text in request.form.getlist(key)]
        for key in request.form
        if key.partition("-")[0] in names
    }
    return PageWritten(page, typed, (form.tab.data or "")[:20], form.seen_version or 0, done)


def _next(form: PageForm, draft: OpenDraft | None, page: str) -> str:
    if isinstance(form, TripForm) and draft and form.last.data:
        at = now()
        if lodging.bar(form.last.data, at, _rules(draft, at, form.place.data or "")):
            return "late"
    if request.args.get("then") == "check" or page == PAGES[-1]:
        return "check"
    return PAGES[PAGES.index(page) + 1]


def _name_agency(kept: str, code: str) -> None:
    """The business of a QR code becomes the first answer of the next page, unless that was answered."""
    agency = lodging.operator_by_code(code)
    if agency is None:
        return
    try:
        save_page(kept, PageWritten("whom", {"chosen": [str(agency.id)]}, done=False), now())
    except WrittenElsewhereError:
        return


__all__ = ["opened", "saved"]
