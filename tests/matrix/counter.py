"""The counter in the world of the matrix: an office that follows the case, a clerk who acts for the tourist, a hotline."""

from uuid import UUID

from sqlalchemy import select

from tests import builders
from tests.builders import TheCase
from tourism_odr.cases import steps
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Party
from tourism_odr.cases.places import admit, open_place
from tourism_odr.cases.sittings import SCOPES
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands import authority
from tourism_odr.intake.commands.entering import Origin, note_origin
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Sitting
from tourism_odr.people.roles import Role
from tourism_odr.people.sessions import seated

SLIP = StoredFile("0" * 64, 3, "text", "text/plain", "slip.txt", {})


def follow(case: TheCase, *clerks: Actor) -> None:
    """The offices of these clerks read what the tourist and the body share; the matter came from a hotline."""
    case.at += builders.HOUR
    with unit_of_work() as session:
        steps.lock(session, case.id)
        for kind in (PlaceKind.TRIAGE, PlaceKind.FILE):
            place = open_place(session, case.id, kind)
            for clerk in clerks:
                assert clerk.organisation_id is not None
                admit(session, place, clerk.organisation_id, case.at, role=Role.COUNCIL)
        note_origin(session, case.id, Origin("12345", "20261009-1", case.at, case.at), case.people.officer, case.at)


def acts_for_tourist(case: TheCase, clerk: Actor) -> Actor:
    """The clerk with the tourist's authority, in a sitting that covers all of it."""
    case.at += builders.HOUR
    party: UUID = db.session().scalars(select(Party.id).where(Party.case_id == case.id, Party.side == "complainant")).one()
    everything = tuple(SCOPES)
    authority.grant_authority(
        authority.GrantAuthority(case.id, party, everything, "identity-card", SLIP), by=clerk, at=case.at
    )
    words = Words("read back", "en")
    sitting = authority.sit_down(
        authority.SitDown(case.id, party, "desk", everything, words, words), by=clerk, at=case.at
    )
    return seated(db.session().get_one(Sitting, sitting))
