"""Time that can stand still and become longer, laid beside a case as a mediation under a court lays it there."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from tests.builders import TheCase
from tourism_odr.casefile.commands import timing
from tourism_odr.cases import deadlines, steps
from tourism_odr.cases.items import LETTER, StoredFile, Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Clock, Extension, ExtensionConsent, Party, Subject
from tourism_odr.cases.places import open_place
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.rulebooks import Rulebook, profile

PAPER = StoredFile("0" * 64, 3, "text", "text/plain", "鉴定委托书.txt", {})
WORDS = Words("酒店房型鉴定，委托演示鉴定所。", "zh-Hans")


def lay(made: TheCase, name: str = "entrusted-ordinary", at: datetime | None = None) -> UUID:
    """A running clock of the case itself by a rule that may stand still and be made longer; returns its id."""
    at = at or made.at
    with unit_of_work() as session:
        _, subject = steps.lock(session, made.id)
        book = joined(session.get_one(Case, made.id), name, at)
        clock = deadlines.clock_row(subject, name, book.rule(name).due(at, evidence="demo"), at, book.version)
        session.add(clock)
        deadlines.refresh_due(session, subject)
        return clock.id


def joined(case: Case, name: str, at: datetime) -> Rulebook:
    """The rules of a procedure that came beside the complaint."""
    book = profile("cn-sh", on=local_day(case.received_at)).joined(name, local_day(at))
    assert book is not None, name
    return book


def the_clock(clock_id: UUID) -> Clock:
    """A clock, read afresh."""
    return db.session().scalars(select(Clock).where(Clock.id == clock_id), execution_options={"populate_existing": True}).one()


def begin(
    made: TheCase, by: Actor, at: datetime, *, first: date | None = None, about: UUID | None = None, words: str = ""
) -> UUID:
    """The time of the case stands still for an appraisal."""
    first, said = first or local_day(at), Words(words, "zh-Hans") if words else WORDS
    return timing.begin_pause(timing.BeginPause(made.id, about or made.id, "appraisal", first, said, (PAPER,)), by=by, at=at)


def proposed(made: TheCase, clock: UUID, by: Actor, at: datetime, *, words: str) -> UUID:
    """A proposal to every party, also where none of them takes part in mediation any longer."""
    with unit_of_work() as session:
        steps.lock(session, made.id)
        file = open_place(session, made.id, PlaceKind.FILE)
        item = add_item(session, file, LETTER, by=by, at=at, words=Words(words, "zh-Hans"))
        asked = steps.begin(session, made.id, "extension", file, at)
        session.add(
            Extension(
                id=asked.id, case_id=made.id, about_id=made.id, clock_id=clock, by="all-parties", count=30, unit="calendar",
                role=by.role.value, person_id=by.person_id, item_id=item.id,
            )
        )  # fmt: skip
        session.flush()
        parties = session.scalars(select(Party.id).where(Party.case_id == made.id)).all()
        session.add_all(ExtensionConsent(id=uuid4(), extension_id=asked.id, case_id=made.id, party_id=one) for one in parties)
        session.flush()
        steps.take(asked.id, "extension.propose", by=by, at=at, digests=(item.digest,))
        return asked.id


def end(made: TheCase, pause: UUID, by: Actor, at: datetime, *, last: date | None = None) -> None:
    """It runs on."""
    timing.end_pause(timing.EndPause(made.id, pause, seen(pause), last or local_day(at)), by=by, at=at)


def ask(made: TheCase, clock: UUID, by: Actor, at: datetime, *, count: int = 30) -> UUID:
    """Somebody proposes more time."""
    return timing.ask_for_time(timing.AskForTime(made.id, clock, count, Words("鉴定报告尚未出具。", "zh-Hans"), True), by=by, at=at)


def answer(made: TheCase, extension: UUID, by: Actor, at: datetime, step: str = "extension.consent") -> None:
    """A side says what it thinks of it."""
    timing.answer_for_time(timing.AnswerForTime(made.id, extension, step, seen(extension), True), by=by, at=at)


def seen(subject: UUID) -> int:
    """The version that somebody would see now."""
    return db.session().execute(select(Subject.version).where(Subject.id == subject)).scalar_one()


DAY = timedelta(days=1)
