"""The register of operators: search it, try a CSV file, take it over."""

from flask import render_template, request
from werkzeug.datastructures import FileStorage

from tourism_odr.administration import commands, forms
from tourism_odr.administration.routes.pages import Page, bp
from tourism_odr.clock import local_day, now
from tourism_odr.people.organisations import search_operators
from tourism_odr.people.register import COLUMNS, NEEDED, Report
from tourism_odr.people.roles import Role
from tourism_odr.text import N_
from tourism_odr.web.identity import current_actor
from tourism_odr.web.policy import signed_in

ERRORS_MOST = 200


@bp.route("/register", methods=["GET", "POST"])
@signed_in(Role.ADMIN)
def register() -> Page:
    """Search the register, or give it a file: first tried, and only then taken over."""
    form, report, dry = forms.ImportForm(), None, True
    if form.submitted():
        dry = request.form.get("act") != "import"
        report = _imported(form, dry)
    words = request.args.get("q", "").strip()[:100]
    found = search_operators(words) if words else []
    return render_template(
        "administration/register.html", form=form, report=report, dry=dry, words=words, found=found, columns=COLUMNS,
        needed=NEEDED, errors=report.errors[:ERRORS_MOST] if report else [],
    )  # fmt: skip


def _imported(form: forms.ImportForm, dry: bool) -> Report | None:
    text = _text(form.files.chosen()[0])
    if text is None:
        form.refuse("files", N_("The file is no text in UTF-8 or GB 18030. Save it as CSV UTF-8."))
        return None
    day = form.day.data or local_day(now())  # the field is needed: the form has refused nothing
    return commands.import_register(text, form.source.data, day, dry_run=dry, by=current_actor(), at=now())


def _text(file: FileStorage) -> str | None:
    """The words of the file: spreadsheets in China still save GB 18030."""
    raw = file.stream.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
