"""Photos and papers of a draft: kept one by one, shown only to the device that sent them."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, jsonify, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound

from tourism_odr.cases import filing
from tourism_odr.clock import now
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands.drafts import TooManyFilesError, add_file
from tourism_odr.intake.queries import drafts
from tourism_odr.intake.queries.drafts import OpenDraft
from tourism_odr.intake.routes import visitor
from tourism_odr.intake.routes.visitor import Page
from tourism_odr.people import limits
from tourism_odr.storage import FileRefusedError, Limits
from tourism_odr.text import N_, M, Message
from tourism_odr.web.evidence import evidence
from tourism_odr.web.locale import say_here
from tourism_odr.web.policy import public

UPLOADS = limits.Limit(200, limits.HOUR)
MEGABYTE = 1024 * 1024
GONE = N_("Your draft is no longer on this device. Begin again, please.")
SAFE = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not added, with the reason and what can be done."""

    name: str
    why: Message | str


def keep_chosen(draft: OpenDraft, chosen: list[FileStorage]) -> list[RefusedFile]:
    """Add each file that can be added; answers the others with their reasons."""
    return [refused for file in chosen if (refused := _keep(draft, file))]


def earlier_refused() -> list[RefusedFile]:
    """What the page's script could not send: said once more before the visitor goes on without it."""
    told = zip(request.form.getlist("refused"), request.form.getlist("reason"), strict=False)
    return [RefusedFile(name[:200], why[:500]) for name, why in list(told)[:50]]


def _keep(draft: OpenDraft, file: FileStorage) -> RefusedFile | None:
    name = (file.filename or "")[:200]
    at = now()
    if not limits.within("upload", visitor.address(), at, UPLOADS):
        return RefusedFile(name, M("Too many files in one hour. Send the rest later, to your case."))
    most = visitor.settings().upload_max_files
    try:
        kept = filing.keep(evidence(), file.stream.read(), name, Limits(size=visitor.settings().upload_max_mb * MEGABYTE))
        added = add_file(draft.secret, kept, most, at)
    except FileRefusedError as error:
        return RefusedFile(name, M("%(reason)s %(remedy)s", reason=error.message, remedy=error.remedy))
    except TooManyFilesError:
        return RefusedFile(name, M("There are %(most)s files already. Remove one, or send this later to your case.", most=most))
    return None if added else RefusedFile(name, M(GONE))


@bp.post("/complain/files")
@public
def upload() -> Page:
    """One file, sent by the page itself while the visitor writes."""
    draft = visitor.unsent()
    chosen = request.files.getlist("files")
    if draft is None or not chosen:
        return _said("error", M(GONE), 409)
    refused = keep_chosen(draft, chosen)
    if refused:
        return _said("error", refused[0].why, 422)
    return _said("note", M("Added. Location data are removed from what others see."), 200)


@bp.get("/complain/files/<uuid:file_id>")
@public
def thumb(file_id: UUID) -> Page:
    """The small picture of a file of one's own draft; never the original."""
    draft = visitor.unsent()
    row = drafts.file_of(draft.id, file_id) if draft else None
    if row is None or "thumb" not in row.shown:
        raise NotFound
    with evidence().open(row.shown["thumb"]) as stream:
        content = stream.read()
    answer = Response(content, mimetype="image/webp")
    answer.headers["Content-Security-Policy"] = SAFE
    return answer


def _said(key: str, message: Message | str, status: int) -> Response:
    answer = jsonify({key: say_here(message)})
    answer.status_code = status
    return answer
