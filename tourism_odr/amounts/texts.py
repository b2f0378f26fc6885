"""The texts that amounts rest on, as read from data: what is wrong with them is refused here, in one sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

from tourism_odr.rulebooks import GRADES
from tourism_odr.rulebooks.loading import Reader, Table, refuse, shipped
from tourism_odr.text import N_

T = TypeVar("T")

MARKETS = {"domestic": N_("Within mainland China"), "outbound": N_("From mainland China to elsewhere")}
BY = {"agency": N_("The agency"), "tourist": N_("The tourist")}
CONTRACTS = {
    "model-2014": N_("It follows the 2014 model contract"),
    "own-terms": N_("It has its own terms on compensation"),
    "silent": N_("It says nothing on compensation, or nothing was written"),
}
RESPONDENTS = ("agency", "branch", "platform", "hotel", "sight", "carrier", "shop", "person")
MEASURED = ("fee", "ticket", "loss", "difference")
UNITS = ("percent", "times", "CNY")


@dataclass(frozen=True)
class Band:
    """So many percent of the fee, from ``first`` to ``last`` days before departure."""

    market: str
    by: str
    first: int
    last: int | None
    percent: Decimal
    article: str


@dataclass(frozen=True)
class Term:
    """A part of what an item is worth: so many percent of one thing that was measured."""

    of: str
    percent: Decimal
    title: str
    optional: bool


@dataclass(frozen=True)
class Item:
    """What the standard grants for one kind of fault; ``each`` time where it says so."""

    title: str
    article: str
    each: bool
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Number:
    """One number of a text with its article."""

    value: Decimal
    article: str


@dataclass(frozen=True)
class Step:
    """One part of a sliding scale: flat, or so many percent of what lies above the part before."""

    up_to: Decimal | None
    flat: Decimal | None
    percent: Decimal | None
    article: str


@dataclass(frozen=True)
class Limit:
    """The average wage that a province's limits are made of, from a day on; settled until the next is due."""

    province: str
    title: str
    valid_from: date
    settled_to: date
    wage: Decimal
    source: str
    article: str
    grade: str


@dataclass(frozen=True)
class Distance:
    """What a flight up to a distance brings, and within how many hours another flight halves it."""

    up_to: int | None
    intra_eu: bool
    eur: int
    late_hours: Decimal
    article: str


@dataclass(frozen=True)
class Otherwise:
    """For whom a text does not speak, and what applies to them."""

    respondents: tuple[str, ...]
    contracts: tuple[str, ...]
    by: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class Text:
    """One law, contract or standard with its numbers."""

    id: str
    basis: str
    title: str
    source: str
    grade: str
    valid_from: date
    valid_to: date | None
    respondents: tuple[str, ...]
    contracts: tuple[str, ...]
    assumes: tuple[str, ...]
    otherwise: tuple[Otherwise, ...]
    bands: tuple[Band, ...]
    numbers: Mapping[str, Number]
    items: Mapping[str, Item]
    scale: tuple[Step, ...]
    limits: tuple[Limit, ...]
    distances: tuple[Distance, ...]

    def instead(self, *, respondent: str = "", contract: str = "", by: str = "") -> str | None:
        """What applies to these instead of this text; None when it speaks for them."""
        for row in self.otherwise:
            if respondent in row.respondents or contract in row.contracts or by in row.by:
                return row.title
        return None

    def held_on(self, day: date) -> bool:
        """Whether the text was in force on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def _decimal(reader: Reader, key: str, default: Any = ...) -> Any:
    """A number written as text, so that it is exact."""
    given = reader.get(key, str) if default is ... else reader.get(key, str, default)
    if given is default:
        return default
    try:
        found = Decimal(given)
    except InvalidOperation:
        reader.refuse(key, f"{given!r} is not a number.")
    if not found.is_finite() or found < 0:
        reader.refuse(key, f"{given!r} is not a number from 0 up.")
    return found


def _article(reader: Reader) -> str:
    article: str = reader.get("article", str, "")
    if not article:
        reader.refuse("article", "a number of the law must name its article.")
    return article


def _band(reader: Reader) -> Band:
    first, last = reader.get("from", int), reader.get("to", int, None)
    return Band(
        reader.code("market", MARKETS), reader.code("by", BY), first, last, _decimal(reader, "percent"),
        _article(reader),
    )  # fmt: skip


def _term(reader: Reader) -> Term:
    return Term(
        reader.code("of", MEASURED), _decimal(reader, "percent"), reader.get("title", str),
        reader.get("optional", bool, False),
    )  # fmt: skip


def _item(reader: Reader) -> Item:
    return Item(
        reader.get("title", str),
        _article(reader),
        reader.get("each", bool, False),
        _rows(reader, "terms", _term),
    )


def _number(reader: Reader) -> Number:
    reader.code("unit", UNITS)
    return Number(_decimal(reader, "value"), _article(reader))


def _step(reader: Reader) -> Step:
    step = Step(
        _decimal(reader, "up_to", None), _decimal(reader, "flat", None), _decimal(reader, "percent", None),
        _article(reader),
    )  # fmt: skip
    if (step.flat is None) == (step.percent is None):
        reader.refuse("percent", "a part of a scale is flat or a percentage, one of the two.")
    return step


def _limit(reader: Reader) -> Limit:
    return Limit(
        reader.get("province", str), reader.get("title", str), reader.first_day("valid_from"),
        reader.first_day("settled_to"), _decimal(reader, "wage"), reader.get("source", str), _article(reader),
        reader.code("grade", GRADES),
    )  # fmt: skip


def _distance(reader: Reader) -> Distance:
    return Distance(
        reader.get("up_to", int, None), reader.get("intra_eu", bool, False), reader.get("eur", int),
        _decimal(reader, "late_hours"), _article(reader),
    )  # fmt: skip


def _otherwise(reader: Reader) -> Otherwise:
    row = Otherwise(
        reader.list_of("respondents", str), reader.list_of("contracts", str), reader.list_of("by", str),
        reader.get("title", str),
    )  # fmt: skip
    for key, known in (("respondents", RESPONDENTS), ("contracts", CONTRACTS), ("by", BY)):
        if unknown := sorted(set(getattr(row, key)) - set(known)):
            reader.refuse(key, f"{unknown[0]!r} is not one of {', '.join(sorted(known))}.")
    return row


def _rows(reader: Reader, key: str, read: Callable[[Reader], T]) -> tuple[T, ...]:
    return tuple(_whole(row, read) for row in reader.rows(key))


def _whole(reader: Reader, read: Callable[[Reader], T]) -> T:
    """Read one table, then refuse what is left over in it."""
    found = read(reader)
    reader.done()
    return found


def read_text(file: str, table: Table) -> Text:
    """One file; refuses unknown keys, numbers without article, gaps and overlaps."""
    reader = Reader(file, "", table)
    found = Text(
        id=reader.get("id", str),
        basis=reader.get("basis", str),
        title=reader.get("title", str),
        source=reader.get("source", str),
        grade=reader.code("grade", GRADES),
        valid_from=reader.first_day("valid_from"),
        valid_to=reader.day("valid_to", None),
        respondents=reader.list_of("respondents", str),
        contracts=reader.list_of("contracts", str),
        assumes=_rows(reader, "assumes", lambda row: str(row.get("note", str))),
        otherwise=_rows(reader, "otherwise", _otherwise),
        bands=_rows(reader, "band", _band),
        numbers={name: _whole(row, _number) for name, row in reader.tables("number").items()},
        items={name: _whole(row, _item) for name, row in reader.tables("item").items()},
        scale=_rows(reader, "scale", _step),
        limits=_rows(reader, "limit", _limit),
        distances=_rows(reader, "distance", _distance),
    )
    reader.done()
    _check_bands(file, found.bands)
    _check_scale(file, found.scale)
    _check_speaks(file, found)
    return found


def _check_bands(file: str, bands: tuple[Band, ...]) -> None:
    """For each market and side the days run from 0 upwards without gap or overlap, the last band without end."""
    for market, by in sorted({(band.market, band.by) for band in bands}):
        rows = sorted((b for b in bands if (b.market, b.by) == (market, by)), key=lambda band: band.first)
        whole = rows[0].first == 0 and rows[-1].last is None
        if not whole or any(one.last is None or one.last + 1 != other.first for one, other in pairwise(rows)):
            refuse(file, f"band {market} {by}", "leaves a gap between the days, or counts some twice.")


def _check_scale(file: str, scale: tuple[Step, ...]) -> None:
    """Each part of a scale lies above the one before, and the last has no end."""
    if not scale:
        return
    ends = [step.up_to for step in scale[:-1]]
    whole = scale[-1].up_to is None and all(ends)
    if not whole or any(one >= other for one, other in pairwise(filter(None, ends))):
        refuse(file, "scale", "must rise, and end without an upper limit.")


def _check_speaks(file: str, found: Text) -> None:
    """A text that is for some only says what applies to each of the others."""
    for key, known in (("respondents", RESPONDENTS), ("contracts", tuple(CONTRACTS))):
        spoken: tuple[str, ...] = getattr(found, key)
        elsewhere = {code for row in found.otherwise for code in getattr(row, key)}
        if spoken and set(spoken) | elsewhere != set(known):
            refuse(file, key, "names neither itself nor another basis for some of them.")


@cache
def texts() -> Mapping[str, Text]:
    """Every shipped text by id."""
    found: dict[str, Text] = {}
    for file, table in shipped("amounts").items():
        one = read_text(file, table)
        if one.id in found:
            refuse(file, "id", f"{one.id!r} is the id of another text.")
        found[one.id] = one
    return found


def text(id: str) -> Text:
    """The text of that id."""
    return texts()[id]


@cache
def text_of(basis: str, market: str = "") -> Text:
    """The text of a basis that has bands for a market (any, where it has none)."""
    of_basis = [one for one in texts().values() if one.basis == basis]
    return next((one for one in of_basis if any(b.market == market for b in one.bands)), of_basis[0])
