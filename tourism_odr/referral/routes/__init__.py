"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.routes import (
    applications,
    bench,
    confirmations,
    confirming_court,
    filing,
    under_court,
    ways,
)

MENU = (*bench.MENU, *confirming_court.MENU)

__all__ = ["MENU", "applications", "bench", "bp", "confirmations", "confirming_court", "filing", "under_court", "ways"]
