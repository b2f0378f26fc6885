"""The officer's one reminder to a respondent that fell silent."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tourism_odr.cases import steps
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.places import open_place
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.intake.commands.letters import NOTHING, Bilingual, digests, write_letter
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import M


@dataclass(frozen=True)
class Remind:
    """A short last date, and words of the officer's own if wanted."""

    case_id: UUID
    respondent_id: UUID
    seen: int
    answer_day: date
    words: Bilingual = NOTHING


def remind(command: Remind, *, by: Actor, at: datetime) -> None:
    """Send the reminder: no urging, needs no approval, once only."""
    if command.answer_day <= local_day(at):
        raise RefusedError(M("The date for the answer must lie after today."))
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.respondent_id)
        if case.id != command.case_id:
            raise NotYoursError("no such respondent of this case")
        place = open_place(session, case.id, PlaceKind.FILE)
        written = write_letter(session, place, command.words, by=by, at=at, subject_id=subject.id)
        steps.take(
            subject.id, "respondent.remind", by=by, at=at, seen=command.seen, party_id=subject.id,
            facts={"day": command.answer_day.isoformat()}, digests=digests(written),
            days={"reminder-answer": command.answer_day},
            papers={"answer_by": command.answer_day.isoformat(), "reason": command.words.paper()},
        )  # fmt: skip
