"""What a file really is, by its content and never by its name; whatever is not on the list is refused."""

import re
import unicodedata
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pi_heif
import puremagic
from PIL import Image

from tourism_odr.text import M, Message

pi_heif.register_heif_opener(thumbnails=False)  # photos of iPhones; it reads and cannot write

_MIME = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
    "pdf": "application/pdf",
    "text": "text/plain",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ENDING = {"jpeg": ".jpg", "text": ".txt"}
IMAGES = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "heic": "HEIF"}
_MAGIC = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp", ".gif": "gif", ".pdf": "pdf",
          ".jfif": "jpeg"}  # fmt: skip
_PAGE = re.compile(
    rb"<(?:!doctype|html|head|body|script|iframe|svg|\?xml|\?php|math|object|embed|meta)\b", re.I
)
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:[a-z!?/])", re.I)
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_STREAM = re.compile(
    rb"\bstream\r?\n.*?endstream", re.DOTALL
)  # pictures and pages: chance spells names there
_OBJECTS = re.compile(rb"/ObjStm\b[^\0]{0,400}?\bstream\r?\n")
_ACTIVE_OFFICE = ("vbaproject", "activex", "embeddings/", "externallinks/")
_START = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}
_NO_TEXT = (b"#!", b"MZ", b"{\\rtf", b"%!")
_EDGE = 65_600  # scripts hide at either end; in the middle, chance alone would spell short tags
_HIDDEN = (b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"This program cannot")
_PHONES = (
    b"ftyp",
    b"SEFT",
    b"\xff\xd8\xff",
)  # what phones append to photos: a short film, notes, a second picture
_END = {"jpeg": b"\xff\xd9", "png": b"IEND\xaeB`\x82", "gif": b"\x3b", "pdf": b"%%EOF"}


@dataclass(frozen=True)
class Limits:
    """How much is let in; the operator may set less or more."""

    size: int = 20 * 2**20
    pixels: int = 50_000_000
    unpacked: int = 100 * 2**20
    members: int = 2_000
    objects: int = 100_000


@dataclass(frozen=True)
class Inspected:
    """A file that is let in."""

    kind: str
    mime: str
    safe_name: str
    size: int


class FileRefusedError(ValueError):
    """The file stays out: why, and what the person can do instead."""

    def __init__(self, reason_code: str, message: Message, remedy: Message) -> None:
        self.reason_code, self.message, self.remedy = reason_code, message, remedy
        super().__init__(reason_code)


_REASONS = {
    "empty": (M("The file is empty."), M("Choose the file again; it may not have been saved completely.")),
    "too-large": (M("The file is too large."), M("Send a smaller copy, or split it into several files.")),
    "not-allowed": (
        M("This type of file is not accepted."),
        M(
            "Send a photo (JPEG, PNG, WebP, HEIC), a PDF, a text, a Word or Excel file without macros, or a short video."
        ),
    ),
    "two-in-one": (
        M("The file hides something of another type inside."),
        M("Take a screenshot or a photo of it and send that instead."),
    ),
    "damaged": (
        M("The file is damaged and cannot be opened."),
        M("Open it on your device, save it again and retry."),
    ),
    "too-many-pixels": (
        M("The picture has too many pixels."),
        M("Save it in a smaller size and send it again."),
    ),
    "moving": (M("Moving pictures are not accepted."), M("Send a single picture, or a short video as MP4.")),
    "bomb": (M("The file unpacks to far more than it should."), M("Save it as a PDF and send that instead.")),
    "active": (
        M("The file holds macros, scripts or files inside."),
        M("Print it to a new PDF and send that instead."),
    ),
}


def refused(code: str) -> FileRefusedError:
    """The refusal under ``code``, with its words."""
    return FileRefusedError(code, *_REASONS[code])


def inspect(data: bytes | Path, filename: str, limits: Limits | None = None) -> Inspected:
    """What ``data`` is, or ``FileRefusedError``.  Nothing in it is ever run."""
    limits = limits or Limits()
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    if size == 0:
        raise refused("empty")
    if size > limits.size:
        raise refused("too-large")
    content = data.read_bytes() if isinstance(data, Path) else data
    kind = _kind(content)
    if kind in IMAGES:
        _check_image(content, kind, limits)
    elif kind == "pdf":
        _check_pdf(content, limits)
    elif kind in ("docx", "xlsx"):
        _check_office(content, kind, limits)
    return Inspected(kind, _MIME[kind], safe_name(filename, kind), size)


def safe_name(filename: str, kind: str) -> str:
    """A name to show and to download under: one part, no tricks, the ending that the content has."""
    last = re.split(r"[/\\:]", unicodedata.normalize("NFC", filename))[-1]
    plain = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>"|?*%;\u2028\u2029')
    ending = _ENDING.get(kind, f".{kind}")
    stem = plain.strip(" .")
    while (found := re.search(r"\.[A-Za-z0-9]{1,5}$", stem)) is not None:
        stem = stem[: found.start()].rstrip(" .")
    short = stem.encode()[:120].decode(errors="ignore").strip(" .")
    return (short or "file") + ending


def _kind(content: bytes) -> str:
    if content[4:8] == b"ftyp":
        return _media(content)
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if content.startswith((b"GIF8", b"RIFF")):
        return _by_magic(content)
    for kind, start in _START.items():
        if content.startswith(start):
            return kind
    if _is_text(content):
        return "text"
    raise refused("not-allowed")


def _by_magic(content: bytes) -> str:
    try:
        ending = puremagic.from_string(content)
    except (puremagic.PureError, ValueError) as error:
        raise refused("not-allowed") from error
    if ending not in _MAGIC:
        raise refused("not-allowed")
    return _MAGIC[ending]


def _media(content: bytes) -> str:
    brand = content[8:12]
    if _PAGE.search(content[:4096]) or int.from_bytes(content[:4]) > 256:
        raise refused("two-in-one")
    if brand in (b"M4A ", b"M4B "):
        return "m4a"
    if brand in (
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"MSNV",
        b"dash",
    ):
        return "mp4"
    if brand in (b"heic", b"heix", b"mif1"):
        return "heic"
    raise refused("not-allowed")


def _office(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise refused("damaged") from error
    for kind, main in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        if {"[Content_Types].xml", main} <= names:
            return kind
    raise refused("not-allowed")


def _is_text(content: bytes) -> bool:
    if content.startswith(_NO_TEXT) or _MARKUP.match(content) or _PAGE.search(content):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f" for c in words)
    return False


def _check_edges(content: bytes, kind: str) -> None:
    if _PAGE.search(content[:_EDGE]) or _PAGE.search(content[-_EDGE:]):
        raise refused("two-in-one")
    if kind == "heic":
        tail = _after_boxes(content)
    elif kind == "webp":
        tail = content[int.from_bytes(content[4:8], "little") + 8 :]
    else:
        _, found, tail = content.rpartition(_END[kind])
        if not found:
            raise refused("damaged")
    tail = tail.strip(b"\0\r\n ")
    hidden = any(mark in content[-_EDGE:] for mark in _HIDDEN)
    if hidden or (tail and not any(mark in tail for mark in _PHONES)):
        raise refused("two-in-one")


def _after_boxes(content: bytes) -> bytes:
    """What follows the last box of an ISO container, each of which says how long it is."""
    at = 0
    while at + 8 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        if length == 1:  # the true length stands behind the name
            length = int.from_bytes(content[at + 8 : at + 16])
        if length < 8 or at + length > len(content):
            break
        at += length
    return content[at:]


def _check_image(content: bytes, kind: str, limits: Limits) -> None:
    _check_edges(content, kind)
    try:
        with Image.open(BytesIO(content), formats=[IMAGES[kind]]) as picture:
            if picture.width * picture.height > limits.pixels:
                raise refused("too-many-pixels")
            if getattr(picture, "n_frames", 1) > 1:
                raise refused("moving")
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refused("too-many-pixels") from error
    except (OSError, SyntaxError, EOFError, IndexError, RuntimeError) as error:
        raise refused("damaged") from error
    # FileRefusedError is a ValueError: it passes through untouched


def _check_pdf(content: bytes, limits: Limits) -> None:
    if b"%%EOF" not in content:
        raise refused("damaged")
    tail = content[content.rfind(b"%%EOF") + 5 :].strip(b"\0\r\n ")
    if tail or _PAGE.search(content[:1024]) or b"PK\x05\x06" in content[-_EDGE:]:
        raise refused("two-in-one")
    if content.count(b" obj") > limits.objects:
        raise refused("bomb")
    plain = _STREAM.sub(b"", content) + _object_streams(content, limits)
    names = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), plain)
    if _ACTIVE_PDF.search(names):
        raise refused("active")


def _object_streams(content: bytes, limits: Limits) -> bytes:
    """The objects that a PDF keeps compressed: a script may hide there."""
    found = b""
    for match in _OBJECTS.finditer(content):
        unpacker = zlib.decompressobj()
        try:
            found += unpacker.decompress(content[match.end() : match.end() + limits.size], limits.size)
        except zlib.error as error:
            raise refused("damaged") from error
        if unpacker.unconsumed_tail or len(found) > limits.size:
            raise refused("bomb")
    return found


def _check_office(content: bytes, kind: str, limits: Limits) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            types = archive.getinfo("[Content_Types].xml")
            unpacked = sum(member.file_size for member in members)
            if len(members) > limits.members or unpacked > limits.unpacked or unpacked > 200 * len(content):
                raise refused("bomb")
            declared = archive.read(types).lower()
    except (BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise refused("damaged") from error
    names = [member.filename.lower() for member in members]
    if any(mark in name for name in names for mark in _ACTIVE_OFFICE) or b"macroenabled" in declared:
        raise refused("active")
    inside = {"docx": "word/", "xlsx": "xl/"}[kind]
    odd = [
        n for n in names if not n.startswith((inside, "_rels/", "docprops/", "customxml/", "[content_types]"))
    ]
    if odd or any(".." in name or name.endswith((".exe", ".html", ".js", ".svg", ".zip")) for name in names):
        raise refused("two-in-one")
