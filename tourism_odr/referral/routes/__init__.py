"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.routes import applications, confirmations, confirming_court, ways

MENU = confirming_court.MENU

__all__ = ["MENU", "applications", "bp", "confirmations", "confirming_court", "ways"]
