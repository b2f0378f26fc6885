"""How much a proof does, and the line in which it says what it did."""

import os
from collections.abc import Callable
from datetime import timedelta
from time import perf_counter

from tests.databases import KIND
from tourism_odr.clock import now

FORM = os.environ.get("ODR_TEST_PROOFS") or "short"  # short, whole, or a percentage of the whole such as 10

Tally = Callable[..., None]


def extent(short: int, whole: int) -> int:
    """How many, in the form that runs."""
    if FORM.isdecimal():
        return max(short, whole * int(FORM) // 100)
    return whole if FORM == "whole" else short


def teller(name: str) -> Tally:
    """Says one line about one proof; ``make proofs`` prints it, and docs/proofs.md keeps it."""
    begun = perf_counter()

    def tell(**counts: object) -> None:
        said = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in counts.items())
        took = timedelta(seconds=round(perf_counter() - begun))
        form = f"{FORM} % of whole" if FORM.isdecimal() else FORM
        print(f"\nPROOF {name} | {form}, {KIND}, {now():%Y-%m-%d} | {said} | took {took}")

    return tell
