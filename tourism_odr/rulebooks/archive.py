"""The order of archive volumes and how long they are kept, as data: house rules, each with source and grade."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from functools import cache

from tourism_odr.rulebooks.loading import Reader, shipped
from tourism_odr.rulebooks.terms import GRADES

ALWAYS = "always"
ANY = "*"
# What may be known of a case when its volume is compiled.
SIGNS = frozenset(
    {ALWAYS, "accepted", "refused", "passed-on", "withdrawn", "terminated", "agreed", "mediated", "served", "applied"}
)
PARTS = ("public", "confidential")


@dataclass(frozen=True)
class Retention:
    """How long a volume is kept; no years: for ever."""

    code: str
    title: str
    official: str
    years: int
    when: frozenset[str]
    why: str
    source: str
    grade: str


@dataclass(frozen=True)
class Section:
    """One heading of the catalogue: which documents and items lie under it, and what must not be missing."""

    code: str
    title: str
    official: str
    part: str
    documents: tuple[str, ...]
    items: tuple[str, ...]
    needed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ArchiveRules:
    """The rules of one jurisdiction, and who set them."""

    version: str
    set_by: str
    set_on: date
    retentions: tuple[Retention, ...]
    sections: tuple[Section, ...]

    def retention_for(self, signs: Set[str]) -> Retention:
        """The first class that fits what is known of the case."""
        return next(one for one in self.retentions if one.when & (signs | {ALWAYS}))

    def retention(self, code: str) -> Retention:
        """The class of that code."""
        return next(one for one in self.retentions if one.code == code)

    def section(self, code: str) -> Section:
        """The heading of that code."""
        return next(one for one in self.sections if one.code == code)

    def section_of(self, part: str, *, document: str = "", item: str = "") -> Section | None:
        """Under which heading of a part a document or an item of this kind lies; None: under none."""
        mine = [one for one in self.sections if one.part == part]
        fits = (one for one in mine if (document and document in one.documents) or (item and item in one.items))
        other = (one for one in mine if document and ANY in one.documents)
        return next(fits, None) or next(other, None)


@cache
def archive_rules(jurisdiction: str) -> ArchiveRules | None:
    """The rules where this law holds; None where no order is laid down."""
    for file, table in shipped("archive").items():
        reader = Reader(file, "", table)
        if reader.get("jurisdiction", str) == jurisdiction:
            return _rules(reader)
    return None


def _rules(reader: Reader) -> ArchiveRules:
    found = ArchiveRules(
        version=f"{reader.get('series', str)}@{reader.first_day('valid_from')}",
        set_by=reader.get("set_by", str),
        set_on=reader.first_day("set_on"),
        retentions=tuple(_retention(row) for row in reader.rows("retention")),
        sections=tuple(_section(row) for row in reader.rows("section")),
    )
    reader.done()
    return found


def _retention(row: Reader) -> Retention:
    texts = {name: row.get(name, str) for name in ("code", "title", "official", "why", "source")}
    when = frozenset(row.codes("when", SIGNS))
    kept = Retention(**texts, years=row.get("years", int), when=when, grade=row.code("grade", GRADES))
    row.done()
    return kept


def _section(row: Reader) -> Section:
    texts = {name: row.get(name, str) for name in ("code", "title", "official")}
    needed = row.get("needed", dict, {})
    unknown = sorted(set(needed) - SIGNS)
    if unknown:
        row.refuse("needed", f"{unknown[0]!r} is no sign of a case.")
    documents, items = row.list_of("documents", str), row.list_of("items", str)
    section = Section(**texts, part=row.code("part", PARTS), documents=documents, items=items, needed=tuple(needed.items()))
    row.done()
    return section
