"""What people, machines and attackers type: boundaries, nonsense, and words that are meant as commands."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from urllib.parse import quote_plus
from uuid import uuid4

MEGABYTE = 1024 * 1024
HOSTILE = (
    "", " ", "　", "\t\r\n", "0", "-1", "-0", "1e309", "-1e309", "NaN", "nan", "Infinity", "sNaN", "0x10", "1_000", "１２３", "٣", "½", "²",
    "99999999999999999999999", "0.001", "0.1", "1,4,0,0", "1400.00 ", "1.400,00", "2147483648", "9223372036854775808", "1e-400", "+5",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "${7*7}", "{% raw %}", "%s%(x)s{0}", "javascript:alert(1)",
    "' OR 1=1 --", "'; DROP TABLE event; --", "%", "_", "\\", "\x00", "a\x00b", "\x0b\x0c\x1b[31m", "\ufffe", "\uffff", "\U0010ffff",
    "\u202eevil\u202c", "\u200b\u200d", "e\u0301" * 50, "携程", "攜程", "😀" * 300, "\ud800", "a\udfffb", "x\r\nBcc: a@b.example", "../../etc/passwd",
    "C:\\con", "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "1899-12-31", "2026-13-01", "31", "32", "0002", "２０２６",
    "a@b", "@", "a@b.example\n", "x" * 300, "中" * 5000, "y" * 70_000, "00000000-0000-0000-0000-000000000000", "not-a-uuid", "y", "on", "true",
    "[]", "{}", "null", "=1+1", "+861380000111122223333", "＝cmd", "tourist", "1400", "2026-12-01", "I agree, and I want my money back.",
)  # fmt: skip
FILES = (
    ("photo.jpg", b"\xff\xd8\xff\xe0 not a photo"), ("x.svg", b"<svg onload='alert(1)'/>"), ("../../x.html", b"<html>"), ("\u202egpj.exe", b"MZ\x00"),
    ("empty.pdf", b""), ("n" * 300 + ".png", b"\x89PNG\r\n\x1a\n"), ("a\r\nb.txt", b"plain"), ("bomb.pdf", b"%PDF-1.7\n" + b"1 0 obj<<>>" * 5000),
)  # fmt: skip
BARE = ("text", "amount", "day", "reason", "code", "role", "stage", "body_id", "organisation_id", "act", "q")  # for pages without a form
ADDED = ("role", "stage", "body_id", "is_admin", "case_id", "number", "version", "seen", "person_id")


@dataclass
class Form:
    """One form of a page: where it goes, and its fields with what a browser would send."""

    action: str
    fields: list[tuple[str, str, list[str]]] = field(default_factory=list)  # name, type, values to choose from


class Forms(HTMLParser):
    """Reads the POST forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = at.get("method", "").lower() == "post"
            if self.inside:
                self.found.append(Form(at.get("action", "")))
        elif self.inside and tag in ("input", "textarea", "select", "button") and at.get("name"):
            kind = at.get("type", "text") if tag == "input" else tag
            self.found[-1].fields.append((at["name"], kind, [at["value"]] if "value" in at else []))
        elif self.inside and tag == "option" and self.found[-1].fields:
            self.found[-1].fields[-1][2].append(at.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def typed(form: Form, dice: Random) -> list[tuple[str, str]]:
    """What is sent: some of it as the page offers it, some hostile, some twice, some left out, some added."""
    evil = dice.choice((0.15, 0.5, 0.9))
    sent = []
    for name, kind, choices in form.fields:
        if kind == "file" or dice.random() < 0.05:
            continue
        hostile = dice.random() < (0.05 if name in ("csrf_token", "seen", "switch") else evil)
        if not hostile and kind in ("checkbox", "radio", "button") and dice.random() < 0.4:
            continue
        value = dice.choice(HOSTILE) if hostile else dice.choice(choices or [plausible(name, dice)])
        sent.append((name, value))
        if dice.random() < 0.03:
            sent.append((name, dice.choice(HOSTILE)))
    if dice.random() < 0.2:
        sent.append((dice.choice(ADDED), dice.choice(HOSTILE)))
    if sent and dice.random() < 0.01:
        sent[-1] = (sent[-1][0], "z" * dice.choice((MEGABYTE, 10 * MEGABYTE)))
    return sent


def plausible(name: str, dice: Random) -> str:
    """What somebody would type who means well, so that forms get past their first check."""
    if re.search(r"amount|refund|fee|money", name):
        return dice.choice(("1400", "0.01", "12,000.50"))
    if re.search(r"year", name):
        return dice.choice(("2026", "2027"))
    if re.search(r"month|day|number|travellers", name):
        return str(dice.randint(1, 28))
    return dice.choice(("Some honest words.", "我们愿意退还部分团费。", "a@people.example", "13800001111"))


def body(form: Form, sent: list[tuple[str, str]], dice: Random) -> tuple[bytes, str]:
    """The bytes and their type: multipart where the form has files."""
    files = [name for name, kind, _ in form.fields if kind == "file"]
    if not files:
        pairs = [f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}" for name, value in sent]
        return "&".join(pairs).encode(), "application/x-www-form-urlencoded"
    mark = uuid4().hex
    parts = [(f'name="{name}"', value.encode("utf-8", "surrogatepass")) for name, value in sent]
    for name in files:
        for file, content in dice.sample(FILES, dice.randint(0, 3)):
            parts.append((f'name="{name}"; filename="{file}"', content))
    raw = [f"--{mark}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode("utf-8", "surrogatepass") + value + b"\r\n" for head, value in parts]
    return b"".join(raw) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
