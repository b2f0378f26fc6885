"""What a counter reads: the cases that the office entered and follows, who may act for whom, what channels are owed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import visible_cases
from tourism_odr.cases.authority import in_force
from tourism_odr.cases.lifecycle import PlaceKind, external
from tourism_odr.cases.models import Case, Event, External, Member, Party, Place, Power, Subject
from tourism_odr.cases.models.party import COMPLAINANT, RESPONDENT
from tourism_odr.cases.sittings import COUNTER
from tourism_odr.intake.queries.lodging import Body
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.organisations import fold, search_operators
from tourism_odr.people.persons import names_of
from tourism_odr.rulebooks import profiles
from tourism_odr.web.names import party_names

SIZE = 25
OWED = (external.ACCEPTANCE_OWED, external.CONCLUSION_OWED)


@dataclass(frozen=True)
class Followed:
    """A case that the office entered: where it stands, who handles it, and for whom."""

    case: Case
    subject: Subject
    body: Organisation
    person: str
    respondents: tuple[str, ...]


def followed(session: Session, actor: Actor, at: datetime, *, mine: bool, page: int) -> tuple[list[Followed], int]:
    """The cases that the office reads, the last moved first; ``mine``: only those that this person entered."""
    wanted = (
        select(Case, Subject, Organisation)
        .join(Subject, Subject.id == Case.id)
        .join(Organisation, Organisation.id == Case.body_id)
        .where(visible_cases(actor, at))
    )
    if mine:
        entered = select(Event.case_id).where(Event.step == "case.lodge", Event.actor == actor.person_id)
        wanted = wanted.where(Case.id.in_(entered))
    total = int(session.scalar(wanted.with_only_columns(func.count(Case.id)).order_by(None)) or 0)
    rows = session.execute(wanted.order_by(Case.moved.desc(), Case.id).offset((page - 1) * SIZE).limit(SIZE)).all()
    return _with_names(session, rows), total


def _with_names(session: Session, rows: Sequence[Row[Case, Subject, Organisation]]) -> list[Followed]:
    ids = [row[0].id for row in rows]
    parties = session.scalars(select(Party).where(Party.case_id.in_(ids)).order_by(Party.number)).all()
    people = names_of(p.person_id for p in parties if p.side == COMPLAINANT and p.person_id)
    called = party_names(session, [p for p in parties if p.side == RESPONDENT])
    found = []
    for case, subject, body in rows:
        own = [p for p in parties if p.case_id == case.id]
        person = next((people.get(p.person_id, "") for p in own if p.side == COMPLAINANT and p.person_id), "")
        found.append(Followed(case, subject, body, person, tuple(called[p.id] for p in own if p.side == RESPONDENT)))
    return found


@dataclass(frozen=True)
class Represented:
    """A party for which somebody may act here, and the authorities that the office's people hold."""

    party: Party
    name: str
    served: bool
    held: tuple[Power, ...]


def represented(session: Session, case_id: UUID, at: datetime) -> list[Represented]:
    """Each complainant, and each respondent that reads the file, with the authorities in force."""
    parties = session.scalars(select(Party).where(Party.case_id == case_id).order_by(Party.side, Party.number)).all()
    people = names_of(p.person_id for p in parties if p.side == COMPLAINANT and p.person_id)
    called = party_names(session, [p for p in parties if p.side == RESPONDENT])
    reads = select(Member.principal_id).join(Place, Place.id == Member.place_id)
    readers = set(session.scalars(reads.where(Member.case_id == case_id, Place.kind == PlaceKind.FILE, Member.until.is_(None))))
    powers = session.scalars(select(Power).where(Power.case_id == case_id, Power.kind == COUNTER).order_by(Power.since)).all()
    found = []
    for party in parties:
        name = people.get(party.person_id, "") if party.person_id else called.get(party.id, "")
        held = tuple(power for power in powers if power.party_id == party.id and in_force(power, at))
        found.append(Represented(party, name, (party.organisation_id or party.person_id) in readers, held))
    return found


def authorities_of(session: Session, party_id: UUID) -> Sequence[Power]:
    """Every authority that a party gave to an office, the newest first."""
    wanted = select(Power).where(Power.party_id == party_id, Power.kind == COUNTER)
    return session.scalars(wanted.order_by(Power.since.desc())).all()


def registered(names: Iterable[str]) -> dict[str, UUID | None]:
    """Which of the typed names stand in the register exactly, or carry its code or licence."""
    found: dict[str, UUID | None] = {}
    for name in names:
        hits = [row for row in search_operators(name, 3) if fold(name) in (fold(row.name), fold(row.name_en), fold(row.uscc or ""), fold(row.licence or ""))]
        found[name] = hits[0].id if len(hits) == 1 else None
    return found


def office(session: Session, organisation_id: UUID | None) -> Body | None:
    """The own organisation as the body of a case; None where no rulebook is set for it."""
    row = session.get(Organisation, organisation_id) if organisation_id else None
    jurisdiction = str(row.settings.get("jurisdiction", "")) if row else ""
    if row is None or jurisdiction not in profiles():
        return None
    return Body(row.id, row.name, row.name_en, row.territory, row.level, jurisdiction)


@dataclass(frozen=True)
class Entry:
    """A matter of another channel, with the case under which it is handled."""

    external: External
    subject: Subject
    case: Case

    @property
    def owed(self) -> bool:
        """Whether the channel waits for word."""
        return self.subject.stage in OWED


def entries(session: Session, actor: Actor, at: datetime, *, owed: bool, page: int) -> tuple[list[Entry], int]:
    """Matters of other channels that the actor may see, the next due first; ``owed``: those that wait for a reply."""
    wanted = (
        select(External, Subject, Case)
        .join(Subject, Subject.id == External.id)
        .join(Case, Case.id == External.case_id)
        .where(visible_cases(actor, at))
    )
    if owed:
        wanted = wanted.where(Subject.stage.in_(OWED))
    total = int(session.scalar(wanted.with_only_columns(func.count(External.id)).order_by(None)) or 0)
    rows = session.execute(
        wanted.order_by(Subject.due.is_(None), Subject.due, Case.number).offset((page - 1) * SIZE).limit(SIZE)
    ).all()
    return [Entry(*row) for row in rows], total


def origins(session: Session, case_id: UUID) -> list[tuple[External, Subject]]:
    """From which channels a case came."""
    rows = session.execute(select(External, Subject).join(Subject, Subject.id == External.id).where(External.case_id == case_id))
    return [(row[0], row[1]) for row in rows]
