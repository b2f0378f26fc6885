"""The seal finds one changed byte, one added byte and another's seal."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

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


def test_many_threads_seal_at_once(key: SealKey) -> None:
    pdf = render("agreement", sample("agreement"))

    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(lambda _: seal(pdf, key.key, key.certificates), range(6)))

    assert all(verify_seal(one, key.certificates) for one in made)


def test_many_greenlets_seal_at_once(key: SealKey, tmp_path: Path) -> None:
    """A process of greenlets has one event loop a thread; it is patched, so it needs a process of its own."""
    (tmp_path / "key").write_bytes(key.key)
    (tmp_path / "certificates").write_bytes(key.certificates)

    done = subprocess.run(  # noqa: S603 - this interpreter and a script of ours
        [sys.executable, "-c", GREENLETS, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )

    assert (done.returncode, done.stdout.strip()) == (0, "6"), done.stderr


GREENLETS = """
import sys
from pathlib import Path
from tourism_odr.documents import render, sample, seal
from gevent import monkey, spawn, joinall
monkey.patch_all()
folder = Path(sys.argv[1])
key, certificates = ((folder / name).read_bytes() for name in ("key", "certificates"))
pdf = render("agreement", sample("agreement"))
jobs = [spawn(seal, pdf, key, certificates) for _ in range(6)]
joinall(jobs)
print(sum(job.successful() for job in jobs))
"""


def test_an_agreement_is_rendered_and_sealed_in_a_third_of_a_second(key: SealKey) -> None:
    def once() -> float:
        began = time.perf_counter()
        seal(render("agreement", sample("agreement")), key.key, key.certificates)
        return time.perf_counter() - began

    once()

    assert min(once() for _ in range(3)) <= 0.3
