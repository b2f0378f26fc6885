"""How somebody who came by secret link proves a click that binds: a code to their contact, or the printed one.

    class WithdrawForm(CodePart): ...

    form = WithdrawForm(seen=subject.version)
    if form.submitted() and code_checked(form, actor, "case.withdraw", subject.id, now()):
        with form.refusals():
            withdraw(form.command(...))            # which takes the step with papers={"code_checked": True}

and in the template, inside the form, ``{{ codes.part(form, "case.withdraw", subject.id) }}``.  Its button
"Send me a code" sends the same form: nothing that was typed is lost, and no script is needed.
"""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from flask import flash, request

from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.telling import Recipient, queue
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.people import codes, contacts, limits, links, mailing, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.secrets import only_digits
from tourism_odr.text import N_, M, Message
from tourism_odr.web.forms import SWITCH, Form, StringField, Within
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import say_here

NOTICE = "_other/code"
SEND = "code"  # the value of the switch whose button sends a code instead of the form
TOO_MANY = M("Too many tries. Wait an hour, then try again.")
WRONG = M("This code is not right, or its ten minutes have passed. Have a new one sent, or use your printed recovery code.")
MISSING = M("Enter the code that was sent to you, or your printed recovery code.")
NO_CONTACT = M("No contact of yours is confirmed, so no code can be sent. Use your printed recovery code, or ask the office.")
SENT = M("A code is on its way to you. It is good for ten minutes.")
LENGTH = 6


def needs_code(actor: Actor) -> bool:
    """Whether what binds asks this actor for a code: a secret link alone binds nobody."""
    return actor.link


class CodePart(Form):
    """A form whose sending binds."""

    code = StringField(N_("Your code"), [Within(40)])

    @property
    def code_wanted(self) -> bool:
        """Whether the reader is asked for a code."""
        return needs_code(current_actor())

    @property
    def code_goes_to(self) -> str:
        """Where a code would be sent, half hidden; nothing when no contact is confirmed."""
        person_id = current_actor().person_id
        known = persons.verified_contacts(person_id) if person_id else {}
        return next((contacts.masked(kind, text) for kind, text in known.items()), "")

    def submitted(self) -> bool:
        """As every form; the button that asks for a code sends one and leaves the form as it is."""
        if self.is_submitted() and request.form.get(SWITCH) == SEND:
            _send_asked()
            return False
        return super().submitted()


def code_checked(form: CodePart, actor: Actor, purpose: str, subject_id: UUID, at: datetime, exact: str = "") -> bool:
    """Whether this click may bind; if not, the form says why.  Call it outside of a unit of work.

    A code that fits is used up.  ``exact`` is what it agrees to beyond the subject: the digest of a text.
    """
    if not needs_code(actor) or actor.person_id is None:
        return not needs_code(actor)
    typed = form.code.data or ""
    refusal = _refusal(actor.person_id, typed, purpose, _bound(subject_id, exact), subject_id, at)
    if refusal:
        form.refuse("code", refusal)
    return refusal is None


def _refusal(person_id: UUID, typed: str, purpose: str, bound: str, subject_id: UUID, at: datetime) -> Message | None:
    if not typed:
        return MISSING
    if not limits.within("confirm-code", str(person_id), at, limits.CONFIRM_CODE):
        return TOO_MANY
    fits = _sent_code_fits if _is_short(typed) else _printed_code_fits
    if not fits(person_id, typed, purpose, bound, subject_id, at):
        return WRONG
    limits.give_back("confirm-code", str(person_id))
    return None


def _is_short(typed: str) -> bool:
    return only_digits(typed) == "".join(typed.split()) and len(only_digits(typed)) == LENGTH


def _sent_code_fits(person_id: UUID, typed: str, purpose: str, bound: str, _subject: UUID, at: datetime) -> bool:
    code_id = codes.check_code(person_id, purpose, bound, typed, at)
    if code_id is None:
        return False
    with unit_of_work():
        return codes.spend(code_id, at)


def _printed_code_fits(person_id: UUID, typed: str, _purpose: str, _bound: str, subject_id: UUID, _at: datetime) -> bool:
    subject = db.session.get(Subject, subject_id)
    return subject is not None and links.printed_code_is_of(person_id, subject.case_id, typed)


def _bound(subject_id: UUID, exact: str) -> str:
    return f"{subject_id}|{exact}"


def _send_asked() -> None:
    """Send a code for what the form says; a form that asks for something else gets none."""
    purpose, exact = request.form.get("code_purpose", ""), request.form.get("code_exact", "")[:80]
    subject = None
    with suppress(ValueError):
        subject = db.session.get(Subject, UUID(request.form.get("code_subject", "")))
    here = (request.view_args or {}).get("case_id")
    if purpose in STEPS and subject is not None and subject.case_id == here:
        said, tone = send_code(current_actor(), subject, purpose, now(), exact)
        flash(say_here(said), tone)


def send_code(actor: Actor, subject: Subject, purpose: str, at: datetime, exact: str = "") -> tuple[Message, str]:
    """Put a code for this purpose into the outbox; answers the sentence to show and its tone."""
    case_id, subject_id = subject.case_id, subject.id
    if actor.person_id is None or not persons.verified_contacts(actor.person_id):
        return NO_CONTACT, "error"
    if not limits.within("send-code", str(actor.person_id), at, limits.SEND_CODE):
        return TOO_MANY, "error"
    with unit_of_work() as session:
        _, code = codes.make_code(actor.person_id, purpose, _bound(subject_id, exact), at)
        params = {
            "sealed_code": mailing.seal_for_outbox(actor.person_id, code),
            "step": purpose,
            "case": str(case_id),
            "number": session.get_one(Case, case_id).number,
        }
        queue(session, NOTICE, Recipient(person_id=actor.person_id), at=at, params=params, case_id=case_id)
    return SENT, "success"
