"""Lodging a complaint: from the pages, at the counter for somebody else, and by the demo, all by this door."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tourism_odr.cases.items import StoredFile
from tourism_odr.cases.models import Case
from tourism_odr.cases.opening import Complaint, open_case
from tourism_odr.cases.telling import Recipient, queue
from tourism_odr.db import unit_of_work
from tourism_odr.intake.commands.drafts import find
from tourism_odr.intake.models import DraftFile
from tourism_odr.people import envelope, limits, links, mailing, persons, sessions
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import LinkScope
from tourism_odr.people.roles import Role

LINK_NOTICE = "_other/case-link"


@dataclass(frozen=True)
class LodgeComplaint:
    """A complaint with whoever makes it: somebody new with name and contacts, or a person known already.

    Contacts come normalised (``people.contacts``).
    """

    complaint: Complaint
    name: str = ""
    phone: str | None = None
    email: str | None = None
    person_id: UUID | None = None


@dataclass(frozen=True)
class Lodged:
    """The new case, and the secrets that are told once."""

    case_id: UUID
    number: str
    person_id: UUID
    link: str
    code: str
    token: str | None = field(default=None, compare=False)  # of the session opened with it, where a device was named


class DraftGoneError(Exception):
    """There is nothing to send: the draft was erased, or never begun."""


class TooManyError(Exception):
    """So many complaints came from this connection that the next has to wait; the draft stays."""


LODGING = limits.Limit(30, limits.HOUR)


@dataclass(frozen=True)
class Visitor:
    """Where a complaint comes from: the address that is counted, and the name of the browser."""

    address: str
    device: str


def lodge_complaint(
    command: LodgeComplaint, *, by: Actor | None = None, at: datetime, received_at: datetime | None = None
) -> Lodged:
    """Lodge in a unit of work of its own.  ``by`` None: the complainant in person; ``received_at`` None: now."""
    with unit_of_work() as session:
        return lodge(session, command, by=by, at=at, received_at=received_at or at)


def send_draft(secret: str, command: LodgeComplaint, *, at: datetime, visitor: Visitor) -> Lodged:
    """Lodge what a draft holds, once: sent a second time it answers the same case with the same link.

    Whoever sent it comes in with it: a session for their device.  Raises ``TooManyError``, ``DraftGoneError``.
    """
    with unit_of_work() as session:
        draft = find(session, secret)
        if draft is None:
            raise DraftGoneError
        if draft.case_id is not None:
            return _again(session, draft.case_id, envelope.unclose(secret, draft.handed or b""), at, visitor.device)
        if not limits.count("lodge", visitor.address, at, LODGING):
            raise TooManyError
        rows = session.scalars(select(DraftFile).where(DraftFile.draft_id == draft.id).order_by(DraftFile.number))
        files = tuple(_stored(row) for row in rows)
        command = replace(command, complaint=replace(command.complaint, files=files))
        lodged = lodge(session, command, by=None, at=at, received_at=at, device=visitor.device)
        draft.case_id, draft.changed = lodged.case_id, at
        draft.sealed = envelope.close(secret, {})
        handed = {"number": lodged.number, "link": lodged.link, "code": lodged.code, "person": str(lodged.person_id)}
        draft.handed = envelope.close(secret, handed)
        session.execute(delete(DraftFile).where(DraftFile.draft_id == draft.id))
        return lodged


def lodge(
    session: Session, command: LodgeComplaint, *, by: Actor | None, at: datetime, received_at: datetime,
    device: str | None = None,
) -> Lodged:  # fmt: skip
    """Person, case, secret link and recovery code, and a session for ``device``, inside the caller's unit of work."""
    with session.no_autoflush:  # person, case and session are sent at once
        person_id = command.person_id or persons.create_person(
            locale=command.complaint.locale, at=at, name=command.name, phone=command.phone, email=command.email
        )
        name = command.name if command.person_id is None else None
        actor = by or Actor(person_id, Role.TOURIST)
        case = open_case(session, command.complaint, person_id, by=actor, at=at, received_at=received_at, name=name)
        link_id = uuid4()
        link = links.make_link(person_id, case.id, LinkScope.FULL, at, id=link_id)
        code = links.make_printed_code(person_id, case.id, at)
        token = None if device is None else sessions.open_session(person_id, at, link_id=link_id, device=device)
    return Lodged(case.id, case.number, person_id, link, code, token)


def _again(session: Session, case_id: UUID, handed: dict[str, str], at: datetime, device: str) -> Lodged:
    if not handed:
        raise DraftGoneError
    number, token = session.get_one(Case, case_id).number, links.open_link(handed["link"], at, device=device)
    return Lodged(case_id, number, UUID(handed["person"]), handed["link"], handed["code"], token)


def _stored(row: DraftFile) -> StoredFile:
    return StoredFile(row.digest, row.size, row.kind, row.mime, row.name, row.shown)


def enter(link: str, at: datetime, device: str) -> str | None:
    """A session for whoever has just lodged, or collects the link; None when the link was renewed since."""
    with unit_of_work():
        return links.open_link(link, at, device=device)


def mail_link(person_id: UUID, case_id: UUID, link: str, at: datetime) -> None:
    """Send the secret link to the contact that was given; it travels closed and is never kept."""
    with unit_of_work() as session:
        params = {"number": session.get_one(Case, case_id).number, "case": str(case_id),
                  "sealed_link": mailing.seal_for_outbox(person_id, link)}  # fmt: skip
        queue(session, LINK_NOTICE, Recipient(person_id=person_id), at=at, case_id=case_id, params=params)
