"""The ledger: lines hash-linked per place of a case, numbered without gaps, holding no person."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Text, Uuid, cast, select
from sqlalchemy.orm import Session

from tourism_odr.cases.models import CaseChange, Event, Place
from tourism_odr.db import snapshot
from tourism_odr.people.actor import Actor

# Every key that an event may hold.  Values are codes, ids, numbers of things, days or truth; see CODE.
FACT_KEYS = frozenset(
    {
        "answer", "authority", "basis", "channel", "clicked", "clock", "consent", "copy_of", "day", "document",
        "due", "edition", "ground", "kind", "late", "mediator", "method", "number", "pending", "place", "power",
        "reason", "respondent", "rule", "service", "setting", "sitting", "subject", "to", "version", "was_due", "files",
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
    """Append ``line`` to the chain of ``place``.  The caller holds the lock of the case.

    Whoever acts in a sitting is its actor; the sitting and the party that they act for stand in the line.
    """
    seat = line.by.seat
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
        party=line.party_id or (seat.party_id if seat else None),
        facts=checked(line.facts | ({"sitting": str(seat.id)} if seat else {})),
        digests=list(line.digests),
        previous=place.head,
    )
    event.hash = link(event)
    place.events, place.head = event.number, event.hash
    session.add(event)
    _note_change(session, place.case_id, line.at)
    return event


def _note_change(session: Session, case_id: UUID, at: datetime) -> None:
    """Work for what counts cases: one row a case and unit of work, however many lines it writes."""
    noted: set[UUID] = session.info.setdefault("changed_cases", set())
    if case_id not in noted:
        noted.add(case_id)
        session.add(CaseChange(id=uuid4(), case_id=case_id, at=at))


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


# Ids and JSON as text: making objects of them for every line takes three times as long as all the rest.
def stored(columns: Iterable[Any]) -> list[Any]:
    """Columns as the database keeps them."""
    return [cast(column, Text) if isinstance(column.type, Uuid | JSON) else column for column in columns]


quoted = json.encoder.encode_basestring_ascii


def link_of_stored(line: Any) -> str:
    """The same as ``link``, of a line with its columns ``stored``."""
    id_, case, place, number, subject, step, at, role, actor, party, facts, digests, previous, _hash = line
    return hashed(
        f'{{"actor":{_id(actor)},"at":"{at.isoformat(timespec="microseconds")}","case":{_id(case)},'
        f'"digests":{_json(digests)},"facts":{_json(facts)},"id":{_spelled(id_)},"number":{number},'
        f'"party":{_id(party)},"place":{_id(place)},"previous":{quoted(previous)},"role":{quoted(role)},'
        f'"step":{quoted(step)},"subject":{_id(subject)}}}'
    )


def _spelled(value: str | None) -> str:
    """An id in JSON; SQLite keeps ids without dashes."""
    if value is None:
        return "null"
    if "-" not in value:
        value = f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
    return quoted(value)


_id = lru_cache(maxsize=1024)(_spelled)  # neighbours are of one case, so most were just spelled


@lru_cache(maxsize=1024)
def _json(value: str) -> str:
    """JSON in its one form, whatever spaces and order the database keeps; what is no JSON fits no hash."""
    try:
        return json.dumps(json.loads(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    except ValueError:
        return ""


END: tuple[str, Iterable[Any]] = ("~", ())  # after every id


def verify_place(place: Any, lines: Iterable[Any]) -> Fault | int:
    """Check the chain of one place: its first fault, or how many lines it holds.  ``lines``: all, by number."""
    previous, expected = "", 0
    for expected, line in enumerate(lines, 1):
        if line.number != expected:
            return _fault(place.case_id, place.id, expected, "missing")
        if line.previous != previous:
            return _fault(place.case_id, place.id, expected, "not linked to the line before")
        if link_of_stored(line) != line.hash:
            return _fault(place.case_id, place.id, expected, "altered")
        previous = line.hash
    if place.events > expected:
        return _fault(place.case_id, place.id, expected + 1, "missing at the end")
    if place.events < expected:
        return _fault(place.case_id, place.id, place.events + 1, "added at the end")
    if place.head != previous:
        return _fault(place.case_id, place.id, expected, "altered")
    return expected


def _fault(case: str, place: str, number: int, what: str) -> Fault:
    return Fault(UUID(case), UUID(place), number, what)


def verify_all(session: Session, case_id: UUID | None = None) -> Iterator[Fault | int]:
    """Walk every chain (or those of one case): yields each fault, and at the end the number of lines read.

    Two streams in the same order, so that memory stays flat: the places, and all lines by place and number.
    """
    snapshot(session)
    places, lines = Place.__table__.c, Event.__table__.c
    chosen = select(*stored((places.id, places.case_id, places.events, places.head))).order_by(places.id)
    written = select(*stored(lines)).order_by(lines.place_id, lines.number)
    if case_id:
        chosen, written = chosen.where(places.case_id == case_id), written.where(lines.case_id == case_id)
    chains = groupby(session.execute(written.execution_options(yield_per=5000)), key=attrgetter("place_id"))
    waiting, events = next(chains, END)
    read = 0
    for place in session.execute(chosen).all():
        while waiting < place.id:
            yield _homeless(events)
            waiting, events = next(chains, END)
        found = verify_place(place, events if waiting == place.id else ())
        if waiting == place.id:
            waiting, events = next(chains, END)
        if isinstance(found, Fault):
            yield found
        else:
            read += found
    while waiting != END[0]:
        yield _homeless(events)
        waiting, events = next(chains, END)
    yield read


def _homeless(lines: Iterable[Any]) -> Fault:
    """Lines whose place is gone: nothing tells any more how many there should be."""
    first = next(iter(lines))
    return _fault(first.case_id, first.place_id, first.number, "its place is missing")
