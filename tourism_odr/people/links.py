"""Secret links and printed codes: how a tourist, who has no account, comes back.

Opening a link answers a session token.  Wrong secrets are counted by address, never by case.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update

from tourism_odr.db import db
from tourism_odr.people import sessions
from tourism_odr.people.models import LinkScope, OpenSession, Person, PrintedCode, SecretLink
from tourism_odr.people.secrets import hash_recovery_code, hash_secret, new_recovery_code, new_secret


def make_link(
    person_id: UUID, case_id: UUID | None, scope: LinkScope, at: datetime, *, id: UUID | None = None
) -> str:
    """A new link; answers its secret, which nobody can read again."""
    secret = new_secret()
    db.session.add(
        SecretLink(
            id=id or uuid4(),
            secret_hash=hash_secret(secret),
            person_id=person_id,
            case_id=case_id,
            scope=scope,
            created=at,
        )
    )
    return secret


def make_printed_code(person_id: UUID, case_id: UUID | None, at: datetime) -> str:
    """A recovery code to print; reusable until it is renewed."""
    code = new_recovery_code()
    db.session.add(
        PrintedCode(
            id=uuid4(),
            code_hash=hash_recovery_code(code),
            person_id=person_id,
            case_id=case_id,
            created=at,
        )
    )
    return code


def renew(person_id: UUID, case_id: UUID | None, at: datetime) -> tuple[str, str]:
    """A new full link and printed code; the old ones, and the sessions that they opened, end."""
    for link in live_links(person_id, case_id):
        if link.scope == LinkScope.FULL:
            end_link(link.id, at)
    db.session.execute(
        update(PrintedCode)
        .where(PrintedCode.person_id == person_id, PrintedCode.ended.is_(None))
        .where(_of_case(PrintedCode, case_id))
        .values(ended=at)
    )
    return make_link(person_id, case_id, LinkScope.FULL, at), make_printed_code(person_id, case_id, at)


def live_links(person_id: UUID, case_id: UUID | None) -> list[SecretLink]:
    """The links of a person into one case that still open."""
    rows = select(SecretLink).where(SecretLink.person_id == person_id, SecretLink.ended.is_(None))
    return list(db.session.scalars(rows.where(_of_case(SecretLink, case_id)).order_by(SecretLink.created)))


def end_link(link_id: UUID, at: datetime) -> None:
    """Take a link back, and the sessions that it opened."""
    db.session.get_one(SecretLink, link_id).ended = at
    db.session.execute(
        update(OpenSession)
        .where(OpenSession.link_id == link_id, OpenSession.ended.is_(None))
        .values(ended=at)
    )


def find_link(secret: str) -> SecretLink | None:
    """The living link behind a secret."""
    return db.session.scalar(
        select(SecretLink)
        .join(Person, Person.id == SecretLink.person_id)
        .where(SecretLink.secret_hash == hash_secret(secret), SecretLink.ended.is_(None))
        .where(Person.suspended.is_(None), Person.erased.is_(None))
    )


def open_link(secret: str, at: datetime, *, device: str = "") -> str | None:
    """The button was pressed: a session for the person of the link, or None for a secret that opens nothing."""
    link = find_link(secret)
    if link is None:
        return None
    sitting = sessions.standing_sitting(link.person_id, link.case_id)
    return sessions.open_session(link.person_id, at, link_id=link.id, sitting_id=sitting, device=device)


def find_printed_code(typed: str) -> PrintedCode | None:
    """The living printed code that somebody typed."""
    return db.session.scalar(
        select(PrintedCode)
        .join(Person, Person.id == PrintedCode.person_id)
        .where(PrintedCode.code_hash == hash_recovery_code(typed), PrintedCode.ended.is_(None))
        .where(Person.suspended.is_(None), Person.erased.is_(None))
    )


def printed_code_is_of(person_id: UUID, case_id: UUID, typed: str) -> bool:
    """Whether this is the person's printed code for this case; the caller limits the tries beforehand."""
    found = find_printed_code(typed)
    return found is not None and found.person_id == person_id and found.case_id in (None, case_id)


def _of_case(table: type[SecretLink] | type[PrintedCode], case_id: UUID | None):  # type: ignore[no-untyped-def]  # a condition on either table
    return table.case_id.is_(None) if case_id is None else table.case_id == case_id
