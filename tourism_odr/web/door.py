"""Looks up the case behind an address, as its reader may see it, and whether a step is open there now."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from tourism_odr.cases.audience import AT, anybody, reading, visible_cases
from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.lifecycle import NEW, STEPS, TABLES, Step, is_final, stage_title
from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.queries import subject_for
from tourism_odr.cases.relations import concerns
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import Role
from tourism_odr.web.policy import Policy, may_pass


@dataclass(frozen=True)
class Entry:
    """A case that its reader may see, the subject in question, and whether the stage has moved on."""

    case: Case
    subject: Subject
    moved_on: bool = False

    @property
    def stands(self) -> str:
        """Where the subject stands, an English message id."""
        return "" if self.subject.stage == NEW else stage_title(self.subject.kind, self.subject.stage)


def open_door(actor: Actor, case_id: UUID, subject_id: UUID | None, policy: Policy) -> Entry | None:
    """``None`` when there is no such page for ``actor``, whatever the reason."""
    if not may_pass(policy, actor.role):
        return None
    found = db.session.execute(_case_and_subject(actor.role), reading(actor, now(), case_id=case_id)).first()
    if found is None:
        return None
    case, itself = found
    subject = itself if subject_id in (None, case.id) else _subject(actor, case, subject_id)
    if subject is None:
        return None
    if not policy.steps:
        return Entry(case, subject)
    fitting = [
        STEPS[name] for name in policy.steps if _may_ever(actor, case, subject, STEPS[name], subject_id)
    ]
    if not fitting:
        return None
    return Entry(case, subject, moved_on=not any(_is_open(subject, step) for step in fitting))


@cache
def _case_and_subject(role: Role) -> Select[Case, Subject]:
    both = select(Case, Subject).join(Subject, Subject.id == Case.id)
    return both.where(Case.id == bindparam("case_id"), visible_cases(anybody(role), AT))


def _subject(actor: Actor, case: Case, subject_id: UUID | None) -> Subject | None:
    """One of the subjects of the case that lies where the actor reads."""
    return subject_for(db.session(), subject_id, case.id, actor, now()) if subject_id else None


def _may_ever(actor: Actor, case: Case, subject: Subject, step: Step, subject_id: UUID | None) -> bool:
    """Whether the step can be the actor's in this case at all; a step that begins a subject is asked of the case."""
    begins = subject_id is None and NEW in step.leaves
    if actor.role not in step.by or not (begins or subject.kind == step.kind):
        return False
    return rulebook_of(case).offers(step.name) and concerns(db.session(), case, subject, actor)


def _is_open(subject: Subject, step: Step) -> bool:
    if subject.kind != step.kind:
        return TABLES[step.kind].outlives or not is_final(subject.kind, subject.stage)
    return subject.stage in step.leaves
