"""The life of a dispute, declared once, one table a kind of subject.

Routes, buttons, permissions, clocks, notices, documents and ``docs/lifecycle.md`` are all read
from these tables.  To change what may happen, change a table.
"""

from tourism_odr.cases.lifecycle.agreement import AGREEMENT
from tourism_odr.cases.lifecycle.application import APPLICATION
from tourism_odr.cases.lifecycle.appointment import APPOINTMENT
from tourism_odr.cases.lifecycle.case import CASE
from tourism_odr.cases.lifecycle.confirmation import CONFIRMATION
from tourism_odr.cases.lifecycle.declare import (
    ABOUT,
    NEW,
    OWN_PLACE,
    Need,
    PlaceKind,
    Step,
    Table,
    Then,
    Told,
)
from tourism_odr.cases.lifecycle.extension import EXTENSION
from tourism_odr.cases.lifecycle.external import EXTERNAL
from tourism_odr.cases.lifecycle.filing import FILING
from tourism_odr.cases.lifecycle.instalment import INSTALMENT
from tourism_odr.cases.lifecycle.offer import OFFER
from tourism_odr.cases.lifecycle.pause import PAUSE
from tourism_odr.cases.lifecycle.respondent import RESPONDENT_TABLE
from tourism_odr.cases.lifecycle.service import SERVICE
from tourism_odr.cases.lifecycle.transfer import TRANSFER
from tourism_odr.cases.lifecycle.urge import URGE
from tourism_odr.cases.lifecycle.volume import VOLUME
from tourism_odr.people.roles import Role

TABLES: dict[str, Table] = {
    t.kind: t
    for t in (
        CASE, PAUSE, EXTENSION, RESPONDENT_TABLE, APPOINTMENT, TRANSFER, EXTERNAL, SERVICE, OFFER, AGREEMENT, INSTALMENT, CONFIRMATION, URGE, APPLICATION, VOLUME, FILING)
}
STEPS: dict[str, Step] = {name: row for t in TABLES.values() for name, row in t.steps.items()}


def open_steps(kind: str, stage: str, role: Role) -> list[Step]:
    """What somebody in ``role`` may do to a subject now: the source of every button."""
    return [row for row in TABLES[kind].steps.values() if stage in row.leaves and role in row.by]


def stage_title(kind: str, stage: str) -> str:
    """The stage in words, an English message id."""
    return TABLES[kind].stages[stage]


def is_final(kind: str, stage: str) -> bool:
    """Whether nothing more is expected to happen to the subject."""
    return stage in TABLES[kind].finals


def open_stages(kind: str) -> list[str]:
    """Every stage of the kind that is not final."""
    return [stage for stage in TABLES[kind].stages if stage not in TABLES[kind].finals]


__all__ = [
    "ABOUT",
    "NEW",
    "OWN_PLACE",
    "STEPS",
    "TABLES",
    "Need",
    "PlaceKind",
    "Role",
    "Step",
    "Table",
    "Then",
    "Told",
    "is_final",
    "open_stages",
    "open_steps",
    "stage_title",
]
