"""What people do with the time of a case: let it stand still, let it run on, propose more of it, consent to that."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from tourism_odr.cases import items, pausing, steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.extending import ORDER, Extendable, extendable
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Clock, Extension, ExtensionConsent, Pause, Subject
from tourism_odr.cases.places import open_place
from tourism_odr.cases.relations import party_of, watches
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.rulebooks import local_zone
from tourism_odr.rulebooks.terms import PAUSES
from tourism_odr.text import M

BEGIN = "pause.begin"


@dataclass(frozen=True)
class BeginPause:
    """The time of one subject stands still from a day on: for what, what is appraised, and the paper that shows it."""

    case_id: UUID
    about_id: UUID
    reason: str
    first: date
    words: Words
    papers: tuple[StoredFile, ...]


@dataclass(frozen=True)
class EndPause:
    """The time runs on: ``last`` is the last day that does not count; ``papers`` show that it is over."""

    case_id: UUID
    pause_id: UUID
    seen: int
    last: date
    papers: tuple[StoredFile, ...] = ()


@dataclass(frozen=True)
class AskForTime:
    """So many more days or months for one clock, and why."""

    case_id: UUID
    clock_id: UUID
    count: int
    words: Words
    code_checked: bool = False


@dataclass(frozen=True)
class AnswerForTime:
    """A party's own answer to a proposal of more time; or its proposer takes it back."""

    case_id: UUID
    extension_id: UUID
    step: str
    seen: int
    code_checked: bool = False


def begin_pause(command: BeginPause, *, by: Actor, at: datetime) -> UUID:
    """Halt the clocks; what is appraised and the paper lie in the file, where both sides read them."""
    with unit_of_work() as session:
        case, about = _enter(session, command.case_id, command.about_id, by)
        zone = local_zone(case.jurisdiction)
        offered = next((one for one in pausing.pausable(session, case, by, at) if one.subject.id == about.id), None)
        if offered is None or command.reason not in offered.reasons:
            raise MovedOnError(about.id, BEGIN, about.stage)
        if not command.papers:
            raise RefusedError(M("Add the paper that shows it."))
        pausing.check_first(session, offered, command.first, at, zone)
        file = open_place(session, case.id, PlaceKind.FILE)
        words = items.add_item(session, file, items.LETTER, by=by, at=at, words=command.words, subject_id=about.id)
        digests = (words.digest, *_lay(session, case, command.papers, by, at))
        pause = steps.begin(session, case.id, "pause", file, at)
        session.add(
            Pause(
                id=pause.id, case_id=case.id, about_id=about.id, reason=command.reason, first=command.first,
                last=None, entered_at=at, item_id=words.id,
            )
        )  # fmt: skip
        session.flush()
        steps.take(
            pause.id, BEGIN, by=by, at=at, digests=digests, facts={"reason": command.reason, "kind": about.kind},
            params={"day": command.first.isoformat(), "title": PAUSES[command.reason]},
        )  # fmt: skip
        return pause.id


def end_pause(command: EndPause, *, by: Actor, at: datetime) -> None:
    """Count anew without the days of the pause."""
    with unit_of_work() as session:
        case, pause = _pause(session, command.case_id, command.pause_id)
        subject = session.get_one(Subject, pause.id)
        if subject.version != command.seen:
            raise MovedOnError(pause.id, "pause.end", subject.stage)
        pause.last = command.last
        pausing.check_last(session, pause, at, local_zone(case.jurisdiction))
        digests = _lay(session, case, command.papers, by, at)
        steps.take(
            pause.id, "pause.end", by=by, at=at, seen=command.seen, digests=digests, facts={"reason": pause.reason},
            params={"day": command.last.isoformat(), "title": PAUSES[pause.reason]},
        )  # fmt: skip


def undo_pause(case_id: UUID, pause_id: UUID, seen: int, *, by: Actor, at: datetime) -> None:
    """Begun by mistake: the clocks run as they did; both sides are told that too."""
    with unit_of_work() as session:
        _, pause = _pause(session, case_id, pause_id)
        steps.take(pause.id, "pause.undo", by=by, at=at, seen=seen, facts={"reason": pause.reason})


def ask_for_time(command: AskForTime, *, by: Actor, at: datetime) -> UUID:
    """Propose more time to every party, or decide on it where the law says so; a party that proposes has consented."""
    with unit_of_work() as session:
        case, offered = _offered(session, command, by, at)
        if not 1 <= command.count <= offered.allowed.count:
            raise RefusedError(M("Enter a number from 1 to %(most)s.", most=offered.allowed.count))
        party = party_of(session, case.id, by)
        file = open_place(session, case.id, PlaceKind.FILE)
        words = items.add_item(
            session, file, items.LETTER, by=by, at=at, words=command.words, party_id=party.id if party else None
        )
        asked = steps.begin(session, case.id, "extension", file, at)
        session.add(
            Extension(
                id=asked.id, case_id=case.id, about_id=offered.subject.id, clock_id=offered.clock.id,
                by=offered.allowed.by, count=command.count, unit=offered.allowed.unit, role=by.role.value,
                person_id=by.person_id, party_id=party.id if party else None, item_id=words.id,
            )
        )  # fmt: skip
        session.flush()
        for one in offered.consents:
            said = party is not None and one.id == party.id
            session.add(
                ExtensionConsent(
                    id=uuid4(), extension_id=asked.id, case_id=case.id, party_id=one.id, given=True if said else None,
                    person_id=by.person_id if said else None, at=at if said else None,
                )
            )  # fmt: skip
        session.flush()
        steps.take(
            asked.id, offered.step, by=by, at=at, party_id=party.id if party else None, digests=(words.digest,),
            facts={"basis": offered.allowed.by, "number": command.count},
            params={"title": offered.clock.derivation["title"]}, papers={"code_checked": command.code_checked},
        )  # fmt: skip
        return asked.id


def answer_for_time(command: AnswerForTime, *, by: Actor, at: datetime) -> None:
    """Consent, decline or take back; the last consent makes the time longer at once."""
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        extension = session.get(Extension, command.extension_id)
        if extension is None or extension.case_id != command.case_id:
            raise NotYoursError("no such proposal in this case")
        party = party_of(session, command.case_id, by)
        title = session.get_one(Clock, extension.clock_id).derivation["title"]
        steps.take(
            extension.id, command.step, by=by, at=at, seen=command.seen, party_id=party.id if party else None,
            params={"title": title}, papers={"code_checked": command.code_checked},
        )  # fmt: skip


def _enter(session: Session, case_id: UUID, about_id: UUID, by: Actor) -> tuple[Case, Subject]:
    """Lock the case; the subject is one of it, and its time the actor's to know."""
    case, _ = steps.lock(session, case_id)
    about = session.get(Subject, about_id)
    if about is None or about.case_id != case.id or not watches(session, case, about, by):
        raise NotYoursError("no such time in this case")
    return case, about


def _offered(session: Session, command: AskForTime, by: Actor, at: datetime) -> tuple[Case, Extendable]:
    clock = session.get(Clock, command.clock_id)
    if clock is None or clock.case_id != command.case_id:
        raise NotYoursError("no such clock in this case")
    case, about = _enter(session, command.case_id, clock.subject_id, by)
    found = next((one for one in extendable(session, case, by, at) if one.clock.id == clock.id), None)
    if found is None:
        raise MovedOnError(about.id, ORDER, about.stage)
    return case, found


def _pause(session: Session, case_id: UUID, pause_id: UUID) -> tuple[Case, Pause]:
    case, _ = steps.lock(session, case_id)
    pause = session.get(Pause, pause_id)
    if pause is None or pause.case_id != case.id:
        raise NotYoursError("no such pause in this case")
    return case, pause


def _lay(session: Session, case: Case, papers: tuple[StoredFile, ...], by: Actor, at: datetime) -> tuple[str, ...]:
    """Papers lie in the file, where both sides read them, and may go to a court."""
    file = open_place(session, case.id, PlaceKind.FILE)
    return tuple(items.add_item(session, file, items.FILE, by=by, at=at, file=paper, court=True).digest for paper in papers)

