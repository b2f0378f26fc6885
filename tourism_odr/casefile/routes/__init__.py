"""The pages of this slice, one module a theme."""

from tourism_odr.casefile.blueprint import bp
from tourism_odr.casefile.routes import archive, dates, files, page, timing, writing

MENU = archive.MENU

__all__ = ["MENU", "archive", "bp", "dates", "files", "page", "timing", "writing"]
