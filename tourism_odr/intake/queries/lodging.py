"""What the pages of a complaint read: bodies, the register, today's rules, what was lodged before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from tourism_odr.cases.models import Case, Clock, Document, Party, TripValue
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.clock import local_day
from tourism_odr.db import db
from tourism_odr.people.models import Organisation, OrganisationKind
from tourism_odr.rulebooks import ClockRule, Rulebook, local_zone, profile, profiles
from tourism_odr.text import M, Message, registered_name

CITY = "city"
BAR = "complaint-bar"
ENDS = frozenset({"contract_ended", "performance_period_ended"})  # told by the last day of the trip


@dataclass(frozen=True)
class Body:
    """A supervising body that can be chosen by its territory."""

    id: UUID
    name: str
    name_en: str
    territory: str
    level: str
    jurisdiction: str

    def named(self, locale: str) -> str:
        """Its name in the reader's language, where it has one."""
        return registered_name(self.name, self.name_en, locale)


def bodies() -> list[Body]:
    """All supervising bodies, the one for the whole city first."""
    rows = db.session.scalars(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.BODY, Organisation.active)
        .order_by(Organisation.level != CITY, Organisation.territory, Organisation.name)
    )
    return [_body(row) for row in rows]


def _body(row: Organisation) -> Body:
    jurisdiction = str(row.settings.get("jurisdiction") or profiles()[0])
    return Body(row.id, row.name, row.name_en, row.territory, row.level, jurisdiction)


def body_for(known: Sequence[Body], chosen: str, territories: Iterable[str]) -> Body | None:
    """The body of the place where the contract was made; not known: of the operator's seat; else the city's."""
    by_id = next((body for body in known if str(body.id) == chosen), None)
    if by_id is not None:
        return by_id
    seats = [place for place in territories if place]
    by_seat = next((body for body in known if body.territory in seats), None)
    return by_seat or next(iter(known), None)


def rulebook_today(at: datetime, body: Body | None = None) -> Rulebook:
    """The rules for a complaint that this body receives now; as long as no body is known, those most bodies have."""
    name = body.jurisdiction if body else profiles()[0]
    return profile(name, on=local_day(at, local_zone(name)))


def in_words(rule: ClockRule) -> Message:
    """A period as a reader says it."""
    if rule.unit == "working":
        return M("within %(days)s working days", days=rule.count)
    return M("within %(days)s days", days=rule.count)


def bar_days(at: datetime) -> int | None:
    """For how long after the end the tourism body must take a complaint; None where no rule says."""
    rule = rulebook_today(at).own_dates.get(BAR)
    return rule.count if rule else None


def bar(last_day: date, at: datetime, book: Rulebook) -> date | None:
    """The last day on which the body must still take the complaint, counted from the end, when it has passed; else None."""
    rule = book.own_dates.get(BAR)
    if rule is None or rule.starts not in ENDS:
        return None
    due = rule.due_on(last_day)
    return due.day if due.at <= at else None


def operators(ids: Iterable[UUID]) -> dict[UUID, Organisation]:
    """Operators of the register by id; whatever is none is left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = select(Organisation).where(
        Organisation.id.in_(wanted), Organisation.kind == OrganisationKind.OPERATOR, Organisation.active
    )
    return {row.id: row for row in db.session.scalars(rows)}


def operator_by_code(code: str) -> Organisation | None:
    """The operator whose code, licence or unified code stands behind a printed QR code."""
    found = select(Organisation).where(
        Organisation.kind == OrganisationKind.OPERATOR,
        Organisation.active,
        or_(Organisation.code == code, Organisation.licence == code, Organisation.uscc == code.upper()),
    )
    return db.session.scalars(found.limit(1)).first()


def earlier_cases(person_id: UUID, organisations: set[UUID], order: str) -> list[Case]:
    """This person's own cases against the same operator or about the same order."""
    mine = select(Party.case_id).where(Party.person_id == person_id, Party.side == COMPLAINANT)
    against = select(Party.case_id).where(Party.side == RESPONDENT, Party.organisation_id.in_(organisations))
    same: ColumnElement[bool] = Case.id.in_(against)
    if order:
        ordered = select(TripValue.case_id).where(TripValue.key == "order", TripValue.value == order)
        same = or_(same, Case.id.in_(ordered))
    return list(db.session.scalars(select(Case).where(Case.id.in_(mine), same).order_by(Case.number)))


def dates_of(case_id: UUID) -> list[Clock]:
    """The clocks that lodging started, the next first."""
    rows = select(Clock).where(Clock.case_id == case_id, Clock.subject_id == case_id)
    return list(db.session.scalars(rows.order_by(Clock.due_at)))


def receipt_of(case_id: UUID) -> Document | None:
    """The receipt that lodging issued."""
    return db.session.scalars(select(Document).where(Document.case_id == case_id, Document.kind == "receipt")).first()
