"""What an officer checks before deciding, by the rulebook of the day of receipt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.categories import ELSEWHERE
from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.models import Case, Party, TripValue
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.people.models import DetailKind, Organisation
from tourism_odr.people.persons import details_of, find_by_contact
from tourism_odr.rulebooks import Due
from tourism_odr.text import N_, M, Message

MOST = 8  # earlier complaints to compare with; more would bury the rest of the page
State = Literal["fine", "look", "unknown"]


@dataclass(frozen=True)
class Check:
    """One question with its answer; ``why`` is a derivation to explain, ``cases`` are to compare with."""

    title: str
    state: State
    says: Message | str
    due: Due | None = None
    cases: Sequence[Case] = ()


def checks(session: Session, case: Case, operators: Sequence[Organisation]) -> list[Check]:
    """Territory, the 90-day bar, another office, earlier complaints."""
    trip = dict(session.execute(select(TripValue.key, TripValue.value).where(TripValue.case_id == case.id)).all())
    book = rulebook_of(case)
    return [
        territory(session.get_one(Organisation, case.body_id), operators),
        bar(case, trip),
        elsewhere(trip.get("told", ""), trip.get(ELSEWHERE, "")),
        duplicates(session, case),
        *(ASKED[code](trip) for code in sorted(book.asks)),
    ]


def territory(body: Organisation, operators: Sequence[Organisation]) -> Check:
    """Whether a respondent has its seat where the body is responsible; the place of contract or trip may do as well."""
    title = N_("Responsible by territory")
    seats = [operator.territory for operator in operators if operator.territory]
    ours = body.territory.rstrip("0")
    if not seats or not ours:
        return Check(title, "unknown", N_("The seat of the respondent is not known. Look at the place of the contract and of the trip."))
    if any(seat.startswith(ours) for seat in seats):
        return Check(title, "fine", N_("A respondent has its seat in the territory of this body."))
    return Check(title, "look", N_("No respondent has its seat in the territory of this body. Look at the place of the contract and of the trip, or transfer."))


STARTS = {"trader_asked": "asked"}  # event -> value of the trip sheet; every other bar begins with the end of the trip


def bar(case: Case, trip: Mapping[str, str]) -> Check:
    """The time for complaining, as the rulebook has it: after the trip ended, or after the business was asked."""
    title = N_("Complained in time")
    rule = rulebook_of(case).own_dates.get("complaint-bar")
    day = _day(trip.get(STARTS.get(rule.starts, "to"), "")) if rule else None
    if rule is None or day is None:
        return Check(title, "unknown", N_("The day from which this time runs is not known. Ask for it if the time may have run out."))
    due = rule.due_on(day)
    if case.received_at < due.at:
        return Check(title, "fine", M("Received in time: the last day to complain is %(day)s.", day=due.day), due)
    return Check(title, "look", M("Received after the last day to complain, %(day)s.", day=due.day), due)


def elsewhere(told: str, taken: str = "") -> Check:
    """Another office that was told may have the matter already; one that took it on excludes a second mediation."""
    title = N_("Not taken up elsewhere")
    if taken:
        return Check(title, "look", M("%(body)s has taken it on already: follow it there, or refuse it on that ground.", body=taken))
    if told:
        return Check(title, "look", M("The tourist says that another office was told: %(told)s", told=told))
    return Check(title, "fine", N_("The tourist named no other office."))


def trader_first(trip: Mapping[str, str]) -> Check:
    """Whether the business had its chance before the complaint."""
    title, day = N_("Business asked first"), _day(trip.get("asked", ""))
    if day is None:
        return Check(title, "look", N_("The tourist named no day on which the business was asked to put it right."))
    return Check(title, "fine", M("The tourist says that the business was asked on %(day)s.", day=day))


ASKED: dict[str, Callable[[Mapping[str, str]], Check]] = {"trader-first": trader_first}


def duplicates(session: Session, case: Case) -> Check:
    """Other complaints at this body by the same person, found by person and by contact."""
    title = N_("Not complained of before")
    people = _same_people(session, case.id)
    mine = select(Party.case_id).where(Party.side == COMPLAINANT, Party.person_id.in_(people))
    others = session.scalars(
        select(Case).where(Case.id.in_(mine), Case.id != case.id, Case.body_id == case.body_id)
        .order_by(Case.received_at.desc()).limit(MOST)
    ).all()
    if others:
        return Check(title, "look", N_("The same person has complained here before. Compare:"), cases=others)
    return Check(title, "fine", N_("No other complaint of this person is known here."))


def _same_people(session: Session, case_id: UUID) -> set[UUID]:
    ids = session.scalars(select(Party.person_id).where(Party.case_id == case_id, Party.side == COMPLAINANT))
    people = {id for id in ids if id}
    known = details_of(people, (DetailKind.PHONE, DetailKind.EMAIL))
    for details in known.values():
        for kind, value in details.items():
            people |= set(find_by_contact(kind, value))
    return people


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Applies:
    """One law or ordinance of the rulebook, and from when to when it holds."""

    title: str
    source: str
    since: date
    until: date | None


def applying(case: Case) -> tuple[datetime, list[Applies]]:
    """The day that chose the rules, and the rules that it chose; house rules are named last elsewhere."""
    members = rulebook_of(case).members
    laws = [Applies(m.title, m.source, m.valid_from, m.valid_to) for m in members if m.kind == "law"]
    return case.received_at, laws
