"""Which characters can be drawn: the committed subset first, the system's Noto CJK where it is installed."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]  # carries no types

from tourism_odr.documents.checking import clean

FOLDER = Path(str(files("tourism_odr.documents"))) / "fonts"
_SYSTEM = ("/usr/share/fonts", "/usr/local/share/fonts")
_SYSTEM_FILE = "NotoSerifCJK-Regular.ttc"
STAND_IN = "〓"  # the printers' mark for a character that the case does not hold


class CharactersMissingError(ValueError):
    """No font at hand draws these characters."""

    def __init__(self, characters: set[str]) -> None:
        self.characters = frozenset(characters)
        super().__init__(", ".join(f"{c} (U+{ord(c):04X})" for c in sorted(characters)))


@cache
def committed() -> frozenset[str]:
    """The characters of the committed subset."""
    with TTFont(FOLDER / "NotoSerifSC-Regular.ttf", lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def system_font() -> Path | None:
    """The full Noto Serif CJK, when the operator installed it."""
    found = (path for root in _SYSTEM for path in Path(root).rglob(_SYSTEM_FILE))
    return next(found, None)


@cache
def installed() -> frozenset[str]:
    """The characters of the system's font; empty without it."""
    path = system_font()
    if path is None:
        return frozenset()
    with TTCollection(path, lazy=True) as collection:
        return frozenset(map(chr, collection.fonts[0].getBestCmap()))


def needs_system_font(data: Any) -> bool:
    """Whether some text goes beyond the committed subset: the big font is loaded only then."""
    return bool(_characters(data) - committed())


def missing_characters(data: Any) -> set[str]:
    """The characters in ``data`` that no font at hand draws."""
    beyond = _characters(data) - committed()
    return beyond - installed() if beyond else set()


def with_stand_ins(data: Any) -> Any:
    """``data`` with 〓 for what cannot be drawn: for quoted text such as emoji, never for a party's name."""
    table = {ord(character): STAND_IN for character in missing_characters(data)}
    return _replaced(data, table)


def _replaced(data: Any, table: dict[int, str]) -> Any:
    if isinstance(data, str):
        return data.translate(table)
    if isinstance(data, Mapping):
        return {key: _replaced(value, table) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_replaced(value, table) for value in data]
    return data


def _characters(data: Any) -> set[str]:
    return {character for text in _texts(data) for character in clean(text) if character != "\n"}


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)
