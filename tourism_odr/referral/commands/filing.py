"""The plaintiff's side of a suit: prepared from the record, corrected, signed paper by paper, submitted, withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.authority import SIGN, authority_of
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.items import FILE, StoredFile, add_item
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Consent, Evidence, Filing, FilingPaper, FilingPoint, Item, Party, Place
from tourism_odr.cases.models.filing import COMPLAINT, CONSENTS, EVIDENCE_LIST, PAPERS, SERVICE_ADDRESS
from tourism_odr.cases.papers.sealed import seal, unseal
from tourism_odr.cases.places import admit_once, new_place, open_place, place_of
from tourism_odr.cases.relations import party_of
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation, OrganisationKind
from tourism_odr.people.refusal import RefusedError
from tourism_odr.referral.queries import bundle, prefill
from tourism_odr.referral.queries.filing import Attachment, eligible, may_be_shown
from tourism_odr.text import M

Words = dict[str, Any]


@dataclass(frozen=True)
class Prepare:
    """Which court, whom, on what ground, for how much."""

    case_id: UUID
    court_id: UUID
    respondents: tuple[UUID, ...]
    venue: str
    cause: str
    amount: Decimal | None
    arbitration: bool
    foreign: bool
    small_claim: bool


@dataclass(frozen=True)
class Write:
    """What one paper says now; ``personal`` is what only the paper itself may show."""

    filing_id: UUID
    seen: int
    words: Words
    personal: dict[str, str] | None = None


@dataclass(frozen=True)
class SignPaper:
    """One paper as it stood on the page, and whether a code for it was checked."""

    filing_id: UUID
    seen: int
    kind: str
    digest: str
    code_checked: bool = False


def prepare(command: Prepare, *, by: Actor, at: datetime) -> UUID:
    """Begin a suit in a place of its own, with every paper written from the record."""
    if command.arbitration:
        raise RefusedError(M("With an arbitration clause the way leads to arbitration: a court does not take the suit."))
    if command.foreign and command.small_claim:
        raise RefusedError(M("The small claims procedure is closed to foreign-related cases (Civil Procedure Law art. 166)."))
    with unit_of_work() as session:
        case, _subject = steps.lock(session, command.case_id)
        party = party_of(session, case.id, by)
        court = session.get(Organisation, command.court_id)
        if party is None or court is None or court.kind != OrganisationKind.COURT or not court.active:
            raise NotYoursError("no party, or no court")
        open_ones = {one.party.id: one for one in eligible(session, case)}
        if not command.respondents or not set(command.respondents) <= set(open_ones):
            raise RefusedError(M("Choose at least one respondent against whom the way to the court is open."))
        first = open_ones[command.respondents[0]]
        place = new_place(session, case.id, PlaceKind.COURT, party_id=party.id)
        session.flush()
        subject = steps.begin(session, case.id, "filing", place, at, desk=party.person_id)
        filing = Filing(
            id=subject.id, case_id=case.id, court_id=court.id, plaintiff_id=party.id,
            respondents=[str(one) for one in command.respondents], basis=first.basis, agreement_id=first.agreement_id,
            venue=command.venue, foreign=command.foreign, cause=command.cause, amount=command.amount,
            currency=case.currency, fee=prefill.fee(command.amount, case.currency), small_claim=command.small_claim,
        )  # fmt: skip
        session.add(filing)
        session.flush()
        for kind in PAPERS:
            words, personal = prefill.WRITTEN[kind](session, case, filing, party)
            _write(session, FilingPaper(id=uuid4(), filing_id=filing.id, case_id=case.id, kind=kind, edition=0), words, personal, party)
        session.flush()
        steps.take(subject.id, "filing.prepare", by=by, at=at, party_id=party.id, facts={"basis": first.basis})
        return subject.id


def write_complaint(command: Write, *, amount: Decimal | None, cause: str, by: Actor, at: datetime) -> None:
    """Correct the complaint: words, the plaintiff's data, the amount and the cause of action."""
    with unit_of_work() as session:
        filing = _mine(session, command.filing_id)
        filing.amount, filing.cause, filing.fee = amount, cause, prefill.fee(amount, filing.currency)
        _also_the_address(session, filing, command.personal or {})
        said = command.words | {"amount": str(amount) if amount is not None else "", "cause": cause}
        _revise(session, filing, COMPLAINT, said, command, by, at)


def _also_the_address(session: Session, filing: Filing, personal: dict[str, str]) -> None:
    """What the plaintiff wrote of themselves fills what is empty in the paper on service: nothing is typed twice."""
    plaintiff, paper = session.get_one(Party, filing.plaintiff_id), _paper(session, filing.id, SERVICE_ADDRESS)
    if plaintiff.person_id is None or paper.signed_digest:
        return
    known = unseal(plaintiff.person_id, paper.sealed)
    filled = known | {name: known.get(name) or personal.get(name, "") for name in ("address", "phone", "email")}
    _write(session, paper, paper.words, filled, plaintiff)


def choose_evidence(command: Write, *, by: Actor, at: datetime) -> None:
    """Which files go to the court, and what each is to prove: only what may be used there."""
    with unit_of_work() as session:
        filing = _mine(session, command.filing_id)
        rows = []
        for row in command.words["rows"]:
            item, kept = _shown(session, filing, UUID(row["item"]), by, at)
            rows.append(row | {"item": str(item.id), "name": kept.name, "digest": kept.digest})
        _revise(session, filing, EVIDENCE_LIST, {"rows": rows}, command, by, at)


def add_files(filing_id: UUID, files: list[StoredFile], seen: int, *, by: Actor, at: datetime) -> None:
    """Files for the court alone: they lie with the traveller, and a copy goes along once the list names them.

    The case has ended mostly, so nothing is added to its file any more.
    """
    with unit_of_work() as session:
        filing = _mine(session, filing_id)
        plaintiff = session.get_one(Party, filing.plaintiff_id)
        owner = plaintiff.person_id
        if owner is None:
            raise NotYoursError("nobody in person")
        place = open_place(session, filing.case_id, PlaceKind.OWN, person_id=owner)
        for reader in {owner, by.person_id or owner}:
            admit_once(session, place, reader, at)
        laid = [
            add_item(session, place, FILE, by=by, at=at, file=file, party_id=plaintiff.id, subject_id=filing.id, court=True)
            for file in files
        ]
        steps.take(
            filing.id, "filing.revise", by=by, at=at, seen=seen, party_id=plaintiff.id,
            facts={"kind": "evidence", "files": len(laid)}, digests=tuple(one.digest for one in laid),
        )  # fmt: skip


def write_service_address(command: Write, *, by: Actor, at: datetime) -> None:
    """Where and how the plaintiff is served."""
    with unit_of_work() as session:
        _revise(session, _mine(session, command.filing_id), SERVICE_ADDRESS, command.words, command, by, at)


def _mine(session: Session, filing_id: UUID) -> Filing:
    steps.lock(session, filing_id)
    return session.get_one(Filing, filing_id)


def _shown(session: Session, filing: Filing, item_id: UUID, by: Actor, at: datetime) -> tuple[Item, Evidence]:
    found = session.execute(
        select(Item, Evidence)
        .join(Evidence, Evidence.item_id == Item.id)
        .join(Place, Place.id == Item.place_id)
        .where(Item.id == item_id, may_be_shown(filing.case_id, by, at))
    ).first()
    if found is None:
        raise NotYoursError("no evidence that a court may see")
    return found[0], found[1]


def _revise(session: Session, filing: Filing, kind: str, words: Words, command: Write, by: Actor, at: datetime) -> None:
    plaintiff = session.get_one(Party, filing.plaintiff_id)
    paper = _paper(session, filing.id, kind)
    changed = _write(session, paper, words, command.personal, plaintiff)
    if changed:
        _corrected(session, filing.id, kind, at)
    session.flush()
    steps.take(
        filing.id, "filing.revise", by=by, at=at, seen=command.seen, party_id=plaintiff.id,
        facts={"kind": kind, "edition": paper.edition}, digests=(paper.digest,),
    )  # fmt: skip


def _paper(session: Session, filing_id: UUID, kind: str) -> FilingPaper:
    return session.scalars(select(FilingPaper).where(FilingPaper.filing_id == filing_id, FilingPaper.kind == kind)).one()


def _write(session: Session, paper: FilingPaper, words: Words, personal: dict[str, str] | None, plaintiff: Party) -> bool:
    """Write what the paper says; a change is a new edition, and what was signed before is signed no longer."""
    person = plaintiff.person_id
    sealed = paper.sealed
    if personal is not None and person is not None and unseal(person, sealed) != personal:
        sealed = seal(person, personal)
    digest = digest_of(words, sealed)
    if digest == paper.digest:
        return False
    paper.words, paper.sealed, paper.digest, paper.edition = words, sealed, digest, paper.edition + 1
    paper.signed_at = paper.signed_digest = paper.person_id = paper.power_id = None
    session.add(paper)
    return True


def digest_of(words: Words, sealed: bytes | None) -> str:
    """What a signature binds to: the words of the paper, and its personal data as they lie sealed."""
    return sha256(dumps(words, sort_keys=True, separators=(",", ":")).encode() + (sealed or b"")).hexdigest()


def _corrected(session: Session, filing_id: UUID, kind: str, at: datetime) -> None:
    """The points of the last return that were about this paper are seen to."""
    for point in session.scalars(select(FilingPoint).where(FilingPoint.filing_id == filing_id, FilingPoint.paper == kind)):
        point.corrected_at = point.corrected_at or at


def settle_point(point_id: UUID, filing_id: UUID, seen: int, *, by: Actor, at: datetime) -> None:
    """The plaintiff has seen to something that no paper of their own shows."""
    with unit_of_work() as session:
        filing = _mine(session, filing_id)
        point = session.get(FilingPoint, point_id)
        if point is None or point.filing_id != filing.id:
            raise NotYoursError("no point of this suit")
        point.corrected_at = point.corrected_at or at
        steps.take(filing.id, "filing.revise", by=by, at=at, seen=seen, party_id=filing.plaintiff_id, facts={"kind": "point"})


def sign_paper(command: SignPaper, *, by: Actor, at: datetime) -> None:
    """Sign one paper, as it stood on the page and in no other edition."""
    with unit_of_work() as session:
        filing = _mine(session, command.filing_id)
        paper = _paper(session, filing.id, command.kind)
        if paper.digest != command.digest:
            raise RefusedError(M("The paper has changed since you opened it. Read it again."))
        if paper.signed_digest == paper.digest:
            raise RefusedError(M("You have signed this paper already."))
        plaintiff = session.get_one(Party, filing.plaintiff_id)
        if not prefill.whole(paper, unseal(plaintiff.person_id, paper.sealed) if plaintiff.person_id else {}):
            raise RefusedError(M("Something is still missing in this paper. Open it, complete it and save it first."))
        power = authority_of(session, plaintiff, by, SIGN, at).power
        paper.signed_at, paper.signed_digest, paper.person_id = at, paper.digest, by.person_id
        paper.power_id = power.id if power else None
        session.flush()
        steps.take(
            filing.id, "filing.sign", by=by, at=at, seen=command.seen, party_id=plaintiff.id,
            facts={"kind": command.kind, "edition": paper.edition}, digests=(paper.digest,),
            papers={"code_checked": command.code_checked},
        )  # fmt: skip


def consent(filing_id: UUID, said: dict[str, bool], *, code_checked: bool, by: Actor, at: datetime) -> None:
    """Say yes or no to online procedure and to service online: two questions, two answers."""
    with unit_of_work() as session:
        filing = _mine(session, filing_id)
        for kind in CONSENTS:
            session.add(
                Consent(
                    id=uuid4(), case_id=filing.case_id, party_id=filing.plaintiff_id, kind=kind, given=said[kind],
                    person_id=by.person_id, at=at,
                )
            )  # fmt: skip
        steps.take(
            filing.id, "filing.consent", by=by, at=at, party_id=filing.plaintiff_id, facts={"consent": ",".join(kind for kind, given in said.items() if given)},
            papers={"code_checked": code_checked},
        )  # fmt: skip


def reopen(filing_id: UUID, seen: int, *, by: Actor, at: datetime) -> None:
    """Open the signed papers again; each that changes is signed again."""
    with unit_of_work() as session:
        filing = _mine(session, filing_id)
        steps.take(filing.id, "filing.reopen", by=by, at=at, seen=seen, party_id=filing.plaintiff_id)


def submit(
    filing_id: UUID, seen: int, attached: list[Attachment], *, code_checked: bool, by: Actor, at: datetime
) -> None:
    """Hand the signed papers to the court, with copies of what they name; nobody but the plaintiff does this."""
    with unit_of_work() as session:
        filing = _mine(session, filing_id)
        case, subject = steps.lock(session, filing_id)
        place = place_of(session, subject)
        filing.handed_in = bundle.particulars(session, case, filing, at)
        digests = [
            add_item(
                session, place, FILE, by=by, at=at, file=one.file, party_id=filing.plaintiff_id, subject_id=filing.id,
                copy_of=one.copy_of, court=True,
            ).digest
            for one in _missing(session, place, [*_evidence(session, filing), *attached])
        ]  # fmt: skip
        papers = session.scalars(select(FilingPaper.digest).where(FilingPaper.filing_id == filing.id))
        steps.take(
            filing.id, "filing.submit", by=by, at=at, seen=seen, party_id=filing.plaintiff_id,
            digests=(*papers, *digests), papers={"code_checked": code_checked},
        )  # fmt: skip


def _evidence(session: Session, filing: Filing) -> list[Attachment]:
    """The files of the evidence list, to be copied into the place of the suit."""
    listed = [UUID(row["item"]) for row in _paper(session, filing.id, EVIDENCE_LIST).words["rows"]]
    rows = {row.item_id: row for row in session.scalars(select(Evidence).where(Evidence.item_id.in_(listed)))}
    return [
        Attachment(StoredFile(row.digest, row.size, row.kind, row.mime, row.name, row.shown), row.item_id)
        for item in listed
        if (row := rows.get(item)) is not None
    ]


def _missing(session: Session, place: Place, wanted: list[Attachment]) -> list[Attachment]:
    """What does not lie there yet: after a return only what is new is added."""
    there = select(Evidence.digest).join(Item, Item.id == Evidence.item_id).where(Item.place_id == place.id)
    known = set(session.scalars(there))
    return [one for one in wanted if one.file.digest not in known]


def withdraw(filing_id: UUID, seen: int, *, code_checked: bool, by: Actor, at: datetime) -> None:
    """Take the suit back before the court registers it; a new one can be prepared."""
    with unit_of_work() as session:
        filing = _mine(session, filing_id)
        steps.take(
            filing.id, "filing.withdraw", by=by, at=at, seen=seen, party_id=filing.plaintiff_id,
            papers={"code_checked": code_checked},
        )  # fmt: skip
