"""The package of a suit as one file: sealed papers, copies of the evidence, and a manifest from which a clerk registers.

Nothing is gathered from the case: only what was laid into the place of the suit goes in, in the order of its papers.
The same package gives the same bytes, whoever downloads it and whenever.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from json import dumps
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import rendering
from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.items import StoredFile
from tourism_odr.cases.models import Case, Document, Event, Evidence, Filing, Item, Party, Subject
from tourism_odr.cases.models.filing import COMPLAINT, EVIDENCE_LIST
from tourism_odr.cases.papers.suit import defendant_lines, papers_of, sides
from tourism_odr.cases.suits import undisputed
from tourism_odr.clock import local_day
from tourism_odr.documents import KINDS
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.referral.queries.filing import Attachment, papers_along
from tourism_odr.rulebooks import local_zone

FORMAT, EDITION = "tourism-odr/suit", 1
CHINESE = "zh-Hans"
ORDER = ("suit-complaint", "suit-evidence", "suit-service", "suit-parties", "suit-facts")
PERSONAL_DATA = "suit-parties"  # the one paper to which the manifest points for identity number and address
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Piece:
    """One member of the package."""

    name: str
    kind: str
    data: bytes
    number: str = ""


def attached(session: Session, filing: Filing, actor: Actor, at: datetime) -> list[Attachment]:
    """The papers issued in the case, rendered and sealed, to be copied along.  Call it outside of a unit of work."""
    found = []
    for document in papers_along(session, filing, actor, at):
        title, number, document_id = KINDS[document.kind].chinese, document.number or "", document.id
        data = rendering.file_of(document, CHINESE, at)
        digest = rendering.kept_digest(document_id, CHINESE) or sha256(data).hexdigest()
        name = f"{title} {number}".strip() + ".pdf"
        found.append(Attachment(StoredFile(digest, len(data), "pdf", "application/pdf", name, {})))
    return found


def particulars(session: Session, case: Case, filing: Filing, at: datetime) -> dict[str, Any]:
    """What a clerk would have to type, as data: frozen when the plaintiff submits.

    Identity number, address and contacts of the plaintiff stay in the papers; here stands only where.
    """
    court = session.get_one(Organisation, filing.court_id)
    papers = papers_of(session, filing.id)
    words = papers[COMPLAINT].words
    before = session.scalars(select(Event.id).where(Event.subject_id == filing.id, Event.step == "filing.submit")).all()
    return {
        "filing": str(filing.id),
        "submission": len(before) + 1,
        "submitted_at": at.isoformat(),
        "case_number": case.number,
        "court": {"name": court.name, "code": court.code or ""},
        "cause": filing.cause,
        "venue": filing.venue,
        "ground": filing.basis,
        "foreign_related": filing.foreign,
        "small_claim_asked": filing.small_claim,
        "claim": _money(filing.amount, filing.currency),
        "court_fee": _money(filing.fee, filing.currency),
        "parties": [*_plaintiffs(session, filing), *_defendants(session, filing)],
        "claims": _lines(words["claims"]),
        "facts_and_reasons": _lines(words["facts"]),
        "witnesses": _lines(words["witnesses"]),
        "evidence": [_listed(number, row) for number, row in enumerate(papers[EVIDENCE_LIST].words["rows"], 1)],
        "undisputed_facts": [{"fact": title, "value": value} for title, value in undisputed(session, filing)],
        "consents": {"online_procedure": True, "online_service": True},
        "signatures": [
            {"paper": kind, "edition": paper.edition, "sha256": paper.digest,
             "signed_at": paper.signed_at.isoformat() if paper.signed_at else None}
            for kind, paper in sorted(papers.items())
        ],
        "rules": _rules(case, at),
    }  # fmt: skip


def _money(amount: Any, currency: str) -> dict[str, str] | None:
    return None if amount is None else {"amount": f"{amount:.2f}", "currency": currency}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _plaintiffs(session: Session, filing: Filing) -> list[dict[str, Any]]:
    plaintiff = session.get_one(Party, filing.plaintiff_id)
    named = next(one for one in sides(session, filing) if one["part"] == "plaintiff")
    return [{"part": "plaintiff", "kind": plaintiff.kind, "name": named["name"], "personal_data_in": _file_name(4, PERSONAL_DATA)}]


def _defendants(session: Session, filing: Filing) -> list[dict[str, Any]]:
    """What the register says of each, one after the other."""
    found: list[dict[str, Any]] = []
    for label, value in defendant_lines(session, filing):
        if label == "Defendant":
            found.append({"part": "defendant", "name": value})
        else:
            found[-1][label.lower().replace(" ", "_")] = value
    return found


def _listed(number: int, row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: row[name] for name in ("name", "source", "purpose", "content", "copies")}
    return {"number": number, **kept, "sha256": row["digest"]}


def _rules(case: Case, at: datetime) -> list[dict[str, str]]:
    """The versions by which the suit was prepared: of the complaint, and of the court's procedure."""
    book = rulebook_of(case)
    court = book.joined("register", local_day(at, local_zone(case.jurisdiction)))
    return [{"rules": "complaint", "version": book.version}] + (
        [{"rules": "court", "version": court.version}] if court else []
    )


def _file_name(number: int, kind: str) -> str:
    return f"{number:02d}-{KINDS[kind].chinese}.pdf"


def bundle(session: Session, case: Case, subject: Subject, filing: Filing, at: datetime) -> bytes:
    """The package as it was last submitted.  Call it outside of a unit of work: papers may have to be rendered."""
    pieces = [*_papers(session, subject, at), *_files(session, subject, filing)]
    handed_in = dict(filing.handed_in or {})
    manifest = {"format": FORMAT, "edition": EDITION, **handed_in, "members": [_member(one) for one in pieces]}
    listing = dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    moment = (filing.submitted_at or at).astimezone(ZoneInfo(local_zone(case.jurisdiction)))
    return _zipped([*pieces, Piece(MANIFEST, "manifest", listing)], moment)


def _member(piece: Piece) -> dict[str, Any]:
    return {
        "name": piece.name, "kind": piece.kind, "number": piece.number, "size": len(piece.data),
        "sha256": sha256(piece.data).hexdigest(),
    }  # fmt: skip


def _papers(session: Session, subject: Subject, at: datetime) -> Iterator[Piece]:
    """The papers of the last submission."""
    last = (
        select(Event.id).where(Event.subject_id == subject.id, Event.step == "filing.submit").order_by(Event.number.desc())
    )
    wanted = select(Document).where(Document.event_id == session.scalars(last).first())
    by_kind = {one.kind: one for one in session.scalars(wanted)}
    for number, kind in enumerate(ORDER, 1):
        if kind in by_kind:
            said = by_kind[kind].number or ""
            yield Piece(_file_name(number, kind), kind, rendering.file_of(by_kind[kind], CHINESE, at), said)


def _files(session: Session, subject: Subject, filing: Filing) -> Iterator[Piece]:
    """What lies in the place of the suit: first the papers issued in the case, then the evidence of the list."""
    rows = session.execute(
        select(Item.copy_of, Evidence)
        .join(Item, Item.id == Evidence.item_id)
        .where(Item.place_id == subject.place_id, Item.subject_id == filing.id)
        .order_by(Item.number)
    ).all()
    yield from _attachments(kept for copy_of, kept in rows if copy_of is None)
    kept_by_digest = {kept.digest: kept for copy_of, kept in rows if copy_of is not None}
    for row in (filing.handed_in or {}).get("evidence", []):
        kept = kept_by_digest.get(row["sha256"])
        if kept is not None:
            yield Piece(f"证据/{row['number']:02d}-{kept.name}", "evidence", _read(kept.digest))


def _attachments(kept: Iterable[Evidence]) -> Iterator[Piece]:
    for number, one in enumerate(kept, len(ORDER) + 1):
        yield Piece(f"{number:02d}-{one.name}", "issued-paper", _read(one.digest))


def _read(digest: str) -> bytes:
    with rendering.press().store.open(digest) as file:
        return file.read()


def _zipped(pieces: Iterable[Piece], moment: datetime) -> bytes:
    """Stored, not squeezed: the papers are squeezed already, and no version of a library changes a byte."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for piece in pieces:
            info = ZipInfo(piece.name, moment.timetuple()[:6])
            info.external_attr = 0o600 << 16
            archive.writestr(info, piece.data)
    return out.getvalue()


def file_name(case: Case, filing_id: UUID) -> str:
    """What the package is called on the reader's disk."""
    return f"{case.number}-{str(filing_id)[:8]}.zip"
