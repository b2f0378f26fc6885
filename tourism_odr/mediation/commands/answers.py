"""What a respondent's people do: open the letter, answer, take or leave mediation, reply to an urging."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tourism_odr.cases import items, steps
from tourism_odr.cases.authority import ADMIT as ADMISSION
from tourism_odr.cases.authority import authority_of
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.items import StoredFile, Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Consent, Offer, OfferRecipient, Party, Place, Stand, Subject, Urge
from tourism_odr.cases.models.claim import STANDS
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.cases.places import open_place
from tourism_odr.cases.relations import party_of
from tourism_odr.db import unit_of_work
from tourism_odr.mediation.models import AnswerDraft
from tourism_odr.mediation.queries.answers import is_late
from tourism_odr.people.actor import Actor

AGREE, DENY, IN_PART = "agree", "deny", "in-part"
ADMIT, NOT_OURS = "admit", "not-our-customer"


@dataclass(frozen=True)
class FirstOffer:
    """Terms that come with the answer, to the tourist alone."""

    amount: Decimal
    terms: str
    pay_by: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Answer:
    """The whole answer of one respondent, as checked by its author."""

    respondent_id: UUID
    seen: int | None
    account: Words
    stands: Mapping[UUID, str]
    consent: bool
    whole: str | None = None  # when nothing is asked for that one could take a stand on
    files: tuple[StoredFile, ...] = ()
    offer: FirstOffer | None = None
    late_reason: str = ""


@dataclass(frozen=True)
class Reply:
    """Words and papers on one subject: why the tourist is no customer, what was done on an urging."""

    subject_id: UUID
    seen: int | None
    words: Words
    files: tuple[StoredFile, ...] = field(default=())


def open_letter(service_id: UUID, seen: int | None, *, by: Actor, at: datetime) -> None:
    """Open the served letter: the press of the button is the evidence of service."""
    with unit_of_work():
        steps.take(service_id, "service.open", by=by, at=at, seen=seen)


def save_draft(case_id: UUID, respondent_id: UUID, content: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Keep what was written so far, for its author only."""
    with unit_of_work() as session:
        if by.person_id is None:
            raise NotYoursError("nobody in person")
        row = session.scalars(_draft_of(respondent_id, by.person_id)).first()
        if row is None:
            row = AnswerDraft(case_id=case_id, respondent_id=respondent_id, person_id=by.person_id, content={})
            session.add(row)
        row.content, row.changed = content, at


def _draft_of(respondent_id: UUID, person_id: UUID | None) -> Any:
    return select(AnswerDraft).where(
        AnswerDraft.respondent_id == respondent_id, AnswerDraft.person_id == person_id
    )


def send_answer(command: Answer, *, by: Actor, at: datetime) -> None:
    """Lay answer, stands, consent, papers and a first offer into the case, all or nothing."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.respondent_id)
        party = session.get_one(Party, subject.id)
        party.answer = overall(command)
        party.late = is_late(session, subject, at)
        written = _write(session, case, subject, command, party.late, by, at)
        _consent(session, subject, command.consent, by, at)
        _stand(session, party, command, by, at)
        _forget_draft(session, subject.id, by)
        facts = {
            "answer": party.answer, "late": party.late, "consent": command.consent, "files": len(command.files),
        }  # fmt: skip
        steps.take(
            subject.id, "respondent.answer", by=by, at=at, seen=command.seen, party_id=subject.id,
            facts=facts, digests=written,
        )  # fmt: skip
        if command.offer:
            _offer(session, case, subject, command.offer, command.account.language, by, at)


def _stand(session: Session, party: Party, command: Answer, by: Actor, at: datetime) -> None:
    """The stand on each point.  Answering needs only the invitation, admitting a power: without one the answer's words
    say it and the point stays open until somebody who holds one agrees.  What is admitted in part is neither."""
    may_admit = authority_of(session, party, by, ADMISSION, at).suffices
    session.add_all(
        Stand(case_id=party.case_id, target_id=target, party_id=party.id, stand=stand, at=at)
        for target, stand in command.stands.items()
        if stand in STANDS and (stand != AGREE or may_admit)
    )


def overall(command: Answer) -> str:
    """Admitted when all of it is, denied when none of it is; else in part."""
    found = set(command.stands.values()) or {command.whole or DENY}
    if found <= {AGREE, ADMIT}:
        return ADMIT
    return DENY if found == {DENY} else IN_PART


def _write(
    session: Session, case: Case, subject: Subject, command: Answer, late: bool, by: Actor, at: datetime
) -> tuple[str, ...]:
    file = open_place(session, case.id, PlaceKind.FILE)
    texts = [command.account]
    if late and command.late_reason:
        texts.append(Words(command.late_reason, command.account.language))
    about: dict[str, Any] = {"by": by, "at": at, "party_id": subject.id, "subject_id": subject.id, "court": True}
    laid = [add_item(session, file, items.ANSWER, words=words, **about) for words in texts]
    laid += [add_item(session, file, items.FILE, file=stored, **about) for stored in command.files]
    return tuple(item.digest for item in laid)


def _consent(session: Session, subject: Subject, given: bool, by: Actor, at: datetime) -> None:
    session.add(
        Consent(
            case_id=subject.case_id, party_id=subject.id, kind="mediation", given=given,
            person_id=by.person_id, at=at,
        )
    )  # fmt: skip
    session.flush()


def _forget_draft(session: Session, respondent_id: UUID, by: Actor) -> None:
    session.execute(
        delete(AnswerDraft).where(
            AnswerDraft.respondent_id == respondent_id, AnswerDraft.person_id == by.person_id
        )
    )


def _offer(
    session: Session, case: Case, subject: Subject, first: FirstOffer, language: str, by: Actor, at: datetime
) -> None:
    """The first offer goes to the tourist directly; mediation may not even be wanted."""
    place = open_place(session, case.id, PlaceKind.DIRECT, party_id=subject.id)
    offered = steps.begin(session, case.id, "offer", place, at)
    card = add_item(
        session, place, items.CARD, by=by, at=at, words=Words(first.terms, language), party_id=subject.id,
        subject_id=offered.id,
    )  # fmt: skip
    session.add(
        Offer(
            id=offered.id, case_id=case.id, item_id=card.id, party_id=subject.id, respondent_id=subject.id,
            amount=first.amount, currency=case.currency, pay_by=first.pay_by,
        )
    )  # fmt: skip
    session.flush()
    to = select(Party.id).where(Party.case_id == case.id, Party.side == COMPLAINANT)
    session.add_all(OfferRecipient(offer_id=offered.id, party_id=one) for one in session.scalars(to))
    session.flush()
    days = {"offer-validity": first.until} if first.until else None
    steps.take(
        offered.id, "offer.make", by=by, at=at, party_id=subject.id, digests=(card.digest,), days=days
    )


def say_not_our_customer(command: Reply, *, by: Actor, at: datetime) -> None:
    """The tourist is not this respondent's customer: the officer and the tourist read why."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.subject_id)
        party = session.get_one(Party, subject.id)
        party.answer, party.late = NOT_OURS, is_late(session, subject, at)
        answer = Answer(subject.id, command.seen, command.words, {}, consent=False, files=command.files)
        written = _write(session, case, subject, answer, False, by, at)
        _forget_draft(session, subject.id, by)
        steps.take(
            subject.id, "respondent.not-our-customer", by=by, at=at, seen=command.seen, party_id=subject.id,
            facts={"answer": NOT_OURS, "late": party.late, "files": len(command.files)}, digests=written,
        )  # fmt: skip


def answer_invitation(
    respondent_id: UUID, seen: int | None, *, accept: bool, by: Actor, at: datetime
) -> None:
    """Take or leave the invitation to mediate; what was said is a row of its own."""
    with unit_of_work() as session:
        _case, subject = steps.lock(session, respondent_id)
        _consent(session, subject, accept, by, at)
        name = "respondent.accept-invitation" if accept else "respondent.decline-invitation"
        steps.take(subject.id, name, by=by, at=at, seen=seen, party_id=subject.id, facts={"consent": accept})


def reply_to_urging(command: Reply, *, by: Actor, at: datetime) -> None:
    """Tell the supervising body what was done on its urging, with papers if there are any."""
    with unit_of_work() as session:
        case, subject = steps.lock(session, command.subject_id)
        urge = session.get_one(Urge, subject.id)
        place = session.get_one(Place, subject.place_id)
        party = party_of(session, case.id, by)
        about: dict[str, Any] = {"by": by, "at": at, "party_id": party.id if party else None, "subject_id": subject.id}
        words = add_item(session, place, items.LETTER, words=command.words, **about)
        files = [add_item(session, place, items.FILE, file=stored, **about) for stored in command.files]
        urge.reply_id = words.id
        steps.take(
            subject.id, "urge.reply", by=by, at=at, seen=command.seen, party_id=about["party_id"],
            facts={"files": len(files)}, digests=tuple(item.digest for item in (words, *files)),
        )  # fmt: skip
