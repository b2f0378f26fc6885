"""What only the tourist decides: adding what was missing, taking back, and how to go on with each respondent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError
from tourism_odr.cases.items import FILE, STATEMENT, StoredFile, Words, add_item
from tourism_odr.cases.lifecycle import STEPS, PlaceKind
from tourism_odr.cases.models import Party, Place, Subject
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.cases.places import open_place
from tourism_odr.cases.relations import party_of
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.text import N_, M

THEY_PAID = "they-paid"
SETTLE = "respondent.settle"
REASONS = {
    THEY_PAID: N_("They paid, or we settled it ourselves"),
    "no-longer": N_("I do not want to go on"),
    "other-way": N_("I take another way, such as a court or arbitration"),
    "mistake": N_("I complained by mistake, or twice"),
    "other": N_("Another reason"),
}
CHOICES = ("respondent.ask-reminder", "respondent.invite", "respondent.choose-termination", SETTLE)


@dataclass(frozen=True)
class SendSupplement:
    """What was missing: words and files for the case file, or for the complaint body alone."""

    case_id: UUID
    seen: int | None
    words: Words | None
    files: Sequence[StoredFile] = ()
    body_only: bool = False


@dataclass(frozen=True)
class WithdrawComplaint:
    """The complaint is taken back, with the reason."""

    case_id: UUID
    seen: int | None
    reason: str
    words: Words | None = None
    code_checked: bool = False


@dataclass(frozen=True)
class ChooseFor:
    """How to go on with one respondent: one of ``CHOICES``."""

    case_id: UUID
    subject_id: UUID
    step: str
    seen: int | None
    code_checked: bool = False


def send_supplement(command: SendSupplement, *, by: Actor, at: datetime) -> None:
    """Lay down what was missing and give the complaint back to the body."""
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        party = _own_party(session, command.case_id, by)
        kind = PlaceKind.TRIAGE if command.body_only else PlaceKind.FILE
        place = open_place(session, command.case_id, kind)
        digests = _lay(session, place, command.words, command.files, party, by, at)
        if not command.body_only:
            steps.take(command.case_id, "case.add-evidence", by=by, at=at, place_id=place.id, party_id=party.id,
                       digests=digests)  # fmt: skip
            digests = ()
        steps.take(command.case_id, "case.supplement", by=by, at=at, seen=command.seen, digests=digests,
                   facts={"files": len(command.files)})  # fmt: skip


def withdraw_complaint(command: WithdrawComplaint, *, by: Actor, at: datetime) -> None:
    """Take the complaint back; where "they paid", each respondent that was served ends as settled by the parties."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.case_id)
        if subject.version != command.seen:
            raise MovedOnError(subject.id, "case.withdraw", subject.stage)
        party = _own_party(session, case.id, by)
        papers = {"code_checked": command.code_checked, "reason": M(REASONS[command.reason])}
        digests = _lay(session, open_place(session, case.id, PlaceKind.TRIAGE), command.words, (), party, by, at)
        if command.reason == THEY_PAID:
            _settle_all(session, case.id, by, at, papers)
        if subject.stage in STEPS["case.withdraw"].leaves:
            steps.take(case.id, "case.withdraw", by=by, at=at, seen=subject.version, digests=digests, papers=papers,
                       facts={"reason": command.reason})  # fmt: skip


def choose_for(command: ChooseFor, *, by: Actor, at: datetime) -> None:
    """One reminder, an invitation to mediate, an end, or settled by the parties: for this respondent alone."""
    if command.step not in CHOICES:
        raise NotYoursError(f"{command.step} is no choice of the tourist")
    with unit_of_work() as session:
        steps.lock(session, command.case_id)
        subject = session.get(Subject, command.subject_id)
        if subject is None or subject.case_id != command.case_id:
            raise NotYoursError("no such respondent in this case")
        steps.take(subject.id, command.step, by=by, at=at, seen=command.seen,
                   papers={"code_checked": command.code_checked})  # fmt: skip


def _settle_all(session: Session, case_id: UUID, by: Actor, at: datetime, papers: dict[str, object]) -> None:
    served = select(Subject).join(Party, Party.id == Subject.id)
    served = served.where(Party.case_id == case_id, Party.side == RESPONDENT).order_by(Party.number)
    for subject in session.scalars(served).all():
        if subject.stage in STEPS[SETTLE].leaves:
            steps.take(subject.id, SETTLE, by=by, at=at, seen=subject.version, papers=papers)


def _own_party(session: Session, case_id: UUID, by: Actor) -> Party:
    party = party_of(session, case_id, by)
    if party is None:
        raise NotYoursError("no party of this case")
    return party


def _lay(
    session: Session, place: Place, words: Words | None, files: Sequence[StoredFile], party: Party, by: Actor, at: datetime
) -> tuple[str, ...]:
    session.flush()
    items = [add_item(session, place, STATEMENT, by=by, at=at, words=words, party_id=party.id, court=True)] if words else []
    items += [add_item(session, place, FILE, by=by, at=at, file=file, party_id=party.id, court=True) for file in files]
    return tuple(item.digest for item in items)
