"""Telephone numbers and e-mail addresses: one way of writing each, and a way of showing them half."""

import re
import unicodedata

from tourism_odr.people.models import DetailKind

HOME = "+86"
MOBILE = re.compile(r"1[3-9][0-9]{9}")
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
EMAIL_MOST = 254


def phone(typed: str) -> str | None:
    """``+8613812341234`` for what somebody typed, or None.  A number without country is a Chinese one."""
    text = unicodedata.normalize("NFKC", typed).strip()[:40]
    plain = re.sub(r"[\s().\-]", "", text)
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    elif not plain.startswith("+"):
        plain = HOME + plain.removeprefix("0") if plain[:1] == "0" or MOBILE.fullmatch(plain) else "+" + plain
    if plain.startswith(HOME + "1") and not MOBILE.fullmatch(plain.removeprefix(HOME)):
        return None
    return plain if E164.fullmatch(plain) else None


def email(typed: str) -> str | None:
    """One address in small letters, or None.  Full-width signs are read as plain ones."""
    text = unicodedata.normalize("NFKC", typed).strip().lower()
    if len(text) > EMAIL_MOST or not EMAIL.fullmatch(text) or ".." in text or text.startswith("."):
        return None
    return text


def contact(typed: str) -> tuple[DetailKind, str] | None:
    """Whichever of the two it is, or None."""
    typed = unicodedata.normalize("NFKC", typed)
    if "@" in typed:
        address = email(typed)
        return (DetailKind.EMAIL, address) if address else None
    number = phone(typed)
    return (DetailKind.PHONE, number) if number else None


def masked(kind: str, value: str) -> str:
    """138****1234, z***@example.com, 310***********1234: enough to know it again, too little to use it."""
    if kind == DetailKind.EMAIL:
        name, _, host = value.partition("@")
        return f"{name[:1]}***@{host}"
    if kind == DetailKind.PHONE:
        local = value.removeprefix(HOME)
        return f"{local[:3]}****{local[-4:]}"
    if kind in (DetailKind.IDENTITY, DetailKind.PASSPORT, DetailKind.BANK):
        shown = 3 if len(value) > 9 else 1
        return value[:shown] + "*" * (len(value) - shown - min(4, shown + 1)) + value[-min(4, shown + 1) :]
    return value[:1] + "*" * min(len(value) - 1, 6)
