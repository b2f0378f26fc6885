"""The seal finds one changed byte, one added byte and another's seal."""

from datetime import UTC, datetime

import pytest

from tourism_odr.documents import SealKey, make_seal_key, render, sample, seal, verify_seal

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def key() -> SealKey:
    """One key for the module: making one takes a second."""
    return make_seal_key(AT)


@pytest.fixture(scope="module")
def sealed(key: SealKey) -> bytes:
    """A sealed agreement."""
    return seal(render("agreement", sample("agreement")), key.key, key.certificates)


def test_a_sealed_document_verifies(key: SealKey, sealed: bytes) -> None:
    assert verify_seal(sealed, key.certificates)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.33, 0.5, 0.7, 0.8])
def test_one_flipped_byte_breaks_the_seal(key: SealKey, sealed: bytes, share: float) -> None:
    changed = bytearray(sealed)
    changed[int(share * len(sealed))] ^= 1

    assert not verify_seal(bytes(changed), key.certificates)


def test_bytes_added_after_sealing_break_it(key: SealKey, sealed: bytes) -> None:
    assert not verify_seal(sealed + b"\n% more\n", key.certificates)


def test_an_unsealed_document_and_rubbish_do_not_verify(key: SealKey) -> None:
    assert not verify_seal(render("urge", sample("urge")), key.certificates)
    assert not verify_seal(b"rubbish", key.certificates)


def test_the_seal_of_another_installation_does_not_verify(sealed: bytes) -> None:
    other = make_seal_key(AT)

    assert not verify_seal(sealed, other.certificates)
