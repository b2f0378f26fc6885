"""What may have happened in a case, as data: each head names the calculator that speaks of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tourism_odr.amounts.standard import TEXT
from tourism_odr.amounts.texts import BY, text
from tourism_odr.rulebooks.loading import Reader, Table, shipped

CALCS = ("cancellation", "standard", "fraud", "flight", "words")


@dataclass(frozen=True)
class Head:
    """Something that may have happened; ``code`` is its key on the trip sheet."""

    code: str
    jurisdiction: str
    title: str
    categories: tuple[str, ...]
    calc: str
    by: str
    note: str


def read_heads(file: str, table: Table) -> dict[str, Head]:
    """One file of heads."""
    reader = Reader(file, "", table)
    jurisdiction = reader.get("jurisdiction", str)
    found = {code: _head(row, code, jurisdiction) for code, row in reader.tables("head").items()}
    reader.done()
    return found


def _head(reader: Reader, code: str, jurisdiction: str) -> Head:
    head = Head(
        code,
        jurisdiction,
        reader.get("title", str),
        reader.list_of("categories", str),
        reader.code("calc", CALCS),
        reader.code("by", BY, ""),
        reader.get("note", str, ""),
    )
    reader.done()
    if head.calc == "standard" and code not in text(TEXT).items:
        reader.refuse("calc", f"the standard has no item {code!r}.")
    if head.calc == "words" and not head.note:
        reader.refuse("note", "must say what applies, since nothing is computed.")
    return head


@cache
def heads() -> Mapping[str, Head]:
    """Every shipped head by code."""
    return {
        code: head
        for file, table in shipped("amounts/heads").items()
        for code, head in read_heads(file, table).items()
    }
