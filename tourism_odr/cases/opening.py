"""Opening a case: its places, its parties, and the two first steps, in the fewest statements."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.items import FILE, LETTER, STATEMENT, StoredFile, Words, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import (
    Appointment,
    Case,
    ClaimElement,
    Clock,
    Consent,
    Member,
    Party,
    Place,
    Subject,
    TripValue,
)
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.cases.numbers import case_number, draw
from tourism_odr.cases.places import admit, new_place, open_place
from tourism_odr.cases.steps import begin, take
from tourism_odr.clock import local_day
from tourism_odr.db import nothing_yet
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import Role


@dataclass(frozen=True)
class NamedRespondent:
    """Whom the complaint is about: found in the register, as typed, or unknown (both None)."""

    name: str | None = None
    organisation_id: UUID | None = None
    kind: str = "agency"


@dataclass(frozen=True)
class Claimed:
    """One thing asked for."""

    kind: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class Complaint:
    """All that a complaint says when it is lodged."""

    body_id: UUID
    jurisdiction: str
    category: str
    market: str
    channel: str
    locale: str
    statement: Words
    respondents: tuple[NamedRespondent, ...]
    claims: tuple[Claimed, ...] = ()
    currency: str = "CNY"
    travellers: int = 1
    trip: dict[str, str] = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    mediation: bool = False
    consents: tuple[str, ...] = ()
    source_note: str | None = None
    script_note: str | None = None
    id: UUID | None = None  # given by a form that may be sent twice
    follower: UUID | None = None  # the office that entered it for somebody, and goes on reading it
    record: Words | None = None  # of whoever entered it: why here, and what was read back; the body and the person read it
    basis: str = ""  # the code of why it is entered here


def open_case(
    session: Session, complaint: Complaint, person_id: UUID, *, by: Actor, at: datetime, received_at: datetime,
    name: str | None = None,
) -> Case:  # fmt: skip
    """Lodge: write down the case with everything in the complaint, then take ``case.lodge``.

    ``person_id`` is the complainant; ``received_at`` chooses the rulebook and starts the body's time;
    ``name`` is the complainant's, where the caller has it at hand.
    """
    with session.no_autoflush:
        return _open(session, complaint, person_id, by, at, received_at, {person_id: name} if name else {})


def _open(
    session: Session, complaint: Complaint, person_id: UUID, by: Actor, at: datetime, received_at: datetime,
    names: dict[UUID, str],
) -> Case:  # fmt: skip
    year = local_day(at).year
    case = Case(
        id=complaint.id or uuid4(),
        number=case_number(year, draw(session, "service", "case", year)),
        body_id=complaint.body_id,
        jurisdiction=complaint.jurisdiction,
        category=complaint.category,
        market=complaint.market,
        channel=complaint.channel,
        received_at=received_at,
        locale=complaint.locale,
        claimed=sum((c.amount for c in complaint.claims if c.amount), Decimal()) or None,
        currency=complaint.currency,
        travellers=complaint.travellers,
        moved=at,
        source_note=complaint.source_note,
        script_note=complaint.script_note,
    )
    session.add(case)
    session.info.setdefault("locked_cases", {})[case.id] = case
    nothing_yet(session, (Place, Party, Member, Subject, Clock, Appointment), case_id=case.id)
    file = _places(session, case, person_id, complaint.follower, at)
    complainant = _complainant(session, case, complaint, person_id, at)
    digests = _contents(session, case, complaint, file, complainant, by, at)
    if complaint.record:
        triage = open_place(session, case.id, PlaceKind.TRIAGE)
        digests += (add_item(session, triage, LETTER, by=by, at=at, words=complaint.record).digest,)
    begin(session, case.id, "case", file, at, id=case.id, desk=complaint.body_id)
    respondents = [_respondent(session, case, named, number) for number, named in enumerate(complaint.respondents, 1)]
    for party in respondents:
        begin(session, case.id, "respondent", file, at, id=party.id, desk=party.organisation_id)
    involved = {complaint.body_id} | {named.organisation_id for named in complaint.respondents if named.organisation_id}
    session.scalars(select(Organisation).where(Organisation.id.in_(involved))).all()  # for the papers, in one look
    facts = {"channel": complaint.channel, "kind": complaint.category} | ({"basis": complaint.basis} if complaint.basis else {})
    papers = {
        "names": names,
        "statement": complaint.statement.body,
        "files": [(stored.name, stored.digest) for stored in complaint.files],
    }
    take(
        case.id, "case.lodge", by=by, at=at, party_id=complainant.id, digests=digests, facts=facts, papers=papers
    )
    for number, party in enumerate(respondents, 1):
        take(party.id, "respondent.name", by=by, at=at, facts={"number": number})
    return case


def _places(session: Session, case: Case, person_id: UUID, follower: UUID | None, at: datetime) -> Place:
    """Triage, file, the body's inside and the traveller's own, with their first members."""
    triage = new_place(session, case.id, PlaceKind.TRIAGE)
    file = new_place(session, case.id, PlaceKind.FILE)
    inside = new_place(session, case.id, PlaceKind.INSIDE, organisation_id=case.body_id)
    own = new_place(session, case.id, PlaceKind.OWN, person_id=person_id)
    for place in (triage, file, own):
        admit(session, place, person_id, at)
    for place in (triage, file, inside):
        for role in (Role.OFFICER, Role.HEAD):
            admit(session, place, case.body_id, at, role=role)
    if follower:
        for place in (triage, file):
            admit(session, place, follower, at, role=Role.COUNCIL)
    return file


def _complainant(session: Session, case: Case, complaint: Complaint, person_id: UUID, at: datetime) -> Party:
    party = Party(id=uuid4(), case_id=case.id, side=COMPLAINANT, number=1, kind="tourist", person_id=person_id,
                  late=False)  # fmt: skip
    session.add(party)
    given = {"mediation": complaint.mediation} | dict.fromkeys(complaint.consents, True)
    session.add_all(
        Consent(id=uuid4(), case_id=case.id, party_id=party.id, kind=kind, given=value, person_id=person_id, at=at)
        for kind, value in given.items()
    )
    return party


def _contents(
    session: Session, case: Case, complaint: Complaint, file: Place, party: Party, by: Actor, at: datetime
) -> tuple[str, ...]:
    """The statement and the files lie in the case file; trip and claim become rows that each side can take a stand on."""
    items = [
        add_item(session, file, STATEMENT, by=by, at=at, words=complaint.statement, party_id=party.id, court=True)
    ]
    items += [
        add_item(session, file, FILE, by=by, at=at, file=stored, party_id=party.id, court=True)
        for stored in complaint.files
    ]
    session.add_all(
        TripValue(id=uuid4(), case_id=case.id, key=key, value=value, source="complaint", party_id=party.id, at=at)
        for key, value in complaint.trip.items()
        if value
    )
    session.add_all(
        ClaimElement(id=uuid4(), case_id=case.id, number=number, kind=claim.kind, amount=claim.amount,
                     currency=complaint.currency)
        for number, claim in enumerate(complaint.claims, 1)
    )  # fmt: skip
    return tuple(item.digest for item in items)


def _respondent(session: Session, case: Case, named: NamedRespondent, number: int) -> Party:
    party = Party(
        id=uuid4(),
        case_id=case.id,
        side=RESPONDENT,
        number=number,
        kind=named.kind,
        organisation_id=named.organisation_id,
        typed_name=named.name,
        late=False,
    )
    session.add(party)
    return party
