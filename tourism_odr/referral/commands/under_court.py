"""Mediation under a court: both sides are asked, the court hands the case over, a mediator reports the result."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.lifecycle import STEPS, PlaceKind
from tourism_odr.cases.lifecycle.appointment import ACTIVE, OFFERED
from tourism_odr.cases.models import Appointment, Consent, Filing, Subject
from tourism_odr.cases.models.filing import MEDIATE, MORE_TIME
from tourism_odr.cases.places import open_place
from tourism_odr.cases.relations import party_of
from tourism_odr.cases.suits import undisputed
from tourism_odr.cases.under_court import mediated
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.organisations import memberships_of
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.referral.commands.bench import CHINESE, Suit, suit_of, write
from tourism_odr.text import N_, M, say

# What the mediator gives back to the court: the result, and conduct that raised costs; no talk, no offer.
RESULTS = {
    "no-agreement": N_("The positions are too far apart"),
    "no-consent": N_("One side no longer wants to mediate"),
    "no-response": N_("One side no longer takes part"),
    "sham": N_("Signs of a sham dispute"),
}
REPLACED = {
    "party-objected": N_("A party objected"),
    "conflict": N_("A conflict of interest came to light"),
    "unavailable": N_("The mediator is not available"),
}


@dataclass(frozen=True)
class HandOver:
    """The court hands the case over; ``words`` go into its letter."""

    suit: Suit
    words: str = ""


@dataclass(frozen=True)
class Name:
    """Who is asked to mediate under the court."""

    suit: Suit
    person_id: UUID


@dataclass(frozen=True)
class Report:
    """What the mediator reports: how it ended, conduct that raised costs, or the terms that the sides agreed."""

    suit: Suit
    step: str
    result: str = ""
    conduct: str = ""
    terms: str = ""


def invite(suit: Suit, *, by: Actor, at: datetime) -> None:
    """Ask both sides whether they want to mediate; earlier answers count no longer."""
    _plain(suit, "filing.invite-mediation", by, at)


def hand_over(command: HandOver, step: str, *, by: Actor, at: datetime) -> None:
    """Entrust after registration or, in the older rules, delegate before it."""
    with unit_of_work() as session:
        filing = suit_of(session, command.suit)
        steps.take(filing.id, step, by=by, at=at, seen=command.suit.seen, papers={"words": command.words})


def answer(suit: Suit, *, given: bool, by: Actor, at: datetime, code_checked: bool = False) -> None:
    """A side consents to mediation under the court, or declines."""
    _say(suit, MEDIATE, "filing.consent-mediation" if given else "filing.decline-mediation", given, by, at, code_checked)


def agree_to_more_time(suit: Suit, *, by: Actor, at: datetime, code_checked: bool = False) -> None:
    """A side consents to a longer mediation; with every side's consent the time is longer."""
    _say(suit, MORE_TIME, "filing.agree-extension", True, by, at, code_checked)


def _say(suit: Suit, kind: str, step: str, given: bool, by: Actor, at: datetime, code_checked: bool) -> None:
    with unit_of_work() as session:
        filing = suit_of(session, suit)
        party = party_of(session, suit.case_id, by)
        if party is None:
            raise NotYoursError("no side of this suit")
        session.add(
            Consent(id=uuid4(), case_id=filing.case_id, party_id=party.id, kind=kind, given=given, person_id=by.person_id, at=at)
        )
        session.flush()
        steps.take(filing.id, step, by=by, at=at, seen=suit.seen, party_id=party.id, papers={"code_checked": code_checked})


def name_mediator(command: Name, *, by: Actor, at: datetime) -> UUID:
    """Ask a mediator for the court; nothing is theirs before they accept and declare no conflict."""
    with unit_of_work() as session:
        filing = suit_of(session, command.suit)
        _, subject = steps.lock(session, filing.id)
        if subject.stage not in STEPS["filing.begin-mediation"].leaves:
            raise MovedOnError(filing.id, "filing.begin-mediation", subject.stage)
        house = next((m.organisation_id for m in memberships_of(command.person_id, at) if m.role == Role.MEDIATOR), None)
        if house is None:
            raise RefusedError(M("Select a mediator from the list."))
        _nobody_else(session, filing)
        place = open_place(session, filing.case_id, PlaceKind.FILE)
        asked = steps.begin(session, filing.case_id, "appointment", place, at, desk=command.person_id)
        session.add(
            Appointment(
                id=asked.id, case_id=filing.case_id, person_id=command.person_id, organisation_id=house,
                by_body_id=filing.court_id,
            )
        )  # fmt: skip
        session.flush()
        steps.take(asked.id, "appointment.assign", by=by, at=at, facts={"mediator": str(command.person_id)})
        return asked.id


def _nobody_else(session: Session, filing: Filing) -> None:
    standing = select(Subject.id).where(
        Subject.case_id == filing.case_id, Subject.kind == "appointment", Subject.stage.in_((OFFERED, ACTIVE))
    )
    if session.scalars(standing).first():
        raise RefusedError(M("This case has a mediator. Replace the mediator first."))


def asked_in(session: Session, case_id: UUID, court: UUID | None) -> Filing | None:
    """The suit of this court which is in mediation."""
    return next((one for one in mediated(session, case_id) if one.court_id == court), None)


def replace_mediator(appointment_id: UUID, seen: int, reason: str, *, by: Actor, at: datetime) -> None:
    """End an appointment that this court made."""
    with unit_of_work() as session:
        steps.lock(session, appointment_id)
        session.get_one(Appointment, appointment_id).reason = reason
        steps.take(appointment_id, "appointment.replace", by=by, at=at, seen=seen, facts={"reason": reason})


def report(command: Report, *, by: Actor, at: datetime) -> None:
    """The court gets the result, the facts on which all sides agree and conduct that raised costs; nothing else."""
    with unit_of_work() as session:
        filing = suit_of(session, command.suit)
        words = command.terms or _given_back(session, filing, command)
        _, digest = write(session, filing, words, by, at)
        steps.take(
            filing.id, command.step, by=by, at=at, seen=command.suit.seen, digests=(digest,),
            facts={"reason": command.result} if command.result else None,
        )  # fmt: skip


def _given_back(session: Session, filing: Filing, command: Report) -> str:
    if command.result not in RESULTS:
        raise RefusedError(M("Say how it ended."))
    facts = undisputed(session, filing)
    lines = [say(RESULTS[command.result], CHINESE), say(N_("Facts on which all sides agree:"), CHINESE)]
    lines += [f"- {say(title, CHINESE)}{'：' if value else ''}{value}" for title, value in facts] or [say(N_("none"), CHINESE)]
    if command.conduct:
        lines += [say(N_("Conduct that raised costs:"), CHINESE), command.conduct]
    return "\n".join(lines)


def apply_for_withdrawal(suit: Suit, *, by: Actor, at: datetime, code_checked: bool = False) -> None:
    """The plaintiff applies; a judge decides."""
    _plain(suit, "filing.apply-withdrawal", by, at, code_checked=code_checked)


def _plain(suit: Suit, step: str, by: Actor, at: datetime, *, code_checked: bool = False) -> None:
    with unit_of_work() as session:
        filing = suit_of(session, suit)
        steps.take(filing.id, step, by=by, at=at, seen=suit.seen, papers={"code_checked": code_checked})
