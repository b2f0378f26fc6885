"""The door to every page about a case, or about one of its subjects.

    @bp.route("/cases/<uuid:case_id>/offers/<uuid:subject_id>/accept", methods=["GET", "POST"])
    @takes_step("offer.accept")
    def accept(case: Case, subject: Subject) -> Page: ...

A case that is not yours, a subject of another case, and a page that your role never has in this case are
all answered like one that does not exist.  When it is yours but the stage has moved on, the answer is 409,
with what happened and what you typed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import g, render_template, request
from werkzeug.exceptions import NotFound

from tourism_odr.db import db, read_once
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import local_zone
from tourism_odr.web import door
from tourism_odr.web.identity import current_actor, signed_in
from tourism_odr.web.parts import Sentence
from tourism_odr.web.policy import Policy, View, with_policy

KEPT_BACK = frozenset({"csrf_token", "seen", "switch", "code", "password"})


def takes_step(*steps: str) -> Callable[[View], View]:
    """Only those who may take ``kind.verb`` (one of several) on this subject, and only now.

    Without a subject in the address the step is one of the case itself, or begins a subject in it.
    """
    return _guarded(Policy("step", steps=steps))


def reads_case(*roles: Role, page: bool = True) -> Callable[[View], View]:
    """Whoever may see the case, in one of ``roles`` when some are named; changes nothing but the reader's own."""
    return _guarded(Policy("case", frozenset(roles), page=page))


def _guarded(policy: Policy) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(case_id: UUID, subject_id: UUID | None = None, **rest: Any) -> Any:
            actor = current_actor()
            read_once(db.session())
            entry = door.open_door(actor, case_id, subject_id, policy) if _reaches(case_id, policy) else None
            if entry is None:
                raise NotFound
            g.zone = local_zone(entry.case.jurisdiction)
            if entry.moved_on:
                return moved_on(entry.stands)
            found = (entry.case,) if subject_id is None else (entry.case, entry.subject)
            return view(*found, **rest)

        return with_policy(guarded, policy)

    return decorate


def _reaches(case_id: UUID, policy: Policy) -> bool:
    """A secret link reaches its own case; a helper's link reads and does nothing else."""
    session = signed_in()
    if session is None or not session.reaches(case_id):
        return False
    return not (session.living.read_only and (policy.steps or request.method not in ("GET", "HEAD")))


def moved_on(stands: Sentence = "") -> tuple[str, int]:
    """The page for "another was first": where it stands now, and every word that was typed."""
    typed = [
        (name, value) for name, value in request.form.items(multi=True) if name not in KEPT_BACK and value
    ]
    return render_template("errors/moved_on.html", stands=stands, typed=typed), 409
