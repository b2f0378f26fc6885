"""The blueprint of the slice, its menu, and what its pages share."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from tourism_odr.administration.forms import GroundForm
from tourism_odr.people.roles import Role
from tourism_odr.text import N_
from tourism_odr.web.parts import MenuItem

bp = Blueprint("administration", __name__, url_prefix="/administration")
Page = str | Response
ADMINS = frozenset({Role.ADMIN})
MENU = (
    MenuItem(N_("Overview"), "administration.home", ADMINS, rank=5),
    MenuItem(N_("Organisations"), "administration.organisations", ADMINS, rank=10),
    MenuItem(N_("Staff and roles"), "administration.people", ADMINS, rank=15),
    MenuItem(N_("Register"), "administration.register", ADMINS, rank=20),
    MenuItem(N_("Outbox"), "administration.outbox", ADMINS, rank=25),
    MenuItem(N_("Jobs"), "administration.jobs", ADMINS, rank=30),
    MenuItem(N_("Rulebooks"), "administration.rulebooks", ADMINS, rank=35),
    MenuItem(N_("Audit"), "administration.audit", ADMINS, rank=40),
)


def ground_form() -> GroundForm:
    """A form that asks for nothing but the reason."""
    return GroundForm()


def as_id(typed: str) -> UUID | None:
    """An id out of the address; nonsense is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None
