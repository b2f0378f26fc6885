"""What a step does to the kernel's own rows beside the stage: the ``effects`` column of the tables."""

from collections.abc import Callable
from uuid import UUID, uuid4

from sqlalchemy import select, update

from tourism_odr.cases import extending, pausing, under_court
from tourism_odr.cases.authority import SIGN
from tourism_odr.cases.joint import EFFECTS as JOINT
from tourism_odr.cases.lifecycle import NEW, PlaceKind
from tourism_odr.cases.models import (
    Agreement,
    Appointment,
    Clause,
    Document,
    Filing,
    Instalment,
    OfferRecipient,
    Party,
    Performance,
    Place,
    Service,
    Signature,
    Subject,
    Transfer,
)
from tourism_odr.cases.models.agreement import MEDIATED, PAYMENT
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.cases.move import Move
from tourism_odr.cases.needs import my_signature, standing_power
from tourism_odr.cases.places import admit, admit_once, dismiss, find_place, open_place, seat_body
from tourism_odr.cases.relations import active_mediators, parties_of
from tourism_odr.cases.volumes import order_supplement, order_volume
from tourism_odr.clock import local_day
from tourism_odr.db import rows_of
from tourism_odr.people.organisations import superior_of
from tourism_odr.people.roles import Role

Effect = Callable[[Move], None]


def _note_acceptance(move: Move) -> None:
    move.case.accepted_at = move.clicked


def _note_end(move: Move) -> None:
    move.case.ended_at = move.at


def _note_service(move: Move) -> None:
    """Served when it was delivered, which may lie before it was entered."""
    service = move.session.get_one(Service, move.subject.id)
    service.served_at = service.served_at or move.clicked


def _admit_respondent(move: Move) -> None:
    """From service on the respondent reads the file, has a place inside, and may talk to the tourist directly."""
    party = move.session.get_one(Party, move.subject.id)
    organisation = party.organisation_id
    if organisation is None:
        raise ValueError("a respondent is completed from the register before it is served")
    session, at = move.session, move.at
    admit_once(session, open_place(session, move.case.id, PlaceKind.FILE), organisation, at)
    inside = open_place(session, move.case.id, PlaceKind.INSIDE, organisation_id=organisation)
    admit_once(session, inside, organisation, at)
    direct = open_place(session, move.case.id, PlaceKind.DIRECT, party_id=party.id)
    admit_once(session, direct, organisation, at)
    for person in complainants(move):
        admit_once(session, direct, person, at)


def _dismiss_respondent(move: Move) -> None:
    """Whoever was not reached after all reads nothing, and no record of non-response stands against them."""
    move.session.execute(
        update(Document)
        .where(Document.subject_id == move.subject.id, Document.kind == "non-response", Document.revoked_at.is_(None))
        .values(revoked_at=move.at)
    )
    party = move.session.get_one(Party, move.subject.id)
    if party.organisation_id:
        dismiss(move.session, move.case.id, party.organisation_id, move.at)


def complainants(move: Move) -> list[UUID]:
    """The persons who complain."""
    return [one.person_id for one in parties_of(move) if one.side == COMPLAINANT and one.person_id]


def _open_room(move: Move) -> None:
    """Both sides consented: they enter the room, and each has its caucus once a mediator is there."""
    party = move.session.get_one(Party, move.subject.id)
    room = open_place(move.session, move.case.id, PlaceKind.JOINT)
    for principal in (*complainants(move), party.organisation_id):
        if principal:
            admit_once(move.session, room, principal, move.at)
    for mediator in active_mediators(move.session, move.case.id):
        _seat(move, mediator)


def _leave_room(move: Move) -> None:
    """Who is done with mediation does not read what the others go on to say."""
    organisation = move.session.get_one(Party, move.subject.id).organisation_id
    room = find_place(move.session, move.case.id, PlaceKind.JOINT)
    others = [party for party in _in_mediation(move) if party.side != COMPLAINANT]
    if room and organisation and others:
        dismiss(move.session, move.case.id, organisation, move.at, place_id=room.id)


def _seat_mediator(move: Move) -> None:
    if under_court.named_by_court(move):
        under_court.seat_for_court(move)
    else:
        _seat(move, move.session.get_one(Appointment, move.subject.id).person_id)


def _texts(move: Move) -> list[Place]:
    """The places of the mediated texts of the case."""
    of_texts = select(Place).where(Place.case_id == move.case.id, Place.kind == PlaceKind.AGREEMENT.value)
    return list(move.session.scalars(of_texts))


def _seat(move: Move, mediator: UUID) -> None:
    """A mediator reads the file and keeps notes; room and caucuses only with those who consented."""
    session, case = move.session, move.case.id
    for text in _texts(move):
        admit_once(session, text, mediator, move.at, role=Role.MEDIATOR)
    admit_once(session, open_place(session, case, PlaceKind.FILE), mediator, move.at, role=Role.MEDIATOR)
    notes = open_place(session, case, PlaceKind.NOTES, person_id=mediator)
    admit_once(session, notes, mediator, move.at, role=Role.MEDIATOR)
    room = find_place(session, case, PlaceKind.JOINT)
    if room is None:
        return
    admit_once(session, room, mediator, move.at, role=Role.MEDIATOR)
    for party in _in_mediation(move):
        _open_caucus(move, party, mediator)


def _in_mediation(move: Move) -> list[Party]:
    """The complainants, and the respondents who are in mediation now."""
    subjects = rows_of(move.session, Subject, case_id=move.case.id)
    mediating = {one.id for one in subjects if one.kind == "respondent" and one.stage == "mediation"}
    return [one for one in parties_of(move) if one.side == COMPLAINANT or one.id in mediating]


def _open_caucus(move: Move, party: Party, mediator: UUID) -> None:
    """A caucus is of one mediator with one party: a successor gets a new one and reads nothing of the old."""
    principal = party.person_id if party.side == COMPLAINANT else party.organisation_id
    if principal is None:
        return
    caucus = open_place(move.session, move.case.id, PlaceKind.CAUCUS, party_id=party.id, person_id=mediator)
    admit_once(move.session, caucus, mediator, move.at, role=Role.MEDIATOR)
    admit_once(move.session, caucus, principal, move.at)


def _unseat_mediator(move: Move) -> None:
    dismiss(move.session, move.case.id, move.session.get_one(Appointment, move.subject.id).person_id, move.at)


def _seat_officer(move: Move) -> None:
    if move.by.person_id:
        admit(move.session, move.places[0], move.by.person_id, move.at, role=move.by.role, from_now=True)


def _unseat_officer(move: Move) -> None:
    if move.by.person_id:
        dismiss(move.session, move.case.id, move.by.person_id, move.at, place_id=move.places[0].id)


def _admit_receiver(move: Move) -> None:
    """Who is to decide on taking over reads what there is to decide on."""
    receiver = move.session.get_one(Transfer, move.subject.id).to_body_id
    for kind in (PlaceKind.TRIAGE, PlaceKind.FILE):
        place = open_place(move.session, move.case.id, kind)
        for role in (Role.OFFICER, Role.HEAD):
            admit_once(move.session, place, receiver, move.at, role=role)


def _admit_superior(move: Move) -> None:
    """The superior body reads what it decides on, and the transfer lies on its desk."""
    superior = superior_of(move.session, move.case.body_id)
    if superior is None:
        raise ValueError("referred only where a superior body is known")
    move.subject.desk_id = superior.id
    for kind in (PlaceKind.TRIAGE, PlaceKind.FILE):
        for role in (Role.OFFICER, Role.HEAD):
            admit_once(move.session, open_place(move.session, move.case.id, kind), superior.id, move.at, role=role)


def _dismiss_superior(move: Move) -> None:
    if move.subject.desk_id:
        dismiss(move.session, move.case.id, move.subject.desk_id, move.at)


def _dismiss_receiver(move: Move) -> None:
    dismiss(move.session, move.case.id, move.session.get_one(Transfer, move.subject.id).to_body_id, move.at)


def _move_to_body(move: Move) -> None:
    """The sender loses access except to the trace; the receiver takes its places."""
    transfer = move.session.get_one(Transfer, move.subject.id)
    for body in (transfer.from_body_id, transfer.to_body_id):  # the receiver is seated anew, with a place inside
        dismiss(move.session, move.case.id, body, move.at)
    move.case.body_id = transfer.to_body_id
    move.session.execute(
        update(Subject)
        .where(Subject.case_id == move.case.id, Subject.desk_id == transfer.from_body_id)
        .values(desk_id=transfer.to_body_id)
    )
    seat_body(move.session, move.case.id, transfer.to_body_id, move.at)


def _mark_acceptance(move: Move) -> None:
    move.session.execute(
        update(OfferRecipient)
        .where(OfferRecipient.offer_id == move.subject.id, OfferRecipient.party_id == move.party_id)
        .values(accepted_at=move.clicked)
    )


def _seat_signers(move: Move) -> None:
    """A mediated text is read by those who are to sign it and by the mediator; talk in the room goes on beside it."""
    place = move.session.get_one(Place, move.subject.place_id)
    if place.kind != PlaceKind.AGREEMENT:
        return
    signers = set(move.session.scalars(select(Signature.party_id).where(Signature.agreement_id == move.subject.id)))
    for party in move.session.scalars(select(Party).where(Party.case_id == move.case.id)).all():
        principal = party.person_id if party.side == COMPLAINANT else party.organisation_id
        if principal is None:
            continue
        if party.id in signers:
            admit_once(move.session, place, principal, move.at)
        else:
            dismiss(move.session, move.case.id, principal, move.at, place_id=place.id)
    for mediator in active_mediators(move.session, move.case.id):
        admit_once(move.session, place, mediator, move.at, role=Role.MEDIATOR)


def _show_body(move: Move) -> None:
    """The supervising body reads a text of its own mediation once it has effect: it issues the document."""
    place = move.session.get_one(Place, move.subject.place_id)
    if move.session.get_one(Agreement, move.subject.id).path == MEDIATED and place.kind == PlaceKind.AGREEMENT:
        for role in (Role.OFFICER, Role.HEAD):
            admit_once(move.session, place, move.case.body_id, move.at, role=role)


def _put_signature(move: Move) -> None:
    """A signature binds to the digest of the locked text, by a person, for a party, under a power."""
    line = my_signature(move)
    party = move.session.get_one(Party, line.party_id)
    power = None if party.person_id == move.by.person_id else standing_power(move, party, SIGN)
    line.signed_at, line.person_id = move.clicked, move.by.person_id
    line.digest = move.session.get_one(Agreement, move.subject.id).digest
    line.power_id = power.id if power else None
    move.session.flush()


def _take_signature_back(move: Move) -> None:
    line = my_signature(move)
    line.signed_at = line.person_id = line.power_id = line.digest = None


def _clear_signatures(move: Move) -> None:
    move.session.execute(
        update(Signature)
        .where(Signature.agreement_id == move.subject.id)
        .values(signed_at=None, digest=None, person_id=None, power_id=None)
    )


def _note_effect(move: Move) -> None:
    move.session.get_one(Agreement, move.subject.id).effect_at = move.at


def _plan_instalments(move: Move) -> None:
    """One subject a payment clause, lying where the agreement lies, on the payer's desk."""
    payments = select(Clause).where(Clause.agreement_id == move.subject.id, Clause.kind == PAYMENT)
    for clause in move.session.scalars(payments.order_by(Clause.number)).all():
        if clause.payer_id is None or clause.payee_id is None or clause.day is None:
            raise ValueError("a locked agreement has whole payment clauses")
        payer = move.session.get_one(Party, clause.payer_id)
        planned = Subject(
            id=uuid4(),
            case_id=move.case.id,
            kind="instalment",
            place_id=move.subject.place_id,
            stage=NEW,
            version=0,
            desk_id=payer.organisation_id or payer.person_id,
            created=move.at,
        )
        move.session.add(planned)
        move.session.flush()
        move.session.add(
            Instalment(
                id=planned.id,
                case_id=move.case.id,
                agreement_id=move.subject.id,
                clause_id=clause.id,
                payer_id=clause.payer_id,
                payee_id=clause.payee_id,
                day=clause.day,
            )
        )
    move.session.flush()


def _note_performance(move: Move) -> None:
    instalment = move.session.get_one(Instalment, move.subject.id)
    clause = move.session.get_one(Clause, instalment.clause_id)
    row = move.session.get(Performance, instalment.id)
    if row is None and clause.amount is not None:
        row = Performance(
            instalment_id=instalment.id,
            case_id=move.case.id,
            amount=clause.amount,
            currency=clause.currency,
            day=local_day(move.at),
            confirmed=False,
        )
        move.session.add(row)
    if row is not None:
        row.confirmed = move.step.name == "instalment.confirm"


def _seat_plaintiff(move: Move) -> None:
    """Until the plaintiff submits, nobody else reads the place of the suit."""
    if move.by.person_id:
        admit_once(move.session, move.places[0], move.by.person_id, move.at)


def _seat_court(move: Move) -> None:
    """From the submission on the court reads what lies in the place of the suit, and the suit lies on its desk."""
    filing = move.session.get_one(Filing, move.subject.id)
    filing.submitted_at, move.subject.desk_id = move.clicked, filing.court_id
    for role in (Role.CLERK, Role.JUDGE):
        admit_once(move.session, move.places[0], filing.court_id, move.at, role=role)


def _note_court_invitation(move: Move) -> None:
    move.session.get_one(Filing, move.subject.id).invited_at = move.clicked


def _note_entrustment(move: Move) -> None:
    """The mediation waits for its mediator, whatever was mediated before."""
    move.session.get_one(Filing, move.subject.id).begun_at = None


EFFECTS: dict[str, Effect] = {
    "note-acceptance": _note_acceptance,
    "note-end": _note_end,
    "note-service": _note_service,
    "admit-respondent": _admit_respondent,
    "dismiss-respondent": _dismiss_respondent,
    "open-room": _open_room,
    "leave-room": _leave_room,
    "seat-mediator": _seat_mediator,
    "unseat-mediator": _unseat_mediator,
    "seat-officer": _seat_officer,
    "unseat-officer": _unseat_officer,
    "admit-receiver": _admit_receiver,
    "dismiss-receiver": _dismiss_receiver,
    "admit-superior": _admit_superior,
    "dismiss-superior": _dismiss_superior,
    "move-to-body": _move_to_body,
    "mark-acceptance": _mark_acceptance,
    "seat-signers": _seat_signers,
    "show-body": _show_body,
    "put-signature": _put_signature,
    "take-signature-back": _take_signature_back,
    "clear-signatures": _clear_signatures,
    "note-effect": _note_effect,
    "plan-instalments": _plan_instalments,
    "note-performance": _note_performance,
    **JOINT,
    "order-volume": order_volume,
    "order-supplement": order_supplement,
    "seat-plaintiff": _seat_plaintiff,
    "seat-court": _seat_court,
    "note-court-invitation": _note_court_invitation,
    "note-entrustment": _note_entrustment,
    "open-rooms-under-court": under_court.begin,
    "note-instrument-effect": under_court.note_instrument_effect,
    "lengthen-mediation": extending.lengthen_all,
    "lengthen": extending.lengthen_asked,
    "note-consent": extending.note_consent,
    "note-refusal": extending.note_refusal,
    "halt-clocks": pausing.halt,
    "go-on": pausing.go_on,
    "go-on-as-before": pausing.go_on_as_before,
}
