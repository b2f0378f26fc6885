"""Closes a draft with the secret that only the visitor's browser holds: a stolen database tells nothing."""

import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
PURPOSE = b"tourism-odr|draft"


def close(secret: str, content: dict[str, Any]) -> bytes:
    """``content`` for whoever holds ``secret``."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_key(secret)).encrypt(nonce, json.dumps(content).encode(), PURPOSE)


def unclose(secret: str, sealed: bytes) -> dict[str, Any]:
    """What ``close`` closed; nothing when it does not open."""
    try:
        found = json.loads(AESGCM(_key(secret)).decrypt(sealed[:NONCE], sealed[NONCE:], PURPOSE))
    except InvalidTag:
        return {}
    return found if isinstance(found, dict) else {}


def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), PURPOSE, hashlib.sha256)
