"""Put somebody behind a test client, as if they had signed in or opened their secret link."""

from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select

from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.people import links, sessions
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import LinkScope, Membership, OpenSession, SecretLink
from tourism_odr.people.roles import COMPLAINANT
from tourism_odr.people.secrets import hash_secret


def sign_in(client: FlaskClient, actor: Actor, case_id: UUID | None = None, *, read_only: bool = False) -> FlaskClient:
    """Open a session row for ``actor`` and carry its token; a tourist comes by a link to ``case_id``."""
    with client.application.app_context():
        token = _token(actor, case_id, read_only)
    base = client.application.extensions["odr_settings"].base_url
    with client.session_transaction(base_url=base) as carried:
        carried["_user_id"], carried["_fresh"] = token, True
    return client


def _token(actor: Actor, case_id: UUID | None, read_only: bool) -> str:
    if actor.seat is not None:
        return _by_sitting(actor)
    return _by_link(actor, case_id, read_only) if actor.role in COMPLAINANT else _by_membership(actor)


def _by_sitting(actor: Actor) -> str:
    """The clerk's own session, in which they sit."""
    assert actor.person_id is not None
    assert actor.seat is not None
    membership = db.session().scalars(select(Membership.id).where(Membership.person_id == actor.person_id)).first()
    with unit_of_work() as session:
        token = sessions.open_session(actor.person_id, now(), membership_id=membership)
        session.flush()
        opened = session.scalars(select(OpenSession).where(OpenSession.token_hash == hash_secret(token))).one()
        opened.sitting_id = actor.seat.id
        return token


def _by_membership(actor: Actor) -> str:
    assert actor.person_id is not None
    membership = db.session().scalars(
        select(Membership.id).where(
            Membership.person_id == actor.person_id,
            Membership.organisation_id == actor.organisation_id,
            Membership.role == actor.role.value,
        )
    ).one()  # fmt: skip
    with unit_of_work():
        return sessions.open_session(actor.person_id, now(), membership_id=membership)


def _by_link(actor: Actor, case_id: UUID | None, read_only: bool) -> str:
    assert actor.person_id is not None
    scope = LinkScope.READ if read_only else LinkScope.FULL
    with unit_of_work() as session:
        links.make_link(actor.person_id, case_id, scope, now())
        link = session.scalars(
            select(SecretLink.id)
            .where(SecretLink.person_id == actor.person_id, SecretLink.ended.is_(None))
            .order_by(SecretLink.created.desc())
        ).first()
        return sessions.open_session(actor.person_id, now(), link_id=link)
