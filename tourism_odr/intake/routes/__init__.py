"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.routes import (
    access,
    authority,
    check,
    choices,
    complaint,
    counter,
    external,
    files,
    mediators,
    respondents,
    sent,
    service,
    start,
    transfers,
    triage,
    whom,
)
from tourism_odr.intake.routes.counter import COUNTER_MENU
from tourism_odr.intake.routes.external import ENTRIES_MENU
from tourism_odr.intake.routes.triage import TRIAGE_MENU

MENU = (*TRIAGE_MENU, *COUNTER_MENU, *ENTRIES_MENU)

__all__ = [
    "MENU",
    "access",
    "authority",
    "bp",
    "check",
    "choices",
    "complaint",
    "counter",
    "external",
    "files",
    "mediators",
    "respondents",
    "sent",
    "service",
    "start",
    "transfers",
    "triage",
    "whom",
]
