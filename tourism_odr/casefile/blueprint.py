"""The blueprint of this slice; every module of routes hangs its pages on it."""

from flask import Blueprint

bp = Blueprint("casefile", __name__)
