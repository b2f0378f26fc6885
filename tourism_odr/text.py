"""Message id, parameters, locale -> sentence.  Babel's own catalogues, no Flask: pages, mails and documents agree."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from babel.support import NullTranslations, Translations

from tourism_odr.clock import ZONE, local_day

LOCALES = ("zh-Hans", "en")
DEFAULT_LOCALE = "zh-Hans"


def N_(message: str) -> str:  # noqa: N802 - gettext's usual name for "mark, translate later"
    """Mark ``message`` for the catalogue and hand it back unchanged."""
    return message


@dataclass(frozen=True)
class Message:
    """A sentence that has not chosen its language yet."""

    id: str
    params: dict[str, Any] = field(default_factory=dict)


def M(id: str, **params: Any) -> Message:  # noqa: N802 - short on purpose, it stands in every table of texts
    """A message with its parameters; ``id`` is the English sentence."""
    return Message(id, params)


@cache
def babel_locale(locale: str) -> Locale:
    """Babel's locale for one of ``LOCALES`` (or a pseudo-locale of the tests)."""
    return Locale.parse(locale, sep="-")


@cache
def catalogue(locale: str) -> NullTranslations:
    """The catalogue of ``locale``, read from its .po once; English ids answer for themselves."""
    file = files("tourism_odr") / "translations" / str(babel_locale(locale)) / "LC_MESSAGES" / "messages.po"
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(file.read_bytes())))
    compiled.seek(0)
    return Translations(compiled)


def say(message: "Message | str", locale: str, **params: Any) -> str:
    """The sentence in ``locale``.  Parameters that are messages are said in the same language."""
    id, given = (message, params) if isinstance(message, str) else (message.id, message.params)
    text = catalogue(locale).gettext(id)
    return text % {name: _param(value, locale) for name, value in given.items()} if given else text


def _param(value: Any, locale: str) -> Any:
    if isinstance(value, Message):
        return say(value, locale)
    if isinstance(value, datetime):
        return format_at(value, locale)
    if isinstance(value, date):
        return format_day(value, locale)
    return value


def registered_name(chinese: str, english: str, locale: str) -> str:
    """What a law or an organisation is called: the Chinese name, behind the English one for other readers."""
    if locale.startswith("zh") or english in ("", chinese):
        return chinese
    return f"{english} ({chinese})"


@lru_cache(4096)
def format_day(day: date, locale: str) -> str:
    """2026年12月8日（周二） / Tue 8 December 2026."""
    pattern = "y年M月d日（EEE）" if locale.startswith("zh") else "EEE d MMMM y"
    return format_date(day, pattern, locale=babel_locale(locale))


@lru_cache(512)
def format_month(day: date, locale: str) -> str:
    """2026年12月 / December 2026."""
    return format_date(day, "y年M月" if locale.startswith("zh") else "MMMM y", locale=babel_locale(locale))


@lru_cache(512)
def format_short_month(day: date, locale: str) -> str:
    """12月 / Dec: under a chart; January says its year."""
    year = "yy年" if locale.startswith("zh") else " yy"
    pattern = "M月" if locale.startswith("zh") else "MMM"
    wanted = (year + pattern if locale.startswith("zh") else pattern + year) if day.month == 1 else pattern
    return format_date(day, wanted, locale=babel_locale(locale))


@lru_cache(4096)
def format_at(at: datetime, locale: str, zone: str = ZONE) -> str:
    """The local day and 24-hour time of an instant in ``zone``."""
    local = at.astimezone(ZoneInfo(zone))
    clock = format_datetime(local, "HH:mm", locale=babel_locale(locale))
    return f"{format_day(local_day(at, zone), locale)} {clock}"


@lru_cache(4096)
def format_money(amount: Decimal, currency: str, locale: str) -> str:
    """¥1,400.00 with the sign of the currency; never a float."""
    return format_currency(amount, currency, locale=babel_locale(locale))


def format_number(number: int | Decimal, locale: str) -> str:
    """A number with the separators of the reader's language."""
    return format_decimal(number, locale=babel_locale(locale))
