"""The ways into one's own case: renewing the link, lending one to a helper, changing the contact.

The page has checked a code before it calls what binds; see ``web/codes.py``.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tourism_odr.cases.telling import Recipient, queue
from tourism_odr.db import db, unit_of_work
from tourism_odr.people import codes, links, mailing, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import DetailKind, LinkScope
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import M

NEW_CONTACT = "new-contact"
CODE_NOTICE = "_other/code"


@dataclass(frozen=True)
class Renewed:
    """A new link and a new recovery code, and a session in place of the one that ended with the old link."""

    link: str
    code: str
    token: str


@dataclass(frozen=True)
class ChangeContact:
    """Another phone number or e-mail address, normalised; None leaves that one as it is."""

    case_id: UUID
    phone: str | None
    email: str | None


def renew_access(case_id: UUID, *, by: Actor, at: datetime, device: str) -> Renewed:
    """End the old link and code with the sessions that they opened; make new ones."""
    person_id = _person(by)
    with unit_of_work():
        link, code = links.renew(person_id, case_id, at)
        token = links.open_link(link, at, device=device)
        assert token is not None  # noqa: S101 - a link that was just made opens
        return Renewed(link, code, token)


def lend_link(case_id: UUID, *, by: Actor, at: datetime) -> str:
    """A link for a helper, who reads and does nothing else; answers its secret, told once."""
    with unit_of_work():
        return links.make_link(_person(by), case_id, LinkScope.READ, at)


def take_link_back(case_id: UUID, link_id: UUID, *, by: Actor, at: datetime) -> None:
    """End one helper's link of one's own."""
    with unit_of_work():
        mine = [link.id for link in links.live_links(_person(by), case_id) if link.scope == LinkScope.READ]
        if link_id in mine:
            links.end_link(link_id, at)


def change_contact(command: ChangeContact, *, by: Actor, at: datetime) -> None:
    """Write the new contact, unverified until a code that was sent there comes back."""
    person_id = _person(by)
    with unit_of_work():
        given = {DetailKind.PHONE: command.phone, DetailKind.EMAIL: command.email}
        for kind, value in given.items():
            if value:
                persons.set_detail(person_id, kind, value, at)


def send_contact_code(kind: DetailKind, *, by: Actor, at: datetime) -> None:
    """A code to a contact that is not verified yet."""
    person_id = _person(by)
    with unit_of_work():
        value = persons.details(person_id).get(kind)
        if value is None:
            raise RefusedError(M("There is no such contact."))
        _code_id, code = codes.make_code(person_id, NEW_CONTACT, f"{kind}|{value}", at)
        params = {"sealed_code": mailing.seal_for_outbox(person_id, code), "contact": str(kind)}
        queue(db.session(), CODE_NOTICE, Recipient(person_id=person_id), at=at, params=params)


def verify_contact(kind: DetailKind, code_id: UUID, *, by: Actor, at: datetime) -> None:
    """The code came back: from now on codes go there, and the case can be found by this contact."""
    with unit_of_work():
        if not codes.spend(code_id, at):
            raise RefusedError(M("This code was used already. Ask for a new one."))
        persons.verify_contact(_person(by), kind, at)


def _person(by: Actor) -> UUID:
    if by.person_id is None:
        raise RefusedError(M("Sign in first."))
    return by.person_id
