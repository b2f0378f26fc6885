"""What a deadline with its derivation costs, over rules and start days as they come."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median

from tourism_odr.rulebooks import find_rule

NAMES = ("complaint.accept", "complaint.conclude", "shanghai.conclude", "mediation.ordinary", "house.offer-validity")
FIRST = datetime(2026, 3, 16, 1, tzinfo=UTC)
EACH = 4_000
ROUNDS = 5


def deadline_us() -> float:
    """CPU time of one deadline in microseconds: the middle of some rounds after one to warm up."""
    rules = [find_rule("cn", name, FIRST.date()) for name in NAMES]
    starts = [FIRST + timedelta(minutes=73 * number) for number in range(EACH)]
    taken = []
    for _ in range(ROUNDS + 1):
        begun = time.process_time()
        for rule in rules:
            for start in starts:
                rule.due(start, evidence="a-line-of-the-ledger")
        taken.append((time.process_time() - begun) / (len(rules) * EACH) * 1e6)
    return round(median(taken[1:]), 1)
