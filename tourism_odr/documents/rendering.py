"""Frozen data -> PDF/UA by typst.  Users' text goes in as data, never as markup."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from tourism_odr.documents.checking import DataRefusedError, shown
from tourism_odr.documents.glyphs import (
    FOLDER,
    CharactersMissingError,
    missing_characters,
    needs_system_font,
    system_font,
)
from tourism_odr.documents.kinds import KINDS


def digest_of(data: Mapping[str, Any]) -> str:
    """SHA-256 of the frozen data in its one canonical spelling; printed at the foot of every page."""
    spelled = json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(spelled.encode()).hexdigest()


def render(
    kind: str, data: Mapping[str, Any], *, demo: bool = False, heading: tuple[str, str] | None = None
) -> bytes:
    """The document as a tagged PDF.  The same data gives the same bytes.

    ``heading`` is what it is called, in Chinese and in English, where its rules give it another name.
    """
    if kind not in KINDS:
        raise DataRefusedError(f"{kind!r} is no kind of document")
    words = shown(data, KINDS[kind].schema)
    if missing := missing_characters(data):
        raise CharactersMissingError(missing)
    payload = {"data": words, "demo": demo, "digest": digest_of(data)} | ({"heading": heading} if heading else {})
    pdf = typst.compile(
        template_folder() / f"{kind}.typ",
        root=template_folder(),
        font_paths=_fonts(needs_system_font(data)),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"payload": json.dumps(payload), "qr": _qr(words["verify_url"])},
        timestamp=datetime.combine(datetime.fromisoformat(data["date"]), datetime.min.time(), UTC),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single file")
    return pdf


@cache
def template_folder() -> Path:
    """Where the document templates lie: inside the installed package, or beside it in a plain checkout."""
    try:
        return Path(str(files("tourism_odr.templates"))) / "documents"
    except ModuleNotFoundError:
        return Path(str(files("tourism_odr"))).parent / "templates" / "documents"


@cache
def _fonts(whole: bool) -> typst.Fonts:
    path = system_font()
    folders = [str(FOLDER), str(path.parent)] if whole and path else [str(FOLDER)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _qr(url: str) -> str:
    if not url:
        return ""
    picture = BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="svg", border=2)
    return picture.getvalue().decode()
