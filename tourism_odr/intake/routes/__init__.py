"""The pages of this slice; importing a module adds its routes."""

from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.routes import (
    access,
    check,
    choices,
    complaint,
    counter,
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
from tourism_odr.intake.routes.triage import TRIAGE_MENU

MENU = TRIAGE_MENU

__all__ = [
    "MENU",
    "access",
    "bp",
    "check",
    "choices",
    "complaint",
    "counter",
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
