"""The sentences that stand in rulebook data, so that the catalogues hold them like any other."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from tourism_odr.rulebooks.loading import Table, parse, shipped

SAID = frozenset({"title", "article", "why", "note", "set_by"})
"""Keys whose values are shown to people.  Sources and official names stay Chinese."""


def message_ids() -> frozenset[str]:
    """Every sentence of every shipped file."""
    return frozenset(text for table in shipped().values() for text in _sentences(table))


def extract(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Mapping[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel's extraction method for ``tourism_odr/rulebooks/data/*.toml`` (see babel.cfg)."""
    del keywords, comment_tags, options  # Babel passes them to every method
    text = fileobj.read().decode("utf-8")
    lines = text.splitlines()
    for sentence in sorted(set(_sentences(parse(fileobj.name, text)))):
        at = next((number for number, line in enumerate(lines, 1) if f'"{sentence}"' in line), 1)
        yield at, "", sentence, []


def _sentences(table: Table) -> Iterator[str]:
    for key, value in table.items():
        if key in SAID and isinstance(value, str):
            yield value
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from _sentences(inner)
