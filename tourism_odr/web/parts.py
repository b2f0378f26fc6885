"""What pages are put together from: menu, assets, deadlines, progress, lists cut into pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Generic, Literal, TypeVar
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Flask, current_app, g, request, url_for

from tourism_odr import rulebooks, text
from tourism_odr.clock import ZONE, local_day
from tourism_odr.config import Settings
from tourism_odr.people.roles import TITLES, Role
from tourism_odr.text import M, Message
from tourism_odr.web.identity import NOTICES, SIGN_OUT, actor_or_none
from tourism_odr.web.locale import current_locale, say_here
from tourism_odr.web.names import called

Sentence = str | Message
State = Literal["done", "now", "next"]
T = TypeVar("T")
SIZES = ("100", "125", "150")
SIZE_COOKIE = "text-size"


@dataclass(frozen=True)
class MenuItem:
    """One entry of the navigation: for whom, where it leads, and its rank among the others."""

    label: str
    endpoint: str
    roles: frozenset[Role] = frozenset()
    rank: int = 50


@dataclass(frozen=True)
class Link:
    """Words and where they lead."""

    label: Sentence
    href: str


@dataclass(frozen=True)
class Deadline:
    """A due time with its reason.  ``days_left`` counts working days (calendar days if not ``working``)."""

    label: Sentence
    due: datetime
    days_left: int
    soon: bool = False
    working: bool = True
    over: bool = False
    ended: bool = False
    provisional: bool = False  # the calendar of that year is not confirmed yet
    paused: bool = False  # it stands still: no day counts, and the date will be another
    waits: bool = False  # it has run out, but is not certain enough to act on
    weak: bool = False  # not read in the official text: a warning that harms nobody
    house: bool = False  # a rule of the body, no law gives the number
    agreed: bool = False  # the parties chose the day
    basis: Sentence = ""
    explanation: Sequence[Sentence] = ()
    zone: str = ""  # of its calendar; else of the page

    @property
    def tone(self) -> str:
        """late, soon or calm; never the only sign."""
        if self.ended:
            return "ended"
        if self.paused:
            return "calm"
        if self.over or self.days_left < 0:
            return "late"
        return "soon" if self.soon or self.days_left == 0 else "calm"


@dataclass(frozen=True)
class Stop:
    """One stage of the progress tracker or one line of a timeline."""

    title: Sentence
    state: State = "done"
    at: datetime | None = None
    note: Sentence = ""
    who: Sentence = ""


@dataclass(frozen=True)
class Tab:
    """A link in the row of tabs; ``private`` draws the lock and the plum."""

    label: Sentence
    href: str
    current: bool = False
    count: int = 0
    private: bool = False
    icon: str = ""


@dataclass(frozen=True)
class PageOf(Generic[T]):
    """One page of a longer list."""

    items: Sequence[T]
    number: int = 1
    total: int = 0
    size: int = 25
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def numbers(self) -> list[int]:
        """The page numbers to show: the ends and the neighbours; 0 stands for a gap."""
        near = {1, self.last, self.number - 1, self.number, self.number + 1}
        shown = sorted(n for n in near if 1 <= n <= self.last)
        line: list[int] = []
        for number in shown:
            if line and number - line[-1] > 1:
                line.append(0)
            line.append(number)
        return line

    def href(self, number: int) -> str:
        """This list with the same filters, on another page."""
        return here_with(page=number)


def here_with(**changes: Any) -> str:
    """This address with some of its query changed; ``None`` takes a key out."""
    query: dict[str, Any] = {**request.args.to_dict(flat=False), **changes}
    kept = {name: value for name, value in query.items() if value is not None}
    return url_for(str(request.endpoint), **{**kept, **(request.view_args or {})})


def page_number() -> int:
    """Which page of a list the address asks for; nonsense asks for the first."""
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked[:9]) < 100_000 else 1


@cache
def _digest(name: str) -> str:
    return sha256((files("tourism_odr") / "static" / name).read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a file under ``static/``, with its digest so that a new one is fetched at once."""
    return _address(name, request.script_root)


@cache
def _address(name: str, _root: str) -> str:
    return url_for("static", filename=name, v=_digest(name))


def add_menu(app: Flask, items: Sequence[MenuItem]) -> None:
    """What a slice wants in the navigation."""
    app.extensions.setdefault("odr_menu", []).extend(items)


def menu() -> list[MenuItem]:
    """The navigation of the person who looks."""
    actor = actor_or_none()
    if actor is None or actor.seat is not None:
        return []
    items: list[MenuItem] = current_app.extensions.get("odr_menu", [])
    return sorted((item for item in items if actor.role in item.roles), key=lambda item: item.rank)


def add_footer(app: Flask, items: Sequence[MenuItem]) -> None:
    """What a slice wants at the foot of every page: privacy, accessibility, help."""
    app.extensions.setdefault("odr_footer", []).extend(items)


def footer_links() -> list[Link]:
    """The links at the foot of every page, in the order of their rank."""
    items: list[MenuItem] = current_app.extensions.get("odr_footer", [])
    return [Link(item.label, url_for(item.endpoint)) for item in sorted(items, key=lambda item: item.rank)]


def page_of(endpoint: str) -> str:
    """The address of a page that may not be part of this application, or nothing."""
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def in_section(item: MenuItem) -> bool:
    """Whether the page shown belongs to ``item``."""
    return request.endpoint == item.endpoint


def text_size() -> str:
    """How large the reader wants the text, in percent."""
    chosen = request.cookies.get(SIZE_COOKIE, "100")
    return chosen if chosen in SIZES else "100"


def month(first: date) -> str:
    """A month in the reader's words."""
    return text.format_month(first, current_locale())


def zone_here() -> str:
    """The time zone of the page: that of the case which it is about."""
    return str(g.get("zone", ZONE)) if g else ZONE


def day(value: date | datetime) -> str:
    """A day, or the local day and time of an instant, in the reader's language."""
    if isinstance(value, datetime):
        return text.format_at(value, current_locale(), zone_here())
    return text.format_day(value, current_locale())


def moment(value: datetime) -> str:
    """A short local time for lines of talk: 23 Nov 14:02."""
    return _moment(value, current_locale(), zone_here())


@lru_cache(4096)
def _moment(value: datetime, locale: str, zone: str) -> str:
    pattern = "M月d日 HH:mm" if locale.startswith("zh") else "d MMM HH:mm"
    return format_datetime(value.astimezone(ZoneInfo(zone)), pattern, locale=text.babel_locale(locale))


def lasted(value: timedelta) -> Message:
    """A length of time in days, hours and minutes."""
    hours, minutes = divmod(value // timedelta(minutes=1), 60)
    return M("%(days)s d %(hours)s h %(minutes)s min", days=hours // 24, hours=hours % 24, minutes=minutes)


def last_day(due: datetime, zone: str = "") -> str:
    """When something ends: a deadline at midnight belongs to the day that it closes."""
    zone = zone or zone_here()
    closing = local_day(due - timedelta(microseconds=1), zone)
    if closing == local_day(due, zone):
        return text.format_at(due, current_locale(), zone)
    return f"{text.format_day(closing, current_locale())} 24:00"


def money(amount: Decimal, currency: str = "CNY") -> str:
    """An amount with its currency's sign; whole amounts without decimals, and ¥ for the yuan in every language."""
    written = text.format_money(amount, currency, current_locale())
    return written.replace("CN¥", "¥").removesuffix(".00")


def cited(rule: rulebooks.ClockRule | rulebooks.Ground) -> str:
    """Law and article in the reader's language."""
    return rulebooks.cited(rule, current_locale())


def number(value: int | Decimal) -> str:
    """A number with the reader's separators."""
    return text.format_number(value, current_locale())


def role_title(role: Role) -> str:
    """Who somebody is, in the reader's language."""
    return say_here(TITLES[role])


def unread() -> int:
    """How many notices wait for the reader; nought until a slice says how to count them."""
    count = current_app.extensions.get("odr_unread")
    actor = actor_or_none()
    return int(count(actor)) if count and actor and actor.seat is None else 0


def init_app(app: Flask) -> None:
    """Give templates the names that they use."""
    settings: Settings = app.extensions["odr_settings"]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=asset,
        menu=menu,
        in_section=in_section,
        text_size=text_size,
        here_with=here_with,
        footer_links=footer_links,
        page_of=page_of,
        sign_out=SIGN_OUT,
        notices=NOTICES,
        role_title=role_title,
        unread=unread,
        service_name=settings.service_name,
        hotline=settings.hotline,
        demo=settings.demo,
        upload_max_mb=settings.upload_max_mb,
        upload_max_files=settings.upload_max_files,
    )
    for name, made in (
        ("day", day),
        ("month", month),
        ("last_day", last_day),
        ("lasted", lasted),
        ("moment", moment),
        ("money", money),
        ("number", number),
        ("cited", cited),
        ("called", called),
    ):
        app.add_template_filter(made, name)
