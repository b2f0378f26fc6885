"""Files are judged by content; what is hostile is refused with a reason and a remedy."""

from pathlib import Path

import pytest

from tests.storage.corpus import ACCEPTED, REFUSED, picture
from tourism_odr.documents import KINDS, render, sample
from tourism_odr.storage import FileRefusedError, Limits, inspect, safe_name


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_a_remedy(name: str) -> None:
    content, filename = REFUSED[name]

    with pytest.raises(FileRefusedError) as refusal:
        inspect(content, filename)

    assert refusal.value.message.id
    assert refusal.value.remedy.id


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_honest_file_is_known_by_its_content(name: str) -> None:
    content, filename, kind = ACCEPTED[name]

    found = inspect(content, filename)

    assert (found.kind, found.size) == (kind, len(content))


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_documents_are_let_in(kind: str) -> None:
    assert inspect(render(kind, sample(kind)), "doc.pdf").kind == "pdf"


def test_a_file_on_disk_is_measured_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture())

    with pytest.raises(FileRefusedError) as refusal:
        inspect(path, "a.jpg", Limits(size=10))

    assert refusal.value.reason_code == "too-large"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini", "boot.pdf"),
        ("C:\\Users\\a\\bill.pdf", "bill.pdf"),
        ("/absolute/bill.pdf", "bill.pdf"),
        ("bill.pdf.exe", "bill.pdf"),
        ("bill\u202efdp.exe", "billfdp.pdf"),
        ("bill\x00.php", "bill.pdf"),
        ("bill\r\nSet-Cookie: a=b.pdf", "a=b.pdf"),
        ("行程单.pdf", "行程单.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
    ],
)
def test_a_name_keeps_no_tricks(given: str, wanted: str) -> None:
    name = safe_name(given, "pdf")

    assert name.endswith(wanted.removeprefix("a=b"))
    assert not set(name) & set("/\\:\r\n\x00\u202e")


def test_a_long_name_is_cut_at_a_character() -> None:
    assert len(safe_name("长" * 300 + ".pdf", "pdf").encode()) <= 128
