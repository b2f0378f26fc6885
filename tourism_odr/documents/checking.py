"""Frozen data against its schema: unknown and missing keys are refused, days and amounts become words."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from tourism_odr.documents.schemas import At, Day, Money
from tourism_odr.text import format_at, format_day, format_money

_INVISIBLE = frozenset(
    {"Cc", "Cf", "Co", "Cs", "Cn"}
)  # controls, bidi overrides, lone surrogates: never on paper


class DataRefusedError(ValueError):
    """The data does not fit the schema of its kind; the message names the place."""


def clean(text: str) -> str:
    """``text`` composed (NFC), without characters that print nothing or turn the line around."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFC", "".join(kept))


def shown(value: Any, hint: Any, where: str = "data") -> Any:
    """``value`` as the templates want it, or ``DataRefusedError``."""
    if hint in _LEAVES:
        return _leaf(value, hint, where)
    if is_typeddict(hint):
        return _record(value, hint, where)
    origin = get_origin(hint)
    if origin is list:
        return _many(value, get_args(hint)[0], where)
    if origin is Literal:
        return _one_of(value, get_args(hint), where)
    if origin in (Union, UnionType):
        return _either(value, get_args(hint), where)
    raise TypeError(f"{where}: the schema uses {hint!r}, which has no rule here")


def _record(value: Any, hint: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise DataRefusedError(f"{where}: a record is wanted")
    hints = get_type_hints(hint)
    missing, unknown = hints.keys() - value.keys(), value.keys() - hints.keys()
    if missing or unknown:
        raise DataRefusedError(f"{where}: missing {sorted(missing)}, unknown {sorted(map(str, unknown))}")
    if hint is Money:
        return _money(value, where)
    return {name: shown(value[name], inner, f"{where}.{name}") for name, inner in hints.items()}


def _many(value: Any, inner: Any, where: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise DataRefusedError(f"{where}: a list is wanted")
    return [shown(each, inner, f"{where}[{index}]") for index, each in enumerate(value)]


def _one_of(value: Any, choices: tuple[Any, ...], where: str) -> Any:
    if value not in choices:
        raise DataRefusedError(f"{where}: {value!r} is none of {choices}")
    return value


def _either(value: Any, hints: tuple[Any, ...], where: str) -> Any:
    if type(None) in hints and value is None:
        return None
    real = [hint for hint in hints if hint is not type(None)]
    if all(get_origin(hint) is Literal for hint in real):
        return _one_of(value, tuple(choice for hint in real for choice in get_args(hint)), where)
    return shown(value, real[0], where)


def _leaf(value: Any, hint: Any, where: str) -> Any:
    wanted = bool if hint is bool else str
    if not isinstance(value, wanted):
        raise DataRefusedError(f"{where}: {wanted.__name__} is wanted, not {type(value).__name__}")
    try:
        return _LEAVES[hint](value)
    except ValueError as error:
        raise DataRefusedError(f"{where}: {value!r} cannot be read ({error})") from error


def _day(value: str) -> dict[str, str]:
    day = date.fromisoformat(value)
    return {"iso": value, "zh": format_day(day, "zh-Hans"), "en": format_day(day, "en")}


def _at(value: str) -> dict[str, str]:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError("the offset is missing")
    return {"iso": value, "zh": format_at(at, "zh-Hans"), "en": format_at(at, "en")}


def _money(value: Mapping[str, Any], where: str) -> dict[str, str]:
    try:
        amount = Decimal(str(value["amount"]))
    except InvalidOperation as error:
        raise DataRefusedError(f"{where}.amount: {value['amount']!r} is no amount") from error
    currency = str(value["currency"])
    code = len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()
    if not (amount.is_finite() and amount >= 0 and code):
        raise DataRefusedError(f"{where}: {amount} {currency!r} is no amount with its currency")
    code_first = f"{currency} {amount:,.2f}"
    return {
        "zh": f"{format_money(amount, currency, 'zh-Hans')}（{code_first}）",
        "en": "",
    }  # digits need no second language


_LEAVES: dict[Any, Callable[[Any], Any]] = {str: clean, bool: bool, Day: _day, At: _at}
