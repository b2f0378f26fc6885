"""What people decided about the rules, as counting needs it: calendars in force, numbers confirmed."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.models.rules import APPROVED, CalendarYear, RuleConfirmation
from tourism_odr.db import rows_of
from tourism_odr.rulebooks import ClockRule, Due, recount
from tourism_odr.rulebooks.calendars import Year, in_force, put_in_force, read_year

LOOKED = "calendars"  # noted on the session until its unit of work ends


def use_announced(session: Session) -> None:
    """Count by the calendars approved now; a unit of work looks once."""
    if session.info.get(LOOKED):
        return
    mark = tuple(session.scalars(_approved(CalendarYear.id)))
    if mark != in_force():
        put_in_force(mark, years(session.scalars(_approved(CalendarYear))))
    if session.info.get("in_unit_of_work"):
        session.info[LOOKED] = True


def look_again(session: Session) -> None:
    """The unit of work itself has changed what is approved."""
    session.flush()
    session.info.pop(LOOKED, None)
    use_announced(session)


def _approved(what: Any) -> Any:
    approved = select(what).where(CalendarYear.status == APPROVED)
    return approved.order_by(CalendarYear.decided_at, CalendarYear.id)


def years(rows: Iterable[CalendarYear]) -> list[tuple[str, Year]]:
    """Announced years as the calendars take them."""
    return [(row.calendar, read_year(row.year, row.days_off, row.days_worked)) for row in rows]


def confirmation(session: Session, version: str, rule: str) -> RuleConfirmation | None:
    """Who confirmed this number, if anybody has."""
    known = rows_of(session, RuleConfirmation, version=version)
    return next((one for one in known if one.rule == rule), None)


def firm(session: Session, rule: ClockRule, due: Due) -> Due:
    """A weak number that was confirmed is weak no longer, and says by what."""
    if not due.weak:
        return due
    found = confirmation(session, rule.version, rule.name)
    return due if found is None else recount(due.derivation, **confirmed_facts(found))


def confirmed_facts(found: RuleConfirmation) -> dict[str, Any]:
    """What a derivation says once its number is confirmed."""
    told = {"on": found.checked_on.isoformat(), "source": found.source, "article": found.article}
    return {"weak": False, "confirmed": told}
