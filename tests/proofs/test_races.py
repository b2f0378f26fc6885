"""Many at once do what only one can: one wins, the others hear that it has moved on, and the ledger says so in order."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests import builders
from tests.builders import HOUR, TheCase
from tests.proofs import invariants
from tests.proofs.tally import Tally, extent
from tourism_odr.cases import opening, steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.items import Words
from tourism_odr.cases.models import Case, Clock, Event, PendingStep, Subject
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands.drafts import PageWritten, save_page
from tourism_odr.intake.commands.lodging import LodgeComplaint, Visitor, send_draft
from tourism_odr.jobs import clocks
from tourism_odr.mediation.commands import offers
from tourism_odr.people.actor import Actor

Act = Callable[[], object]


@dataclass(frozen=True)
class Race:
    """Who does what at once, what the ledger may then hold, and how many of the acts may win."""

    acts: list[Act]
    lines: Callable[[], list[str]]  # the decisive steps that were written
    winners: int = 1


def step(made: TheCase, name: str, by: Actor, subject: UUID | None = None, **more: Any) -> Act:
    """The step as the person saw the subject before the race."""
    subject = subject or made.id
    seen, at = db.session().get_one(Subject, subject).version, made.at + HOUR

    def act() -> None:
        with unit_of_work():
            steps.take(subject, name, by=by, at=at, seen=seen, **more)

    return act


def written(made: TheCase, *names: str) -> Callable[[], list[str]]:
    """Which of these steps stand in the ledger, one line a time that they were taken."""
    wanted = select(Event.step, Event.place_id).where(Event.case_id == made.id, Event.step.in_(names))

    def read() -> list[str]:
        rows = db.session().execute(wanted).all()  # a step may be written in several places, once in each
        return max(([row.step for row in rows if row.place_id == place] for place in {row.place_id for row in rows}), key=len)

    return read


def pending(made: TheCase) -> list[str]:
    """How the clicks that were held stand."""
    return [row.status for row in db.session().scalars(select(PendingStep).where(PendingStep.case_id == made.id))]


def accepting_an_offer() -> Race:
    made = builders.a_case("offered")
    seen = db.session().get_one(Subject, made.offer).version
    answer = offers.AnswerOffer(made.id, made.offer, seen, code_checked=True)
    acts: list[Act] = [lambda: offers.accept_offer(answer, by=made.people.tourist, at=made.at + HOUR)] * 8
    return Race(acts, lambda: pending(made))


def declining_an_offer() -> Race:
    """A decline is final at once."""
    made = builders.a_case("offered")
    answer = offers.AnswerOffer(made.id, made.offer, db.session().get_one(Subject, made.offer).version, code_checked=True)
    at, people = made.at + HOUR, made.people
    acts: list[Act] = [lambda: offers.decline_offer(answer, by=people.tourist, at=at)] * 6
    return Race(acts, written(made, "offer.decline"))


def accepting_and_withdrawing() -> Race:
    """Both clicks are held; when their time has run, the first one counts and the other is lost."""
    made = builders.a_case("offered")
    seen, at = db.session().get_one(Subject, made.offer).version, made.at + HOUR
    answer = offers.AnswerOffer(made.id, made.offer, seen, code_checked=True)
    with_code = {"papers": {"code_checked": True}}
    step(made, "offer.accept", made.people.tourist, made.offer, **with_code)()
    offers.withdraw_offer(answer, by=made.people.handler, at=at + timedelta(seconds=1))
    later = at + timedelta(minutes=30)
    acts: list[Act] = [lambda: clocks.sweep(later)] * 4
    finals = ("offer.accept", "offer.withdraw")
    wanted = select(Event.step).join(Subject, Subject.id == Event.subject_id).where(Event.case_id == made.id, Event.step.in_(finals), Event.place_id == Subject.place_id)
    return Race(acts, lambda: list(db.session().scalars(wanted)), winners=4)


def undoing_and_finalising() -> Race:
    made = builders.a_case("offered")
    with_code = {"papers": {"code_checked": True}}
    step(made, "offer.accept", made.people.tourist, made.offer, **with_code)()
    undo_at = db.session().scalars(select(Clock.due_at).where(Clock.case_id == made.id, Clock.pending_id.is_not(None))).one()
    acts: list[Act] = [
        lambda: offers.take_back(made.id, made.offer, by=made.people.tourist, at=undo_at),
        *[lambda: _swept(undo_at)] * 3,
    ]
    return Race(acts, lambda: pending(made))


def _swept(at: datetime) -> None:
    """Whoever finds nothing to do has lost."""
    if not clocks.sweep(at):
        raise MovedOnError(UUID(int=0), "sweep", "nothing due")


def signing_twice() -> Race:
    made = builders.a_case("locked")
    builders.give_power(made, made.respondent, made.people.handler)
    act = step(made, "agreement.sign", made.people.handler, made.agreement)
    return Race([act] * 8, written(made, "agreement.sign"))


def accepting_and_withdrawing_a_case() -> Race:
    made = builders.a_case()
    acts = [step(made, "case.accept", made.people.officer), step(made, "case.withdraw", made.people.tourist)] * 4
    return Race(acts, written(made, "case.accept", "case.withdraw"))


def two_colleagues_answering() -> Race:
    made = builders.a_case("served")
    acts = [step(made, "respondent.answer", who, made.respondent) for who in (made.people.handler, made.people.owner)]
    return Race(acts * 4, written(made, "respondent.answer"))


def opening_a_letter_twice() -> Race:
    made = builders.a_case("sent")
    return Race([step(made, "service.open", made.people.handler, made.services[0])] * 8, written(made, "respondent.served"))


def lodging_one_draft_twice() -> Race:
    body = builders.a_case().people.body
    before = set(db.session().scalars(select(Case.number)))
    secret = save_page(None, PageWritten("problem", {"category": ["visa"]}), builders.AT)
    complaint = opening.Complaint(
        body_id=body, jurisdiction="cn-sh", category="itinerary", market="domestic", channel="web", locale="en",
        statement=Words("It was not as promised.", "en"), respondents=(opening.NamedRespondent("Far Hills"),),
    )  # fmt: skip
    command = LodgeComplaint(complaint, name="Lin", phone="+8613800001111")
    act: Act = lambda: send_draft(secret, command, at=builders.AT, visitor=Visitor(secret, ""))  # noqa: E731 - one of many acts
    return Race([act] * 8, lambda: sorted(set(db.session().scalars(select(Case.number))) - before), winners=8)


RACES = (
    accepting_an_offer, declining_an_offer, accepting_and_withdrawing, undoing_and_finalising, signing_twice,
    accepting_and_withdrawing_a_case, two_colleagues_answering, opening_a_letter_twice, lodging_one_draft_twice,
)  # fmt: skip


def run(app: Flask, acts: list[Act]) -> Counter[str]:
    """All at once, each in a thread with a session of its own."""
    told: Counter[str] = Counter()
    line = threading.Barrier(len(acts))

    def enter(act: Act) -> None:
        with app.app_context():
            line.wait()
            try:
                act()
                told["won"] += 1
            except (MovedOnError, NotYoursError) as refused:
                told[type(refused).__name__] += 1
            except Exception as wrong:  # what a visitor would see as a page of error 500
                told[f"{type(wrong).__name__}: {wrong}"] += 1
            finally:
                db.session.remove()

    threads = [threading.Thread(target=enter, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.fixture
def engine_closed(built: Flask) -> Iterator[None]:
    yield
    with built.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__.replace("_", " "))
def test_one_wins_and_the_others_hear_that_it_has_moved_on(
    built: Flask, engine_closed: None, tell: Tally, race: Callable[[], Race]
) -> None:
    wrong: list[str] = []
    acts = 0
    for _ in range(extent(1, 40)):
        with built.app_context():
            this = race()
            db.session.remove()
        told = run(built, this.acts)
        acts += len(this.acts)
        with built.app_context():
            lines = this.lines()
            if told["won"] != this.winners or set(told) - {"won", "MovedOnError"} or len(lines) != 1:
                wrong.append(f"{dict(told)}, written {lines}")
            wrong += invariants.broken()
            db.session.remove()
    tell(acts=acts, lost_or_doubled=len(wrong))
    assert not wrong, wrong[:5]
