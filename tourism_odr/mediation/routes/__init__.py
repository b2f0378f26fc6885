"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.routes import (
    agreements,
    answers,
    desk,
    mending,
    offers,
    performance,
    powers,
    room,
    signing,
    stands,
)

MENU = (*answers.MENU, *desk.MENU)

__all__ = ["MENU", "agreements", "answers", "bp", "desk", "mending", "offers", "performance", "powers", "room", "signing", "stands"]
