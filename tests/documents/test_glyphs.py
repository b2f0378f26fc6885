"""The committed font alone draws the shipped texts and every character of the national set."""

from importlib.resources import files

from tourism_odr.documents import KINDS, sample
from tourism_odr.documents.glyphs import _characters, committed
from tourism_odr.documents.rendering import template_folder


def national_set() -> set[str]:
    """GB 2312, 6,763 hanzi and the symbols."""
    found = set()
    for high in range(0xB0, 0xF8):
        pairs = (bytes([high, low]) for low in range(0xA1, 0xFF))
        found |= {pair.decode("gb2312", errors="ignore") for pair in pairs}
    return found - {""}


def test_the_committed_font_covers_gb2312() -> None:
    wanted = national_set()

    assert len(wanted) == 6763
    assert not wanted - committed()


def test_the_committed_font_covers_templates_and_samples() -> None:
    templates = {path.name: path.read_text(encoding="utf-8") for path in template_folder().glob("*.typ")}

    missing = _characters([list(templates.values()), [sample(kind) for kind in KINDS]]) - committed()

    assert len([name for name in templates if not name.startswith("_")]) == len(KINDS)
    assert not missing


def test_the_licence_lies_beside_the_font() -> None:
    text = (files("tourism_odr.documents") / "fonts" / "OFL.txt").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE" in text
