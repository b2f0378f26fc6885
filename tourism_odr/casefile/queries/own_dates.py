"""The tourist's own dates beside the body's: what runs for them by law, each with its reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.models import Agreement, Case, CourtOutcome, Instalment, TripValue
from tourism_odr.clock import local_day
from tourism_odr.rulebooks import ClockRule, Due, NoRulebook, find_rule


@dataclass(frozen=True)
class OwnDate:
    """One date of a tourist: by when to act to be safe, and how far the law reaches."""

    rule: ClockRule
    due: Due

    @property
    def safe(self) -> date:
        """The unmoved day: for whoever must act in time the earlier date is the safe one."""
        return date.fromisoformat(self.due.derivation["unmoved_day"])


def own_dates(session: Session, case: Case, today: date) -> list[OwnDate]:
    """Those whose start is known and whose end is still to come, the next first."""
    found = list(_known(session, case))
    return sorted((one for one in found if one.due.day >= today), key=lambda one: one.safe)


def _known(session: Session, case: Case) -> Iterator[OwnDate]:
    book = rulebook_of(case)
    starts = {event: find(session, case) for event, find in STARTS.items()}
    for name in book.reminds:
        for event, day in starts.items():
            rule = _rule(book.jurisdiction, name, day) if day else None
            if rule is not None and day is not None and rule.starts == event:
                yield OwnDate(rule, rule.due_on(day))


def _rule(jurisdiction: str, name: str, day: date) -> ClockRule | None:
    try:
        return find_rule(jurisdiction, name, day)
    except NoRulebook:
        return None


def _of_the_trip(key: str) -> Callable[[Session, Case], date | None]:
    def find(session: Session, case: Case) -> date | None:
        values = select(TripValue.value).where(TripValue.case_id == case.id, TripValue.key == key)
        typed = session.scalars(values.order_by(TripValue.at).limit(1)).first()
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            return None

    return find


def _effect(session: Session, case: Case) -> date | None:
    """When the last of the agreements took effect."""
    effects = select(Agreement.effect_at).where(Agreement.case_id == case.id, Agreement.effect_at.is_not(None))
    at = session.scalars(effects.order_by(Agreement.effect_at.desc()).limit(1)).first()
    return local_day(at) if at else None


def _payment(session: Session, case: Case) -> date | None:
    """The day of the first payment that was agreed."""
    days = select(Instalment.day).where(Instalment.case_id == case.id).order_by(Instalment.day).limit(1)
    return session.scalars(days).first()


def _ruling(session: Session, case: Case) -> date | None:
    """When a court ruled not to register the suit: served online, it arrives the same day."""
    days = select(CourtOutcome.day).where(CourtOutcome.case_id == case.id, CourtOutcome.code == "refused")
    return session.scalars(days.order_by(CourtOutcome.day.desc()).limit(1)).first()


# The safe start of what begins with harm is the first day of the trip: it cannot have happened before.
STARTS: dict[str, Callable[[Session, Case], date | None]] = {
    "trip_ended": _of_the_trip("to"),
    "harm_known": _of_the_trip("from"),
    "agreement_effective": _effect,
    "performance_due": _payment,
    "ruling_served": _ruling,
}
