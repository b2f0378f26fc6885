"""The ledger: lines hash-linked per place of a case, numbered without gaps, holding no person."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.models import Event, Place
from tourism_odr.people.actor import Actor

# Every key that an event may hold.  Values are codes, ids, numbers of things, days or truth; see CODE.
FACT_KEYS = frozenset(
    {
        "answer", "authority", "basis", "channel", "clicked", "clock", "consent", "copy_of", "day", "document",
        "due", "edition", "ground", "kind", "late", "mediator", "method", "number", "pending", "place", "power",
        "reason", "respondent", "rule", "service", "setting", "subject", "to", "version", "was_due", "files",
    }
)  # fmt: skip
CODE = re.compile(r"[A-Za-z0-9_.,:;@+/-]{0,200}")


class PersonInLedgerError(ValueError):
    """Somebody tried to write into the ledger what only erasable rows may hold."""


def checked(facts: Mapping[str, Any]) -> dict[str, Any]:
    """``facts`` when every key is declared and every value a code; raises ``PersonInLedgerError`` otherwise."""
    for key, value in facts.items():
        if key not in FACT_KEYS:
            raise PersonInLedgerError(f"event key {key!r} is not declared")
        if not isinstance(value, bool | int) and not (isinstance(value, str) and CODE.fullmatch(value)):
            raise PersonInLedgerError(f"event value of {key!r} is not a code")
    return dict(facts)


@dataclass(frozen=True)
class Line:
    """What goes into one line beside the chain itself."""

    subject_id: UUID
    step: str
    at: datetime
    by: Actor
    party_id: UUID | None
    facts: dict[str, Any]
    digests: tuple[str, ...]


def write(session: Session, place: Place, line: Line) -> Event:
    """Append ``line`` to the chain of ``place``.  The caller holds the lock of the case."""
    event = Event(
        id=uuid4(),
        case_id=place.case_id,
        place_id=place.id,
        number=place.events + 1,
        subject_id=line.subject_id,
        step=line.step,
        at=line.at,
        role=line.by.role.value,
        actor=line.by.person_id,
        party=line.party_id,
        facts=checked(line.facts),
        digests=list(line.digests),
        previous=place.head,
    )
    event.hash = link(event)
    place.events, place.head = event.number, event.hash
    session.add(event)
    return event


def link(event: Any) -> str:
    """The hash of one line over the one before it: SHA-256 of canonical JSON, hexadecimal."""
    return hashed(canonical(event))


def canonical(event: Any) -> str:
    """What of a line is hashed, in the one form in which it can be written."""
    body = {
        "id": str(event.id),
        "case": str(event.case_id),
        "place": str(event.place_id),
        "number": event.number,
        "subject": str(event.subject_id),
        "step": event.step,
        "at": event.at.isoformat(timespec="microseconds"),
        "role": event.role,
        "actor": str(event.actor) if event.actor else None,
        "party": str(event.party) if event.party else None,
        "facts": event.facts,
        "digests": event.digests,
        "previous": event.previous,
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def hashed(text: str) -> str:
    """SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_text(salt: str, parts: Sequence[str]) -> str:
    """The salted digest of an item: what the ledger keeps of words that may be erased."""
    framed = json.dumps([salt, *parts], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(framed.encode()).hexdigest()


@dataclass(frozen=True)
class Fault:
    """The first bad line of a place: which, and what is wrong with it."""

    case_id: UUID
    place_id: UUID
    number: int
    what: str


def verify_place(place: Any, events: Iterable[Any]) -> Fault | int:
    """Check the chain of one place: its first fault, or how many lines it holds.  ``events``: all, by number."""
    previous, expected = "", 0
    for expected, event in enumerate(events, 1):
        if event.number != expected:
            return Fault(place.case_id, place.id, expected, "missing")
        if event.previous != previous:
            return Fault(place.case_id, place.id, expected, "not linked to the line before")
        if link(event) != event.hash:
            return Fault(place.case_id, place.id, expected, "altered")
        previous = event.hash
    if place.events > expected:
        return Fault(place.case_id, place.id, expected + 1, "missing at the end")
    if place.events < expected:
        return Fault(place.case_id, place.id, place.events + 1, "added at the end")
    if place.head != previous:
        return Fault(place.case_id, place.id, expected, "altered")
    return expected


def verify_all(session: Session, case_id: UUID | None = None) -> Iterator[Fault | int]:
    """Walk every chain (or those of one case): yields each fault, and at the end the number of lines read.

    Two streams in the same order, so that memory stays flat: the places, and all lines by place and number.
    """
    places, lines = Place.__table__, Event.__table__
    chosen = select(places.c.id, places.c.case_id, places.c.events, places.c.head).order_by(places.c.id)
    written = select(lines).order_by(lines.c.place_id, lines.c.number)
    if case_id:
        chosen, written = chosen.where(places.c.case_id == case_id), written.where(lines.c.case_id == case_id)
    chains = groupby(session.execute(written.execution_options(yield_per=5000)), key=lambda e: e.place_id)
    waiting = next(chains, None)
    read = 0
    for place in session.execute(chosen).all():
        while waiting and waiting[0] < place.id:
            yield _homeless(waiting[1])
            waiting = next(chains, None)
        events: Iterable[Any] = ()
        if waiting and waiting[0] == place.id:
            events = list(waiting[1])
            waiting = next(chains, None)
        found = verify_place(place, events)
        if isinstance(found, Fault):
            yield found
        else:
            read += found
    while waiting:
        yield _homeless(waiting[1])
        waiting = next(chains, None)
    yield read


def _homeless(events: Iterable[Any]) -> Fault:
    """Lines whose place is gone: nothing tells any more how many there should be."""
    first = next(iter(events))
    return Fault(first.case_id, first.place_id, first.number, "its place is missing")
