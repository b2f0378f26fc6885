"""The pages of the slice, by what they are about."""

from tourism_odr.account.blueprint import bp
from tourism_odr.account.routes import coming_in, invitation, mine, resets

MENU = resets.MENU

__all__ = ["MENU", "bp", "coming_in", "invitation", "mine", "resets"]
