"""A judicial confirmation in the world of the matrix: both sides applied, and it lies at a court of its own."""

from uuid import UUID

from sqlalchemy import select

from tests import builders
from tests.builders import TheCase
from tests.referral.courts import TheCourt
from tests.referral.roster import listed
from tourism_odr.cases.models import Confirmation, Place, Subject
from tourism_odr.db import db
from tourism_odr.referral.commands import confirmations


def apply_together(case: TheCase) -> TheCourt:
    """The tourist invites, the agency joins; with the last signature it is submitted."""
    court = listed(case.people.body)
    case.at += builders.HOUR
    assert case.agreement is not None
    made = confirmations.invite(case.agreement, case.id, by=case.people.tourist, at=case.at, code_checked=True)
    case.at += builders.HOUR
    click = confirmations.Click(made, db.session().get_one(Subject, made).version, code_checked=True)
    confirmations.sign(click, by=case.people.handler, at=case.at)
    return court


def place_at_court(case_id: UUID) -> Place:
    """The one place of the case that the court reads."""
    wanted = select(Place).join(Subject, Subject.place_id == Place.id).join(Confirmation, Confirmation.id == Subject.id)
    return db.session().scalars(wanted.where(Place.case_id == case_id)).one()
