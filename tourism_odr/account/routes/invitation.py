"""An invitation: a button first, then password and authenticator, then the recovery codes, once."""

from typing import Any

import segno
from flask import redirect, render_template, request, session, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.account import commands
from tourism_odr.account.blueprint import INVITATION, address, bp, device, held, landing, settings
from tourism_odr.account.forms import InvitationForm
from tourism_odr.clock import now
from tourism_odr.people import factors, invitations, organisations, persons
from tourism_odr.people.models import DetailKind, Invitation
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.web.identity import begin_session
from tourism_odr.web.identity import signed_in as living_session
from tourism_odr.web.names import called
from tourism_odr.web.policy import public

Page = str | Response | tuple[str, int]


@bp.route("/invitation/<secret>", methods=["GET", "POST"])
@public
def invitation(secret: str) -> Page:
    """Fetching shows a button and changes nothing; pressing it is what counts as opened."""
    problem: Any = None
    if request.method == "POST":
        try:
            session[INVITATION] = str(commands.open_invitation(secret, address(), now()))
            return redirect(url_for("account.accept_invitation"), 303)
        except RefusedError as refused:
            problem = refused.message
    return render_template("account/invitation.html", problem=problem)


@bp.route("/invitation", methods=["GET", "POST"])
@public
def accept_invitation() -> Page:
    """Password and authenticator, as far as this invitation needs them."""
    opened = held(INVITATION)
    found = invitations.find_opened(opened, now()) if opened else None
    if found is None:
        raise NotFound
    known = living_session()
    form = _form(found)
    if form.submitted():
        with form.refusals():
            accepted, token = commands.accept_invitation(
                found.id,
                form.password.data if form.password else "",
                form.code.data if form.code else "",
                known.living.person_id if known else None,
                device(),
                now(),
            )
            begin_session(token)
            if not accepted.recovery_codes:
                return redirect(landing(), 303)
            return render_template("account/recovery_codes.html", codes=accepted.recovery_codes, onward=landing())
    return render_template("account/accept_invitation.html", form=form, known=known, **_shown(found))


def _form(found: Invitation) -> InvitationForm:
    form = InvitationForm()
    if not invitations.needs_password(found):
        del form.password
        del form.again
    if not invitations.needs_authenticator(found):
        del form.code
    return form


def _shown(found: Invitation) -> dict[str, Any]:
    email = persons.details(found.person_id).get(DetailKind.EMAIL, "")
    shown: dict[str, Any] = {"email": email, "role": Role(found.role) if found.role else None, "house": None}
    if found.organisation_id is not None:
        shown["house"] = called(organisations.organisation(found.organisation_id))
    if invitations.needs_authenticator(found):
        secret = factors.enrolment_secret(found.person_id)
        uri = factors.provisioning_uri(secret, email, settings().service_name)
        shown |= {"secret": secret, "qr": segno.make(uri).svg_data_uri(scale=5)}
    return shown
