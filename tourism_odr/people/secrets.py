"""Making secrets and knowing them again.  What is stored is always a hash."""

import hashlib
import hmac
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

PASSWORDS = PasswordHasher()
PASSWORD_LEAST = 12
PASSWORD_MOST = 200  # a longer one would only make the server work
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to mistake
CODE_DIGITS = 6
RECOVERY_LENGTH = 16  # 80 bits
ALIKE = str.maketrans("ILOU", "110V")


def new_secret() -> str:
    """256 random bits for a link, an invitation or a session."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    """What is stored of a secret.  It is too long to be guessed, so a plain digest is enough."""
    return hashlib.sha256(secret.encode()).digest()


def new_code() -> str:
    """A short code for one use, to be typed from a mail or a text message."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def new_recovery_code() -> str:
    """A code to print, in groups of four."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH))
    return "-".join(code[start : start + 4] for start in range(0, RECOVERY_LENGTH, 4))


def hash_recovery_code(typed: str) -> bytes:
    """The hash of a recovery code as somebody typed it: spaces, dashes and small letters do not matter."""
    plain = "".join(c for c in typed.upper() if c.isascii() and c.isalnum()).translate(ALIKE)
    return hash_secret(plain)


def only_digits(typed: str) -> str:
    """A code without the spaces that people type into it."""
    return "".join(c for c in typed if c in "0123456789")


def hash_password(password: str) -> str:
    """The Argon2id hash of a password."""
    return PASSWORDS.hash(password[:PASSWORD_MOST])


def password_matches(stored: str | None, password: str) -> bool:
    """Whether this is the password; without an account the same work is done, so that time tells nothing."""
    try:
        PASSWORDS.verify(stored or _nobodys_hash(), password[:PASSWORD_MOST])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def same(first: bytes, second: bytes) -> bool:
    """Whether two digests are equal, in constant time."""
    return hmac.compare_digest(first, second)


@cache
def _nobodys_hash() -> str:
    return PASSWORDS.hash(new_secret())
