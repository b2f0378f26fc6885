"""Where a suit is mediated and told of: the place of both sides and their court, and the rooms under the court."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.lifecycle import suit
from tourism_odr.cases.lifecycle.declare import PlaceKind
from tourism_odr.cases.models import Appointment, CourtOutcome, Filing, Party, Place, Subject
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.cases.move import Move
from tourism_odr.cases.places import admit, admit_once, dismiss, members, new_place, open_place
from tourism_odr.cases.relations import active_mediators, sides_of
from tourism_odr.cases.suits import received_by
from tourism_odr.clock import local_day
from tourism_odr.people.roles import COURT, Role


def principal_of(party: Party) -> UUID | None:
    """The person or organisation that reads for a party."""
    return party.person_id if party.side == COMPLAINANT else party.organisation_id


def sides_place(move: Move) -> Place:
    """Where both sides of the suit and its court read: what the court issues to them lies here."""
    session, filing = move.session, move.session.get_one(Filing, move.subject.id)
    if filing.sides_place_id:
        return session.get_one(Place, filing.sides_place_id)
    place = new_place(session, move.case.id, PlaceKind.SIDES)
    session.flush()
    filing.sides_place_id = place.id
    for party in sides_of(session, filing):
        if principal := principal_of(party):
            admit_once(session, place, principal, move.at)
    for role in sorted(COURT):
        admit_once(session, place, filing.court_id, move.at, role=role)
    return place


def named_by_court(move: Move) -> bool:
    """Whether a court, not the body, asked this mediator."""
    return move.session.get_one(Appointment, move.subject.id).by_body_id != move.case.body_id


def seat_for_court(move: Move) -> None:
    """The mediator reads the file and keeps notes; the rooms open when the mediation begins, or goes on."""
    session, mediator = move.session, move.session.get_one(Appointment, move.subject.id).person_id
    for place in (
        open_place(session, move.case.id, PlaceKind.FILE),
        open_place(session, move.case.id, PlaceKind.NOTES, person_id=mediator),
    ):
        admit_once(session, place, mediator, move.at, role=Role.MEDIATOR)
    for filing in mediated(session, move.case.id):
        if filing.begun_at is not None:
            open_rooms(move, filing)


def mediated(session: Session, case_id: UUID, stages: Sequence[str] = suit.MEDIATING) -> list[Filing]:
    """The suits that are in mediation under their court."""
    waiting = select(Filing).join(Subject, Subject.id == Filing.id)
    return list(session.scalars(waiting.where(Filing.case_id == case_id, Subject.stage.in_(stages))))


def under_way(session: Session, case_id: UUID, stages: Sequence[str] = suit.MEDIATING) -> Filing | None:
    """The suit whose sides sit with a mediator under the court; before registration a court may confirm what they agree."""
    return next((one for one in mediated(session, case_id, stages) if one.begun_at is not None), None)


def begin(move: Move) -> None:
    """The mediation has begun: its time runs, and the rooms are open to the sides of this suit alone."""
    filing = move.session.get_one(Filing, move.subject.id)
    filing.begun_at = move.clicked
    open_rooms(move, filing)


def open_rooms(move: Move, filing: Filing) -> None:
    """The joint room for the sides and the mediator, who reads from now on; a new caucus for each side."""
    session, at = move.session, move.at
    mediators = active_mediators(session, move.case.id)
    room = open_place(session, move.case.id, PlaceKind.JOINT)
    sides = {principal: party for party in sides_of(session, filing) if (principal := principal_of(party))}
    for one in members(session, room):
        if one.principal_id not in {*sides, *mediators}:
            dismiss(session, move.case.id, one.principal_id, at, place_id=room.id)
    seated = {one.principal_id for one in members(session, room)}
    for mediator in mediators:
        if mediator not in seated:
            admit(session, room, mediator, at, role=Role.MEDIATOR, from_now=True)
    for principal, party in sides.items():
        admit_once(session, room, principal, at)
        for mediator in mediators:
            caucus = open_place(session, move.case.id, PlaceKind.CAUCUS, party_id=party.id, person_id=mediator)
            admit_once(session, caucus, mediator, at, role=Role.MEDIATOR)
            admit_once(session, caucus, principal, at)


def note_instrument_effect(move: Move) -> None:
    """An instrument takes effect with the last receipt."""
    filing = move.session.get_one(Filing, move.subject.id)
    days = [receipt.day for receipt in received_by(move.session, filing).values()]
    move.session.get_one(CourtOutcome, filing.id).effect_on = max(days, default=local_day(move.at))
