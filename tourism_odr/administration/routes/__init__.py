"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.administration.routes import audit, organisations, outbox, overview, people, register, rules
from tourism_odr.administration.routes.pages import MENU, bp

__all__ = ["MENU", "audit", "bp", "organisations", "outbox", "overview", "people", "register", "rules"]
