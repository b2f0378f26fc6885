"""One step being taken: what the parts of the door hand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tourism_odr.cases.lifecycle.declare import Step
from tourism_odr.cases.models import Case, Clock, Event, Place, Subject
from tourism_odr.people.actor import Actor


@dataclass
class Move:
    """A step on its way: the rows that it concerns, who takes it, and what the command said beside."""

    session: Session
    case: Case
    subject: Subject
    step: Step
    by: Actor
    at: datetime
    clicked: datetime  # when the person clicked; differs from ``at`` for a step that waited for its undo time
    party_id: UUID | None = None  # for whom
    place_id: UUID | None = None  # for steps whose table says "given"
    facts: dict[str, Any] = field(default_factory=dict)
    digests: tuple[str, ...] = ()
    days: Mapping[str, date] = field(default_factory=dict)  # clock -> the day that a person set
    params: dict[str, Any] = field(default_factory=dict)  # for notices, frozen
    papers: Mapping[str, Any] = field(default_factory=dict)  # for documents: what only the command knows
    places: list[Place] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    started: list[Clock] = field(default_factory=list)

    @property
    def event(self) -> Event:
        """The line that this step wrote first."""
        return self.events[0]
