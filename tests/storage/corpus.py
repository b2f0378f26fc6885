"""A hostile corpus, made on the spot: name -> (content, file name)."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """A small honest picture."""
    out = BytesIO()
    Image.new("RGB", size, (90, 120, 150)).save(out, form, **options)
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def office(main: str = "word/document.xml", **extra: bytes) -> bytes:
    """The least that counts as a Word or Excel file."""
    members = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>", main: b"<document/>"}
    return archive(
        members | {name.replace("__", "/").replace("_dot_", "."): body for name, body in extra.items()}
    )


def pdf(inside: bytes = b"") -> bytes:
    """The least that counts as a PDF."""
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b">>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    )


def huge_png(side: int = 60_000) -> bytes:
    """A few bytes that claim to be a picture of side x side."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def moving_gif() -> bytes:
    """Two frames."""
    out = BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


HIDDEN_SCRIPT = zlib.compress(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")
SCRIPT = b"<script>alert(1)</script>"
FTYP = b"\x00\x00\x00\x18ftyp"

REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "a.jpg"),
    "html": (b"<!DOCTYPE html><html></html>", "a.html"),
    "html as jpg": (b"<html><body>x</body></html>", "a.jpg"),
    "html after blanks": (b" \n\t <HTML>", "a.txt"),
    "html after a byte order mark": (b"\xef\xbb\xbf<html>", "a.txt"),
    "html after words": (b"hello\n" + SCRIPT, "a.txt"),
    "xhtml": (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "a.xhtml"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "a.svg"),
    "svg as png": (b'<?xml version="1.0"?><svg/>', "a.png"),
    "svg after a comment": (b"<!-- x --><svg/>", "a.svg"),
    "xml": (b'<?xml version="1.0"?><a/>', "a.xml"),
    "entity bomb": (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "a.xml"),
    "php": (b"<?php system('id'); ?>", "a.php"),
    "exe": (b"MZ\x90\x00\x03" + b"\0" * 80, "a.pdf.exe"),
    "exe as jpg": (b"MZ" + b"\x90" * 80, "a.jpg"),
    "elf": (b"\x7fELF\x02\x01" + b"\0" * 80, "a"),
    "shell": (b"#!/bin/sh\nrm -rf /\n", "a.txt"),
    "swf": (b"FWS\x09" + b"\0" * 40, "a.swf"),
    "java class": (b"\xca\xfe\xba\xbe\x00\x00\x00\x34", "a.class"),
    "zip": (archive({"a.txt": b"x"}), "a.zip"),
    "zip as docx": (archive({"a.txt": b"x"}), "a.docx"),
    "jar": (archive({"META-INF/MANIFEST.MF": b"x"}), "a.jar"),
    "rar": (b"Rar!\x1a\x07\x01\x00" + b"\0" * 40, "a.rar"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "a.7z"),
    "gzip": (b"\x1f\x8b\x08" + b"\0" * 40, "a.gz"),
    "tar": (b"a" * 100 + b"\0" * 157 + b"ustar\0" + b"\0" * 300, "a.tar"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 80, "a.doc"),
    "rtf": (b"{\\rtf1 {\\object}}", "a.rtf"),
    "postscript": (b"%!PS-Adobe-3.0\n", "a.ps"),
    "nul text": (b"abc\0def", "a.txt"),
    "heic": (FTYP + b"heic" + b"\0" * 40, "a.heic"),
    "avi": (b"RIFF\x10\x00\x00\x00AVI LIST", "a.webp"),
    "tiff": (b"II*\0" + b"\0" * 40, "a.tif"),
    "bmp": (picture("BMP"), "a.jpg"),
    "broken jpeg": (picture()[:200], "a.jpg"),
    "jpeg start alone": (b"\xff\xd8\xff\xe0", "a.jpg"),
    "jpeg and html": (picture() + SCRIPT, "a.jpg"),
    "html in a jpeg comment": (picture(comment=SCRIPT), "a.jpg"),
    "jpeg and zip": (picture() + archive({"a.html": SCRIPT}), "a.jpg"),
    "png and exe": (picture("PNG") + b"MZ" + b"\x90" * 80, "a.png"),
    "png and pdf": (picture("PNG") + pdf(), "a.png"),
    "webp and more": (picture("WEBP") + b"alert(1)//padding", "a.webp"),
    "gif and script": (b"GIF89a/*" + b"\0" * 10 + b"*/=1;alert(1)", "a.gif"),
    "gif that moves": (moving_gif(), "a.gif"),
    "pixel bomb": (huge_png(), "a.png"),
    "pixel bomb below the library's limit": (huge_png(8_000), "a.png"),
    "pdf with script": (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "a.pdf"),
    "pdf with script spelled by codes": (pdf(b"/OpenAction << /S /J#61vaScript >>"), "a.pdf"),
    "pdf with script in compressed objects": (
        pdf(
            b">>\nendobj\n2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n"
            + HIDDEN_SCRIPT
            + b"\nendstream <<"
        ),
        "a.pdf",
    ),
    "pdf that launches": (pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "a.pdf"),
    "pdf with a file inside": (pdf(b"/Type /EmbeddedFile "), "a.pdf"),
    "pdf of a million objects": (b"%PDF-1.7\n" + b"1 0 obj\n" * 1_000_000 + b"%%EOF", "a.pdf"),
    "pdf cut short": (b"%PDF-1.7\n1 0 obj", "a.pdf"),
    "pdf and html": (pdf() + SCRIPT, "a.pdf"),
    "html before a pdf": (SCRIPT + pdf(), "a.pdf"),
    "docx with macros": (office(word__vbaProject_dot_bin=b"x"), "a.docx"),
    "docx with a program": (office(word__a_dot_exe=b"MZ"), "a.docx"),
    "docx with an embedded object": (office(word__embeddings__o_dot_bin=b"x"), "a.docx"),
    "docx bomb": (office(word__big_dot_xml=b"\0" * 30_000_000), "a.docx"),
    "xlsx with strangers": (office("xl/workbook.xml", other=b"x"), "a.xlsx"),
    "docx cut short": (office()[:90], "a.docx"),
    "mp4 that is html": (b"\x00\x00\x09\x18ftypisom" + SCRIPT, "a.mp4"),
}

ACCEPTED: dict[str, tuple[bytes, str, str]] = {
    "jpeg": (picture(), "a.jpg", "jpeg"),
    "jpeg named png": (picture(), "a.png", "jpeg"),
    "jpeg with a phone's short film": (picture() + FTYP + b"mp42" + b"\x01" * 90, "a.jpg", "jpeg"),
    "png": (picture("PNG"), "a.png", "png"),
    "webp": (picture("WEBP"), "a.webp", "webp"),
    "gif": (picture("GIF"), "a.gif", "gif"),
    "pdf": (pdf(), "a.pdf", "pdf"),
    "text": ("酒店与约定不符 a < b".encode(), "a.txt", "text"),
    "old chinese text": ("酒店与约定不符".encode("gb18030"), "a.txt", "text"),
    "mp4": (FTYP + b"isom" + b"\0" * 40, "a.mp4", "mp4"),
    "m4a": (FTYP + b"M4A " + b"\0" * 40, "a.m4a", "m4a"),
    "docx": (office(), "a.docx", "docx"),
    "xlsx": (office("xl/workbook.xml"), "a.xlsx", "xlsx"),
}
