"""Papers of the archive: the catalogue of a volume, and the sheets on which texts of the case are kept."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from tourism_odr.cases import items
from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.issuing import builds
from tourism_odr.cases.models import Case, Document, Evidence, Item, ItemText, Volume, VolumeEntry
from tourism_odr.cases.models.volume import CONFIDENTIAL, PUBLIC
from tourism_odr.cases.move import Move
from tourism_odr.cases.papers import pages
from tourism_odr.cases.volumes import RECORD, course, entries_of
from tourism_odr.documents import KINDS
from tourism_odr.people import persons
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import TITLES, Role
from tourism_odr.rulebooks.archive import ArchiveRules, archive_rules
from tourism_odr.text import N_, M, Message

PARTS = {PUBLIC: N_("Part open to inspection"), CONFIDENTIAL: N_("Confidential part")}
TEXTS = {
    items.STATEMENT: N_("Complaint in the tourist's words"),
    items.ANSWER: N_("Answer"),
    items.LETTER: N_("Letter"),
    items.FILE: N_("File"),
    RECORD: N_("Record of the course of the mediation"),
}
MISSING = {
    "unsigned": N_("%(paper)s: waits for its signature"),
    "absent": N_("%(paper)s: never issued"),
    "erased": N_("%(number)s texts or files were erased"),
    "gone": N_("%(number)s files are no longer in the store"),
}


@builds("volume-catalogue")
def catalogue(move: Move) -> pages.Data:
    """卷内目录: every entry with its pages and its digest, what is missing, and who filed the volume."""
    session, case = move.session, move.case
    volume, rules = session.get_one(Volume, move.subject.id), rules_for(case)
    kept = rules.retention(volume.retention)
    entries = entries_of(session, volume.id)
    remark = session.get(ItemText, volume.remark_id) if volume.remark_id else None
    return _sheet(session, case) | {
        "date": pages.local(move.at, case.jurisdiction),
        "volume": str(volume.number),
        "supplementary": volume.number > 1,
        "about": pages.statement(session, case),
        "retention": {"zh": kept.official, "en": kept.title},
        "retention_why": pages.said(kept.why),
        "parts": [_part(session, rules, part, [one for one in entries if one.part == part], case) for part in PARTS],
        "missing": [pages.both(missing_words(one)) for one in volume.missing],
        "remark": remark.body if remark else "",
        "filed_by": persons.names_of([move.by.person_id])[move.by.person_id] if move.by.person_id else "",
        "filed_at": move.at.isoformat(),
    }


def rules_for(case: Case) -> ArchiveRules:
    """The archive rules of the case; a volume is only made where there are some."""
    rules = archive_rules(rulebook_of(case).jurisdiction)
    if rules is None:
        raise LookupError("no archive rules")
    return rules


def missing_words(one: dict[str, Any]) -> Message:
    """What is missing, in words."""
    said = MISSING[one["code"]]
    return M(said, paper=Message(KINDS[one["kind"]].title)) if "kind" in one else M(said, number=one["number"])


def _sheet(session: Session, case: Case) -> pages.Data:
    """What every paper of the archive carries."""
    body = session.get_one(Organisation, case.body_id)
    return {
        "locale": "zh-Hans", "issuer": {"zh": body.name, "en": body.name_en}, "number": "", "case_number": case.number,
        "date": pages.local(case.ended_at or case.moved, case.jurisdiction), "basis": [], "next": [], "signatures": [],
        "verify_url": "",
    }  # fmt: skip


def _part(session: Session, rules: ArchiveRules, part: str, entries: list[VolumeEntry], case: Case) -> pages.Data:
    return {
        "title": pages.said(PARTS[part]),
        "pages": str(sum(one.pages for one in entries)),
        "lines": [
            {
                "number": str(one.number),
                "section": {"zh": rules.section(one.section).official, "en": rules.section(one.section).title},
                "title": title,
                "date": pages.local(one.at, case.jurisdiction),
                "pages": page_range(one),
                "digest": one.digest,
            }
            for one, title in zip(entries, titles(session, entries), strict=True)
        ],
    }


def page_range(entry: VolumeEntry) -> str:
    """From which page to which."""
    last = entry.first_page + entry.pages - 1
    return str(last) if entry.pages == 1 else f"{entry.first_page}-{last}"


def titles(session: Session, entries: Iterable[VolumeEntry]) -> list[pages.Data]:
    """What each entry is called: a document with its number, a file by its name, a text by its kind."""
    return [_title(session, one) for one in entries]


def _title(session: Session, entry: VolumeEntry) -> pages.Data:
    if entry.document_id:
        paper = session.get_one(Document, entry.document_id)
        kind = KINDS[paper.kind]
        return {"zh": f"{kind.chinese} {paper.number or ''}".strip(), "en": kind.title}
    file = session.get(Evidence, entry.item_id) if entry.kind == items.FILE else None
    named = pages.said(TEXTS[entry.kind])
    return {name: f"{words} {file.name}" for name, words in named.items()} if file else named


def text_sheet(session: Session, case: Case, item: Item, words: ItemText) -> pages.Data:
    """One text of the case on paper: what it is, by whom in which part, when, and the words."""
    return _sheet(session, case) | {
        "date": pages.local(item.at, case.jurisdiction),
        "title": pages.said(TEXTS[item.kind]),
        "written_by": pages.said(TITLES[Role(item.role)]),
        "written_at": item.at.isoformat(),
        "words": words.body,
        "lines": [],
    }


def record_sheet(session: Session, case: Case) -> pages.Data:
    """调解情况记录: the course of the mediation from the ledger; nothing that was said or offered."""
    return _sheet(session, case) | {
        "title": pages.said(TEXTS[RECORD]),
        "written_by": pages.said(N_("From the ledger; no words of the talks")),
        "written_at": (case.ended_at or case.moved).isoformat(),
        "words": "",
        "lines": [{"at": at.isoformat(), "text": pages.said(past)} for at, past in course(session, case.id)],
    }
