"""Opening places, admitting and dismissing members."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from tourism_odr.cases.lifecycle.declare import PlaceKind
from tourism_odr.cases.models import Member, Place, Subject
from tourism_odr.db import met, rows_of
from tourism_odr.people.roles import Role


def open_place(
    session: Session,
    case_id: UUID,
    kind: PlaceKind,
    *,
    party_id: UUID | None = None,
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
) -> Place:
    """The place of this kind in the case, made when it does not stand yet."""
    owners = {"party_id": party_id, "organisation_id": organisation_id, "person_id": person_id}
    return find_place(session, case_id, kind, **owners) or new_place(session, case_id, kind, **owners)


def new_place(
    session: Session,
    case_id: UUID,
    kind: PlaceKind,
    *,
    party_id: UUID | None = None,
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
) -> Place:
    """A place that surely does not stand yet, as in a case being lodged."""
    place = Place(
        id=uuid4(),
        case_id=case_id,
        kind=kind.value,
        party_id=party_id,
        organisation_id=organisation_id,
        person_id=person_id,
        events=0,
        items=0,
        head="",
    )
    session.add(place)
    return place


def place_of(session: Session, subject: Subject) -> Place:
    """The place in which a subject lives."""
    place = met(session, Place, subject.place_id)
    if place is None:
        raise LookupError(f"subject {subject.id} has no place")
    return place


def find_place(
    session: Session,
    case_id: UUID,
    kind: PlaceKind,
    *,
    party_id: UUID | None = None,
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
) -> Place | None:
    """The place of this kind for this party, organisation or person; None when it does not stand."""
    owners = {"party_id": party_id, "organisation_id": organisation_id, "person_id": person_id}
    asked = {name: owner for name, owner in owners.items() if owner}
    for place in rows_of(session, Place, case_id=case_id):
        if place.kind == kind.value and all(getattr(place, name) == owner for name, owner in asked.items()):
            return place
    return None


def admit(
    session: Session,
    place: Place,
    principal_id: UUID,
    at: datetime,
    *,
    role: Role | None = None,
    from_now: bool = False,
) -> None:
    """Let a person, or an organisation's people in ``role``, read the place from ``at`` on.

    ``from_now`` hides what lies there already; else the member reads from the first item on.
    """
    first = place.items + 1 if from_now else 1
    session.add(
        Member(
            place_id=place.id,
            case_id=place.case_id,
            principal_id=principal_id,
            role=role.value if role else None,
            since=at,
            first_item=first,
        )
    )


def admit_once(session: Session, place: Place, principal_id: UUID, at: datetime, *, role: Role | None = None) -> None:
    """Admit unless already a member."""
    for one in members(session, place):
        if one.principal_id == principal_id and (role is None or one.role == role.value):
            return
    admit(session, place, principal_id, at, role=role)


def members(session: Session, place: Place) -> list[Member]:
    """Who reads the place now."""
    known = rows_of(session, Member, case_id=place.case_id)
    return [one for one in known if one.place_id == place.id and one.until is None]


def dismiss(
    session: Session, case_id: UUID, principal_id: UUID, at: datetime, *, place_id: UUID | None = None
) -> None:
    """End every membership of the principal in the case, or in one place of it, at ``at``."""
    ending = update(Member).where(
        Member.case_id == case_id, Member.principal_id == principal_id, Member.until.is_(None)
    )
    if place_id:
        ending = ending.where(Member.place_id == place_id)
    session.execute(ending.values(until=at), execution_options={"synchronize_session": "fetch"})


def seat_body(session: Session, case_id: UUID, body_id: UUID, at: datetime) -> None:
    """The officers and the head of a body read triage and file, and have a place among themselves."""
    inside = open_place(session, case_id, PlaceKind.INSIDE, organisation_id=body_id)
    for place in (
        open_place(session, case_id, PlaceKind.TRIAGE),
        open_place(session, case_id, PlaceKind.FILE),
        inside,
    ):
        for role in (Role.OFFICER, Role.HEAD):
            admit_once(session, place, body_id, at, role=role)
