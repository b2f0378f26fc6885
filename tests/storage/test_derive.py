"""Derivatives show the picture and nothing else; the original keeps its digest."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.storage.corpus import ACCEPTED, huge_png
from tourism_odr.storage import FileRefusedError, LocalStore, derive


def located_photo() -> bytes:
    """A photo of 3000 x 1000 on its side, with camera and GPS."""
    photo, out = Image.new("RGB", (3000, 1000), "green"), BytesIO()
    exif = photo.getexif()
    exif[0x0112], exif[0x010F] = 6, "CanaryCamera"
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 5.0)
    photo.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_location_and_camera_are_gone_and_the_picture_stands_upright() -> None:
    made = derive(located_photo(), "jpeg")

    assert set(made) == {"display", "thumb"}
    for content, edge in ((made["display"], 2000), (made["thumb"], 400)):
        shown = Image.open(BytesIO(content))
        assert not shown.getexif()
        assert b"CanaryCamera" not in content
        assert max(shown.size) == edge
        assert shown.height > shown.width


def test_the_original_keeps_its_digest(tmp_path: Path) -> None:
    photo, store = located_photo(), LocalStore(tmp_path)

    stored = store.put(BytesIO(photo))
    derive(photo, "jpeg")

    assert stored.digest == sha256(photo).hexdigest()
    with store.open(stored.digest) as kept:
        assert kept.read() == photo


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
def test_every_kind_of_picture_has_derivatives(kind: str) -> None:
    assert derive(ACCEPTED[kind][0], kind)["thumb"].startswith(b"RIFF")


def test_other_kinds_have_none() -> None:
    assert derive(ACCEPTED["pdf"][0], "pdf") == {}


def test_a_pixel_bomb_is_not_drawn() -> None:
    with pytest.raises(FileRefusedError):
        derive(huge_png(), "png")
