"""The room: talk and files in one place, live or by reload; copies out of a private talk; how it ends."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import (
    Response,
    after_this_request,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Page

from tourism_odr.cases.audience import readable_events
from tourism_odr.cases.categories import category_title
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.lifecycle import STEPS, PlaceKind
from tourism_odr.cases.models import Case, Event, Offer, Place, Subject
from tourism_odr.cases.queries import entry, places_of
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.commands.room import (
    WIDER,
    add_files_to_room,
    copy_item,
    end_mediation,
    private_item,
    say_in_room,
)
from tourism_odr.mediation.forms.room import CopyForm, EndForm, FilesForm, TalkForm
from tourism_odr.mediation.queries import live
from tourism_odr.mediation.queries.offers import cards_in
from tourism_odr.mediation.queries.room import (
    LATEST,
    event_line,
    events_beside,
    known_places,
    line_of,
    mark_read,
    party_faces,
    people_in,
    rooms_of,
    shown_in,
    unread_in,
    with_steps,
)
from tourism_odr.mediation.routes import roompage
from tourism_odr.mediation.routes.roompage import RoomView, view_of
from tourism_odr.people.actor import Actor
from tourism_odr.text import N_, M
from tourism_odr.web.evidence import keep_uploads
from tourism_odr.web.forms import choice
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor, signed_in
from tourism_odr.web.locale import current_locale, speak
from tourism_odr.web.steps_map import step_url
from tourism_odr.web.stream import News, Seen, seal, stream

Answer = str | Page | tuple[str, int]


def _to_room(case: Case, place_id: UUID) -> Page:
    return redirect(url_for("mediation.room", case_id=case.id, place_id=place_id) + "#latest", 303)


@bp.get("/cases/<uuid:case_id>/room")
@reads_case()
def room_door(case: Case) -> Answer:
    """Straight into the joint room, or the first room that stands for this reader."""
    session, actor = db.session(), current_actor()
    rooms = rooms_of(known_places(session, case.id, actor, now()), party_faces(session, case.id), actor)
    if not rooms:
        raise NotFound
    return _to_room(case, rooms[0].place.id)


@bp.get("/cases/<uuid:case_id>/rooms/<uuid:place_id>")
@reads_case()
def room(case: Case, place_id: UUID) -> Answer:
    """The page of one room."""
    view = view_of(case, place_id, current_actor(), now())
    return _room_page(view, TalkForm(place_id))


def _room_page(view: RoomView, form: TalkForm) -> str:
    """The whole page: the talk with its cards, and what stands beside."""
    everything = "all" in request.args
    cards = roompage.cards_beside(view)
    session, place, actor, at = db.session(), view.place, view.actor, view.at
    events = events_beside(session, place, actor, at)
    shown = shown_in(session, place, view.places, actor, at, view.faces, everything=everything)
    start = _start(view)
    _mark_after_answer(view, start[view.place.id])
    living = signed_in()
    return render_template(
        "mediation/room.html",
        form=form,
        view=view,
        cards=cards,
        lines=with_steps(place, shown.talk, events, everything=everything),
        shortened=not everything and view.place.items > LATEST,
        beside=roompage.beside(view, cards, events, shown),
        cursor=seal(view.actor.person_id, start) if view.actor.person_id else "",
        writes=living is not None and not living.living.read_only,
        step_url=step_url,
        whole=roompage.page_for(("casefile.case",), case_id=view.case.id),
        may_copy=roompage.may_copy,
    )


def _start(view: RoomView) -> Seen:
    """What the page shows: the numbers of items and steps of every room that this reader has."""
    start: Seen = {}
    for one in view.rooms:
        start[one.place.id] = one.place.items
        start[live.steps_of(one.place.id)] = one.place.events
    return start


def _mark_after_answer(view: RoomView, number: int) -> None:
    """Note beside the answer how far was read; the page is not lost when that fails."""
    person, place_id = view.actor.person_id, view.place.id
    if person is None or not view.room.unread:
        return

    @after_this_request
    def mark(response: Response) -> Response:
        with suppress(OperationalError), unit_of_work() as session:
            mark_read(session, place_id, person, number)
        return response


@bp.route("/cases/<uuid:case_id>/rooms/<uuid:place_id>/talk", methods=["GET", "POST"])
@takes_step("case.write")
def talk(case: Case, place_id: UUID) -> Answer:
    """Say something in this room and no other: the field itself is named after the place."""
    view = view_of(case, place_id, current_actor(), now())
    form = TalkForm(place_id)
    if request.method == "GET":
        return _to_room(case, place_id)
    if form.submitted():
        with form.refusals():
            say_in_room(form.command(case.id, place_id, current_locale()), by=view.actor, at=now())
            return _to_room(case, place_id)
    return _room_page(view, form)


@bp.route("/cases/<uuid:case_id>/rooms/<uuid:place_id>/files", methods=["GET", "POST"])
@takes_step("case.add-evidence")
def room_files(case: Case, place_id: UUID) -> Answer:
    """Add files to this room."""
    view = view_of(case, place_id, current_actor(), now())
    form = FilesForm()
    if form.submitted():
        kept, refused = keep_uploads(form.files.chosen())
        for message in refused:
            form.refuse("files", message)
        if kept and not refused:
            with form.refusals():
                add_files_to_room(form.command(case.id, place_id, kept), by=view.actor, at=now())
                flash(N_("The files were added."), "success")
                return _to_room(case, place_id)
    return render_template("mediation/room_files.html", form=form, view=view, case=case)


@bp.route("/cases/<uuid:case_id>/items/<uuid:item_id>/copy", methods=["GET", "POST"])
@takes_step("case.copy-item")
def copy_out(case: Case, item_id: UUID) -> Answer:
    """The check page before something private is shown to others: it names everybody who will read it."""
    actor, at, session = current_actor(), now(), db.session()
    item = private_item(session, case.id, item_id, actor, at)
    shown = entry(session, item.id, case.id, actor, at)
    places = [place for place in places_of(session, case.id, actor, at) if place.kind in WIDER]
    form = CopyForm()
    form.place.choices = [choice(place.id, _where(place), _readers(place)) for place in places]
    if form.submitted():
        with form.refusals():
            copy_item(form.command(case.id, item_id), by=actor, at=now())
            flash(N_("Copied. The others can read it now."), "success")
            return _to_room(case, item.place_id)
    return render_template("mediation/copy_out.html", form=form, case=case, shown=shown, place_id=item.place_id)


def _where(place: Place) -> str:
    if place.kind == PlaceKind.FILE:
        return N_("The case file")
    return roompage.NAMES[PlaceKind(place.kind)]


def _readers(place: Place) -> Any:
    names = [face.name or face.part for face in people_in(db.session(), place, now(), party_faces(db.session(), place.case_id))]
    return M("Read by: %(names)s", names=", ".join(names))


@bp.route("/cases/<uuid:case_id>/respondents/<uuid:subject_id>/end-mediation", methods=["GET", "POST"])
@takes_step("respondent.terminate")
def end(case: Case, subject: Subject) -> Answer:
    """The mediator ends the mediation with one respondent, with a reason, after seeing what follows."""
    form = EndForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            end_mediation(form.command(case.id, subject.id, current_locale()), by=current_actor(), at=now())
            flash(N_("The mediation with this respondent has ended."), "success")
            return redirect(url_for("mediation.desk"), 303)
    face = party_faces(db.session(), case.id)[subject.id]
    return render_template("mediation/end.html", form=form, case=case, face=face, title_of_case=category_title(case.category))


@bp.get("/cases/<uuid:case_id>/rooms/<uuid:place_id>/stream")
@reads_case(page=False)
def room_stream(case: Case, place_id: UUID) -> Response:
    """What is new in this room, and how much is unread in the reader's others."""
    actor = current_actor()
    view = view_of(case, place_id, actor, now())
    if actor.person_id is None:
        raise NotYoursError("nobody in person")
    places = frozenset(one.place.id for one in view.rooms)
    start, person = _start(view), actor.person_id
    known = start[place_id]
    drawer = Drawer(case.id, place_id, actor, current_locale(), request.environ)

    def remember(sent: Seen) -> None:
        if sent.get(place_id, 0) > known:
            with suppress(OperationalError), unit_of_work() as session:
                mark_read(session, place_id, person, sent[place_id])

    return stream(person, start, read, drawer, actor=actor, places=places, at_end=remember)


def read(wanted: Mapping[UUID, int]) -> list[News]:
    """The hub's one reader: everything new in the places that some page has open."""
    return [News(key, number, what) for key, number, what in live.arrived(wanted)]


class Drawer:
    """Draws what arrives for one reader, with the macros of the page, asking the audience each time."""

    def __init__(self, case_id: UUID, place_id: UUID, actor: Actor, locale: str, environ: dict[str, Any]) -> None:
        self.case_id, self.place_id, self.actor, self.locale, self.environ = case_id, place_id, actor, locale, environ

    def __call__(self, news: News) -> Mapping[str, Any] | None:
        what: live.Arrived = news.payload
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy's own way to the object
        with app.request_context(self.environ):
            speak(self.locale)
            if what.event_id:
                return self._step(what)
            if what.place_id == self.place_id:
                return self._item(what)
            return self._elsewhere(what)

    def _item(self, what: live.Arrived) -> Mapping[str, Any] | None:
        html = self._line(what.item_id) if what.item_id else ""
        return {"html": html} if html else None

    def _line(self, item_id: UUID) -> str:
        at, session = now(), db.session()
        line = line_of(session, self.case_id, item_id, self.actor, at)
        if line is None:
            return ""
        view = view_of(session.get_one(Case, self.case_id), self.place_id, self.actor, at)
        cards = cards_in(session, view.case, self.place_id, self.actor, at, view.faces)
        return render_template(
            "mediation/parts/one_line.html", line=line, view=view, cards=cards, may_copy=roompage.may_copy
        )

    def _step(self, what: live.Arrived) -> Mapping[str, Any] | None:
        """A step of this place: its line, and afresh the card of the offer that it moved."""
        if what.place_id != self.place_id:
            return None
        found = db.session.scalars(
            select(Event).where(Event.id == what.event_id, readable_events(self.actor, now()))
        ).first()
        if found is None:
            return None
        html = render_template("mediation/parts/one_step.html", line=event_line(found))
        offer = db.session.get(Offer, found.subject_id) if STEPS[found.step].kind == "offer" else None
        return {"html": html + (self._line(offer.item_id) if offer else "")}

    def _elsewhere(self, what: live.Arrived) -> Mapping[str, Any] | None:
        """Only the number of what is unread in another of the reader's rooms."""
        count = unread_in(db.session(), [what.place_id], self.actor, now()).get(what.place_id, 0)
        return {"event": "unread", "place": what.place_id.hex, "text": str(count)} if count else None
