"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.mediation.blueprint import bp

__all__ = ["bp"]
