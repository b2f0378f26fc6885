"""Who somebody is in a case: whether the part that a step asks for is theirs."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tourism_odr.cases.lifecycle import NEW
from tourism_odr.cases.models import (
    Applicant,
    Appointment,
    Case,
    Confirmation,
    Extension,
    Filing,
    Instalment,
    Member,
    Offer,
    OfferRecipient,
    Party,
    Pause,
    Place,
    Power,
    Service,
    Signature,
    Subject,
    Urge,
)
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.cases.move import Move
from tourism_odr.db import rows_of
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import COMPLAINANT as COMPLAINANT_ROLES
from tourism_odr.people.roles import COURT, SUPERVISOR, Role
from tourism_odr.people.roles import RESPONDENT as RESPONDENT_ROLES


def parties_of(move: Move) -> list[Party]:
    """The parties of the case."""
    return parties(move.session, move.case.id)


def parties(session: Session, case_id: UUID) -> list[Party]:
    """Complainants first, then respondents and others, each by number."""
    return sorted(rows_of(session, Party, case_id=case_id), key=lambda party: (party.side, party.number))


def party_of(session: Session, case_id: UUID, actor: Actor) -> Party | None:
    """The party for which the actor stands in this case; None for whoever is no party."""
    known = parties(session, case_id)
    if actor.seat is not None:
        return next((one for one in known if one.id == actor.seat.party_id), None)
    if actor.role in RESPONDENT_ROLES and actor.organisation_id:
        mine = (one for one in known if one.side == RESPONDENT and one.organisation_id == actor.organisation_id)
        return next(mine, None)
    if actor.role not in COMPLAINANT_ROLES:
        return None
    own = (one for one in known if one.side == COMPLAINANT and one.person_id == actor.person_id)
    return next(own, None) or _represented(session, known, case_id, actor)


def _represented(session: Session, known: list[Party], case_id: UUID, actor: Actor) -> Party | None:
    """The party for which the actor holds a checked power."""
    held = select(Power.party_id).where(
        Power.case_id == case_id,
        Power.person_id == actor.person_id,
        Power.checked_at.is_not(None),
        Power.revoked_at.is_(None),
    )
    for_whom = set(session.scalars(held))
    return next((one for one in known if one.id in for_whom), None)


def active_mediators(session: Session, case_id: UUID) -> list[UUID]:
    """The persons who mediate the case now."""
    appointed = (one for one in rows_of(session, Subject, case_id=case_id) if one.kind == "appointment")
    return [one.desk_id for one in appointed if one.stage == "active" and one.desk_id]


def is_mediator(session: Session, case_id: UUID, actor: Actor) -> bool:
    """Whether the actor is the mediator of the case now."""
    return actor.person_id in active_mediators(session, case_id)


def was_asked_to_mediate(session: Session, case_id: UUID, person_id: UUID | None) -> bool:
    """Whether this person was ever asked to mediate the case: from then on every other part is closed to them."""
    asked = exists().where(Appointment.case_id == case_id, Appointment.person_id == person_id)
    return bool(session.scalar(select(asked)))


def concerns(session: Session, case: Case, subject: Subject, actor: Actor, *, party: Party | None = None) -> bool:
    """Whether a step on ``subject`` can be the actor's at all, their role being right.

    ``party``: the one for which the actor stands, when the caller has read it already.
    """
    if actor.role in (Role.CLOCK, Role.TABLE):
        return True
    if subject.kind in TIMED:
        return _of_its_time(session, case, subject, actor, party)
    if actor.role in SUPERVISOR:
        return _supervises(session, case, subject, actor)
    if actor.role in COURT:
        return _is_before(session, subject, actor)
    if actor.role is Role.MEDIATOR:
        return _mediates(session, case, subject, actor)
    if subject.kind == "case" and subject.stage == NEW:
        return True  # whoever lodges becomes a party by it
    if actor.role in COMPLAINANT_ROLES | RESPONDENT_ROLES:
        party = party or party_of(session, case.id, actor)
        return party is not None and _is_about(session, subject, party)
    return actor.role is Role.COUNCIL and _follows(session, case.id, subject, actor)


TIMED = frozenset({"pause", "extension"})


def time_of(session: Session, subject: Subject) -> Subject:
    """The subject whose time it is: of a pause or an extension the one that it is about, of any other itself."""
    if subject.kind == "pause":
        return session.get_one(Subject, session.get_one(Pause, subject.id).about_id)
    if subject.kind == "extension":
        return session.get_one(Subject, session.get_one(Extension, subject.id).about_id)
    return subject


def _of_its_time(session: Session, case: Case, subject: Subject, actor: Actor, party: Party | None) -> bool:
    """Why the body's own time stands still is no matter of a court."""
    about = time_of(session, subject)
    if subject.kind == "pause" and actor.role in COURT and about.kind == "case":
        return False
    return watches(session, case, about, actor, party=party)


def watches(session: Session, case: Case, subject: Subject, actor: Actor, *, party: Party | None = None) -> bool:
    """Whether the time of this subject is the actor's to know: of what is before a court, never the body's."""
    if actor.role in SUPERVISOR and subject.kind in BEFORE_COURT:
        return False
    return concerns(session, case, subject, actor, party=party)


def _follows(session: Session, case_id: UUID, subject: Subject, actor: Actor) -> bool:
    """A clerk of the council that entered the case; of its subjects only the case itself and its outside entries."""
    if subject.kind not in ("case", "external") and subject.stage != NEW:
        return False
    rows = rows_of(session, Member, case_id=case_id)
    return any(one.principal_id == actor.organisation_id and one.role == actor.role and one.until is None for one in rows)


def _is_before(session: Session, subject: Subject, actor: Actor) -> bool:
    """A court's own is what lies on its desk, and the mediator whom it named."""
    if subject.kind == "case":  # where something of it lies on the court's desk, more may begin
        those = (one for one in rows_of(session, Subject, case_id=subject.case_id) if one.kind in BEFORE_COURT)
        return any(one.desk_id is not None and one.desk_id == actor.organisation_id for one in those)
    court = court_of(session, subject)
    on_desk = subject.kind == "appointment" or subject.desk_id == court
    return court is not None and court == actor.organisation_id and on_desk


# What goes to a court: the noun of each kind, which says to which one.
BEFORE_COURT = {"filing": Filing}


def court_of(session: Session, subject: Subject) -> UUID | None:
    """The court that the subject is for, or that named the mediator whom it asks."""
    if subject.kind == "appointment":
        by = session.get_one(Appointment, subject.id).by_body_id
        return by if by != session.get_one(Case, subject.case_id).body_id else None
    subject = time_of(session, subject)
    if subject.kind == "confirmation":
        return session.get_one(Confirmation, subject.id).court_id
    noun = BEFORE_COURT.get(subject.kind)
    return session.get_one(noun, subject.id).court_id if noun else None


def sides_of(session: Session, filing: Filing) -> list[Party]:
    """The plaintiff, then whom they sue."""
    sued = set(filing.respondents)
    return [one for one in parties(session, filing.case_id) if one.id == filing.plaintiff_id or str(one.id) in sued]


def _supervises(session: Session, case: Case, subject: Subject, actor: Actor) -> bool:
    if subject.kind == "appointment" and subject.version > 0 and court_of(session, subject):
        return False  # the court's mediator is the court's to replace
    if subject.kind == "transfer" and subject.version > 0:
        return subject.desk_id == actor.organisation_id  # who is asked: the receiver, or the superior body
    return case.body_id == actor.organisation_id


def _mediates(session: Session, case: Case, subject: Subject, actor: Actor) -> bool:
    if subject.kind == "appointment":
        return session.get_one(Appointment, subject.id).person_id == actor.person_id
    if subject.kind == "urge":
        return session.get_one(Urge, subject.id).mediator_id == actor.person_id
    if subject.kind == "filing" and session.get_one(Filing, subject.id).begun_at is None:
        return False  # of the other suits of the case the mediator knows nothing
    if subject.kind == "agreement" and (subject.stage != NEW or _sits_at(session, subject, actor)):
        return _sits_at(session, subject, actor)  # a new edition lies where its mediator sits already
    return is_mediator(session, case.id, actor)


def _sits_at(session: Session, subject: Subject, actor: Actor) -> bool:
    """A mediated text stays its mediator's after the case has closed: the last party may sign on the last day."""
    seat = exists().where(
        Member.place_id == subject.place_id, Member.principal_id == actor.person_id, Member.until.is_(None)
    )
    return bool(session.scalar(select(seat)))


def _is_about(session: Session, subject: Subject, party: Party) -> bool:
    """Whether this subject is a matter of this party: its own road, an offer to or from it, a text it signs."""
    mine = party.side == COMPLAINANT
    match subject.kind:
        case "respondent" | "application":
            return mine or subject.id == party.id
        case "service":
            return not mine and session.get_one(Service, subject.id).respondent_id == party.id
        case "offer":
            return party.id in offer_parties(session, subject.id)
        case "agreement" | "confirmation" | "filing":
            return _has_part(session, subject, party)
        case "instalment":
            payment = session.get_one(Instalment, subject.id)
            return party.id in (payment.payer_id, payment.payee_id)
        case "urge":
            return session.get_one(Urge, subject.id).party_id == party.id
        case "case":
            return True
    return False


def _has_part(session: Session, subject: Subject, party: Party) -> bool:
    """Whether the party signs the text, applies for its confirmation, or is a side of the suit."""
    if subject.kind == "confirmation":
        return party.id in applicants_of(session, subject.id)
    if subject.kind == "filing":
        return _is_sued_or_sues(session.get_one(Filing, subject.id), party)
    return _signs(session, subject, party)


def _is_sued_or_sues(filing: Filing, party: Party) -> bool:
    """Whoever is sued learns of the suit from the court: by its registration, or when it asks about mediation."""
    told = filing.registered_at is not None or filing.invited_at is not None
    return filing.plaintiff_id == party.id or (told and str(party.id) in filing.respondents)


def _signs(session: Session, subject: Subject, party: Party) -> bool:
    signers = select(Signature.party_id).where(Signature.agreement_id == subject.id)
    found = set(session.scalars(signers))
    if found:
        return party.id in found
    place = session.get_one(Place, subject.place_id)
    return party.side == COMPLAINANT or place.party_id in (None, party.id)


def applicants_of(session: Session, confirmation_id: UUID) -> list[UUID]:
    """The parties that apply together for a confirmation."""
    return list(session.scalars(select(Applicant.party_id).where(Applicant.confirmation_id == confirmation_id)))


def offer_parties(session: Session, offer_id: UUID) -> set[UUID]:
    """Who made the offer and to whom it was made."""
    offer = session.get_one(Offer, offer_id)
    to = select(OfferRecipient.party_id).where(OfferRecipient.offer_id == offer_id)
    return {*session.scalars(to)} | ({offer.party_id} if offer.party_id else set())
