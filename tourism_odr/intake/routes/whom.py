"""Step 2, first half: whom the complaint is about.  Searching, adding and dropping work without any script."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from tourism_odr.cases.categories import RESPONDENT_KINDS
from tourism_odr.clock import now
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands.drafts import PageWritten, WrittenElsewhereError, save_page
from tourism_odr.intake.forms.lodging import RESPONDENTS_MOST, WhomForm, chosen_ids
from tourism_odr.intake.queries import lodging
from tourism_odr.intake.queries.drafts import OpenDraft
from tourism_odr.intake.routes import visitor
from tourism_odr.intake.routes.complaint import BEGIN, ELSEWHERE, opened
from tourism_odr.intake.routes.visitor import Page
from tourism_odr.people import organisations
from tourism_odr.text import N_, M
from tourism_odr.web.policy import public

FOUND_MOST = 12
Typed = dict[str, list[str]]


@bp.route("/complain/whom", methods=["GET", "POST"])
@public
def whom() -> Page:
    """One or several businesses from the register, by name as known, or nobody known."""
    draft = visitor.unsent()
    if draft is None:
        return redirect(url_for(BEGIN), 303)
    form = opened(WhomForm, draft, "whom")
    typed = {key: list(draft.page("whom").typed.get(key, [])) for key in ("chosen", "other", "unknown")}
    if not form.submitted():
        return _shown(form, typed)
    return _act(form, draft, typed, request.form.get("act", ""))


def _act(form: Any, draft: OpenDraft, typed: Typed, act: str) -> Page:
    """What the pressed button asks for; Enter in the search field searches."""
    verb, _, what = act.partition(":")
    typed["unknown"] = ["y"] if form.unknown.data else []
    if verb == "search" or (not verb and form.q.data):
        if not form.q.data:
            form.refuse("q", N_("Enter a name or a number to search for."))
        return _keep(form, draft, typed) or _shown(form, typed, searched=bool(form.q.data))
    if verb in ("add", "drop", "other"):
        CHANGES[verb](form, typed, what)
        return _keep(form, draft, typed) or _shown(form, typed)
    if form.named.data:
        _add_other(form, typed, "")
    if not typed["chosen"] and not typed["other"] and not form.unknown.data:
        form.refuse("q", N_("Search for the business and add it, write its name, or tick that you do not know it."))
        return _shown(form, typed)
    return _keep(form, draft, typed, done=True) or _shown(form, typed)


def _keep(form: Any, draft: OpenDraft, typed: Typed, *, done: bool = False) -> Page | None:
    """Save; go on when the page is done; None when it is to be shown (again)."""
    try:
        save_page(draft.secret, PageWritten("whom", typed, form.tab.data or "", form.seen_version or 0, done), now())
    except WrittenElsewhereError:
        form.refuse(None, ELSEWHERE)
        form.seen.data = str(draft.page("whom").version)
        return None
    if not done:
        return None
    onward = "check" if request.args.get("then") == "check" else "trip"
    return redirect(url_for(f"intake.{onward}"), 303)


def _add(form: Any, typed: Typed, what: str) -> None:
    """One of the register, once; what is not in it is not added."""
    found = chosen_ids({"chosen": [what]})
    if found and lodging.operators(found) and what not in typed["chosen"] and _room(form, typed):
        typed["chosen"].append(what)
    form.q.data = form.q.raw_data = None


def _drop(_form: Any, typed: Typed, what: str) -> None:
    for key in ("chosen", "other"):
        typed[key] = [kept for kept in typed[key] if kept != what]


def _add_other(form: Any, typed: Typed, _what: str) -> None:
    """A name as the tourist knows it; an officer completes it from the register."""
    name = (form.named.data or "").replace("|", " ")
    kind = form.kind.data if form.kind.data in RESPONDENT_KINDS else "agency"
    if not name:
        form.refuse("named", N_("Enter the name as you know it."))
    elif _room(form, typed) and f"{kind}|{name}" not in typed["other"]:
        typed["other"].append(f"{kind}|{name}")
    form.named.data = None


CHANGES = {"add": _add, "drop": _drop, "other": _add_other}


def _room(form: Any, typed: Typed) -> bool:
    if len(typed["chosen"]) + len(typed["other"]) < RESPONDENTS_MOST:
        return True
    form.refuse(None, M("A complaint can name %(most)s businesses. Say in your own words who else took part.", most=RESPONDENTS_MOST))
    return False


def _shown(form: Any, typed: Typed, *, searched: bool = False) -> str:
    chosen = lodging.operators(chosen_ids(typed))
    found = organisations.search_operators(form.q.data, FOUND_MOST) if searched else []
    others = [(entry, *entry.split("|", 1)) for entry in typed["other"]]
    listed = [chosen[id] for id in chosen_ids(typed) if id in chosen]
    form.unknown.data = bool(typed["unknown"]) or bool(form.unknown.data)
    before = "check" if request.args.get("then") == "check" else "problem"
    return render_template(
        "intake/whom.html", form=form, chosen=listed, others=others, found=found, searched=searched,
        kinds=RESPONDENT_KINDS, before=before, taken={id for id in chosen if isinstance(id, UUID)},
    )  # fmt: skip
