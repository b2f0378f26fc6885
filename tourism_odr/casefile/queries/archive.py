"""Archive volumes as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import visible_cases
from tourism_odr.cases.lifecycle import TABLES
from tourism_odr.cases.models import Case, ItemText, Subject, Volume, VolumeEntry, VolumeLoan
from tourism_odr.cases.papers.volume import PARTS, missing_words, page_range, rules_for, titles
from tourism_odr.cases.queries import subjects_of
from tourism_odr.cases.volumes import entries_of, pages_of
from tourism_odr.people import persons
from tourism_odr.people.actor import Actor
from tourism_odr.rulebooks.archive import Retention, Section
from tourism_odr.text import Message

SIZE = 25


@dataclass(frozen=True)
class Shelved:
    """A volume in a list: its case, and where it stands."""

    volume: Volume
    subject: Subject
    case: Case


@dataclass(frozen=True)
class Line:
    """One entry of a catalogue as it is read."""

    entry: VolumeEntry
    section: Section
    title: dict[str, str]
    pages: str


@dataclass(frozen=True)
class Loan:
    """One line of the log of loans, with the names of who gave it out and took it back."""

    row: VolumeLoan
    lent_by: str
    taken_by: str


@dataclass(frozen=True)
class VolumeView:
    """Everything on the page of one volume."""

    volume: Volume
    retention: Retention
    set_by: str
    parts: list[tuple[str, str, list[Line], int]]
    missing: list[Message]
    remark: str
    filed_by: str
    loans: list[Loan]


def shelf(session: Session, actor: Actor, at: datetime, stages: Sequence[str], page: int) -> tuple[list[Shelved], int]:
    """The volumes of the body at these stages, the oldest first, and how many there are."""
    mine = (Subject.kind == "volume", Subject.desk_id == actor.organisation_id, Subject.stage.in_(stages), visible_cases(actor, at))
    rows = select(Volume, Subject, Case).join(Subject, Subject.id == Volume.id).join(Case, Case.id == Volume.case_id)
    ordered = rows.where(*mine).order_by(Volume.made_at, Volume.id)
    found = session.execute(ordered.offset((page - 1) * SIZE).limit(SIZE)).all()
    total = session.scalar(select(func.count(Subject.id)).join(Case, Case.id == Subject.case_id).where(*mine))
    return [Shelved(*row) for row in found], total or 0


def open_stages() -> list[str]:
    """Where a volume waits for somebody."""
    return [stage for stage in TABLES["volume"].stages if stage not in TABLES["volume"].finals]


def volumes_of(session: Session, case: Case, actor: Actor, at: datetime) -> list[tuple[Volume, Subject]]:
    """The volumes of one case, the first one first."""
    subjects = {one.id: one for one in subjects_of(session, case.id, actor, at, "volume")}
    rows = session.scalars(select(Volume).where(Volume.id.in_(subjects)).order_by(Volume.number))
    return [(one, subjects[one.id]) for one in rows]


def volume_view(session: Session, case: Case, volume_id: UUID) -> VolumeView:
    """One volume; the door has looked whether its reader may see it."""
    volume, rules = session.get_one(Volume, volume_id), rules_for(case)
    entries = entries_of(session, volume_id)
    remark = session.get(ItemText, volume.remark_id) if volume.remark_id else None
    return VolumeView(
        volume, rules.retention(volume.retention), rules.set_by,
        parts=[
            (part, title, _lines(session, rules, [one for one in entries if one.part == part]), pages_of(session, volume_id, part))
            for part, title in PARTS.items()
        ],
        missing=[missing_words(one) for one in volume.missing], remark=remark.body if remark else "",
        filed_by=_name(volume.filed_by), loans=_loans(session, volume_id),
    )  # fmt: skip


def _lines(session: Session, rules: Any, entries: list[VolumeEntry]) -> list[Line]:
    named = zip(entries, titles(session, entries), strict=True)
    return [Line(one, rules.section(one.section), title, page_range(one)) for one, title in named]


def _name(person_id: UUID | None) -> str:
    return persons.names_of([person_id])[person_id] if person_id else ""


def _loans(session: Session, volume_id: UUID) -> list[Loan]:
    rows = session.scalars(select(VolumeLoan).where(VolumeLoan.volume_id == volume_id).order_by(VolumeLoan.lent_at.desc()))
    return [Loan(row, _name(row.lent_by), _name(row.taken_by)) for row in rows]
