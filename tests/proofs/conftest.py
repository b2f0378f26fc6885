"""Every test in this folder is a proof, tells its tally, and leaves no process behind."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.proofs.processes import Child, Program
from tests.proofs.tally import Tally, teller
from tourism_odr.config import Settings

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marked by where they stand."""
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.proof)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tally:
    """Says what this proof did."""
    return teller(request.node.name.removeprefix("test_").replace("_", " "))


@pytest.fixture
def environ(settings: Settings, keys_dir: Path) -> dict[str, str]:
    """What a process of our own needs to serve the database of this test."""
    return os.environ | {
        "ODR_DATABASE_URL": settings.database_url,
        "ODR_DATA_DIR": str(settings.data_dir),
        "ODR_BASE_URL": settings.base_url,
        "ODR_SECRET_KEY_FILE": str(keys_dir / "secret.key"),
        "ODR_FIELD_KEYS_FILE": str(keys_dir / "field.keys"),
        "ODR_SEAL_KEY_FILE": str(keys_dir / "seal.pem"),
        "ODR_CHECKPOINT_KEY_FILE": str(keys_dir / "checkpoint.pem"),
        "ODR_MAIL_FROM": "service@odr.example",
        "ODR_MAIL_URL": f"file:{settings.data_dir / 'mail'}",
        "ODR_TRUSTED_PROXIES": "127.0.0.0/8",
        "ODR_LOG_LEVEL": "error",
    }


@pytest.fixture
def program(environ: dict[str, str]) -> Iterator[Callable[..., Program]]:
    """Start `tourism-odr WORDS`; it and its children end with the test."""
    started: list[Program] = []

    def start(*words: str, **more: str) -> Program:
        started.append(Program(words, environ | more))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.fixture
def child() -> Iterator[Callable[[Callable[[], Any]], Child]]:
    """Run a function in a process of its own, forked from this one; it ends with the test."""
    started: list[Child] = []

    def start(work: Callable[[], Any]) -> Child:
        started.append(Child(work))
        return started[-1]

    yield start
    for one in started:
        one.kill()
