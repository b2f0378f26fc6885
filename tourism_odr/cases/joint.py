"""What steps do to joint applications for confirmation: planning, seating, signing, withdrawing; and whereto they lead."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.authority import SIGN, authority_of
from tourism_odr.cases.confirming import all_applied, all_withdrew, applicant_of, application_of, courts_for
from tourism_odr.cases.lifecycle import NEW, PlaceKind
from tourism_odr.cases.models import (
    Agreement,
    Applicant,
    Confirmation,
    Filing,
    Offer,
    Party,
    Place,
    Signature,
    Subject,
)
from tourism_odr.cases.models.agreement import AT_ONCE, BY_DAY_25
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.cases.move import Move
from tourism_odr.cases.places import admit_once, new_place
from tourism_odr.cases.relations import party_of
from tourism_odr.clock import local_day
from tourism_odr.people.roles import Role


def plan(session: Session, agreement: Agreement, court_id: UUID, submission: str, at: datetime) -> Confirmation:
    """Write down an application on this text: a place of its own, one line a signer, one digest for all."""
    place = new_place(session, agreement.case_id, PlaceKind.COURT)
    session.flush()
    subject = Subject(
        id=uuid4(), case_id=agreement.case_id, kind="confirmation", place_id=place.id, stage=NEW, version=0, created=at
    )
    session.add(subject)
    session.flush()
    signers = sorted(session.scalars(select(Signature.party_id).where(Signature.agreement_id == agreement.id)))
    row = Confirmation(
        id=subject.id, case_id=agreement.case_id, agreement_id=agreement.id, court_id=court_id, submission=submission,
        digest=text_digest(agreement, subject.id, court_id, submission, signers), grounds=[],
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add_all(Applicant(id=uuid4(), confirmation_id=row.id, party_id=one) for one in signers)
    session.flush()
    return row


def text_digest(agreement: Agreement, subject_id: UUID, court_id: UUID, submission: str, signers: list[UUID]) -> str:
    """What an applicant's signature binds to: which text, which court, when to submit, and who applies."""
    content = {
        "application": str(subject_id),
        "agreement": str(agreement.id),
        "edition": agreement.edition,
        "text": agreement.digest or "",
        "court": str(court_id),
        "submission": submission,
        "applicants": [str(one) for one in signers],
    }
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


# -- effects ---------------------------------------------------------------------------------------------------


def _plan_application(move: Move) -> None:
    """With the text the joint application is fixed, where the sides are to be asked and a court takes it."""
    agreement = move.session.get_one(Agreement, move.subject.id)
    courts = {court.id for court in courts_for(move.session, move.case, agreement, local_day(move.at))}
    if agreement.joint_confirmation and agreement.court_id in courts:
        plan(move.session, agreement, agreement.court_id, agreement.submission or BY_DAY_25, move.at)


def _seat_applicants(move: Move) -> None:
    """Until the submission only those who apply read the place of the application."""
    place = move.session.get_one(Place, move.subject.place_id)
    wanted = select(Party).join(Applicant, Applicant.party_id == Party.id)
    for party in move.session.scalars(wanted.where(Applicant.confirmation_id == move.subject.id)).all():
        principal = party.person_id if party.side == COMPLAINANT else party.organisation_id
        if principal:
            admit_once(move.session, place, principal, move.at)


def _put_application_signature(move: Move) -> None:
    """The signature binds to the digest of the application, by a person, for a party, under a power."""
    line = applicant_of(move)
    party = move.session.get_one(Party, line.party_id)
    own = party.person_id == move.by.person_id
    power = None if own else authority_of(move.session, party, move.by, SIGN, move.clicked).power
    line.signed_at, line.person_id = move.clicked, move.by.person_id
    line.digest = move.session.get_one(Confirmation, move.subject.id).digest
    line.power_id = power.id if power else None
    move.session.flush()


def _take_application_back(move: Move) -> None:
    """Whoever takes the signature under the agreement back has not signed the application either."""
    party = party_of(move.session, move.case.id, move.by)
    found = application_of(move.session, move.subject.id)
    if found is None or party is None:
        return
    lines = select(Applicant).where(Applicant.confirmation_id == found[0].id, Applicant.party_id == party.id)
    for line in move.session.scalars(lines):
        line.signed_at = line.person_id = line.power_id = line.digest = None


def _seat_confirming_court(move: Move) -> None:
    """From the submission on the court reads the place of this application, and it lies on the court's desk."""
    row = move.session.get_one(Confirmation, move.subject.id)
    place = move.session.get_one(Place, move.subject.place_id)
    move.subject.desk_id = row.court_id
    for role in (Role.CLERK, Role.JUDGE):
        admit_once(move.session, place, row.court_id, move.at, role=role)


def _put_withdrawal(move: Move) -> None:
    applicant_of(move).withdrawn_at = move.clicked
    move.session.flush()


EFFECTS: dict[str, Callable[[Move], None]] = {
    "plan-application": _plan_application,
    "seat-applicants": _seat_applicants,
    "put-application-signature": _put_application_signature,
    "take-application-back": _take_application_back,
    "seat-confirming-court": _seat_confirming_court,
    "put-withdrawal": _put_withdrawal,
}


# -- finders ---------------------------------------------------------------------------------------------------


def _applications_of_this(move: Move) -> list[UUID]:
    """The applications on this agreement; the step takes those that stand where it leaves."""
    return list(move.session.scalars(select(Confirmation.id).where(Confirmation.agreement_id == move.subject.id)))


def _application_if_all_applied(move: Move) -> list[UUID]:
    return [one for one in _applications_of_this(move) if all_applied(move.session, one)]


def _this_if_all_applied(move: Move) -> list[UUID]:
    return [move.subject.id] if all_applied(move.session, move.subject.id) else []


def _this_if_at_once(move: Move) -> list[UUID]:
    at_once = move.session.get_one(Confirmation, move.subject.id).submission == AT_ONCE
    return [move.subject.id] if at_once else []


def _this_if_all_withdrew(move: Move) -> list[UUID]:
    return [move.subject.id] if all_withdrew(move.session, move.subject.id) else []


def _suit_of_this(move: Move) -> list[UUID]:
    """The suit whose court delegated the mediation of this text."""
    suit = move.session.get_one(Agreement, move.subject.id).suit_id
    return [suit] if suit else []


def _agreements_of_this_suit(move: Move) -> list[UUID]:
    """What is being written in the mediation that the court delegated."""
    return list(move.session.scalars(select(Agreement.id).where(Agreement.suit_id == move.subject.id)))


def _offers_of_this_suit(move: Move) -> list[UUID]:
    """Offers in the room under the court, to or from whom the suit is against."""
    suit = move.session.get_one(Filing, move.subject.id)
    lying = select(Offer.id).join(Subject, Subject.id == Offer.id).join(Place, Place.id == Subject.place_id)
    sued = Offer.respondent_id.in_([UUID(one) for one in suit.respondents])
    return list(move.session.scalars(lying.where(Offer.case_id == move.case.id, Place.kind == PlaceKind.JOINT, sued)))


def _replaced(move: Move) -> list[UUID]:
    """The edition that this one takes the place of."""
    before = move.session.get_one(Agreement, move.subject.id).replaces_id
    return [before] if before else []


FINDERS: dict[str, Callable[[Move], list[UUID]]] = {
    "applications-of-this": _applications_of_this,
    "application-if-all-applied": _application_if_all_applied,
    "this-if-all-applied": _this_if_all_applied,
    "this-if-at-once": _this_if_at_once,
    "this-if-all-withdrew": _this_if_all_withdrew,
    "suit-of-this": _suit_of_this,
    "offers-of-this-suit": _offers_of_this_suit,
    "agreements-of-this-suit": _agreements_of_this_suit,
    "replaced": _replaced,
}
