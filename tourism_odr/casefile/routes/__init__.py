"""The pages of this slice, one module a theme."""

from tourism_odr.casefile.blueprint import bp
from tourism_odr.casefile.routes import dates, files, page, writing

__all__ = ["bp", "dates", "files", "page", "writing"]
