"""Whose turn every minute of a case was: read from its ledger, the same for whoever asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.lifecycle import NEW, STEPS, TABLES
from tourism_odr.cases.lifecycle.case import ACCEPTED
from tourism_odr.cases.lifecycle.pause import RUNNING as STANDS_STILL
from tourism_odr.cases.lifecycle.turns import OF_CASE, OF_RESPONDENT, OF_SUIT, Turn
from tourism_odr.cases.models import Case, Event

KINDS = ("case", "respondent", "pause", "filing")
ORDER = list(TABLES["respondent"].stages)


@dataclass(frozen=True)
class Span:
    """From ``since`` to ``until`` (aware, UTC) it was the turn of ``turn``."""

    turn: Turn
    since: datetime
    until: datetime

    @property
    def lasted(self) -> timedelta:
        """How long."""
        return self.until - self.since


def turn_of(case_stage: str, respondents: Iterable[str]) -> Turn | None:
    """Whose turn it is with the case and its respondents in these stages; None once the case has ended."""
    if case_stage != ACCEPTED:
        return OF_CASE.get(case_stage)
    waiting = [stage for stage in respondents if stage in OF_RESPONDENT]
    return OF_RESPONDENT[min(waiting, key=ORDER.index)] if waiting else OF_CASE[ACCEPTED]


def turn_in_court(suits: Iterable[str]) -> Turn | None:
    """Whose turn it is with the suits of an ended case in these stages; None with no suit at work."""
    return next((OF_SUIT[stage] for stage in suits if stage in OF_SUIT), None)


def spans(session: Session, case: Case, at: datetime) -> list[Span]:
    """The time from receipt to the end of the case (or to ``at``), without gap or overlap, oldest first.

    A case that is opened again, or goes on before the court, has a gap where it was closed: nobody's turn.
    """
    lines = session.execute(
        select(Event.at, Event.subject_id, Event.step, Event.facts)
        .where(Event.case_id == case.id, Event.at <= at)
        .order_by(Event.at)
    ).all()
    return spans_in(lines, case.received_at, at)


def spans_in(lines: Iterable[Any], received_at: datetime, at: datetime) -> list[Span]:
    """The same from lines already read: ``at``, ``subject_id``, ``step`` and ``facts``, the oldest first."""
    return list(_merged(_changes(lines, received_at), at))


def totals(found: Iterable[Span]) -> dict[Turn, timedelta]:
    """How long it was whose turn, all together."""
    summed: dict[Turn, timedelta] = {}
    for span in found:
        summed[span.turn] = summed.get(span.turn, timedelta()) + span.lasted
    return summed


def _changes(lines: Iterable[Any], received_at: datetime) -> Iterable[tuple[datetime, Turn | None]]:
    """Whose turn it was from each instant on; the first instant is the receipt, which may lie before the entry."""
    stages: dict[UUID, tuple[str, str]] = {}
    begun = False
    for at, group in groupby(lines, key=lambda line: line.at):
        _apply(stages, [(one.subject_id, one.step) for one in group if _moves(one.step, one.facts)])
        case_stage = next((stage for kind, stage in stages.values() if kind == "case"), NEW)
        turn = turn_of(case_stage, (stage for kind, stage in stages.values() if kind == "respondent"))
        if turn is None:
            turn = turn_in_court(stage for kind, stage in stages.values() if kind == "filing")
        if turn is not None and ("pause", STANDS_STILL) in stages.values():
            turn = Turn.WAIT
        yield (at if begun else min(at, received_at)), turn
        begun = True


def _moves(step: str, facts: Mapping[str, Any]) -> bool:
    """Whether the line moved something: a click that waits to become final, or was taken back, did not."""
    return step.partition(".")[0] in KINDS and STEPS[step].enters is not None and "pending" not in facts


def _apply(stages: dict[UUID, tuple[str, str]], taken: list[tuple[UUID, str]]) -> None:
    """Move the stages by all steps of one instant, each once, in the order that the table allows."""
    waiting = list(dict.fromkeys(taken))
    while waiting:
        fits = next((one for one in waiting if _stage(stages, one[0]) in STEPS[one[1]].leaves), waiting[0])
        waiting.remove(fits)
        entered = STEPS[fits[1]].enters
        if entered is not None:
            stages[fits[0]] = (STEPS[fits[1]].kind, entered)


def _stage(stages: Mapping[UUID, tuple[str, str]], subject_id: UUID) -> str:
    return stages.get(subject_id, ("", NEW))[1]


def _merged(changes: Iterable[tuple[datetime, Turn | None]], end: datetime) -> Iterable[Span]:
    """Neighbours of the same turn become one span."""
    turn, since = None, end
    for at, now in changes:
        if now is turn:
            continue
        if turn is not None and since < at:
            yield Span(turn, since, at)
        turn, since = now, at
    if turn is not None and since < end:
        yield Span(turn, since, end)
