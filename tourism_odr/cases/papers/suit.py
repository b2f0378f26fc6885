"""Papers of a suit that the plaintiff submits: complaint, evidence list, service address, party data, agreed facts.

They are the plaintiff's own: no body stands in their head.  What ``sealed`` holds comes to light only in the file.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.issuing import builds
from tourism_odr.cases.models import Filing, FilingPaper, Party
from tourism_odr.cases.models.filing import COMPLAINT, EVIDENCE_LIST, SERVICE_ADDRESS
from tourism_odr.cases.move import Move
from tourism_odr.cases.papers import pages
from tourism_odr.cases.relations import sides_of
from tourism_odr.cases.suits import undisputed
from tourism_odr.people import persons
from tourism_odr.people.models import Organisation
from tourism_odr.people.organisations import contacts_of
from tourism_odr.text import LOCALES, N_, format_money

ARTICLES = {
    "suit-complaint": N_("article 124"),
    "suit-evidence": N_("article 124"),
    "suit-parties": N_("article 124"),
    "suit-service": N_("article 90"),
    "suit-facts": N_("article 124"),
}
LAW, SOURCE, VERSION = "Civil Procedure Law", "中华人民共和国民事诉讼法（2023修正）", "cn-civil-procedure@2024-01-01"
WAIVER = N_("These facts were confirmed by both sides and may be used in court. Offers and talk are no part of it.")
NO_FACTS = N_("No fact was confirmed by both sides.")
TRUE = N_("I confirm that what stands here is true, and that I bear what follows from an address that is wrong or not kept up to date.")
E_SERVICE = N_("I agree that litigation papers are served electronically at the phone and e-mail given here.")
OF_SUIT = tuple(ARTICLES)


def _line(label: str, value: Any, *, said: bool = False) -> pages.Data:
    return {"label": pages.said(label), "value": pages.said(value) if said else pages.both(value)}


def papers_of(session: Session, filing_id: UUID) -> dict[str, FilingPaper]:
    """The papers of a suit by kind."""
    rows = session.scalars(select(FilingPaper).where(FilingPaper.filing_id == filing_id))
    return {row.kind: row for row in rows}


def _paper(move: Move, kind: str, of: str) -> pages.Data:
    """What all papers of a suit share."""
    filing = move.session.get_one(Filing, move.subject.id)
    case, court = move.case, move.session.get_one(Organisation, filing.court_id)
    paper = papers_of(move.session, filing.id)[of]
    return {
        "locale": case.locale if case.locale in LOCALES else "en",
        "issuer": {"zh": "", "en": ""},
        "number": "",
        "own_number": "",
        "case_number": case.number,
        "date": pages.local(move.at, case.jurisdiction),
        "basis": [pages.basis_line(LAW, SOURCE, VERSION, ARTICLES[kind], "statute_text")],
        "next": [],
        "signatures": [_signed(move.session, filing, paper)],
        "verify_url": "",
        "parties": sides(move.session, filing),
        "cause": filing.cause,
        "court": court.name,
        "lines": [],
        "sections": [],
        "counts": [],
        "rows": [],
        "sealed": "",
        "person": "",
    }


def sides(session: Session, filing: Filing) -> list[pages.Data]:
    """Plaintiff and defendants, by name."""
    return [
        {
            "name": pages.name_of(session, one),
            "part": "plaintiff" if one.id == filing.plaintiff_id else "defendant",
            "acted_by": "",
        }
        for one in sides_of(session, filing)
    ]


def _signed(session: Session, filing: Filing, paper: FilingPaper) -> pages.Data:
    plaintiff = session.get_one(Party, filing.plaintiff_id)
    name = persons.names_of([paper.person_id])[paper.person_id] if paper.person_id else ""
    own = paper.person_id == plaintiff.person_id
    return {
        "name": name,
        "on_behalf_of": "" if own else pages.name_of(session, plaintiff),
        "part": "plaintiff",
        "power": "",
        "signed_at": paper.signed_at.isoformat() if paper.signed_at else None,
    }


def _sealed(move: Move, of: str) -> pages.Data:
    filing = move.session.get_one(Filing, move.subject.id)
    plaintiff = move.session.get_one(Party, filing.plaintiff_id)
    paper = papers_of(move.session, filing.id)[of]
    return {"sealed": paper.sealed.hex() if paper.sealed else "", "person": str(plaintiff.person_id or "")}


def _section(title: str, *paragraphs: str | pages.Data) -> pages.Data:
    return {"title": pages.said(title), "paragraphs": [one if isinstance(one, dict) else pages.both(one) for one in paragraphs]}


def defendant_lines(session: Session, filing: Filing) -> list[tuple[str, str]]:
    """What the register says of each defendant: label (a message id) and value."""
    found: list[tuple[str, str]] = []
    for one in sides_of(session, filing):
        if one.id == filing.plaintiff_id:
            continue
        row = session.get(Organisation, one.organisation_id) if one.organisation_id else None
        found.append((N_("Defendant"), pages.name_of(session, one)))
        if row is None:
            continue
        found += [(N_("Unified social credit code"), row.uscc or ""), (N_("Licence"), row.licence or "")]
        found += [(CONTACTS[c.kind], c.value) for c in contacts_of(row.id) if c.kind in CONTACTS]
    return [(label, value) for label, value in found if value]


CONTACTS = {"address": N_("Address"), "phone": N_("Phone")}


@builds("suit-complaint")
def complaint(move: Move) -> pages.Data:
    """民事起诉状: the sides, the claim, facts and reasons, evidence and its sources (Civil Procedure Law art. 124)."""
    data, words = _paper(move, "suit-complaint", COMPLAINT), papers_of(move.session, move.subject.id)[COMPLAINT].words
    filing = move.session.get_one(Filing, move.subject.id)
    listed = papers_of(move.session, filing.id)[EVIDENCE_LIST].words["rows"]
    lines = [_line(label, value) for label, value in defendant_lines(move.session, filing)]
    if filing.amount is not None:
        lines.append(_line(N_("Amount in dispute"), format_money(filing.amount, filing.currency, "zh-Hans")))
    sections = [
        _section(N_("Claims"), *_paragraphs(words["claims"])),
        _section(N_("Facts and reasons"), *_paragraphs(words["facts"])),
        _section(
            N_("Evidence and its sources"),
            *(f"{number}. {row['name']}：{row['source']}" for number, row in enumerate(listed, 1)),
            *(() if listed else (pages.said(N_("None")),)),
        ),
    ]
    if words["witnesses"]:
        sections.append(_section(N_("Witnesses and where they live"), *_paragraphs(words["witnesses"])))
    return data | _sealed(move, COMPLAINT) | {"lines": lines, "sections": sections}


def _paragraphs(text: str) -> Iterable[str]:
    return [line for line in text.splitlines() if line.strip()]


@builds("suit-evidence")
def evidence_list(move: Move) -> pages.Data:
    """证据清单: numbered, with source, what each is to prove, content and copies (Evidence Provisions art. 19)."""
    rows = papers_of(move.session, move.subject.id)[EVIDENCE_LIST].words["rows"]
    return _paper(move, "suit-evidence", EVIDENCE_LIST) | {
        "rows": [
            {name: str(row[name]) for name in ("name", "source", "purpose", "content", "copies", "digest")} for row in rows
        ]
    }


@builds("suit-service")
def service_address(move: Move) -> pages.Data:
    """送达地址确认书: where and how the plaintiff is to be served."""
    sections = [_section(N_("Confirmation"), pages.said(TRUE), pages.said(E_SERVICE))]
    return _paper(move, "suit-service", SERVICE_ADDRESS) | _sealed(move, SERVICE_ADDRESS) | {"sections": sections}


@builds("suit-parties")
def party_data(move: Move) -> pages.Data:
    """当事人信息表: the data of the parties, as a clerk enters them."""
    filing = move.session.get_one(Filing, move.subject.id)
    lines = [_line(label, value) for label, value in defendant_lines(move.session, filing)]
    return _paper(move, "suit-parties", COMPLAINT) | _sealed(move, COMPLAINT) | {"lines": lines}


@builds("suit-facts")
def agreed_facts(move: Move) -> pages.Data:
    """无争议事实记载: what both sides confirmed while talking; nothing else of the talk (Online Mediation Rules art. 18)."""
    filing = move.session.get_one(Filing, move.subject.id)
    facts = undisputed(move.session, filing)
    lines = [{"label": pages.said(title), "value": {"zh": value, "en": value}} for title, value in facts]
    sections = [_section(N_("What this is"), pages.said(WAIVER if facts else NO_FACTS))]
    return _paper(move, "suit-facts", COMPLAINT) | {"lines": lines, "sections": sections, "signatures": []}
