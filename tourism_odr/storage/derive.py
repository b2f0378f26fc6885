"""What is shown instead of an original: pictures drawn anew, without location or any other metadata."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from tourism_odr.storage.inspect import IMAGES, Limits, refused

_SIZES = {"display": 2000, "thumb": 400}


def derive(data: bytes, kind: str, limits: Limits | None = None) -> dict[str, bytes]:
    """``display`` and ``thumb`` as WebP for a picture; nothing for other kinds."""
    if kind not in IMAGES:
        return {}
    limits = limits or Limits()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit stands below
            with Image.open(BytesIO(data), formats=[IMAGES[kind]]) as original:
                if original.width * original.height > limits.pixels:
                    raise refused("too-many-pixels")
                upright = ImageOps.exif_transpose(original).convert(
                    "RGBA" if _see_through(original) else "RGB"
                )
    except (Image.DecompressionBombError, OSError, SyntaxError, EOFError, RuntimeError) as error:
        raise refused("damaged") from error
    return {name: _drawn(upright, edge) for name, edge in _SIZES.items()}


def _see_through(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _drawn(picture: Image.Image, edge: int) -> bytes:
    small = picture.copy()
    small.thumbnail((edge, edge))
    bare = Image.new(small.mode, small.size)  # only pixels cross over: no EXIF, GPS, XMP, profile or comment
    bare.paste(small)
    out = BytesIO()
    bare.save(out, "WEBP", quality=82)
    return out.getvalue()
