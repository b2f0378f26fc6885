"""The blueprint that every route module of this slice adds to."""

from flask import Blueprint

bp = Blueprint("referral", __name__)
