"""Keep the translations whole: take every sentence out of the code and the templates, and bring the catalogues up to it.

python scripts/catalogue.py            bring each messages.po up to the code, keeping what is translated
python scripts/catalogue.py --check    say what is missing, fuzzy or no longer used, and fail
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tourism_odr" / "translations"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "M": None}


def extracted() -> Catalog:
    """Every sentence that a reader may meet, in the order of the files."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog(charset="utf-8")
    for folder in ("tourism_odr", "templates"):
        for name, line, message, comments, context in extract_from_dir(
            ROOT / folder, _within(methods, folder), _options(options, folder), KEYWORDS, ("Translators:",),
            directory_filter=lambda path: not path.endswith("__pycache__"),  # by itself it passes over names like _other
        ):
            found.add(message, None, [(f"{folder}/{name}", line)], auto_comments=comments, context=context)
    return found


def _within(methods: list[tuple[str, str]], folder: str) -> list[tuple[str, str]]:
    return [
        (pattern.removeprefix(f"{folder}/"), how)
        for pattern, how in methods
        if pattern.startswith(f"{folder}/")
    ]


def _options(options: dict[str, dict[str, str]], folder: str) -> dict[str, dict[str, str]]:
    return {pattern.removeprefix(f"{folder}/"): given for pattern, given in options.items()}


def catalogues() -> list[Path]:
    """The catalogue of each language that is not the language of the ids."""
    return sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))


def load(path: Path) -> Catalog:
    """A catalogue as it lies on disk."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def update(path: Path, template: Catalog) -> None:
    """Add what is new, drop what is gone; nothing is guessed, so nothing becomes fuzzy."""
    catalogue = load(path)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalogue, sort_output=True, width=110, include_lineno=False)


def complaints(path: Path, template: Catalog) -> list[str]:
    """What keeps a catalogue from being whole."""
    catalogue = load(path)
    wanted = {message.id: message for message in template if message.id}
    held = {message.id: message for message in catalogue if message.id}
    lines = [f"missing: {_id(message)}" for key, message in wanted.items() if not _translated(held.get(key))]
    lines += [f"fuzzy: {_id(message)}" for message in held.values() if message.fuzzy]
    lines += [f"no longer used: {_id(message)}" for key, message in held.items() if key not in wanted]
    lines += [f"{wrong}: {_id(message)}" for message in held.values() for wrong in message.check(catalogue)]
    return lines


def _translated(message: Message | None) -> bool:
    if message is None:
        return False
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(strings)


def _id(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def main(arguments: list[str]) -> int:
    """The exit code: 0 when every catalogue is whole."""
    template = extracted()
    bad = 0
    for path in catalogues():
        if "--check" not in arguments:
            update(path, template)
        lines = complaints(path, template)
        bad += len(lines)
        for line in lines:
            sys.stdout.write(f"{path.parts[-3]}: {line}\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
