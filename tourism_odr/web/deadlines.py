"""From a clock's row to the deadline that a page shows: how long, until when, why that date."""

from dataclasses import replace
from datetime import datetime

from tourism_odr.cases.deadlines import UNCERTAIN
from tourism_odr.cases.models import Clock
from tourism_odr.cases.models.clock import BLOCKED, PAUSED, RUNNING
from tourism_odr.rulebooks import agreed, calendar_of, days_left, explain, zone_of
from tourism_odr.web.locale import current_locale
from tourism_odr.web.parts import Deadline

LAST_PART = 5  # soon is the last fifth of the time that the rule gives


def missed_of(clock: Clock, at: datetime) -> Deadline:
    """A time limit that passed: late by calendar days, whatever it was counted in, so that lists can be compared."""
    _, late, _ = days_left(clock.due_at, at, calendar_of(clock.derivation))
    return replace(deadline_of(clock, at), days_left=late, working=False, over=True, ended=False)


def deadline_of(clock: Clock, at: datetime, label: str | None = None) -> Deadline:
    """What ``parts.deadline`` draws; the words of the explanation are already in the reader's language."""
    derivation = clock.derivation
    working, calendar_days, over = days_left(clock.due_at, at, calendar_of(derivation))
    # Late by holidays alone is late by no working day: then calendar days say how long.
    counts_working = derivation.get("unit") != "calendar" and not (over and working == 0)
    left = working if counts_working else calendar_days
    return Deadline(
        label=label or derivation.get("title", ""),
        due=clock.due_at,
        days_left=left,
        soon=0 <= left * LAST_PART <= derivation.get("count", 0) and derivation.get("unit") != "minutes",
        working=counts_working,
        over=over,
        ended=clock.status not in (RUNNING, PAUSED, BLOCKED),
        provisional=clock.provisional,
        paused=clock.status == PAUSED,
        waits=clock.status == BLOCKED and clock.reason == UNCERTAIN,
        weak=clock.weak,
        house=derivation.get("kind") == "house" and not derivation.get("fixed"),
        agreed=agreed(derivation),
        explanation=explain(derivation, current_locale()),
        zone=zone_of(derivation),
    )
