"""A long random walk of everybody through the whole lifecycle: what the tables refuse never happens, what must hold holds."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import builders
from tests.builders import STAGES, TheCase
from tests.proofs import invariants
from tests.proofs.tally import Tally, extent
from tourism_odr.cases import queries, steps
from tourism_odr.cases.errors import StepRefusedError
from tourism_odr.cases.lifecycle import STEPS, TABLES, Step
from tourism_odr.cases.models import Consent, Event, PendingStep, Subject
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import clocks
from tourism_odr.people.actor import Actor

STEPS_A_CASE = 25


class Walker:
    """One case, its people, and dice; ``wrong`` is what should not have been possible."""

    def __init__(self, dice: Random, tally: Counter[str]) -> None:
        self.dice, self.tally = dice, tally
        self.made: TheCase = builders.a_case(dice.choice(STAGES), respondents=dice.choice((1, 2)))
        who = self.made.people
        self.actors = [who.tourist, who.officer, who.head, who.mediator, who.handler, who.owner, who.second_handler, who.admin]
        self.wrong: list[str] = []

    def go(self) -> None:
        """One thing that somebody does, or the time that passes."""
        moved = self.dice.random()
        if moved < 0.12:
            self.made.at += timedelta(minutes=self.dice.choice((5, 11, 600, 3000, 12000)))
            self.tally["clocks that ran out"] += clocks.sweep(self.made.at, only=[self.made.id])
        elif moved < 0.20:
            self._begin()
        elif moved < 0.24:
            self._undo()
        else:
            self._take()
        self.wrong += invariants.broken(self.made.id)

    def _begin(self) -> None:
        """Somebody asks a mediator or makes an offer, whether it is time for that or not."""
        try:
            if self.dice.random() < 0.4:
                builders.appoint(self.made)
            else:
                builders.offer(self.made, Decimal(self.dice.randint(1, 99_999)))
            self.tally["subjects begun"] += 1
        except (StepRefusedError, AssertionError):  # the builder asserts that there is a room
            self.tally["refused"] += 1

    def _undo(self) -> None:
        waiting = db.session().scalars(select(PendingStep).where(PendingStep.case_id == self.made.id)).all()
        if waiting:
            one, by = self.dice.choice(waiting), self.dice.choice(self.actors)
            before = one.status, one.person_id
            try:
                with unit_of_work():
                    steps.undo(one.id, by=by, at=self.made.at)
                self.tally["taken back"] += 1
                if before != ("waiting", by.person_id):
                    self.wrong.append(f"{by.role} took back what was {before}")
            except StepRefusedError:
                self.tally["refused"] += 1

    def _take(self) -> None:
        """Somebody takes some step, mostly one that the page would show them."""
        subject = self.dice.choice(db.session().scalars(select(Subject).where(Subject.case_id == self.made.id)).all())
        by = self.dice.choice(self.actors)
        shown = [row for row in TABLES[subject.kind].steps.values() if subject.stage in row.leaves and by.role in row.by]
        step = self.dice.choice(shown) if shown and self.dice.random() < 0.85 else self.dice.choice(list(TABLES[subject.kind].steps.values()))
        stale = self.dice.random() < 0.1
        before = subject.stage, subject.version, self._lines()
        self.made.at += timedelta(minutes=self.dice.randint(1, 90))
        try:
            with unit_of_work() as session:
                if step.name in ("respondent.answer", "respondent.accept-invitation"):
                    self._consent(session, subject.id, by)
                steps.take(subject.id, step.name, by=by, at=self.made.at, seen=subject.version - stale, **self._extras(step))
        except StepRefusedError:
            self.tally["refused"] += 1
            self._nothing_happened(step, subject.id, before)
        except KeyError:  # what only the command of this step hands on: words for its paper, a consent
            self.tally[f"needs its command: {step.name}"] += 1
            self._nothing_happened(step, subject.id, before)
        else:
            self.tally["steps taken"] += 1
            self._allowed(step, by, subject.id, before, stale)

    def _consent(self, session: Session, respondent: UUID, by: Actor) -> None:
        """With the answer comes whether mediation is agreed to; one who is no party has no say in it."""
        given = self.dice.random() < 0.7
        session.add(Consent(id=uuid4(), case_id=self.made.id, party_id=respondent, kind="mediation", given=given,
                            person_id=by.person_id, at=self.made.at))  # fmt: skip
        session.flush()

    def _extras(self, step: Step) -> dict[str, Any]:
        place = self.dice.choice(queries.places_of(db.session(), self.made.id, self.made.people.tourist, self.made.at)) if "given" in step.places else None
        days = {name: local_day(self.made.at + timedelta(days=10)) for name in step.starts}
        return {"place_id": place.id if place else None, "papers": {"code_checked": True}, "days": days}

    def _lines(self) -> int:
        return invariants.count(Event.case_id == self.made.id)

    def _state(self, subject_id: UUID) -> tuple[str, int, int]:
        db.session.rollback()
        subject = db.session().get_one(Subject, subject_id, populate_existing=True)
        return subject.stage, subject.version, self._lines()

    def _nothing_happened(self, step: Step, subject_id: UUID, before: tuple[str, int, int]) -> None:
        if self._state(subject_id) != before:
            self.wrong.append(f"{step.name} was refused and left {self._state(subject_id)} instead of {before}")

    def _allowed(self, step: Step, by: Actor, subject_id: UUID, before: tuple[str, int, int], stale: bool) -> None:
        stage, _version, lines = self._state(subject_id)
        if by.role not in step.by or before[0] not in step.leaves or (stale and step.bumps):
            self.wrong.append(f"{by.role} took {step.name} from {before}, stale: {stale}")
        if lines <= before[2]:
            self.wrong.append(f"{step.name} left no line")
        if not step.undo and step.enters and not step.then and stage != step.enters:
            self.wrong.append(f"{step.name} led to {stage}")


def test_a_random_walk_breaks_nothing(app: Flask, tell: Tally) -> None:
    dice, tally, wrong = Random(2026), Counter[str](), list[str]()  # noqa: S311 - a proof that can be repeated
    total = extent(150, 20_000)

    for walked in range(total):
        if walked % STEPS_A_CASE == 0:
            walker = Walker(dice, tally)
        walker.go()
        wrong += walker.wrong
        walker.wrong.clear()

    lacking = {key: count for key, count in tally.items() if key.startswith("needs")}
    plain = {key: count for key, count in tally.items() if key not in lacking}
    reached = db.session().scalars(select(Event.step).distinct()).all()
    tell(moves=total, **plain, needed_their_command=sum(lacking.values()), kinds_of_steps_taken=f"{len(reached)} of {len(STEPS)}",
         broken=len(wrong))  # fmt: skip
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:10])
