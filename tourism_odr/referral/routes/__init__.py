"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.routes import ways

__all__ = ["bp", "ways"]
