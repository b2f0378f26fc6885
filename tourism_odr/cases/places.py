"""Opening places, admitting and dismissing members."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tourism_odr.cases.lifecycle.declare import PlaceKind
from tourism_odr.cases.models import Member, Place, Subject
from tourism_odr.db import met
from tourism_odr.people.roles import Role

Key = tuple[UUID, str, UUID | None, UUID | None, UUID | None]


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
    _known(session)[(case_id, kind.value, party_id, organisation_id, person_id)] = place
    return place


def place_of(session: Session, subject: Subject) -> Place:
    """The place in which a subject lives."""
    place = met(session, Place, subject.place_id)
    if place is None:
        raise LookupError(f"subject {subject.id} has no place")
    return place


def _known(session: Session) -> dict[Key, Place]:
    """The places that this unit of work has met; the caller holds the case's lock, so they stay true."""
    known: dict[Key, Place] = session.info.setdefault("places", {})
    return known


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
    key = (case_id, kind.value, party_id, organisation_id, person_id)
    if key in _known(session):
        return _known(session)[key]
    wanted = [Place.case_id == case_id, Place.kind == kind.value]
    if party_id:
        wanted.append(Place.party_id == party_id)
    if organisation_id:
        wanted.append(Place.organisation_id == organisation_id)
    if person_id:
        wanted.append(Place.person_id == person_id)
    found = session.scalars(select(Place).where(*wanted)).first()
    if found and "in_unit_of_work" in session.info:
        _known(session)[key] = found
    return found


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
    standing = select(Member.id).where(
        Member.place_id == place.id, Member.principal_id == principal_id, Member.until.is_(None)
    )
    if role:
        standing = standing.where(Member.role == role.value)
    if session.scalars(standing).first() is None:
        admit(session, place, principal_id, at, role=role)


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
    session.flush()
    for place in (
        open_place(session, case_id, PlaceKind.TRIAGE),
        open_place(session, case_id, PlaceKind.FILE),
        inside,
    ):
        for role in (Role.OFFICER, Role.HEAD):
            admit_once(session, place, body_id, at, role=role)
