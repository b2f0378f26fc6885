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
from tourism_odr.cases.deadlines import BASIS as SET_BY_PEOPLE
from tourism_odr.cases.errors import StepRefusedError
from tourism_odr.cases.lifecycle import STEPS, TABLES, PlaceKind, Step
from tourism_odr.cases.models import Consent, Event, PendingStep, Subject
from tourism_odr.cases.places import find_place
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands import transfers
from tourism_odr.intake.commands.letters import Bilingual
from tourism_odr.jobs import clocks
from tourism_odr.oversight import commands as oversight
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.text import M

STEPS_A_CASE = 25
EARLY = ("lodged",) * 5 + ("sent", "served") * 2  # where most may happen
ENOUGH, KINDS = 10_000, 85  # so many moves take at least so many kinds of steps


class Walker:
    """One case, its people, and dice; ``wrong`` is what should not have been possible."""

    def __init__(self, dice: Random, tally: Counter[str]) -> None:
        self.dice, self.tally = dice, tally
        self.made: TheCase = builders.a_case(dice.choice((*EARLY, *STAGES)), respondents=dice.choice((1, 2)))
        who, other = self.made.people, self._another_body()
        self.other_body = other[0].organisation_id
        self.actors = [who.tourist, who.officer, who.head, who.mediator, who.handler, who.owner, who.second_handler, who.admin, *other]
        self.wrong: list[str] = []

    def _another_body(self) -> list[Actor]:
        """To whom the case may be passed on."""
        with unit_of_work():
            body = organisations.register_organisation(
                OrganisationKind.BODY, "演示市第二旅游质量监督所", at=self.made.at, name_en="Second Demo Institute",
                code=f"二{self.dice.randrange(10**9)}旅质", territory="310000", level="city",
            )  # fmt: skip
            found = []
            for role in (Role.OFFICER, Role.HEAD):
                person = persons.create_person(locale="zh-Hans", at=self.made.at, name="他所", email=f"{role}-{body}@people.example")
                organisations.add_member(person, body, role, self.made.at)
                found.append(Actor(person, role, body))
            return found

    def go(self) -> None:
        """One thing that somebody does, or the time that passes."""
        moved = self.dice.random()
        if moved < 0.12:
            self.made.at += timedelta(minutes=self.dice.choice((5, 11, 600, 3000, 12_000, 40_000)))
            self.tally["clocks that ran out"] += clocks.sweep(self.made.at, only=[self.made.id])
        elif moved < 0.20:
            self._begin()
        elif moved < 0.24:
            self._undo()
        else:
            self._take()
        self.wrong += invariants.broken(self.made.id)

    def _begin(self) -> None:
        """Somebody asks a mediator, makes an offer, urges or passes the case on, whether it is time for that or not."""
        begin = self.dice.choice((self._appoint, self._offer, self._offer, self._urge, self._transfer))
        self.made.at += builders.HOUR
        try:
            begin()
            self.tally["subjects begun"] += 1
        except (StepRefusedError, RefusedError):
            self.tally["refused"] += 1

    def _appoint(self) -> None:
        builders.appoint(self.made)

    def _offer(self) -> None:
        if not find_place(db.session(), self.made.id, PlaceKind.JOINT):
            raise RefusedError(M("There is no room yet."))
        builders.offer(self.made, Decimal(self.dice.randint(1, 99_999)))

    def _urge(self) -> None:
        order = oversight.Urging(self.made.id, self.dice.choice(self.made.respondents), None, "请答复。", local_day(self.made.at + timedelta(days=5)))
        oversight.propose_urging(order, by=self.made.people.officer, at=self.made.at)

    def _transfer(self) -> None:
        seen = db.session().get_one(Subject, self.made.id, populate_existing=True).version
        to = transfers.OfferTransfer(self.made.id, seen, self.other_body, "territory", Bilingual("不属本所管辖。", "Not our territory."))
        transfers.offer_transfer(to, by=self.made.people.officer, at=self.made.at)

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
        subject, step, by = self._chosen()
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
        else:
            self.tally["steps taken"] += 1
            self._allowed(step, by, subject.id, before, stale)

    def _chosen(self) -> tuple[Subject, Step, Actor]:
        """What somebody might do: each kind of step is as likely as the next, however many may take it."""
        subjects = db.session().scalars(select(Subject).where(Subject.case_id == self.made.id)).all()
        if self.dice.random() < 0.15:
            subject = self.dice.choice(subjects)
            return subject, self.dice.choice(list(TABLES[subject.kind].steps.values())), self.dice.choice(self.actors)
        shown = [(one, row) for one in subjects for row in TABLES[one.kind].steps.values() if one.stage in row.leaves and row.human]
        step = self.dice.choice(sorted({row.name for _, row in shown}))
        subject = self.dice.choice([one for one, row in shown if row.name == step])
        return subject, STEPS[step], self.dice.choice([one for one in self.actors if one.role in STEPS[step].by])

    def _consent(self, session: Session, respondent: UUID, by: Actor) -> None:
        """With the answer comes whether mediation is agreed to; one who is no party has no say in it."""
        given = self.dice.random() < 0.7
        session.add(Consent(id=uuid4(), case_id=self.made.id, party_id=respondent, kind="mediation", given=given,
                            person_id=by.person_id, at=self.made.at))  # fmt: skip
        session.flush()

    def _extras(self, step: Step) -> dict[str, Any]:
        place = self.dice.choice(queries.places_of(db.session(), self.made.id, self.made.people.tourist, self.made.at)) if "given" in step.places else None
        days = {name: local_day(self.made.at + timedelta(days=10)) for name in step.starts if name in SET_BY_PEOPLE}
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

    wrong += invariants.broken()
    reached = set(db.session().scalars(select(Event.step).distinct()))
    tell(moves=total, **tally, kinds_of_steps_taken=f"{len(reached)} of {len(STEPS)}", broken=len(wrong))
    assert total < ENOUGH or len(reached) >= KINDS, sorted(set(STEPS) - reached)
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:10])
