"""What a machine may lack: under CI that fails, elsewhere it is skipped and said aloud at the end."""

import os
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

CI = os.environ.get("CI", "").lower() in ("1", "true")
CHROMIUM = Path(os.environ.get("ODR_TEST_CHROMIUM", "/usr/bin/chromium"))

LACKING: set[str] = set()


def lacks(what: str) -> None:
    """Stop this test for want of ``what``."""
    LACKING.add(what)
    if CI:
        pytest.fail(f"this machine lacks {what}", pytrace=False)
    pytest.skip(f"this machine lacks {what}")


def need(module: str, what: str) -> Any:
    """The module, or a skip that says what is missing."""
    try:
        return import_module(module)
    except ImportError:
        lacks(what)
