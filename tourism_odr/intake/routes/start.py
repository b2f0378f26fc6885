"""The first page: what this is, the two ways in, and what happens with a complaint."""

from flask import flash, redirect, render_template, url_for
from werkzeug.exceptions import NotFound

from tourism_odr.clock import now
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands.drafts import discard
from tourism_odr.intake.queries import lodging
from tourism_odr.intake.routes.visitor import Page, forget, unsent
from tourism_odr.people.models import Organisation
from tourism_odr.text import N_, Message
from tourism_odr.web.policy import public

CODE_MOST = 40


@bp.get("/")
@public
def start() -> Page:
    """The front door of the service."""
    return _start(None)


@bp.get("/s/<code>")
@public
def start_for(code: str) -> Page:
    """The door behind a printed QR code: the business is filled in already."""
    agency = lodging.operator_by_code(code) if len(code) <= CODE_MOST else None
    if agency is None:
        raise NotFound
    return _start(agency)


@bp.get("/complain")
@public
def complain() -> Page:
    """On to the first page that is not done."""
    draft = unsent()
    return redirect(url_for(f"intake.{draft.next_page if draft else 'problem'}"), 302)


@bp.post("/complain/discard")
@public
def discard_draft() -> Page:
    """Erase what was begun on this device: the visitor's own wish, at once."""
    draft = unsent()
    if draft is not None:
        discard(draft.secret)
        flash(N_("The draft is erased."), "success")
    return forget(redirect(url_for("intake.start"), 303))


def _start(agency: Organisation | None) -> str:
    draft = unsent()
    code = (agency.code or agency.licence or agency.uscc) if agency else None
    days = lodging.rulebook_today(now()).rule("draft").count
    return render_template(
        "intake/start.html", draft=draft, agency=agency, code=code, steps=milestones(), draft_days=days
    )


def milestones() -> list[tuple[str, Message | str]]:
    """The five steps with the times of today's rules."""
    book = lodging.rulebook_today(now())
    limit = "conclude-local" if book.has("conclude-local") else "conclude-national"
    return [
        (N_("You tell us, with photos"), N_("about 5 minutes")),
        (N_("The body checks and accepts it"), lodging.in_words(book.rule("decide"))),
        (N_("The business answers in writing"), lodging.in_words(book.rule("answer"))),
        (N_("Mediation online, if both agree"), lodging.in_words(book.rule(limit))),
        (N_("No agreement? Court or arbitration"), N_("your choice")),
    ]
