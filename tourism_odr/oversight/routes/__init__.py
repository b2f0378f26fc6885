"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.oversight.routes import dashboard, figures, papers, urgings, watching
from tourism_odr.oversight.routes.pages import MENU, bp

__all__ = ["MENU", "bp", "dashboard", "figures", "papers", "urgings", "watching"]
