"""Choose the versions valid on a day and lay them over each other: the rulebook of one complaint."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from tourism_odr.rulebooks.calendars import calendars
from tourism_odr.rulebooks.counting import Due, fixed
from tourism_odr.rulebooks.loading import Reader, Table, refuse, shipped
from tourism_odr.rulebooks.rules import (
    KINDS,
    ClockRule,
    DocumentName,
    Ground,
    Heading,
    read_clock,
    read_document,
    read_ground,
)
from tourism_odr.rulebooks.terms import ASKS, BODIES, EVENTS, ROUTES

PROFILES = "profiles.toml"
HOUSE = "house"  # the jurisdiction of rules that are not law


class NoRulebook(LookupError):  # noqa: N818 - the name says what is missing
    """No rulebook of that name or version, or none valid on that day."""


@dataclass(frozen=True)
class Member:
    """One version of one series: one file."""

    file: str
    head: Heading
    clocks: Mapping[str, ClockRule]
    own_dates: Mapping[str, ClockRule]
    grounds: tuple[Ground, ...]
    documents: Mapping[str, DocumentName]
    steps: frozenset[str]
    asks: frozenset[str]


@dataclass(frozen=True)
class Profile:
    """A named choice of series, in the order in which they overlay each other."""

    name: str
    title: str
    members: tuple[str, ...]
    optional: frozenset[str]
    reminds: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rulebook:
    """The rules that hold for one complaint, whatever law is made later.

    Beside them other procedures may join the case (a suit, its confirmation): of these the version is that
    of the day of their own event, see ``joined``.
    """

    name: str
    title: str
    version: str
    members: tuple[Heading, ...]
    clocks: Mapping[str, ClockRule]
    own_dates: Mapping[str, ClockRule]
    grounds: tuple[Ground, ...]
    documents: Mapping[str, DocumentName]
    steps: frozenset[str]
    asks: frozenset[str]
    reminds: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()

    @property
    def jurisdiction(self) -> str:
        """Whose law this is."""
        return self.members[0].jurisdiction

    @property
    def calendar(self) -> str:
        """Whose days off it counts."""
        return self.members[0].calendar

    def has(self, clock_name: str) -> bool:
        """Whether this rulebook knows the clock."""
        return clock_name in self.clocks

    def rule(self, clock_name: str) -> ClockRule:
        """The rule of a clock; KeyError says which rulebook lacks it."""
        try:
            return self.clocks[clock_name]
        except KeyError:
            raise KeyError(f"{self.version} has no clock {clock_name!r}") from None

    def joined(self, clock_name: str, on: date) -> "Rulebook | None":
        """The rules that know the clock for an event on ``on``: these, or those of a procedure that joined the case."""
        return self if self.has(clock_name) else shelf().joined(self, clock_name, on)

    def opens(self, step: str, on: date) -> bool:
        """Whether a procedure that joined the case still knows a step which only some of its versions have."""
        return shelf().opens(self, step, on)

    def fixed(self, clock_name: str, day: date, *, basis: str, **facts: Any) -> Due:
        """A date that a person set for one of this rulebook's clocks."""
        return fixed(self.rule(clock_name), day, basis=basis, **facts)

    def own_date(self, name: str, start: datetime) -> Due:
        """A tourist's own date, counted from ``start``."""
        return self.own_dates[name].due(start)

    def offers(self, step: str) -> bool:
        """Whether the lifecycle step is open under this rulebook."""
        return bool({"*", step, f"{step.partition('.')[0]}.*"} & self.steps)

    def ground(self, code: str) -> Ground:
        """The refusal ground of that code."""
        return next(ground for ground in self.grounds if ground.code == code)


@dataclass(frozen=True)
class Shelf:
    """All versions of all series, and the profiles made of them."""

    series: Mapping[str, tuple[Member, ...]]
    profiles: Mapping[str, Profile]
    _made: dict[str, Rulebook] = field(default_factory=dict)

    def profile(self, name: str, on: date) -> Rulebook:
        """The rulebook of ``name`` for a complaint received on ``on``."""
        wanted = self._profile(name)
        found = [self._on(series, on, wanted) for series in wanted.members]
        return self.by_version(f"{name}=" + "+".join(member.head.id for member in found if member))

    def zone(self, name: str) -> str:
        """The time zone whose days the rulebook ``name`` counts."""
        first = self.series[self._profile(name).members[0]][0]
        return calendars()[first.head.calendar].zone

    def joined(self, book: Rulebook, clock_name: str, on: date) -> Rulebook | None:
        """The version of a procedure beside ``book`` that holds on the day and knows the clock."""
        for series in book.joins:
            for member in self.series[series]:
                if clock_name in member.clocks and member.head.holds(on):
                    return self.by_version(f"{book.name}={member.head.id}")
        return None

    def opens(self, book: Rulebook, step: str, on: date) -> bool:
        """Whether a procedure beside ``book``, in the version of that day, names the step as open."""
        members = (member for series in book.joins for member in self.series[series])
        return any(step in member.steps for member in members if member.head.holds(on))

    def by_version(self, version: str) -> Rulebook:
        """Exactly that rulebook again."""
        if version not in self._made:
            name, _, ids = version.partition("=")
            wanted = self._profile(name)
            self._made[version] = compose(wanted, version, [self._member(id) for id in ids.split("+")])
        return self._made[version]

    def find(self, jurisdiction: str, name: str, on: date) -> ClockRule:
        """The rule of that public name for an event on that day."""
        named = [rule for rule in self.rules(jurisdiction) if rule.public == name]
        if not named:
            raise NoRulebook(f"{jurisdiction!r} has no rule {name!r}.")
        for rule in named:
            if rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to):
                return rule
        raise NoRulebook(f"No version of {name} is known for {on}; the first is of {named[0].valid_from}.")

    def rules(self, jurisdiction: str) -> Iterator[ClockRule]:
        """Every rule of every version, a tourist's own dates included; house rules hold everywhere."""
        for members in self.series.values():
            for member in members:
                if member.head.jurisdiction in (jurisdiction, HOUSE):
                    yield from member.clocks.values()
                    yield from member.own_dates.values()

    def _profile(self, name: str) -> Profile:
        if name not in self.profiles:
            raise NoRulebook(f"There is no rulebook {name!r}; known are {', '.join(sorted(self.profiles))}.")
        return self.profiles[name]

    def _on(self, series: str, on: date, wanted: Profile) -> Member | None:
        for member in self.series[series]:
            if member.head.holds(on):
                return member
        if series in wanted.optional:
            return None
        raise NoRulebook(f"{wanted.name}: no version of {series} is valid on {on}.")

    def _member(self, id: str) -> Member:
        series = self.series.get(id.partition("@")[0], ())
        found = next((member for member in series if member.head.id == id), None)
        if found is None:
            raise NoRulebook(f"There is no version {id!r} on the shelf.")
        return found


def compose(wanted: Profile, version: str, members: list[Member]) -> Rulebook:
    """Lay the members over each other, the later over the earlier; general house rules count as the first counts."""
    clocks: dict[str, ClockRule] = {}
    calendar = members[0].head.calendar
    for member in members:
        for name, rule in member.clocks.items():
            if name in clocks and clocks[name].kind == "law" and rule.kind == "house":
                refuse(member.file, f"clock.{name}", f"a house rule cannot replace {clocks[name].version}.")
            clocks[name] = replace(rule, calendar=calendar) if member.head.jurisdiction == HOUSE else rule
    return Rulebook(
        name=wanted.name,
        title=wanted.title,
        version=version,
        members=tuple(member.head for member in members),
        clocks=MappingProxyType(clocks),
        own_dates=MappingProxyType({k: v for member in members for k, v in member.own_dates.items()}),
        grounds=tuple({g.code: g for member in members for g in member.grounds}.values()),
        documents=MappingProxyType({k: v for member in members for k, v in member.documents.items()}),
        steps=frozenset().union(*(member.steps for member in members)),
        asks=frozenset().union(*(member.asks for member in members)),
        reminds=wanted.reminds,
        ways=wanted.ways,
        joins=wanted.joins,
    )


def read_shelf(tables: Mapping[str, Table]) -> Shelf:
    """The shelf from TOML tables by file name; refuses gaps, overlaps and unknown names."""
    members = [read_member(file, table) for file, table in tables.items() if file != PROFILES]
    series: dict[str, tuple[Member, ...]] = {}
    for member in sorted(members, key=lambda member: member.head.valid_from):
        before = series.get(member.head.series, ())
        if before:
            _check_seam(before[-1], member)
        series[member.head.series] = (*before, member)
    profiles = _read_profiles(Reader(PROFILES, "", tables.get(PROFILES, {})), series)
    return Shelf(MappingProxyType(series), MappingProxyType(profiles))


def read_member(file: str, table: Table) -> Member:
    """One file."""
    reader = Reader(file, "", table)
    head = _read_heading(reader)
    member = Member(
        file=file,
        head=head,
        clocks={name: read_clock(r, name, head) for name, r in reader.tables("clock").items()},
        own_dates={name: read_clock(r, name, head) for name, r in reader.tables("own-date").items()},
        grounds=tuple(read_ground(r, head) for r in reader.rows("ground")),
        documents={code: read_document(r, code, head) for code, r in reader.tables("document").items()},
        steps=frozenset(reader.list_of("steps", str)),
        asks=frozenset(reader.codes("asks", ASKS)),
    )
    reader.done()
    return member


def _read_heading(reader: Reader) -> Heading:
    valid_from, valid_to = reader.first_day("valid_from"), reader.day("valid_to", None)
    if valid_to is not None and valid_to < valid_from:
        reader.refuse("valid_to", f"{valid_to} lies before valid_from {valid_from}.")
    series = reader.get("series", str)
    return Heading(
        series=series,
        title=reader.get("title", str),
        kind=reader.code("kind", KINDS),
        source=reader.get("source", str),
        valid_from=valid_from,
        valid_to=valid_to,
        calendar=reader.code("calendar", calendars()),
        set_by=reader.get("set_by", str, None),
        set_on=reader.day("set_on", None),
        jurisdiction=reader.get("jurisdiction", str, series.partition("-")[0]),
        body=reader.code("body", BODIES, ""),
        chosen_by=reader.code("chosen_by", EVENTS),
    )


def _check_seam(before: Member, member: Member) -> None:
    """The later version starts on the very day after the earlier one ends."""
    series, end = member.head.series, before.head.valid_to
    if end is None or end >= member.head.valid_from:
        until = end or "further notice"
        refuse(member.file, "valid_from", f"overlaps {before.file}, where {series} holds until {until}.")
    if end + timedelta(days=1) != member.head.valid_from:
        refuse(member.file, "valid_from", f"leaves a gap in {series} after {end} ({before.file}).")


def _read_profiles(reader: Reader, series: Mapping[str, Any]) -> dict[str, Profile]:
    found: dict[str, Profile] = {}
    for name in reader.table:
        table = reader.get(name, dict)
        inner = Reader(reader.file, name, table)
        members, optional = inner.list_of("members", str), inner.list_of("optional", str)
        joins = inner.list_of("joins", str)
        unknown = sorted((set(members) | set(joins)) - set(series) | (set(optional) - set(members)))
        if unknown or not members:
            inner.refuse("members", f"{unknown or members} is not a series of any file.")
        reminds, ways = inner.list_of("reminds", str), inner.codes("ways", ROUTES)
        found[name] = Profile(name, inner.get("title", str), members, frozenset(optional), reminds, ways, joins)
        inner.done()
    return found


@cache
def shelf() -> Shelf:
    """The shelf that ships with the service, read once."""
    return read_shelf(shipped())


@lru_cache(maxsize=4096)
def profile(name: str, on: date) -> Rulebook:
    """The rulebook ``name`` (such as cn-sh) for a complaint received on the local day ``on``."""
    return shelf().profile(name, on)


def local_zone(name: str) -> str:
    """The time zone whose days the rulebook ``name`` counts."""
    return shelf().zone(name)


def by_version(version: str) -> Rulebook:
    """The rulebook that a case or clock remembers."""
    return shelf().by_version(version)


def profiles() -> tuple[str, ...]:
    """The names of all profiles."""
    return tuple(shelf().profiles)


def profile_title(name: str) -> str:
    """What a profile is called, a message id."""
    return shelf().profiles[name].title


def find_rule(jurisdiction: str, name: str, on: date) -> ClockRule:
    """The rule of that public name (such as complaint.accept) for an event on the local day ``on``."""
    return shelf().find(jurisdiction, name, on)


def rule_names(jurisdiction: str) -> tuple[str, ...]:
    """The public names of all rules of a jurisdiction."""
    return tuple(sorted({rule.public for rule in shelf().rules(jurisdiction)}))


def every_rule() -> tuple[ClockRule, ...]:
    """Every rule of every version of every jurisdiction."""
    members = [member for versions in shelf().series.values() for member in versions]
    return tuple(rule for one in members for rule in (*one.clocks.values(), *one.own_dates.values()))
