"""What all documents carry, and what is put in when a document leaves: number, date, who signed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import relations
from tourism_odr.cases.announced import confirmation
from tourism_odr.cases.categories import category_title
from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.issuing import HEAD_SIGNS, JUDGE_SIGNS, SIGNED_BY_NOBODY
from tourism_odr.cases.items import STATEMENT
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Clock, Document, Evidence, Item, ItemText, Party, Place
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.cases.move import Move
from tourism_odr.cases.papers import sealed
from tourism_odr.clock import local_day
from tourism_odr.db import rows_of
from tourism_odr.documents import KINDS
from tourism_odr.documents.court_papers import CourtPaper
from tourism_odr.people import persons
from tourism_odr.people.models import Organisation
from tourism_odr.rulebooks import ClockRule, Rulebook, explain, local_zone
from tourism_odr.rulebooks.monthly import Cell, Month, months
from tourism_odr.text import LOCALES, Message, format_month, say

Data = dict[str, Any]
GRADES = {"statute_text": "T", "template": "M", "secondary": "S", "draft_or_press": "D", "memory": "mem", "house": "house", "confirmed": "confirmed"}
PARTS = {COMPLAINANT: "complainant", RESPONDENT: "respondent"}


def both(value: Any) -> Data:
    """A text in both languages: as it was given, or said from a message id."""
    if isinstance(value, Mapping):
        return {"zh": str(value.get("zh", "")), "en": str(value.get("en", ""))}
    if isinstance(value, Message):
        return {"zh": say(value, "zh-Hans"), "en": say(value, "en")}
    return {"zh": str(value or ""), "en": ""}


def said(message: str) -> Data:
    """A message id in both languages; nothing stays nothing."""
    return both(message and Message(message))


def matter(move: Move, rules: Iterable[str] = (), document: str | None = None) -> Data:
    """The part of the data that every document about a complaint has."""
    case = move.case
    body = move.session.get_one(Organisation, case.body_id)
    return {
        "locale": case.locale if case.locale in LOCALES else "en",
        "issuer": {"zh": body.name, "en": body.name_en},
        "number": "",
        "case_number": case.number,
        "date": local(move.at, case.jurisdiction),
        "basis": basis(move.session, rulebook_of(case), rules, document, local_day(move.at)),
        "next": [],
        "signatures": [],
        "verify_url": "",
        "parties": parties(move),
        "matter": move.papers.get("statement") or statement(move.session, case),
        "counts": counts(move, rules),
    }


def next_steps(**until: date | None) -> list[Data]:
    """What the reader may do next; an underscore stands for a dash."""
    return [
        {"step": step.replace("_", "-"), "until": day.isoformat() if day else None}
        for step, day in until.items()
    ]


def basis(
    session: Session, book: Rulebook, rules: Iterable[str], document: str | None = None, on: date = date.min
) -> list[Data]:
    """The rules that the document rests on, with article, version and how well their text is known.

    ``on``: the day that chooses the version of a procedure beside the complaint.
    """
    held = [(book.joined(name, on) or book, name) for name in rules]
    numbers = [holder.rule(name) for holder, name in held if holder.has(name)]
    found = [(r.source, r.version, r.article, _grade(session, r)) for r in numbers]
    if document is not None and document in book.documents:
        named = book.documents[document]
        version = next((head.id for head in book.members if head.source == named.source), book.version)
        found.insert(0, (named.source, version, named.article, named.grade))
    titles = {head.id: head.title for holder in (book, *(one for one, _ in held)) for head in holder.members}
    return [basis_line(titles.get(one[1], one[0]), *one) for one in dict.fromkeys(found)]


def _grade(session: Session, rule: ClockRule) -> str:
    """How surely the number is known; confirmed once somebody has compared it with the official text."""
    return "confirmed" if rule.weak and confirmation(session, rule.version, rule.name) else rule.grade


def basis_line(title: str, source: str, version: str, article: str, grade: str) -> Data:
    """One line of the legal basis."""
    law = grade != "house"
    return {
        "rule": {"zh": source if law else say(title, "zh-Hans"), "en": say(title, "en")},
        "article": said(article),
        "version": version.partition("@")[2] or version,
        "grade": GRADES[grade],
    }


def name_of(session: Session, party: Party, known: Mapping[UUID, str] = MappingProxyType({})) -> str:
    """The name of a party: the register's for an organisation, the person's own, or as it was typed."""
    if party.organisation_id:
        return session.get_one(Organisation, party.organisation_id).name
    if party.person_id:
        if party.person_id in known:
            return known[party.person_id]
        with session.no_autoflush:  # no step changes a name
            return persons.names_of([party.person_id])[party.person_id]
    return party.typed_name or ""


def parties(move: Move) -> list[Data]:
    """Complainants first, then respondents and others."""
    known = move.papers.get("names", {})
    return [
        {"name": name_of(move.session, row, known), "part": PARTS.get(row.side, "third-party"), "acted_by": ""}
        for row in relations.parties_of(move)
    ]


def statement(session: Session, case: Case) -> str:
    """The complaint in the words of the complainant; its category once these were erased."""
    with session.no_autoflush:  # it was written when the case was lodged
        first = statements(session, [case.id]).get(case.id)
    return first or say(category_title(case.category), "zh-Hans")


def statements(session: Session, case_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The words with which each case began, those that still stand."""
    words = select(Item.case_id, ItemText.body).join(Item, Item.id == ItemText.item_id)
    found = session.execute(
        words.where(Item.case_id.in_(case_ids), Item.kind == STATEMENT).order_by(Item.number.desc())
    )
    return {case_id: body for case_id, body in found}


def files(move: Move) -> list[Data]:
    """The files that lie in the case file."""
    if "files" in move.papers:
        return [{"name": name, "digest": digest} for name, digest in move.papers["files"]]
    rows = move.session.execute(
        select(Evidence.name, Evidence.digest)
        .join(Item, Item.id == Evidence.item_id)
        .join(Place, Place.id == Item.place_id)
        .where(Item.case_id == move.case.id, Place.kind == PlaceKind.FILE.value)
        .order_by(Item.number)
    )
    return [{"name": row.name, "digest": row.digest} for row in rows]


def money(amount: Decimal | None, currency: str) -> Data | None:
    """An amount with its currency, as exact digits."""
    return None if amount is None else {"amount": f"{amount:.2f}", "currency": currency}


def last_clock(move: Move, name: str, subject_id: UUID | None = None) -> Clock | None:
    """The last clock of this name: of this very step, or as it stands."""
    wanted = (subject_id or move.subject.id, name)
    started = [clock for clock in move.started if (clock.subject_id, clock.name) == wanted]
    if started:
        return started[-1]
    clocks = rows_of(move.session, Clock, case_id=move.case.id)
    same = [clock for clock in clocks if (clock.subject_id, clock.name) == wanted]
    return max(same, key=lambda clock: clock.started_at, default=None)


def clock_day(move: Move, name: str, subject_id: UUID | None = None) -> date | None:
    """The day of the last clock of this name."""
    clock = last_clock(move, name, subject_id)
    return clock.day if clock else None


def counts(move: Move, rules: Iterable[str]) -> list[Data]:
    """Why the dates of these rules are those dates: the derivations, as they stand when the document is issued."""
    return [clock.derivation for name in rules if (clock := last_clock(move, name)) is not None]


def _counted(derivation: Mapping[str, Any]) -> Data:
    """A derivation in the words and the small calendar of the page of deadlines."""
    both_say = zip(explain(derivation, "zh-Hans"), explain(derivation, "en"), strict=True)
    return {
        "title": said(derivation["title"]),
        "lines": [{"zh": chinese, "en": english} for chinese, english in both_say],
        "months": [_month(month) for month in months(derivation)],
    }


def _month(month: Month) -> Data:
    weeks = [[_cell(cell) for cell in week] for week in month.weeks]
    return {"month": {"zh": format_month(month.first, "zh-Hans"), "en": format_month(month.first, "en")}, "weeks": weeks}


def _cell(cell: Cell | None) -> Data:
    """A square of the calendar; one of another month stays empty."""
    if cell is None:
        return {"day": "", "kind": "beside", "number": ""}
    return {"day": str(cell.day.day), "kind": cell.kind, "number": str(cell.number or "")}


def iso(day: date | None) -> str | None:
    """A day as data."""
    return day.isoformat() if day else None


def local(at: datetime, rulebook: str) -> str:
    """The day of an instant where the rules of that name hold, as data."""
    return local_day(at, local_zone(rulebook)).isoformat()


def _part_of(kind: str) -> str:
    """Whose office it is to sign this kind."""
    if kind in HEAD_SIGNS:
        return "head"
    if KINDS[kind].schema is CourtPaper:
        return "judge" if kind in JUDGE_SIGNS else "clerk"
    return "officer"


def completed(document: Document, locale: str) -> Data:
    """The frozen data with what was decided when the document left: its number, its date, its signer."""
    data = dict(document.data) | {"locale": locale}
    if personal := sealed.lines(data):
        shown = [{"label": said(label), "value": both(value)} for label, value in personal]
        data |= {"lines": [*shown, *data["lines"]], "sealed": "", "person": ""}
    if document.issued_at:
        data |= {"number": document.number or "", "date": local(document.issued_at, document.rule)}
    if document.kind not in SIGNED_BY_NOBODY and document.signer_id:
        line = {
            "name": persons.names_of([document.signer_id])[document.signer_id],
            "on_behalf_of": "",
            "part": _part_of(document.kind),
            "power": "",
            "signed_at": document.issued_at.isoformat() if document.issued_at else None,
        }
        data["signatures"] = [*data["signatures"], line]
    if "counts" in data:
        data["counts"] = [_counted(derivation) for derivation in data["counts"]]
    return data
