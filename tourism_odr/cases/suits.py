"""What everybody in a case may know of its suits: before which court, where it stands, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from tourism_odr.cases.categories import TRIP_SHEET
from tourism_odr.cases.models import CourtOutcome, CourtReceipt, Filing, Party, Subject, TripValue
from tourism_odr.cases.models.claim import AGREE
from tourism_odr.cases.relations import sides_of
from tourism_odr.cases.stands import last_stands
from tourism_odr.people.models import Organisation
from tourism_odr.text import N_

OUTCOMES = {
    "allowed": N_("The claim was allowed"),
    "allowed-in-part": N_("The claim was allowed in part"),
    "dismissed": N_("The claim was dismissed"),
    "by-default": N_("The claim was allowed in the absence of the respondent"),
    "not-admitted": N_("The suit was dismissed without a decision on the claim"),
    "counted-withdrawn": N_("The suit counts as withdrawn"),
    "instrument": N_("The court's mediation instrument"),
    "suit-withdrawn": N_("The suit was withdrawn with the permission of the court"),
    "refused": N_("The court did not register the suit"),
}
DECISIONS = ("allowed", "allowed-in-part", "dismissed", "by-default", "not-admitted", "counted-withdrawn")
HOW = {
    "online": N_("confirmed online"),
    "hand": N_("delivered by hand, with the receipt on file"),
    "post": N_("delivered by post, with the receipt on file"),
}


@dataclass(frozen=True)
class Suit:
    """One suit with its court and, once it ended, what came of it."""

    subject: Subject
    filing: Filing
    court: Organisation
    outcome: CourtOutcome | None


def suits_told(session: Session, case_id: UUID) -> list[Suit]:
    """The suits of a case of which all its readers know: registered, or asked about mediation; oldest first."""
    told = or_(Filing.registered_at.is_not(None), Filing.invited_at.is_not(None))
    return [Suit(*row) for row in _suits(session, case_id, told)]


def _suits(session: Session, case_id: UUID, told: object) -> Sequence[Row[Subject, Filing, Organisation, CourtOutcome]]:
    wanted = (
        select(Subject, Filing, Organisation, CourtOutcome)
        .join(Filing, Filing.id == Subject.id)
        .join(Organisation, Organisation.id == Filing.court_id)
        .outerjoin(CourtOutcome, CourtOutcome.filing_id == Filing.id)
        .where(Filing.case_id == case_id, told)  # type: ignore[arg-type]  # a condition
        .order_by(Subject.created, Subject.id)
    )
    return session.execute(wanted).all()


def undisputed(session: Session, filing: Filing) -> list[tuple[str, str]]:
    """Title and value of what every side agrees on."""
    return [(TRIP_SHEET.get(one.key, one.key), one.value) for one in agreed_values(session, filing)]


def agreed_values(session: Session, filing: Filing) -> list[TripValue]:
    """Values of the trip sheet on which every side of the suit said that they agree."""
    said = last_stands(session, filing.case_id)
    sides = [one.id for one in sides_of(session, filing)]
    values = session.scalars(select(TripValue).where(TripValue.case_id == filing.case_id).order_by(TripValue.at, TripValue.id))
    return [one for one in values if all(said.get((one.id, side)) == AGREE for side in sides)]


def received_by(session: Session, filing: Filing) -> dict[UUID, CourtReceipt]:
    """The sides that have received the instrument."""
    rows = session.scalars(select(CourtReceipt).where(CourtReceipt.filing_id == filing.id))
    return {row.party_id: row for row in rows}


def yet_to_receive(session: Session, filing: Filing) -> list[Party]:
    """The sides that have not."""
    had = received_by(session, filing)
    return [one for one in sides_of(session, filing) if one.id not in had]
