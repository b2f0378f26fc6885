"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.intake.blueprint import bp

__all__ = ["bp"]
