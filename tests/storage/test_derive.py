"""Derivatives show the picture and nothing else; the original keeps its digest."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from tests.storage.corpus import ACCEPTED, huge_png
from tourism_odr.storage import FileRefusedError, LocalStore, derive, inspect


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


def iphone_photo() -> bytes:
    """A HEIC photo with camera and GPS, as an iPhone writes it."""
    photo, out = Image.new("RGB", (1200, 800), "green"), BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CanaryCamera"
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 5.0)
    pillow_heif.from_pillow(photo).save(out, exif=exif.tobytes())
    return out.getvalue()


def test_a_photo_of_an_iphone_is_let_in_and_shown_without_its_place(tmp_path: Path) -> None:
    photo, store = iphone_photo(), LocalStore(tmp_path)

    found = inspect(photo, "IMG_0001.HEIC")
    stored = store.put(BytesIO(photo))
    made = derive(photo, found.kind)

    assert (found.kind, found.mime, found.safe_name) == ("heic", "image/heic", "IMG_0001.heic")
    assert b"CanaryCamera" in photo
    assert stored.digest == sha256(photo).hexdigest()
    for content in made.values():
        shown = Image.open(BytesIO(content))
        assert shown.format == "WEBP"
        assert not shown.getexif()
        assert b"CanaryCamera" not in content


@pytest.mark.parametrize("bad", [b"PK\x03\x04" + b"\0" * 40, b"<script>alert(1)</script>"])
def test_something_behind_a_photo_of_an_iphone_keeps_it_out(bad: bytes) -> None:
    with pytest.raises(FileRefusedError):
        inspect(iphone_photo() + bad, "a.heic")


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
