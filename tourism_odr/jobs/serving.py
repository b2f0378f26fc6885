"""What the sender does more for the service of a complaint: the invitation in it, and the step when it fails."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tourism_odr.cases.models import Event, Notice, Service
from tourism_odr.cases.outgoing import SERVICE, came_back
from tourism_odr.db import db
from tourism_odr.people import invitations
from tourism_odr.people.actor import THE_TABLE, Actor
from tourism_odr.people.models import Invitation
from tourism_odr.people.roles import Role

BY_INVITATION = "invitation"


def invitation_for(notice: Notice, address: str, at: datetime) -> dict[str, str]:
    """The secret of an invitation to the respondent's people, made when the letter leaves and kept nowhere."""
    if notice.template != SERVICE or notice.organisation_id is None:
        return {}
    session = db.session()
    service = session.get_one(Service, UUID(notice.params["subject"]))
    service.notice_id = notice.id
    if notice.attempts > 1:
        _end_earlier(notice, at)
    _, secret = invitations.invite(
        address,
        notice.organisation_id,
        Role.HANDLER,
        by=_sender(notice),
        at=at,
        locale=notice.locale,
        case_id=notice.case_id,
    )
    return {"secret": secret}


def _sender(notice: Notice) -> Actor:
    """The officer who took the step."""
    event = db.session().get(Event, notice.event_id) if notice.event_id else None
    if event is None or event.actor is None:
        return THE_TABLE
    return Actor(event.actor, Role(event.role))


def _end_earlier(notice: Notice, at: datetime) -> None:
    """An attempt before may have died on the way: only the newest secret opens."""
    earlier = select(Invitation).where(
        Invitation.organisation_id == notice.organisation_id,
        Invitation.case_id == notice.case_id,
        Invitation.opened.is_(None),
        Invitation.ended.is_(None),
        Invitation.created >= notice.created,
    )
    for invitation in db.session().scalars(earlier):
        invitation.ended = at


def nobody_to_write_to(notice: Notice, at: datetime) -> None:
    """A letter that should have gone by mail and has no address is as undelivered as one that came back."""
    if notice.template == SERVICE:
        service = db.session().get_one(Service, UUID(notice.params["subject"]))
        if service.method == BY_INVITATION:
            came_back(notice, at)
