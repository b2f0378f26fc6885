"""What a room's page is drawn with, for the page itself and for each fragment that the stream sends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app, url_for
from werkzeug.exceptions import NotFound

from tourism_odr.cases.categories import category_title
from tourism_odr.cases.lifecycle import STEPS, PlaceKind, is_final, stage_title
from tourism_odr.cases.models import Agreement, Case, Event, Place, Subject
from tourism_odr.cases.queries import Entry, clocks_of, steps_open_to
from tourism_odr.cases.relations import is_mediator
from tourism_odr.cases.under_court import under_way
from tourism_odr.db import db, rows_of
from tourism_odr.mediation.commands.offers import OFFER_PLACES
from tourism_odr.mediation.queries.offers import Card, Range, cards_in, range_of
from tourism_odr.mediation.queries.room import (
    Face,
    Faces,
    Line,
    Room,
    Shown,
    course,
    known_places,
    party_faces,
    people_in,
    rooms_of,
)
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.text import N_, M, Message
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.parts import Deadline, Stop
from tourism_odr.web.steps_map import step_url

FILE_PAGES = ("casefile.file",)
NAMES = {
    PlaceKind.JOINT: N_("Joint room"),
    PlaceKind.DIRECT: N_("Direct talk"),
    PlaceKind.CAUCUS: N_("Private"),
    PlaceKind.NOTES: N_("My notes"),
}
ICONS = {PlaceKind.JOINT: "people", PlaceKind.DIRECT: "people", PlaceKind.CAUCUS: "lock", PlaceKind.NOTES: "pen"}


@dataclass(frozen=True)
class RoomView:
    """One room as one person sees it."""

    case: Case
    actor: Actor
    room: Room
    rooms: list[Room]
    at: datetime
    mediates: bool
    places: Sequence[Place]
    faces: Faces

    @property
    def place(self) -> Place:
        return self.room.place

    @property
    def kind(self) -> PlaceKind:
        return PlaceKind(self.room.place.kind)

    @property
    def private(self) -> bool:
        return self.room.private

    @property
    def bargains(self) -> bool:
        """Whether offers can be made here: in a case that is open, or in the room under a court."""
        if not is_final("case", self.stage):
            return self.kind in OFFER_PLACES
        return self.kind is PlaceKind.JOINT and under_way(db.session(), self.case.id) is not None

    @property
    def supervises(self) -> bool:
        return self.actor.role in SUPERVISOR

    @property
    def stage(self) -> str:
        return db.session.get_one(Subject, self.case.id).stage

    @property
    def open(self) -> bool:
        """Whether files and copies can still be added."""
        return not is_final("case", self.stage)

    def href(self, room: Room) -> str:
        return url_for("mediation.room", case_id=self.case.id, place_id=room.place.id)

    def label(self, room: Room) -> Message | str:
        """The name of a tab."""
        other = room.other.name or room.other.part if room.other else ""
        if room.private:
            several = self.actor.role is Role.MEDIATOR or sum(one.private for one in self.rooms) > 1
            return M("Private with %(name)s", name=other) if several else N_("Private with the mediator")
        if room.place.kind == PlaceKind.DIRECT:
            return M("With %(name)s", name=other)
        return NAMES[PlaceKind(room.place.kind)]

    def icon(self, room: Room) -> str:
        return ICONS[PlaceKind(room.place.kind)]

    @property
    def title(self) -> str:
        return category_title(self.case.category)

    @property
    def other(self) -> str | Message:
        """Whom one talks to in private, by name."""
        if self.room.other is None:
            return ""
        return self.room.other.name or Message(self.room.other.part)

    def addressee(self) -> Message | str:
        """The chip over the writing box."""
        if self.private:
            return M("Only to %(name)s", name=self.other)
        if self.kind is PlaceKind.NOTES:
            return N_("Only for yourself")
        if self.kind is PlaceKind.DIRECT:
            return M("To %(name)s", name=self.other)
        return N_("To everybody in the joint room")

    def note(self) -> str:
        """What stands beside the chip."""
        return {
            PlaceKind.JOINT: N_("Both sides can read it, and the supervising body when it has joined"),
            PlaceKind.DIRECT: N_("No mediator reads along"),
            PlaceKind.CAUCUS: N_("To tell others, its author copies it message by message"),
            PlaceKind.NOTES: N_("Nobody else ever reads your notes"),
        }[self.kind]

    def write_label(self) -> Message | str:
        """The name of the writing box."""
        if self.private or self.kind is PlaceKind.DIRECT:
            return M("Message only for %(name)s", name=self.other) if self.private else M("Message to %(name)s", name=self.other)
        return N_("A note for yourself") if self.kind is PlaceKind.NOTES else N_("Message to everybody in the room")

    def empty(self) -> str:
        """What an empty room says."""
        return {
            PlaceKind.JOINT: N_("Nobody has written yet. Say hello and what matters most to you."),
            PlaceKind.DIRECT: N_("Nobody has written yet. You can settle it between you at any time."),
            PlaceKind.CAUCUS: N_("Nobody has written yet. What is said here stays here."),
            PlaceKind.NOTES: N_("No notes yet."),
        }[self.kind]

    def can_end(self, subject: Subject) -> bool:
        """Whether the mediator can end the mediation with this respondent now."""
        return any(step.name == "respondent.terminate" for step in steps_open_to(db.session(), self.case, subject, self.actor))

    def stage_of(self, kind: str, subject: Subject) -> str:
        return stage_title(kind, subject.stage)

    def file_href(self, one: Entry) -> str:
        """Where the file is shown, when a page for that exists."""
        return page_for(FILE_PAGES, case_id=self.case.id, item_id=one.item.id)

    def agreement_href(self, subject: Subject) -> str:
        """Where the agreement is read."""
        return page_for(("mediation.agreement",), case_id=self.case.id, subject_id=subject.id)

    def draft_href(self) -> str:
        """Where an agreement is begun, for whoever may."""
        if not self.open or self.supervises or self.private or self.kind is PlaceKind.NOTES:
            return ""
        return step_url("agreement.draft", self.case.id) or ""

    def band(self) -> Message | str:
        """Who reads a private talk."""
        return M("Only you and %(name)s can read this. The other side and the supervising body cannot.", name=self.other)


def view_of(case: Case, place_id: UUID, actor: Actor, at: datetime) -> RoomView:
    """The room behind the address; for whoever does not read it there is none."""
    session = db.session()
    places, faces = known_places(session, case.id, actor, at), party_faces(session, case.id)
    rooms = rooms_of(places, faces, actor)
    room = next((one for one in rooms if one.place.id == place_id), None)
    if room is None:
        raise NotFound
    mediates = actor.role is Role.MEDIATOR and is_mediator(session, case.id, actor)
    return RoomView(case, actor, room, rooms, at, mediates, [one.place for one in places], faces)


@dataclass(frozen=True)
class Beside:
    """What stands beside the talk: people, course, files, range, agreement, ends."""

    people: list[Face]
    course: list[Stop]
    files: list[Entry]
    range: Range | None
    due: Deadline | None
    tags: list[tuple[str, str, str]]
    agreements: list[tuple[Agreement, Subject]]
    respondents: list[tuple[Subject, Face]]
    observed: bool


def beside(view: RoomView, cards: dict[UUID, Card], events: Sequence[Event], shown: Shown) -> Beside:
    """Everything around the talk, read through the same audience as the talk."""
    session, case = db.session(), view.case
    people = people_in(session, view.place, view.at, view.faces)
    subjects = _subjects(view)
    respondents = [one for one in subjects if one.kind == "respondent"]
    observed = any(face.side == "regulator" for face in people)
    tags = [(stage_title("respondent", one.stage), "jade", "") for one in respondents[:2]]
    if observed:
        tags.append((N_("Supervising body takes part"), "slate", "eye"))
    return Beside(
        people=people,
        course=_course(view, respondents, events),
        files=shown.files,
        range=range_of(list(cards.values()), case.currency),
        due=_due(view),
        tags=tags,
        agreements=[(session.get_one(Agreement, one.id), one) for one in subjects if one.kind == "agreement"],
        respondents=[(one, view.faces[one.id]) for one in respondents if one.id in view.faces],
        observed=observed,
    )


def _subjects(view: RoomView) -> list[Subject]:
    """The subjects in places that the reader reads, oldest first."""
    read = {place.id for place in view.places}
    found = (one for one in rows_of(db.session(), Subject, case_id=view.case.id) if one.place_id in read)
    return sorted(found, key=lambda one: (one.created, one.id))


def figures_place(view: RoomView) -> UUID | None:
    """Where the figures of the range come from: this place, or beside a private talk the joint room."""
    if view.kind in OFFER_PLACES:
        return view.place.id
    return next((room.place.id for room in view.rooms if room.place.kind == PlaceKind.JOINT), None)


def cards_beside(view: RoomView) -> dict[UUID, Card]:
    """The cards of that place."""
    place = figures_place(view)
    return cards_in(db.session(), view.case, place, view.actor, view.at, view.faces) if place else {}


def _course(view: RoomView, respondents: Sequence[Subject], events: Sequence[Event]) -> list[Stop]:
    """The stations so far, where it stands, and what follows."""
    stops = [Stop(STEPS[event.step].past, "done", event.at) for event in course(events)]
    last = respondents[0] if len(respondents) == 1 else db.session.get_one(Subject, view.case.id)
    return [*stops, Stop(stage_title(last.kind, last.stage), "now")]


def _due(view: RoomView) -> Deadline | None:
    """The next limit of the whole case, else the next of anything here."""
    rows = clocks_of(db.session(), view.case.id, view.actor, view.at)
    of_case = [clock for clock, subject in rows if subject.kind == "case"] or [clock for clock, _ in rows]
    return deadline_of(of_case[0], view.at) if of_case else None


def page_for(endpoints: Sequence[str], **given: Any) -> str:
    """The first of these pages that the application has; nothing when it has none."""
    return next((url_for(one, **given) for one in endpoints if one in current_app.view_functions), "")


def may_copy(view: RoomView, line: Line) -> bool:
    """Whether the reader may copy this line out of a private talk."""
    return bool(view.private and line.mine and line.entry and view.case.accepted_at and not view.case.ended_at)
