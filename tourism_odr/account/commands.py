"""What the pages of this slice do, each in one unit of work of its own or, where a try is counted, in several."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from tourism_odr.account import queries
from tourism_odr.cases.telling import Recipient, queue
from tourism_odr.db import db, unit_of_work
from tourism_odr.people import codes, contacts, factors, invitations, limits, links, mailing, sessions, signin
from tourism_odr.people.actor import Actor
from tourism_odr.people.invitations import Accepted
from tourism_odr.people.models import Invitation
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.sessions import Living
from tourism_odr.people.signin import TOO_MANY, WRONG_CODE, Visitor
from tourism_odr.text import M

FIND_CASE = "find-case"
CODE_NOTICE = "_other/code"
INVITATION_NOTICE = "_other/invitation"


@dataclass(frozen=True)
class FindCase:
    """A case number and a contact, as somebody typed them who lost their link."""

    number: str
    contact: str
    address: str


def sign_in(email: str, password: str, visitor: Visitor, at: datetime) -> str:
    """The first step; people without an authenticator get a code by e-mail for the second."""
    pending = signin.password_step(email, password, visitor, at)
    with unit_of_work():
        made = signin.make_sign_in_code(pending, at)
        if made is not None:
            _mail_code(made[0], made[1], at)
    return pending


def sign_out(session_id: UUID, person_id: UUID, at: datetime) -> None:
    """End one session of one's own."""
    with unit_of_work():
        sessions.end(session_id, person_id, at)


def end_other_sessions(living: Living, at: datetime) -> None:
    """End all sessions of one's own but this one."""
    with unit_of_work():
        sessions.end_all(living.person_id, at, but=living.session_id)


def open_invitation(secret: str, address: str, at: datetime) -> UUID:
    """The button was pressed: the time is kept as evidence, the invitation waits for password and code."""
    _count_secret(address, at)
    with unit_of_work():
        invitation = invitations.mark_opened(secret, at)
        if invitation is None:
            raise RefusedError(M("This invitation is no longer open. Ask for a new one."))
        if invitations.needs_authenticator(invitation):
            factors.enrolment_secret(invitation.person_id)
        return invitation.id


def accept_invitation(
    invitation_id: UUID, password: str, code: str, as_person: UUID | None, device: str, at: datetime
) -> tuple[Accepted, str]:
    """Take up the role and sign in with it: what was given, and the session's token."""
    with unit_of_work():
        accepted = invitations.accept_invitation(
            invitation_id, password=password, code=code, at=at, as_person=as_person
        )
        return accepted, signin.begin(accepted.person_id, device, at, accepted.membership_id)


def open_link(secret: str, address: str, device: str, at: datetime) -> tuple[str, UUID | None]:
    """The button was pressed: the session's token and the case that the link leads to."""
    _count_secret(address, at)
    with unit_of_work():
        link = links.find_link(secret)
        token = links.open_link(secret, at, device=device)
    if link is None or token is None:
        raise RefusedError(M("This link opens nothing. It may have been renewed: use the newest one."))
    limits.give_back("secret", address)
    return token, link.case_id


def open_by_printed_code(typed: str, address: str, device: str, at: datetime) -> tuple[str, UUID | None]:
    """The recovery code from the printed page: the session's token and the case."""
    if not limits.within("printed-code", address, at, limits.LOOK_UP):
        raise RefusedError(TOO_MANY)
    with unit_of_work():
        found = links.find_printed_code(typed)
        if found is None:
            raise RefusedError(M("This recovery code opens nothing. Check it sign by sign."))
        return sessions.open_session(found.person_id, at, device=device), found.case_id


def send_case_code(asked: FindCase, at: datetime) -> UUID:
    """Send a code if number and contact belong together; the answer is alike when they do not."""
    number = asked.number.strip().upper()
    tries = [limits.within(FIND_CASE, asked.address, at, limits.LOOK_UP)]
    tries.append(limits.within("find-case-number", number, at, limits.LOOK_UP))
    if not all(tries):
        raise RefusedError(TOO_MANY)
    contact = contacts.contact(asked.contact)
    within = limits.within("send-code", contact[1] if contact else asked.contact, at, limits.SEND_CODE)
    person_id = queries.complainant_with(number, contact) if contact else None
    with unit_of_work():
        if person_id is None or not within:
            return uuid4()  # a code that nobody has: the next page looks the same and refuses every try
        code_id, code = codes.make_code(person_id, FIND_CASE, number, at)
        _mail_code(person_id, code, at)
        return code_id


def open_by_code(code_id: UUID, number: str, typed: str, device: str, at: datetime) -> tuple[str, UUID | None]:
    """The code came back: the session's token and the case."""
    number = number.strip().upper()
    if not codes.try_code(code_id, None, FIND_CASE, number, typed, at):
        raise RefusedError(WRONG_CODE)
    with unit_of_work():
        person_id = codes.person_of(code_id)
        if person_id is None or not codes.spend(code_id, at):
            raise RefusedError(WRONG_CODE)
        return sessions.open_session(person_id, at, device=device), queries.case_numbered(number)


def switch_role(living: Living, membership_id: UUID, at: datetime) -> str | None:
    """Act in another of one's roles: a new session's token, or None for a role that is not theirs."""
    with unit_of_work():
        return sessions.switch(living, membership_id, at)


def renew_recovery_codes(person_id: UUID, typed: str, at: datetime) -> list[str]:
    """A fresh set of recovery codes, for whoever holds the authenticator."""
    if not limits.within("second-factor", str(person_id), at, limits.SECOND_FACTOR):
        raise RefusedError(TOO_MANY)
    with unit_of_work():
        if not factors.totp_matches(person_id, typed, at):
            raise RefusedError(WRONG_CODE)
        return factors.new_recovery_codes(person_id)


def ask_reset(email: str, reason: str, by: Actor, at: datetime) -> None:
    """The first of two people vouches that somebody lost their second factor."""
    address = contacts.email(email)
    with unit_of_work():
        person_id = invitations.account_of(address) if address else None
        if person_id is None:
            raise RefusedError(M("Nobody whom you may vouch for signs in with this address."))
        factors.ask_reset(person_id, by, reason, at)


def decide_reset(reset_id: UUID, approve: bool, by: Actor, at: datetime) -> None:
    """The second person approves, and the invitation to set the factor anew goes out; or refuses."""
    with unit_of_work():
        if not approve:
            factors.refuse_reset(reset_id, by, at)
            return
        secret = factors.approve_reset(reset_id, by, at)
        invitation = invitations.find(secret, at)
        if invitation is not None:
            mail_invitation(invitation, secret, at)


def mail_invitation(invitation: Invitation, secret: str, at: datetime) -> None:
    """Put an invitation into the outbox, inside the caller's unit of work."""
    sealed = mailing.seal_for_outbox(invitation.person_id, secret)
    _queue(INVITATION_NOTICE, invitation.person_id, {"sealed_secret": sealed}, at)


def demo_sign_in(person_id: UUID, membership_id: UUID | None, device: str, at: datetime) -> str:
    """One click, second factor included; the page exists in a demo only."""
    with unit_of_work():
        return signin.begin(person_id, device, at, membership_id)


def _mail_code(person_id: UUID, code: str, at: datetime) -> None:
    _queue(CODE_NOTICE, person_id, {"sealed_code": mailing.seal_for_outbox(person_id, code)}, at)


def _queue(template: str, person_id: UUID, params: dict[str, str], at: datetime) -> None:
    queue(db.session(), template, Recipient(person_id=person_id), at=at, params=params)


def _count_secret(address: str, at: datetime) -> None:
    if not limits.within("secret", address, at, limits.LOOK_UP_ADDRESS):
        raise RefusedError(TOO_MANY)
