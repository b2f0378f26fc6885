"""What the tests of this slice share: people who can sign in, and a visitor who sends forms."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pyotp
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tourism_odr.db import unit_of_work
from tourism_odr.people import factors, invitations, organisations
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.roles import Role

PASSWORD = "a sentence that is long enough"
SYSTEM = Actor(None, Role.TABLE)


@dataclass(frozen=True)
class Member:
    """Somebody who has an account, and what they know and hold."""

    person_id: UUID
    membership_id: UUID
    organisation_id: UUID
    email: str
    totp: str
    recovery_codes: list[str]

    def code(self, at: datetime) -> str:
        """What their authenticator shows."""
        return pyotp.TOTP(self.totp).at(at)


def member(email: str, role: Role, kind: OrganisationKind, at: datetime, house: UUID | None = None) -> Member:
    """Invite somebody and let them accept, with an authenticator where the role has one."""
    with unit_of_work():
        house = house or organisations.register_organisation(kind, "Lakeside House", at=at)
        invitation_id, secret = invitations.invite(email, house, role, by=SYSTEM, at=at, name="周岚")
        opened = invitations.mark_opened(secret, at)
        assert opened is not None
        totp = factors.enrolment_secret(opened.person_id) if invitations.needs_authenticator(opened) else ""
        code = pyotp.TOTP(totp).at(at) if totp else ""
        accepted = invitations.accept_invitation(invitation_id, password=PASSWORD, code=code, at=at)
    assert accepted.membership_id is not None
    return Member(accepted.person_id, accepted.membership_id, house, email, totp, accepted.recovery_codes)


def send(client: FlaskClient, address: str, page: str | None = None, **fields: Any) -> TestResponse:
    """Fill in the form of a page and send it."""
    shown = client.get(page or address).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown)
    assert token is not None, "the page has no form"
    return client.post(address, data=fields | {"csrf_token": token[1]})


def without_token(response: TestResponse) -> str:
    """The body of a page without what differs by chance."""
    return re.sub(r'value="[^"]{40,}"', "", response.get_data(as_text=True))
