"""What a room shows: its lines, its people, the other rooms with what is unread there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, load_only

from tourism_odr.cases.audience import AT, anybody, readable_events, readable_items, readable_places, reading
from tourism_odr.cases.items import FILE
from tourism_odr.cases.lifecycle import STEPS, PlaceKind
from tourism_odr.cases.models import Event, Evidence, Item, ItemText, Member, Party, Place, ReadMark
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.cases.queries import Entry, entry
from tourism_odr.cases.relations import parties
from tourism_odr.db import UTCDateTime
from tourism_odr.mediation.commands.room import ROOMS
from tourism_odr.people.actor import Actor
from tourism_odr.people.persons import SEALED, names_of, unsealed, with_names
from tourism_odr.people.roles import COMPLAINANT, SUPERVISOR, TITLES, Role
from tourism_odr.people.roles import RESPONDENT as RESPONDENT_ROLES
from tourism_odr.text import N_
from tourism_odr.web.names import parties_by_name

LATEST = 100  # lines on a page; older ones by a link
# Said by the item itself, or of no use in the talk.
UNTOLD = frozenset({"case.write", "case.add-evidence", "case.copy-item", "offer.make"})
COURSE = frozenset({"case.lodge", "case.accept", "respondent.served", "respondent.answer", "respondent.open-mediation"})
ORDER = {kind: place for place, kind in enumerate(ROOMS)}


@dataclass(frozen=True)
class Face:
    """Somebody as others see them: name, part (an English message id or an organisation's name), colour."""

    name: str
    part: str
    side: str


Faces = dict[UUID, Face]


@dataclass(frozen=True)
class Line:
    """One line of the talk: an item with its author, or a step (``said``) that happened in this place."""

    id: str
    at: datetime
    entry: Entry | None = None
    face: Face | None = None
    mine: bool = False
    said: str = ""


class Known(NamedTuple):
    """A place that the reader reads, how much there is new to them, and the name of the person whose it is."""

    place: Place
    unread: int
    person: str


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


def rooms_of(places: Iterable[Known], faces: Faces, actor: Actor) -> list[Room]:
    """Those of the reader's places that are rooms, in the order of the tabs."""
    rooms = [Room(one.place, _other(one, faces, actor), one.unread) for one in places if one.place.kind in ROOMS]
    return sorted(rooms, key=lambda room: (ORDER[PlaceKind(room.place.kind)], room.other.name if room.other else ""))


def _other(known: Known, faces: Faces, actor: Actor) -> Face | None:
    """Whom the reader talks to in a room of two."""
    place = known.place
    if place.kind == PlaceKind.CAUCUS:
        if actor.role is Role.MEDIATOR:
            return faces.get(place.party_id) if place.party_id else None
        return _named(known.person, Role.MEDIATOR)
    if place.kind == PlaceKind.DIRECT:
        if actor.role in COMPLAINANT:
            return faces.get(place.party_id) if place.party_id else None
        return next((face for face in faces.values() if face.side == "tourist"), None)
    return None


@cache
def _unread(role: Role) -> Select[UUID, int]:
    wanted = _new_to(anybody(role), Item.place_id, func.count()).group_by(Item.place_id)
    return wanted.where(Item.place_id.in_(bindparam("places", expanding=True)))


def _new_to(reader: Actor, *columns: Any) -> Select[Any]:
    """Of the items of others that the reader may read, those that they have not seen."""
    mark = and_(ReadMark.place_id == Item.place_id, ReadMark.person_id == reader.person_id)
    new = or_(ReadMark.item.is_(None), Item.number > ReadMark.item)
    others = or_(Item.author_id.is_(None), Item.author_id != reader.person_id)
    return select(*columns).select_from(Item).outerjoin(ReadMark, mark).where(readable_items(reader, AT), new, others)


@cache
def _places(role: Role) -> Any:
    reader = anybody(role)
    unread = _new_to(reader, func.count()).where(Item.place_id == Place.id).correlate(Place).scalar_subquery()
    known = with_names(select(Place, unread, Place.person_id, *SEALED), Place.person_id)
    return known.where(Place.case_id == bindparam("case_id"), readable_places(reader, AT))


def known_places(session: Session, case_id: UUID, actor: Actor, at: datetime) -> list[Known]:
    """The places of the case that the actor reads, each with what is new there and whose it is."""
    rows = session.execute(_places(actor.role), reading(actor, at, case_id=case_id))
    return [Known(place, unread, unsealed(*person)) for place, unread, *person in rows]


def unread_in(session: Session, places: Sequence[UUID], actor: Actor, at: datetime) -> dict[UUID, int]:
    """How many items of others the person has not seen, place by place; nothing of a place that they do not read."""
    if not places:
        return {}
    return {place: count for place, count in session.execute(_unread(actor.role), reading(actor, at, places=list(places)))}


def party_faces(session: Session, case_id: UUID) -> Faces:
    """Each party by name."""
    return {party.id: _party_face(party, name) for party, name in parties_by_name(session, case_id)}


def _party_face(party: Party, name: str) -> Face:
    if party.side == RESPONDENT:
        return Face(name, N_("Respondent"), "agency")
    return Face(name, TITLES[Role.TOURIST], "tourist")


def people_in(session: Session, place: Place, at: datetime, faces: Faces) -> list[Face]:
    """Who reads a place now: exactly those who stand in its membership."""
    rows = session.execute(MEMBERS, {"place_id": place.id, "at": at}).all()
    known = {p.organisation_id or p.person_id: faces[p.id] for p in parties(session, place.case_id)}
    found = [known.get(who) or _named(unsealed(who, *sealed), role) for who, role, *sealed in rows]
    order = ("tourist", "agency", "mediator", "regulator")
    return sorted(dict.fromkeys(found), key=lambda face: order.index(face.side))


MEMBERS = (
    with_names(select(Member.principal_id, Member.role, *SEALED), Member.principal_id)
    .where(Member.place_id == bindparam("place_id"), Member.since <= bindparam("at", type_=UTCDateTime()))
    .where(or_(Member.until.is_(None), Member.until > bindparam("at", type_=UTCDateTime())))
    .order_by(Member.since)
)


def _named(name: str, role: str | None) -> Face:
    return Face(name, TITLES[Role(role or Role.TOURIST)], side_of(role or Role.TOURIST))


def _author(item: Item, name: str, parties: Faces) -> Face:
    """The author of an item as its readers see them: staff of a respondent under its name."""
    role = Role(item.role)
    if role in RESPONDENT_ROLES and item.party_id in parties:
        return Face(parties[item.party_id].name, name, "agency")
    return Face(name, TITLES[role], side_of(role))


@dataclass(frozen=True)
class Shown:
    """What lies in a room and beside it: the talk of the room as lines, and the files that belong to it."""

    talk: list[Line]
    files: list[Entry]


@cache
def _beside(role: Role) -> Select[Any]:
    texts = select(Item, ItemText, Evidence, *SEALED).outerjoin(ItemText, ItemText.item_id == Item.id)
    wanted: Select[Any] = with_names(texts.outerjoin(Evidence, Evidence.item_id == Item.id), Item.author_id)
    talk = and_(Item.place_id == bindparam("place_id"), Item.number > bindparam("after"))
    files = and_(Item.place_id.in_(bindparam("beside", expanding=True)), Item.kind == FILE)
    return wanted.where(or_(talk, files), readable_items(anybody(role), AT)).order_by(Item.at, Item.number)


def shown_in(
    session: Session, place: Place, places: Iterable[Place], actor: Actor, at: datetime, parties: Faces, *, everything: bool
) -> Shown:
    """The talk of a room as the actor reads it, and the files of it and of the case file, never those of another room."""
    after = 0 if everything else max(0, place.items - LATEST)
    beside = [place.id, *(one.id for one in places if one.kind == PlaceKind.FILE)]
    values = reading(actor, at, place_id=place.id, after=after, beside=beside)
    shown = Shown([], [])
    for item, text, file, *sealed in session.execute(_beside(actor.role), values):
        one = Entry(item, text, file)
        if item.place_id == place.id and item.number > after:
            face = _author(item, unsealed(item.author_id, *sealed), parties)
            shown.talk.append(item_line(place.id, one, face, actor))
        if item.kind == FILE and file:
            shown.files.append(one)
    return shown


def with_steps(place: Place, talk: list[Line], events: Iterable[Event], *, everything: bool) -> list[Line]:
    """The talk with those of ``events`` that happened here, oldest first."""
    since = None if everything or place.items <= LATEST or not talk else talk[0].at
    here = (event for event in events if event.place_id == place.id and event.step not in UNTOLD)
    steps = [event_line(event) for event in here if not since or event.at >= since]
    return sorted([*talk, *steps], key=lambda line: line.at)


def item_line(place_id: UUID, one: Entry, face: Face, actor: Actor) -> Line:
    """An item on the page of one reader."""
    mine = one.item.author_id == actor.person_id
    return Line(line_id(place_id, one.item.number), one.item.at, one, face, mine)


def event_line(event: Event) -> Line:
    """A step on the page."""
    return Line(f"event-{event.place_id.hex}-{event.number}", event.at, said=STEPS[event.step].past)


@cache
def _events(role: Role) -> Select[Event]:
    here = and_(Event.place_id == bindparam("place_id"), Event.step.not_in(UNTOLD))
    wanted = select(Event).where(Event.case_id == bindparam("case_id"), or_(here, Event.step.in_(COURSE)))
    shown = load_only(Event.place_id, Event.number, Event.subject_id, Event.step, Event.at)
    return wanted.where(readable_events(anybody(role), AT)).order_by(Event.at, Event.number).options(shown)


def events_beside(session: Session, place: Place, actor: Actor, at: datetime) -> Sequence[Event]:
    """The steps that a room tells: those recorded in it, and wherever they were recorded the stations of the case."""
    return session.scalars(_events(actor.role), reading(actor, at, case_id=place.case_id, place_id=place.id)).all()


def course(events: Iterable[Event]) -> list[Event]:
    """The stations of the case, each once, also where two places hold it."""
    return list({(e.subject_id, e.step, e.at): e for e in events if e.step in COURSE}.values())


def line_of(session: Session, case_id: UUID, item_id: UUID, actor: Actor, at: datetime) -> Line | None:
    """One item for one reader, as the stream sends it; None when it is not theirs."""
    one = entry(session, item_id, case_id, actor, at)
    if one is None:
        return None
    name = names_of([one.item.author_id])[one.item.author_id] if one.item.author_id else ""
    return item_line(one.item.place_id, one, _author(one.item, name, party_faces(session, case_id)), actor)


def mark_read(session: Session, place_id: UUID, person_id: UUID, number: int) -> None:
    """How far somebody has read; never backwards.  Runs in a unit of work of its own, beside the answer."""
    mark = session.scalars(
        select(ReadMark).where(ReadMark.place_id == place_id, ReadMark.person_id == person_id)
    ).first()
    if mark is None:
        session.add(ReadMark(place_id=place_id, person_id=person_id, item=number))
    elif mark.item < number:
        mark.item = number
