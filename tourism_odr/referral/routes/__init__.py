"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.referral.blueprint import bp
from tourism_odr.referral.routes import applications, ways

__all__ = ["applications", "bp", "ways"]
