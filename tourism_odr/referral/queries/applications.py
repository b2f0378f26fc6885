"""What the pages of applications show: to the tourist the course and what may be told, to the body also the rest."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.items import LETTER
from tourism_odr.cases.models import Application, ApplicationFile, Case, Document, Evidence, Party, Subject
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.cases.queries import documents_of, items_of, parties_of, subjects_of
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation, OrganisationKind
from tourism_odr.rulebooks.applications import ApplicationGround, application_grounds
from tourism_odr.web.names import called, party_names


@dataclass(frozen=True)
class Applied:
    """One application with where it stands and whom it is about."""

    row: Application
    subject: Subject
    about: str
    ground: ApplicationGround | None


@dataclass(frozen=True)
class Papers:
    """What of an application the reader may read: words by item, its letter, its files."""

    words: dict[UUID, str]
    documents: list[Document]
    files: list[Evidence]


def applications(session: Session, case: Case, actor: Actor, at: datetime) -> list[Applied]:
    """The applications of the case that the reader may see, the newest first."""
    subjects = subjects_of(session, case.id, actor, at, "application")
    return [_applied(session, case, one) for one in reversed(subjects)]


def application(session: Session, case: Case, subject: Subject) -> Applied:
    """One of them; the door has looked whether its reader may see it."""
    return _applied(session, case, subject)


def _applied(session: Session, case: Case, subject: Subject) -> Applied:
    row = session.get_one(Application, subject.id)
    party = session.get_one(Party, row.respondent_id)
    ground = application_grounds(rulebook_of(case).jurisdiction, row.sort).get(row.ground or "")
    return Applied(row, subject, party_names(session, [party])[party.id], ground)


def papers(session: Session, applied: Applied, actor: Actor, at: datetime) -> Papers:
    """Words, letter and files, each through the audience condition; the list of files is the body's."""
    row = applied.row
    entries = items_of(session, row.case_id, actor, at, (LETTER,))
    words = {entry.item.id: entry.text.body for entry in entries if entry.text}
    issued = [one for one in documents_of(session, row.case_id, actor, at) if one.subject_id == row.id]
    along = select(Evidence).join(ApplicationFile, ApplicationFile.item_id == Evidence.item_id)
    files = list(session.scalars(along.where(ApplicationFile.application_id == row.id))) if issued else []
    return Papers(words, issued, files)


def respondents(session: Session, case_id: UUID) -> dict[UUID, str]:
    """Those about whom somebody may apply."""
    return party_names(session, [one for one in parties_of(session, case_id) if one.side == RESPONDENT])


def receivers(session: Session, own: UUID) -> list[tuple[UUID, str]]:
    """Other supervising bodies that use this service."""
    wanted = select(Organisation).where(
        Organisation.kind == OrganisationKind.BODY, Organisation.active, Organisation.id != own
    )
    return [(one.id, called(one)) for one in session.scalars(wanted.order_by(Organisation.name))]
