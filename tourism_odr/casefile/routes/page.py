"""The page of a case for everybody in it, its dates, its readers, and the way back from a click."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app, flash, render_template, url_for
from werkzeug.wrappers import Response

from tourism_odr.casefile.blueprint import bp
from tourism_odr.casefile.forms.file import PlainForm
from tourism_odr.casefile.queries import duties as todo
from tourism_odr.casefile.queries import overview as reading
from tourism_odr.casefile.queries.outcome import Outcome, outcomes
from tourism_odr.casefile.queries.readers import SIZE, looks
from tourism_odr.casefile.queries.sitters import sitters
from tourism_odr.casefile.routes.writing import back_to
from tourism_odr.cases import items, steps
from tourism_odr.cases.categories import category_title
from tourism_odr.cases.deadlines import offers
from tourism_odr.cases.lifecycle import STEPS, PlaceKind, is_final
from tourism_odr.cases.lifecycle.case import CLOSED
from tourism_odr.cases.lifecycle.respondent import MEDIATION
from tourism_odr.cases.models import Case, Clock, Place, Subject
from tourism_odr.cases.models.clock import PAUSED, RUNNING
from tourism_odr.cases.queries import offered_steps
from tourism_odr.cases.rendering import title_of
from tourism_odr.cases.suits import OUTCOMES, Suit, suits_told
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.people import persons
from tourism_odr.people.roles import COMPLAINANT, COUNTER, RESPONDENT, SUPERVISOR, TITLES, Role
from tourism_odr.rulebooks import WHO, by_version
from tourism_odr.text import N_, M, Message
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.guard import reads_case
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import say_here
from tourism_odr.web.parts import Deadline, PageOf, Sentence, Stop, money, page_number
from tourism_odr.web.reading import CASE, note_reading
from tourism_odr.web.steps_map import step_url

ROOMS = {
    PlaceKind.JOINT: N_("The mediation room"),
    PlaceKind.CAUCUS: N_("Private talk with the mediator"),
    PlaceKind.DIRECT: N_("Direct talk"),
    PlaceKind.NOTES: N_("My notes"),
}
SIDES = {Role.MEDIATOR: "mediator"} | dict.fromkeys(SUPERVISOR, "regulator") | dict.fromkeys(RESPONDENT, "agency")
CONSENTS = {
    "mediation": N_("Mediation"),
    "sharing": N_("Passing the complaint on to the respondent"),
    "sensitive": N_("Use of sensitive data"),
    "e-service": N_("Being served electronically"),
    "e-service-contact": N_("A message to the contact when something is served"),
    "online-procedure": N_("Suit dealt with online"),
    "online-service": N_("Papers of the court served online"),
    "court-mediation": N_("Mediation entrusted by the court"),
    "court-extension": N_("More time for the mediation entrusted by the court"),
}
OTHER = "other"
OPEN_TO_ALL = "mediation"  # of the other consents a party reads only its own


@dataclass(frozen=True)
class Action:
    """A button: its words, where it leads, and for which respondent when there are several."""

    title: str
    url: str
    note: str = ""


@bp.get("/cases/<uuid:case_id>")
@reads_case()
def case(case: Case) -> str:
    """The whole case on one page, as its reader may see it."""
    session, actor, at = db.session(), current_actor(), now()
    note_reading(case.id, CASE)
    view = reading.overview(session, case, actor, at)
    found = todo.duties(session, view)
    respondents = _respondents(view, outcomes(session, view))
    subject = next((line.subject for line in view.lines if line.subject.id == view.case.id), None)
    due = [one for one in found if one.due and _url(one)]
    return render_template(
        "casefile/case.html", case=case, view=view, title=_title(case),
        stages=_stages(view, subject, respondents),
        stops=_stops(todo.reached(view)), due=_groups(view, due), others=_actions(view, [one for one in found if not one.due]),
        task=_task(view, due), next_due=_next_deadline(view), deadlines=_deadlines(view), pending=_pending(view),
        suits=_suits(view), told=_told(view), outcomes=OUTCOMES, respondents=respondents, timeline=_timeline(view), talk=_talk(view), rooms=_rooms(view), links=_links(view),
        open_room=_open_room(view),
        files=[entry for entry in view.entries if entry.file], sides=_sides(view), documents=view.documents,
        document_title=title_of, payments=view.of_kind("instalment"), urges=view.of_kind("urge"),
        may_write=_may(view, "case.write"), may_add=_may(view, "case.add-evidence"), form=None,
        reads_log=actor.role in COMPLAINANT, stated=[e for e in view.entries if e.item.kind == items.STATEMENT and e.text],
    )  # fmt: skip


@bp.get("/cases/<uuid:case_id>/readers")
@reads_case(*COMPLAINANT)
def readers(case: Case) -> str:
    """Who of the staff has looked at the case, for the person whom it is about."""
    rows, total = looks(db.session(), case.id, page_number())
    return render_template("casefile/readers.html", case=case, page=PageOf(rows, page_number(), total, SIZE))


@bp.post("/cases/<uuid:case_id>/pending/<uuid:pending_id>/undo")
@reads_case()
def undo(case: Case, pending_id: UUID) -> Response:
    """Take a click back within its ten minutes; nobody else ever learns of it."""
    if PlainForm().submitted():
        with unit_of_work():
            steps.undo(pending_id, by=current_actor(), at=now())
        flash(N_("Taken back. Nobody was told."), "success")
    return back_to(case, "main")


def _title(case: Case) -> str:
    """What the case is about; "none of these" is an answer to a question, not a heading."""
    title = category_title(case.category)
    return N_("Complaint") if title == category_title(OTHER) else title


def _url(duty: todo.Duty) -> str | None:
    subject = duty.line.subject
    return step_url(duty.step.name, subject.case_id, subject.id)


def _actions(view: reading.Overview, found: list[todo.Duty]) -> list[Action]:
    several = len(view.of_kind("respondent")) > 1
    made = []
    for duty in found:
        url = _url(duty)
        if url:
            about = _about(view, duty.line) if several else ""
            made.append(Action(duty.step.title, url, about))
    return made


def _groups(view: reading.Overview, due: list[todo.Duty]) -> list[tuple[str, list[Action]]]:
    """What is waited for, by subject: what the reader must do, and the answers to choose from."""
    found: dict[UUID, list[todo.Duty]] = {}
    for duty in due:
        found.setdefault(duty.line.subject.id, []).append(duty)
    return [(group[0].step.task, _actions(view, group)) for group in found.values()]


def _about(view: reading.Overview, line: reading.Line) -> str:
    """The respondent whom a subject is about, where its row says so."""
    respondent = line.subject.id if line.subject.kind == "respondent" else getattr(line.noun, "respondent_id", None)
    return view.name_of(respondent)


def _task(view: reading.Overview, due: list[todo.Duty]) -> str | Message:
    """The heading of the one box: what the reader must do, else for whom all wait."""
    if due:
        return due[0].step.task
    subject = next((line.subject for line in view.lines if line.subject.id == view.case.id), None)
    clock = _next_clock(view)
    if subject is not None and is_final("case", subject.stage) and clock is None:
        return N_("The case has ended.")
    if clock is None and any(one.status == PAUSED for line in view.lines for one in line.clocks):
        return N_("The time stands still.")
    if clock is None:
        return N_("We tell you as soon as something happens.")
    who = WHO[by_version(clock.version).rule(clock.name).who]
    return M("Waiting for %(who)s until %(day)s", who=Message(who), day=clock.day)


def _next_clock(view: reading.Overview) -> Clock | None:
    """The next deadline of a part of the case; those of the whole case only when nothing else runs."""
    running = [clock for line in view.lines for clock in line.clocks if clock.status == RUNNING]
    return min(running, key=lambda clock: (clock.name.startswith("conclude"), clock.due_at), default=None)


def _next_deadline(view: reading.Overview) -> Deadline | None:
    clock = _next_clock(view)
    return deadline_of(clock, view.at) if clock else None


def _deadlines(view: reading.Overview) -> list[tuple[Deadline, str]]:
    found = [(clock, line) for line in view.lines for clock in line.clocks]
    found.sort(key=lambda pair: pair[0].due_at)
    return [(deadline_of(clock, view.at), _about(view, line)) for clock, line in found]


def _pending(view: reading.Overview) -> list[dict[str, Any]]:
    return [{"id": one.id, "title": STEPS[one.step].title, "until": until} for one, until in view.pending]


def _stops(now_at: int) -> list[Stop]:
    """The five stops of the progress; when all is over, all are done."""
    return [
        Stop(title, "done" if number < now_at else "now" if number == now_at else "next")
        for number, title in enumerate(todo.STOPS)
    ]


def _stages(view: reading.Overview, subject: Subject | None, respondents: list[dict[str, Any]]) -> list[Sentence]:
    """Where the case stands; of a closed one, also what came of it for each respondent."""
    if subject is None:
        return []
    if subject.stage != CLOSED:
        return [view.stage_of(subject)]
    return [view.stage_of(subject), *{say_here(one["stage"]): one["stage"] for one in respondents}.values()]


def _came_of(outcome: Outcome) -> Message:
    sums = " + ".join(money(amount, currency) for currency, amount in outcome.sums.items())
    if outcome.confirmed:
        return M("Performed: %(sums)s, last paid on %(day)s", sums=sums, day=outcome.day)
    return M("Performed as reported: %(sums)s, last paid on %(day)s", sums=sums, day=outcome.day)


def _respondents(view: reading.Overview, done: dict[UUID, Outcome]) -> list[dict[str, Any]]:
    return [
        {
            "name": view.name_of(line.subject.id),
            "stage": _came_of(done[line.subject.id]) if line.subject.id in done else view.stage_of(line.subject),
            "over": is_final("respondent", line.subject.stage),
            "deadline": deadline_of(line.clocks[0], view.at) if line.clocks else None,
        }
        for line in sorted(view.of_kind("respondent"), key=lambda one: view.sides[one.subject.id].party.number)
    ]


def _told(view: reading.Overview) -> list[tuple[Suit, str]]:
    """The suits of which every reader of the file knows, each with the page of who takes part in it."""
    if view.place_of(PlaceKind.FILE) is None:
        return []
    parts = view.actor.role in COMPLAINANT | RESPONDENT | {Role.MEDIATOR}
    found = suits_told(db.session(), view.case.id)
    return [(one, link("referral.suit_told", case_id=view.case.id, subject_id=one.subject.id) if parts else "") for one in found]


def _suits(view: reading.Overview) -> list[tuple[reading.Line, Deadline | None, str]]:
    """The suits that lie where the reader reads, each with its next date and its own page."""
    own = view.actor.role in COMPLAINANT
    return [
        (
            line, deadline_of(line.clocks[0], view.at) if line.clocks else None,
            link("referral.suit", case_id=view.case.id, filing_id=line.subject.id) if own else "",
        )
        for line in view.of_kind("filing")
    ]  # fmt: skip


def _timeline(view: reading.Overview) -> list[Stop]:
    """What happened, newest first, each line with the part of who did it."""
    several = len(view.of_kind("respondent")) > 1
    lines = {line.subject.id: line for line in view.lines} if several else {}
    by_whom = sitters(db.session(), view)
    return [
        Stop(
            STEPS[event.step].past, at=event.at,
            who=by_whom.get(event.id) or (N_("You") if event.actor and event.actor == view.actor.person_id else TITLES[Role(event.role)]),
            note=_about(view, lines[event.subject_id]) if event.subject_id in lines else "",
        )
        for event in reversed(view.events)
    ]  # fmt: skip


def _talk(view: reading.Overview) -> list[dict[str, Any]]:
    """Messages and answers, oldest first, as bubbles."""
    return [
        {
            "name": view.name_of(entry.item.party_id) or say_here(TITLES[Role(entry.item.role)]),
            "part": TITLES[Role(entry.item.role)] if view.name_of(entry.item.party_id) else "",
            "side": SIDES.get(Role(entry.item.role), "tourist"),
            "mine": entry.item.author_id == view.actor.person_id,
            "private": view.places[entry.item.place_id].kind == PlaceKind.TRIAGE,
            "item": entry.item,
            "text": entry.text,
        }
        for entry in view.entries
        if entry.text and entry.item.kind in (items.LETTER, items.ANSWER)
    ]


def _rooms(view: reading.Overview) -> list[tuple[str, str, str, bool]]:
    """Rooms and talks that the reader may enter: words, whose, address, whether private."""
    places = [place for place in view.places.values() if place.kind in ROOMS]
    places.sort(key=lambda place: list(ROOMS).index(PlaceKind(place.kind)))
    talks = [place.person_id for place in places if place.kind == PlaceKind.CAUCUS and place.person_id]
    mediators = persons.names_of(talks) if len(set(talks)) > 1 else {}
    return [
        (_room_title(view, place), _whose(view, place) or mediators.get(place.person_id or place.id, ""), url, place.kind in (PlaceKind.CAUCUS, PlaceKind.NOTES))
        for place in places
        if (url := link("mediation.room", case_id=view.case.id, place_id=place.id))
    ]


def _open_room(view: reading.Overview) -> tuple[str, str] | None:
    """The joint room while somebody mediates in it: what is next then is to talk, though no clock asks for it."""
    mediating = any(line.subject.stage == MEDIATION for line in view.of_kind("respondent"))
    place = view.place_of(PlaceKind.JOINT)
    if place is None or not mediating:
        return None
    return ROOMS[PlaceKind.JOINT], link("mediation.room", case_id=view.case.id, place_id=place.id)


def _room_title(view: reading.Overview, place: Place) -> str:
    if place.kind == PlaceKind.CAUCUS and view.actor.role is Role.MEDIATOR:
        return N_("Private talk")
    return ROOMS[PlaceKind(place.kind)]


def _whose(view: reading.Overview, place: Place) -> str:
    mine = view.mine
    return "" if mine and place.party_id == mine.id else view.name_of(place.party_id)


def _links(view: reading.Overview) -> dict[str, str]:
    """Pages of other parts of the service about this case, as far as they are there and the reader's."""
    case_id, role = view.case.id, view.actor.role
    has_file = view.place_of(PlaceKind.FILE) is not None
    own = role in COMPLAINANT and view.actor.seat is None
    return {
        "desk": link("intake.triage_case", case_id=case_id) if role in SUPERVISOR else "",
        "facts": link("mediation.facts", case_id=case_id) if has_file else "",
        "payments": link("mediation.payments", case_id=case_id) if view.of_kind("instalment") else "",
        "agreements": link("mediation.agreements", case_id=case_id) if view.of_kind("agreement") else "",
        "privacy": link("guidance.privacy"),
        "applications": link("referral.applications", case_id=case_id) if _may_apply(view) else "",
        "volumes": link("casefile.volumes", case_id=case_id) if view.of_kind("volume") else "",
        "ways": link("referral.other_ways", case_id=case_id) if role in COMPLAINANT | RESPONDENT and has_file else "",
        "access": link("intake.access", case_id=case_id) if own else "",
        "contact": link("intake.change_contact", case_id=case_id) if own else "",
        "authorities": link("intake.own_authorities", case_id=case_id) if role in COMPLAINANT | RESPONDENT and has_file else "",
        "counter": link("intake.counter_case", case_id=case_id) if role in COUNTER else "",
    }


def _may_apply(view: reading.Overview) -> bool:
    """Applications to competent bodies are a matter of tourist and body, once it is decided whose complaint it is."""
    decided = view.case.accepted_at or view.case.ended_at
    return bool(decided) and view.actor.role in COMPLAINANT | SUPERVISOR and offers(view.case, "application.ask")


def link(endpoint: str, **values: Any) -> str:
    """The address of a page that may not be part of this application, or nothing."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def _sides(view: reading.Overview) -> list[dict[str, Any]]:
    """The parties with what each agreed to; a party reads of others only whether they mediate."""
    if not view.places:
        return []
    mine = view.mine
    shown = []
    for side in view.sides.values():
        full = view.actor.role in SUPERVISOR or (mine is not None and side.party.id == mine.id)
        shown.append({
            "name": view.name_of(side.party.id),
            "part": N_("Complainant") if side.party.side == "complainant" else N_("Respondent"),
            "side": "tourist" if side.party.side == "complainant" else "agency",
            "consents": [(CONSENTS.get(kind, kind), consent) for kind, consent in side.consents.items()
                         if full or kind == OPEN_TO_ALL],
        })  # fmt: skip
    return shown


def _may(view: reading.Overview, step: str) -> bool:
    """Whether the reader may write here now: the case's stage lets their part do so, and there is a place."""
    subject = next((line.subject for line in view.lines if line.subject.id == view.case.id), None)
    if subject is None or view.place_of(PlaceKind.FILE) is None:
        return False
    return any(one.name == step for one in offered_steps(view.case, subject, view.actor.role))
