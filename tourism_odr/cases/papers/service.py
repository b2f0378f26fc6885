"""Papers to a respondent: the letter to answer, the reminder, the record that no answer came, the urging."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.issuing import builds
from tourism_odr.cases.models import ClaimElement, ItemText, Party, Service, TripValue, Urge
from tourism_odr.cases.move import Move
from tourism_odr.cases.papers import pages
from tourism_odr.cases.papers.words import claim_title
from tourism_odr.db import rows_of
from tourism_odr.people import persons
from tourism_odr.people.models import Organisation
from tourism_odr.text import N_, say

HOW = {
    "invitation": N_("Opened by the respondent's people through an invitation"),
    "inbox": N_("Arrived in the inbox that the respondent agreed to"),
    "hand": N_("Handed over by an officer"),
    "post": N_("Delivered by post"),
    "call": N_("Read out in a logged call"),
}
PROOF = {
    "invitation": N_("The record of this service: the button was pressed, time and person are kept"),
    "inbox": N_("The record of this service: arrival in the inbox"),
}
OVERDUE = N_("A step that was due in this case has not been taken.")
FILED = N_("The proof that the officer filed with the case")


@builds("service-letter")
def service_letter(move: Move) -> pages.Data:
    """答复通知: the complaint itself, and until when to answer."""
    service = move.session.get_one(Service, move.subject.id)
    case = move.case
    trip = booking(move.session, case.id)
    return pages.matter(move, ("answer",)) | {
        "order": trip.get("order", ""),
        "trip_from": _day(trip.get("from", "")),
        "trip_to": _day(trip.get("to", "")),
        "respondent": name_of(move.session, service.respondent_id),
        "accepted_on": pages.local(case.accepted_at or case.received_at, case.jurisdiction),
        "claims": claims(move.session, case.id),
        "claim": pages.money(case.claimed, case.currency),
        "files": pages.files(move),
        "answer_by": service.answer_day.isoformat(),
        "date_set_by": "rule" if service.basis == "rulebook" else "officer",
        "next": pages.next_steps(answer=service.answer_day, consent=None),
    }


@builds("reminder")
def reminder(move: Move) -> pages.Data:
    """催告函: one reminder with a short last date."""
    service = last_service(move)
    due = pages.clock_day(move, "reminder-answer")
    return pages.matter(move, ("answer", "reminder-answer")) | {
        "respondent": name_of(move.session, move.subject.id),
        "served_at": (service.served_at or move.at).isoformat(),
        "answer_was_due": (pages.clock_day(move, "answer") or service.answer_day).isoformat(),
        "answer_by": pages.iso(due or service.answer_day),
        "next": pages.next_steps(answer=due, consent=None),
    }


@builds("non-response")
def non_response(move: Move) -> pages.Data:
    """未答复情况记录: what was served, when and how, and that no answer came.  It finds no fault."""
    service = last_service(move)
    day = pages.clock_day(move, "reminder-answer") or pages.clock_day(move, "answer") or service.answer_day
    return pages.matter(move, ("answer", "choose")) | {
        "respondent": name_of(move.session, move.subject.id),
        "served_at": (service.served_at or move.at).isoformat(),
        "served_how": pages.said(HOW.get(service.method, service.method)),
        "proof": pages.both(move.papers["proof"])
        if move.papers.get("proof")
        else pages.said(PROOF.get(service.method, FILED)),
        "answer_by": day.isoformat(),
        "looked_at": move.at.isoformat(),
        "next": pages.next_steps(remind=None, invite=None, terminate=None),
    }


@builds("urge")
def urge(move: Move) -> pages.Data:
    """督办单: what is overdue, what is demanded, and by when."""
    row = move.session.get_one(Urge, move.subject.id)
    order = move.session.get(ItemText, row.order_id)
    return pages.matter(move, ("urge",)) | {
        "receiver": urged(move.session, row),
        "overdue": pages.both(move.papers["overdue"]) if move.papers.get("overdue") else pages.said(OVERDUE),
        "demand": pages.both(move.papers.get("demand") or (order.body if order else "")),
        "act_by": row.due_day.isoformat(),
        "next": pages.next_steps(answer=row.due_day),
    }


def urged(session: Session, row: Urge) -> pages.Data:
    """Who is urged: a respondent or the mediator."""
    party = session.get(Party, row.party_id) if row.party_id else None
    if party is None:
        name = persons.names_of([row.mediator_id])[row.mediator_id] if row.mediator_id else ""
        return {"zh": name, "en": ""}
    organisation = session.get(Organisation, party.organisation_id) if party.organisation_id else None
    return {"zh": pages.name_of(session, party), "en": organisation.name_en if organisation else ""}


def last_service(move: Move) -> Service:
    """The service on which this respondent's time to answer rests."""
    served = {
        one.served_at: one
        for one in rows_of(move.session, Service, case_id=move.case.id)
        if one.respondent_id == move.subject.id and one.served_at is not None
    }
    return served[max(served)]


def name_of(session: Session, party_id: UUID) -> str:
    """The name of a respondent."""
    return pages.name_of(session, session.get_one(Party, party_id))


def booking(session: Session, case_id: UUID) -> dict[str, str]:
    """By what a business finds the booking, as the complaint says it."""
    wanted = select(TripValue.key, TripValue.value).where(TripValue.case_id == case_id, TripValue.source == "complaint")
    return {key: value for key, value in session.execute(wanted)}


def _day(text: str) -> str | None:
    """A day as data; words that are no day stay out of the letter's table."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def claims(session: Session, case_id: UUID) -> list[str]:
    """What is asked for, a line each."""
    rows = session.scalars(
        select(ClaimElement).where(ClaimElement.case_id == case_id).order_by(ClaimElement.number)
    )
    return [
        say(claim_title(row.kind), "zh-Hans")
        + (f" {row.currency} {row.amount:,.2f}" if row.amount is not None else "")
        for row in rows
    ]
