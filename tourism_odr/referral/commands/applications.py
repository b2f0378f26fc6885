"""Applications beside the case: asked for, opened, written, sent, and what came back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import items, steps
from tourism_odr.cases.applying import LETTERS
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.items import StoredFile, Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind, open_stages
from tourism_odr.cases.models import Application, ApplicationFile, Evidence, Item, Party, Place, Subject
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.cases.places import open_place
from tourism_odr.cases.relations import party_of
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import M

CHINESE = "zh-Hans"  # the language in which a body writes officially
OPEN_TO_COURT = (PlaceKind.TRIAGE, PlaceKind.FILE)  # nothing of a room, a talk or a caucus is ever offered


@dataclass(frozen=True)
class Begin:
    """What is applied for, about whom; the words of whoever asks."""

    case_id: UUID
    sort: str
    respondent_id: UUID
    words: Words | None = None


@dataclass(frozen=True)
class Letter:
    """What the letter says and to whom it goes."""

    application_id: UUID
    seen: int
    receiver: str
    receiver_en: str
    receiver_id: UUID | None
    ground: str
    account: str
    account_en: str
    files: tuple[UUID, ...]
    amount: Decimal | None = None
    rests_on: str | None = None
    verified_on: date | None = None


@dataclass(frozen=True)
class Dispatch:
    """When and how the letter left, and what proves it."""

    application_id: UUID
    seen: int
    day: date
    way: str
    proof: str
    paper: StoredFile | None = None


@dataclass(frozen=True)
class Receipt:
    """When the receiver confirmed, and under which number."""

    application_id: UUID
    seen: int
    day: date
    number: str


@dataclass(frozen=True)
class Decided:
    """The decision as it came, and what of it the tourist may be told."""

    application_id: UUID
    seen: int
    day: date
    outcome: str
    words: str
    told: str
    paper: StoredFile | None = None


def ask(command: Begin, *, by: Actor, at: datetime) -> UUID:
    """The tourist asks; the body sends the application or says why not."""
    return _begin(command, "application.ask", by, at)


def open_application(command: Begin, *, by: Actor, at: datetime) -> UUID:
    """The body opens one of its own motion."""
    return _begin(command, "application.open", by, at)


def _begin(command: Begin, step: str, by: Actor, at: datetime) -> UUID:
    with unit_of_work() as session:
        case, _ = steps.lock(session, command.case_id)
        _refuse_strangers(session, case.id, command.respondent_id)
        _refuse_twice(session, command)
        place = open_place(session, case.id, PlaceKind.TRIAGE)
        subject = steps.begin(session, case.id, "application", place, at, desk=case.body_id)
        asker = party_of(session, case.id, by)
        said = _say(session, place, subject, command.words, by, at)
        row = Application(
            id=subject.id, case_id=case.id, sort=command.sort, respondent_id=command.respondent_id, currency=case.currency,
            asked_id=said.id if said else None,
        )  # fmt: skip
        session.add(row)
        session.flush()
        steps.take(
            subject.id, step, by=by, at=at, party_id=asker.id if asker else None, digests=(said.digest,) if said else (),
            facts={"kind": command.sort, "respondent": str(command.respondent_id)},
        )  # fmt: skip
        return subject.id


def _refuse_strangers(session: Session, case_id: UUID, respondent_id: UUID) -> None:
    party = session.get(Party, respondent_id)
    if party is None or party.case_id != case_id or party.side != RESPONDENT:
        raise NotYoursError("no respondent of this case")


def _refuse_twice(session: Session, command: Begin) -> None:
    """One open application of a sort about a respondent is enough; two letters would cross."""
    same = select(Subject).join(Application, Application.id == Subject.id).where(
        Application.case_id == command.case_id, Application.sort == command.sort,
        Application.respondent_id == command.respondent_id, Subject.stage.in_(open_stages("application")),
    )  # fmt: skip
    if session.scalars(same).first() is not None:
        raise RefusedError(M("Such an application is open already. Follow that one."))


def _say(session: Session, place: Place, subject: Subject, words: Words | None, by: Actor, at: datetime) -> Item | None:
    if words is None or not words.body:
        return None
    return add_item(session, place, items.LETTER, by=by, at=at, words=words, subject_id=subject.id)


def decline(application_id: UUID, seen: int, reason: str, *, by: Actor, at: datetime) -> None:
    """The body does not send it, and tells the tourist why."""
    with unit_of_work() as session:
        row, place, subject = _of(session, application_id)
        said = add_item(session, place, items.LETTER, by=by, at=at, words=Words(reason, CHINESE), subject_id=subject.id)
        row.told_id = said.id
        steps.take(subject.id, "application.decline", by=by, at=at, seen=seen, digests=(said.digest,))


def write_letter(command: Letter, *, by: Actor, at: datetime) -> None:
    """The letter with its list of evidence is issued; its words lie inside the body."""
    with unit_of_work() as session:
        row, _, subject = _of(session, command.application_id)
        step = LETTERS[row.sort]
        row.receiver, row.receiver_en, row.receiver_id = command.receiver, command.receiver_en, command.receiver_id
        row.ground, row.amount = command.ground, command.amount
        row.rests_on, row.verified_on = command.rests_on, command.verified_on
        written = _inside(session, row.case_id, command.account, by, at, subject.id)
        row.letter_id = written.id
        allowed = {one.item_id for one in evidence_for(session, row.case_id)}
        if not set(command.files) <= allowed:
            raise NotYoursError("a file that may not go along")
        session.add_all(ApplicationFile(id=uuid4(), application_id=row.id, item_id=one) for one in command.files)
        session.flush()
        account = {"zh": command.account, "en": command.account_en}
        steps.take(
            subject.id, step, by=by, at=at, seen=command.seen, digests=(written.digest,),
            facts={"ground": command.ground, "files": len(command.files)}, papers={"account": account},
        )  # fmt: skip


def evidence_for(session: Session, case_id: UUID) -> list[Evidence]:
    """The files that may go along: of triage and file, and marked as open to a court when they were written."""
    wanted = select(Evidence).join(Item, Item.id == Evidence.item_id).join(Place, Place.id == Item.place_id)
    wanted = wanted.where(Item.case_id == case_id, Place.kind.in_([kind.value for kind in OPEN_TO_COURT]), Item.court)
    return list(session.scalars(wanted.order_by(Item.at, Item.number)))


def dispatch(command: Dispatch, *, by: Actor, at: datetime) -> None:
    """The letter has left, with its proof."""
    with unit_of_work() as session:
        row, _, subject = _of(session, command.application_id)
        row.sent_on, row.sent_by, row.sent_proof = command.day, command.way, command.proof
        kept = _keep(session, row, command.paper, by, at)
        row.proof_id = kept.id if kept else None
        steps.take(
            subject.id, "application.dispatch", by=by, at=at, seen=command.seen, digests=(kept.digest,) if kept else (),
            facts={"method": command.way, "day": command.day.isoformat()},
        )  # fmt: skip


def record_receipt(command: Receipt, *, by: Actor, at: datetime) -> None:
    """The competent body has it."""
    with unit_of_work() as session:
        row, _, subject = _of(session, command.application_id)
        row.received_on, row.receipt = command.day, command.number
        facts = {"day": command.day.isoformat()}
        steps.take(subject.id, "application.record-receipt", by=by, at=at, seen=command.seen, facts=facts)


def record_decision(command: Decided, *, by: Actor, at: datetime) -> None:
    """The decision stays inside the body; what the tourist may be told lies where the tourist reads it."""
    with unit_of_work() as session:
        row, place, subject = _of(session, command.application_id)
        kept = _keep(session, row, command.paper, by, at)
        decision = _inside(session, row.case_id, command.words, by, at, subject.id)
        told = add_item(session, place, items.LETTER, by=by, at=at, words=Words(command.told, CHINESE), subject_id=subject.id)
        row.outcome, row.decided_on = command.outcome, command.day
        row.decision_id, row.told_id = decision.id, told.id
        written = [one.digest for one in (decision, told, kept) if one]
        facts = {"reason": command.outcome, "day": command.day.isoformat()}
        steps.take(
            subject.id, "application.record-decision", by=by, at=at, seen=command.seen, facts=facts, digests=tuple(written)
        )


def _of(session: Session, application_id: UUID) -> tuple[Application, Place, Subject]:
    """The application, the place in which it lies, and where it stands; its case is locked."""
    _, subject = steps.lock(session, application_id)
    row = session.get(Application, application_id)
    if row is None:
        raise MovedOnError(subject.id, "application.open", subject.stage)
    return row, session.get_one(Place, subject.place_id), subject


def _inside(session: Session, case_id: UUID, body: str, by: Actor, at: datetime, subject_id: UUID) -> Item:
    place = open_place(session, case_id, PlaceKind.INSIDE, organisation_id=by.organisation_id)
    return add_item(session, place, items.LETTER, by=by, at=at, words=Words(body, CHINESE), subject_id=subject_id)


def _keep(session: Session, row: Application, paper: StoredFile | None, by: Actor, at: datetime) -> Item | None:
    if paper is None:
        return None
    place = open_place(session, row.case_id, PlaceKind.INSIDE, organisation_id=by.organisation_id)
    return add_item(session, place, items.FILE, by=by, at=at, file=paper, subject_id=row.id)
