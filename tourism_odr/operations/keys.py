"""Make the keys, and change them.  They live in files that only the service may read, never in the database.

``secret.key`` signs cookies and forms.  ``field.keys`` wraps the key of each person, newest first.
``seal.pem`` seals documents: private key, then certificate.  ``checkpoint.pem`` signs what the
ledger's state is published as, newest first.
"""

import base64
import os
import secrets
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.x509.oid import NameOID

from tourism_odr.clock import now

FIELD, SECRET, SEAL, CHECKPOINT = "field.keys", "secret.key", "seal.pem", "checkpoint.pem"
ALL = (SECRET, FIELD, SEAL, CHECKPOINT)
SEAL_YEARS = 10
SEAL_BITS = 3072


def make(folder: Path) -> list[Path]:
    """Create the keys that are missing; those that exist stay as they are.  Returns what was created."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name in ALL:
        if not (folder / name).exists():
            _write(folder / name, _new(name))
            made.append(folder / name)
    return made


def rotate(path: Path) -> None:
    """Put a new key before the old ones of a field or checkpoint file: it writes, all of them still read."""
    name = CHECKPOINT if b"PRIVATE KEY" in path.read_bytes() else FIELD
    _write(path, _new(name) + path.read_bytes())


def _new(name: str) -> bytes:
    if name == SEAL:
        return _seal()
    if name == CHECKPOINT:
        return _pem(ed25519.Ed25519PrivateKey.generate())
    return base64.urlsafe_b64encode(secrets.token_bytes(32)) + b"\n"


def _seal() -> bytes:
    """A key with a certificate of its own; an operator puts one from an authority in its place."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=SEAL_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tourism-odr seal")])
    since = now()
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since - timedelta(hours=1))
        .not_valid_after(since.replace(year=since.year + SEAL_YEARS, day=1))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return _pem(key) + certificate.public_bytes(serialization.Encoding.PEM)


def _pem(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and readable by the service alone."""
    fresh = path.with_suffix(path.suffix + ".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
