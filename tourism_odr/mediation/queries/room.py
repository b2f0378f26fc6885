"""What a room shows: its lines, its people, the other rooms with what is unread there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import readable_events, readable_items, readable_places
from tourism_odr.cases.items import FILE
from tourism_odr.cases.lifecycle import STEPS, PlaceKind
from tourism_odr.cases.models import Case, Event, Item, Member, Party, Place, ReadMark
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.cases.queries import Entry, entry, items_in, items_of
from tourism_odr.mediation.commands.room import ROOMS
from tourism_odr.people.actor import Actor
from tourism_odr.people.persons import names_of
from tourism_odr.people.roles import COMPLAINANT, SUPERVISOR, TITLES, Role
from tourism_odr.people.roles import RESPONDENT as RESPONDENT_ROLES
from tourism_odr.text import N_
from tourism_odr.web.names import party_names

LATEST = 100  # lines on a page; older ones by a link
# Said by the item itself, or of no use in the talk.
UNTOLD = frozenset({"case.write", "case.add-evidence", "case.copy-item", "offer.make"})
ORDER = {kind: place for place, kind in enumerate(ROOMS)}


@dataclass(frozen=True)
class Face:
    """Somebody as others see them: name, part (an English message id or an organisation's name), colour."""

    name: str
    part: str
    side: str


@dataclass(frozen=True)
class Line:
    """One line of the talk: an item with its author, or a step (``said``) that happened in this place."""

    id: str
    at: datetime
    entry: Entry | None = None
    face: Face | None = None
    mine: bool = False
    said: str = ""


@dataclass(frozen=True)
class Room:
    """A room that the reader may enter, with whom it is and what is unread."""

    place: Place
    other: Face | None
    unread: int

    @property
    def private(self) -> bool:
        return self.place.kind == PlaceKind.CAUCUS


def side_of(role: str) -> str:
    """The colour of a role."""
    acting = Role(role)
    if acting in COMPLAINANT:
        return "tourist"
    if acting in RESPONDENT_ROLES:
        return "agency"
    return "regulator" if acting in SUPERVISOR else "mediator"


def line_id(place_id: UUID, number: int) -> str:
    """The id of an item's element: an item that comes twice replaces itself."""
    return f"item-{place_id.hex}-{number}"


def rooms_of(session: Session, case: Case, actor: Actor, at: datetime) -> list[Room]:
    """The rooms of the case that the actor reads, in the order of the tabs."""
    found = session.scalars(
        select(Place).where(Place.case_id == case.id, Place.kind.in_(ROOMS), readable_places(actor, at))
    ).all()
    unread = unread_in(session, [place.id for place in found], actor, at)
    faces = party_faces(session, case.id)
    rooms = [Room(place, _other(session, place, faces, actor), unread.get(place.id, 0)) for place in found]
    return sorted(rooms, key=lambda room: (ORDER[PlaceKind(room.place.kind)], room.other.name if room.other else ""))


def _other(session: Session, place: Place, faces: dict[UUID, Face], actor: Actor) -> Face | None:
    """Whom the reader talks to in a room of two."""
    if place.kind == PlaceKind.CAUCUS:
        if actor.role is Role.MEDIATOR:
            return faces.get(place.party_id) if place.party_id else None
        return person_face(session, place.person_id, Role.MEDIATOR)
    if place.kind == PlaceKind.DIRECT:
        if actor.role in COMPLAINANT:
            return faces.get(place.party_id) if place.party_id else None
        return next((face for face in faces.values() if face.side == "tourist"), None)
    return None


def unread_in(session: Session, places: Sequence[UUID], actor: Actor, at: datetime) -> dict[UUID, int]:
    """How many items of others the person has not seen, place by place; nothing of a place that they do not read."""
    if not places:
        return {}
    mark = and_(ReadMark.place_id == Item.place_id, ReadMark.person_id == actor.person_id)
    rows = session.execute(
        select(Item.place_id, func.count())
        .outerjoin(ReadMark, mark)
        .where(Item.place_id.in_(places), readable_items(actor, at))
        .where(or_(ReadMark.item.is_(None), Item.number > ReadMark.item), _not_by(actor))
        .group_by(Item.place_id)
    )
    return {place: count for place, count in rows}


def _not_by(actor: Actor):  # type: ignore[no-untyped-def]  # a column expression
    return or_(Item.author_id.is_(None), Item.author_id != actor.person_id)


def party_faces(session: Session, case_id: UUID) -> dict[UUID, Face]:
    """Each party by name."""
    parties = session.scalars(select(Party).where(Party.case_id == case_id).order_by(Party.side, Party.number)).all()
    names = party_names(session, parties)
    return {party.id: _party_face(party, names[party.id]) for party in parties}


def _party_face(party: Party, name: str) -> Face:
    if party.side == RESPONDENT:
        return Face(name, N_("Respondent"), "agency")
    return Face(name, TITLES[Role.TOURIST], "tourist")


def person_face(session: Session, person_id: UUID | None, role: Role) -> Face:  # noqa: ARG001 - one shape for all finders
    """One person in a role."""
    names = names_of([person_id]) if person_id else {}
    return Face(names.get(person_id, "") if person_id else "", TITLES[role], side_of(role))


def people_in(session: Session, place: Place, at: datetime) -> list[Face]:
    """Who reads a place now: exactly those who stand in its membership."""
    rows = session.scalars(
        select(Member)
        .where(Member.place_id == place.id, Member.since <= at, or_(Member.until.is_(None), Member.until > at))
        .order_by(Member.since)
    ).all()
    faces = party_faces(session, place.case_id)
    parties = {p.organisation_id or p.person_id: p.id for p in session.scalars(
        select(Party).where(Party.case_id == place.case_id)
    )}  # fmt: skip
    found = [
        faces[parties[row.principal_id]]
        if row.principal_id in parties
        else person_face(session, row.principal_id, Role(row.role) if row.role else Role.TOURIST)
        for row in rows
    ]
    order = ("tourist", "agency", "mediator", "regulator")
    return sorted(dict.fromkeys(found), key=lambda face: order.index(face.side))


def faces_of(session: Session, case_id: UUID, entries: Iterable[Entry]) -> dict[UUID, Face]:
    """The author of each item as its readers see them: staff of a respondent under its name."""
    items = [one.item for one in entries]
    names = names_of({i.author_id for i in items if i.author_id})
    parties = party_faces(session, case_id)
    return {item.id: _author(item, names, parties) for item in items}


def _author(item: Item, names: dict[UUID, str], parties: dict[UUID, Face]) -> Face:
    name = names.get(item.author_id, "") if item.author_id else ""
    role = Role(item.role)
    if role in RESPONDENT_ROLES and item.party_id in parties:
        return Face(parties[item.party_id].name, name, "agency")
    return Face(name, TITLES[role], side_of(role))


def lines_in(session: Session, place: Place, actor: Actor, at: datetime, *, everything: bool = False) -> list[Line]:
    """The talk of a place as the actor reads it, oldest first."""
    after = 0 if everything else max(0, place.items - LATEST)
    entries = items_in(session, place.id, actor, at, after)
    faces = faces_of(session, place.case_id, entries)
    lines = [item_line(place.id, one, faces[one.item.id], actor) for one in entries]
    since = lines[0].at if after and lines else None
    lines += [event_line(event) for event in events_in(session, place.id, actor, at) if not since or event.at >= since]
    return sorted(lines, key=lambda line: line.at)


def item_line(place_id: UUID, one: Entry, face: Face, actor: Actor) -> Line:
    """An item on the page of one reader."""
    mine = one.item.author_id == actor.person_id
    return Line(line_id(place_id, one.item.number), one.item.at, one, face, mine)


def event_line(event: Event) -> Line:
    """A step on the page."""
    return Line(f"event-{event.place_id.hex}-{event.number}", event.at, said=STEPS[event.step].past)


def events_in(session: Session, place_id: UUID, actor: Actor, at: datetime) -> Sequence[Event]:
    """The steps that were recorded in a place, without those that an item tells."""
    return session.scalars(
        select(Event)
        .where(Event.place_id == place_id, Event.step.not_in(UNTOLD), readable_events(actor, at))
        .order_by(Event.number)
    ).all()


def line_of(session: Session, case_id: UUID, item_id: UUID, actor: Actor, at: datetime) -> Line | None:
    """One item for one reader, as the stream sends it; None when it is not theirs."""
    one = entry(session, item_id, case_id, actor, at)
    if one is None:
        return None
    return item_line(one.item.place_id, one, faces_of(session, case_id, [one])[one.item.id], actor)


def files_beside(session: Session, place: Place, actor: Actor, at: datetime) -> list[Entry]:
    """The files of the case file and of this room; never those of another room."""
    files = items_of(session, place.case_id, actor, at, (FILE,))
    shown = select(Place.id).where(Place.case_id == place.case_id, Place.kind == PlaceKind.FILE)
    places = {*session.scalars(shown), place.id}
    return [one for one in files if one.item.place_id in places and one.file]


def mark_read(session: Session, place_id: UUID, person_id: UUID, number: int) -> None:
    """How far somebody has read; never backwards.  Runs in a unit of work of its own, beside the answer."""
    mark = session.scalars(
        select(ReadMark).where(ReadMark.place_id == place_id, ReadMark.person_id == person_id)
    ).first()
    if mark is None:
        session.add(ReadMark(place_id=place_id, person_id=person_id, item=number))
    elif mark.item < number:
        mark.item = number
