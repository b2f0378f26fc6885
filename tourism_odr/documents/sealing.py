"""The service's own PAdES seal: it proves that not a byte has changed, and is no body's chop."""

import secrets
import threading
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from asn1crypto import pem  # type: ignore[import-untyped]  # carries no types
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, Signer, sign_pdf
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Seal"
_YEARS = 30  # a certificate of our own, pinned by the reader: it outlives every archive volume


def _years_later(at: datetime) -> datetime:
    """The first day of the month, so that a leap day needs no rule."""
    return at.replace(year=at.year + _YEARS, day=1)


class SealKey(NamedTuple):
    """What the operator keeps: the private key, and the seal's certificate followed by that of our own CA."""

    key: bytes
    certificates: bytes


def make_seal_key(at: datetime, name: str = "Tourism ODR") -> SealKey:
    """A new key with a certificate from a CA whose own key is thrown away at once."""
    root_key, seal_key = (rsa.generate_private_key(public_exponent=65537, key_size=3072) for _ in range(2))
    root_name, seal_name = _named(f"{name} Seal CA"), _named(f"{name} Integrity Seal")
    root = _certificate(root_name, root_key, at, issuer=root_name, signed_by=root_key, authority=True)
    leaf = _certificate(seal_name, seal_key, at, issuer=root_name, signed_by=root_key, authority=False)
    private = seal_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    spelled = serialization.Encoding.PEM
    return SealKey(private, leaf.public_bytes(spelled) + root.public_bytes(spelled))


class _Sealer(Signer):
    """Signs with a key that was read and checked once: checking one takes ten times as long as signing with it."""

    def __init__(self, key: rsa.RSAPrivateKey, **certificates: Any) -> None:
        super().__init__(**certificates)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002 - the signature is the library's
        """The signature over ``data``; a dry run asks only for its size."""
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


@cache
def _private_key(pem_of_key: bytes) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem_of_key, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the seal's key is an RSA key")
    return key


@cache
def _one_at_a_time() -> threading.Lock:
    """The library signs in an event loop, and greenlets share their thread's only one.

    Made at the first seal and not at import: a process of greenlets exchanges what a lock is when it starts.
    """
    return threading.Lock()


def seal(pdf: bytes, key: bytes, cert: bytes) -> bytes:
    """``pdf`` with the seal; ``cert`` holds the seal's certificate and then its CA (PEM)."""
    leaf, *others = _read(cert)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # its initialiser carries no types
    store.register_multiple(others)
    signer = _Sealer(_private_key(key), signing_cert=leaf, cert_registry=store)
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason="Integrity only; no body's chop",
    )
    with _one_at_a_time():
        sealed: BytesIO = sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=signer)
    return sealed.getvalue()


def verify_seal(pdf: bytes, cert: bytes) -> bool:
    """Whether ``pdf`` bears our seal over every one of its bytes."""
    root = _read(cert)[-1]
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
        if len(found) != 1 or found[0].field_name != FIELD:
            return False
        trust = ValidationContext(trust_roots=[root], allow_fetching=False, moment=root.not_valid_before)
        with _one_at_a_time():
            status = validate_pdf_signature(found[0], signer_validation_context=trust)
    except (PdfError, SigningError, SignatureValidationError, ValueError, KeyError, TypeError, IndexError):
        return False
    return bool(status.bottom_line) and status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: x509.Name,
    key: rsa.RSAPrivateKey,
    at: datetime,
    *,
    issuer: x509.Name,
    signed_by: rsa.RSAPrivateKey,
    authority: bool,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    public = key.public_key()
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(secrets.randbits(128) | 1)
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(_years_later(at))
        .add_extension(
            x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True
        )
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(issued_by, critical=False)
        .sign(signed_by, hashes.SHA256())
    )


def _read(certificates: bytes) -> list[asn1.Certificate]:
    parts = pem.unarmor(certificates, multiple=True)
    return [asn1.Certificate.load(der) for _, _, der in parts]
