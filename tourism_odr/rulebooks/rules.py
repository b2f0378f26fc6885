"""One rule, one refusal ground, one document name, as read from data; what is wrong is refused here."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from tourism_odr.clock import start_of_day
from tourism_odr.rulebooks.calendars import calendars
from tourism_odr.rulebooks.counting import Due, Pause, due, recount
from tourism_odr.rulebooks.loading import Reader
from tourism_odr.rulebooks.terms import AUTHORITIES, BODIES, EVENTS, GRADES, PAUSES, PROOFS, ROUTES, WEAK, WHO

KINDS = ("law", "house")
UNITS = ("working", "calendar", "months", "years", "minutes")
DAYS = {"working": 1, "calendar": 1, "months": 28, "years": 365, "minutes": 0}  # that a unit has at least


@dataclass(frozen=True)
class Extension:
    """By how much a period may be made longer, by whom, how often, and where that stands."""

    count: int
    unit: str
    by: str
    times: int
    article: str
    grade: str


@dataclass(frozen=True)
class ClockRule:
    """How long, from what, by which law: the row that starts a clock (or shows a tourist's own date)."""

    name: str
    kind: Literal["law", "house"]
    count: int
    unit: Literal["working", "calendar", "months", "years", "minutes"]
    starts: str
    roll: bool
    law: str
    source: str
    article: str
    grade: str
    enforced: bool
    when_missed: str | None
    title: str
    who: str
    version: str
    valid_from: date
    valid_to: date | None
    calendar: str
    warn: tuple[int, ...] = ()
    set_by: str | None = None
    set_on: date | None = None
    why: str | None = None
    note: str | None = None
    public: str = ""
    body: str = ""
    extension: Extension | None = None
    pauses: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()

    @property
    def weak(self) -> bool:
        """Below statute and secondary source: warns and shows, but harms nobody."""
        return self.grade in WEAK

    @cached_property
    def citation(self) -> dict[str, Any]:
        """What every derivation repeats about its rule, so that it explains itself years later."""
        names = ("title", "kind", "law", "source", "article", "version", "grade", "count", "unit", "roll", "weak")
        cited: dict[str, Any] = {"rule": self.name, "event": self.starts} | {
            name: getattr(self, name) for name in names
        }
        if self.kind == "house":
            cited |= {"why": self.why, "set_by": self.set_by, "set_on": str(self.set_on)}
        return cited | ({"note": self.note} if self.note else {})

    def due(
        self, start: datetime, *, evidence: str | None = None, proof: str | None = None,
        pauses: Iterable[Pause] = (),
    ) -> Due:  # fmt: skip
        """When this clock ends for an event at ``start`` (aware).

        ``evidence`` names what shows that it happened, ``proof`` how: a code of ``terms.PROOFS``.
        """
        if start.tzinfo is None:
            raise ValueError("A clock starts at an aware instant, not at a naive time.")
        if proof is not None and self.proofs and proof not in self.proofs:
            raise ValueError(f"{self.public} does not start by {proof!r}.")
        return due(self, start, evidence, proof, pauses)

    def due_on(self, day: date) -> Due:
        """When this clock ends for an event on a local day of which no hour is known."""
        return self.due(start_of_day(day, calendars()[self.calendar].zone))

    def extended(
        self, derivation: Mapping[str, Any], *, by: str, agreed: date, evidence: str | None = None,
        count: int | None = None, consents: Iterable[Mapping[str, Any]] = (),
    ) -> Due:  # fmt: skip
        """The same deadline made longer from its last day, if the law lets ``by`` do so once more.

        ``count``: of the units of the law, by fewer than it allows; ``consents``: which sides agreed, and when.
        """
        more, so_far = self.extension, derivation.get("extensions", [])
        if more is None or by != more.by or len(so_far) >= more.times:
            raise ValueError(f"{self.public} cannot be extended by {by!r} again.")
        part: dict[str, Any] = asdict(more) | {"agreed": agreed.isoformat()} | ({"evidence": evidence} if evidence else {})
        if count is not None and count != more.count:
            if not 1 <= count <= more.count:
                raise ValueError(f"{self.public} cannot be extended by {count} {more.unit}.")
            part |= {"count": count, "most": more.count}
        if said := [dict(one) for one in consents]:
            part["consents"] = said
        return recount(derivation, extensions=[*so_far, part])

    def paused(self, derivation: Mapping[str, Any], pause: Pause) -> Due:
        """The same deadline without the days on which it stood still, if the law lets it."""
        if pause.reason not in self.pauses:
            raise ValueError(f"{self.public} does not stand still for {pause.reason!r}.")
        return recount(derivation, pauses=[*derivation.get("pauses", []), pause.recorded()])


@dataclass(frozen=True)
class Ground:
    """A ground for refusing a complaint, and the other ways that stay open."""

    code: str
    title: str
    article: str
    law: str
    source: str
    grade: str
    routes: tuple[str, ...]

    @property
    def route_titles(self) -> tuple[str, ...]:
        """The message ids of the other ways."""
        return tuple(ROUTES[route] for route in self.routes)


@dataclass(frozen=True)
class DocumentName:
    """What a document is called: its title to translate, and its official Chinese name.

    ``printed``: these stand over the document itself, instead of what it is usually called.
    """

    code: str
    title: str
    official: str
    law: str
    source: str
    article: str
    grade: str
    printed: bool = False


@dataclass(frozen=True)
class Heading:
    """What one file says about all its rules."""

    series: str
    title: str
    kind: str
    source: str
    valid_from: date
    valid_to: date | None
    calendar: str
    set_by: str | None
    set_on: date | None
    jurisdiction: str = ""
    body: str = ""
    chosen_by: str = ""

    @property
    def id(self) -> str:
        """The version of the series: its name and first day."""
        return f"{self.series}@{self.valid_from}"

    def holds(self, on: date) -> bool:
        """Whether this version is valid on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def read_clock(reader: Reader, name: str, head: Heading) -> ClockRule:
    """One ``[clock.*]`` or ``[own-date.*]`` table."""
    kind = reader.code("kind", KINDS, head.kind)
    article, grade = read_authority(reader, kind)
    house = _house(reader, head) if kind == "house" else {}
    rule = ClockRule(
        name=name,
        kind=kind,
        count=reader.get("count", int),
        unit=reader.code("unit", UNITS),
        starts=reader.code("starts", EVENTS),
        roll=reader.get("roll", bool, False),
        law=head.title,
        source=reader.get("source", str, head.source if kind == head.kind else "house rules"),
        article=article,
        grade=grade,
        enforced=reader.get("enforced", bool, grade not in WEAK),
        when_missed=reader.get("when_missed", str, None),
        title=reader.get("title", str),
        who=reader.code("who", WHO),
        version=head.id,
        valid_from=head.valid_from,
        valid_to=head.valid_to,
        calendar=head.calendar,
        warn=reader.list_of("warn", int),
        note=reader.get("note", str, None),
        public=reader.get("public", str, f"{head.series.removeprefix(head.jurisdiction + '-')}.{name}"),
        body=reader.code("body", BODIES, head.body),
        extension=_extension(reader),
        pauses=reader.codes("pauses", PAUSES),
        proofs=reader.codes("proofs", PROOFS),
        **house,
    )
    reader.done()
    _check(reader, rule)
    return rule


def _extension(reader: Reader) -> Extension | None:
    """The inner table ``extension``, where the law lets somebody make the period longer."""
    table = reader.get("extension", dict, None)
    if table is None:
        return None
    inner = Reader(reader.file, f"{reader.key}.extension", table)
    article, grade = read_authority(inner, "law")
    found = Extension(
        inner.get("count", int), inner.code("unit", UNITS[:-1]), inner.code("by", AUTHORITIES),
        inner.get("times", int), article, grade,
    )  # fmt: skip
    inner.done()
    return found


def read_authority(reader: Reader, kind: str) -> tuple[str, str]:
    """Article and grade: law must have both, a house rule neither."""
    article, grade = reader.get("article", str, ""), reader.code("grade", GRADES, "")
    if kind == "house":
        if article or grade:
            reader.refuse("article" if article else "grade", "a house rule is not law and cites none.")
        return "", "house"
    if not article:
        reader.refuse("article", "a law rule must name its article.")
    if grade in ("", "house"):
        reader.refuse("grade", "a number from law must say how surely it is known.")
    return article, grade


def _house(reader: Reader, head: Heading) -> dict[str, Any]:
    """Who set a house rule, when and why: nobody may take it for law."""
    said = {
        "set_by": reader.get("set_by", str, head.set_by),
        "set_on": reader.day("set_on", head.set_on),
        "why": reader.get("why", str, None),
    }
    for key, value in said.items():
        if not value:
            reader.refuse(key, "a house rule must say who set it, when and why.")
    return said


def _check(reader: Reader, rule: ClockRule) -> None:
    """What no single key can show to be wrong."""
    if rule.count < 1:
        reader.refuse("count", "must be at least 1.")
    if rule.roll and rule.unit in ("working", "minutes"):
        reader.refuse("roll", "only a count of calendar days can end on a day off.")
    if rule.weak and rule.enforced:
        reader.refuse("enforced", "a number of a weak grade warns, but is not enforced.")
    most = DAYS[rule.unit] * rule.count
    if rule.warn and (max(rule.warn) >= most or min(rule.warn) < 1):
        reader.refuse("warn", "must hold days between the start and the end of the count.")


def read_ground(reader: Reader, head: Heading) -> Ground:
    """One ``[[ground]]`` table: law always."""
    article, grade = read_authority(reader, "law")
    routes = reader.list_of("routes", str)
    unknown = next((route for route in routes if route not in ROUTES), None)
    if unknown or not routes:
        reader.refuse("routes", f"{unknown!r} is not one of {', '.join(sorted(ROUTES))}.")
    code, title = reader.get("code", str), reader.get("title", str)
    ground = Ground(code, title, article, head.title, head.source, grade, routes)
    reader.done()
    return ground


def read_document(reader: Reader, code: str, head: Heading) -> DocumentName:
    """One ``[document.*]`` table."""
    article, grade = read_authority(reader, head.kind)
    named = DocumentName(
        code, reader.get("title", str), reader.get("official", str), head.title, head.source, article, grade,
        reader.get("printed", bool, False),
    )
    reader.done()
    return named
