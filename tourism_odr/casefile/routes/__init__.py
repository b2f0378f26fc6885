"""The pages of this slice, one module a theme."""

from tourism_odr.casefile.blueprint import bp
from tourism_odr.casefile.routes import files, page, writing

__all__ = ["bp", "files", "page", "writing"]
