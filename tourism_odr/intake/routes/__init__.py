"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.routes import check, complaint, files, sent, start, whom

__all__ = ["bp", "check", "complaint", "files", "sent", "start", "whom"]
