"""A draft as its pages read it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tourism_odr.db import db
from tourism_odr.intake.models import Draft, DraftFile
from tourism_odr.people import envelope
from tourism_odr.people.secrets import hash_secret

PAGES = ("problem", "whom", "trip", "story", "wish", "contact")
STEP_OF = {"problem": 1, "whom": 2, "trip": 2, "story": 3, "wish": 4, "contact": 5}
STEPS = 5


@dataclass(frozen=True)
class SavedPage:
    """What was typed on one page, and which version that is."""

    typed: dict[str, list[str]]
    version: int = 0
    tab: str = ""
    done: bool = False


@dataclass(frozen=True)
class OpenDraft:
    """A draft, opened with the visitor's secret."""

    id: UUID
    secret: str
    changed: datetime
    pages: dict[str, SavedPage]
    case_id: UUID | None
    handed: dict[str, str]

    def page(self, name: str) -> SavedPage:
        """The page, empty when nothing was typed on it yet."""
        return self.pages.get(name, SavedPage({}))

    @property
    def next_page(self) -> str:
        """The first page that is not done."""
        return next((name for name in PAGES if not self.page(name).done), "check")

    @property
    def step(self) -> int:
        """Which of the five steps comes next."""
        return STEP_OF.get(self.next_page, STEPS)


def open_draft(secret: str | None) -> OpenDraft | None:
    """The draft of this visitor, sent or not."""
    if not secret:
        return None
    row = db.session.scalar(select(Draft).where(Draft.secret_hash == hash_secret(secret)))
    if row is None:
        return None
    pages = {name: SavedPage(**page) for name, page in envelope.unclose(secret, row.sealed).items()}
    handed = envelope.unclose(secret, row.handed) if row.handed else {}
    return OpenDraft(row.id, secret, row.changed, pages, row.case_id, handed)


def files_of(draft_id: UUID) -> list[DraftFile]:
    """The photos and papers of a draft, in the order in which they came."""
    rows = select(DraftFile).where(DraftFile.draft_id == draft_id).order_by(DraftFile.number)
    return list(db.session.scalars(rows))


def file_of(draft_id: UUID, file_id: UUID) -> DraftFile | None:
    """One file of this draft and of no other."""
    return db.session.scalar(select(DraftFile).where(DraftFile.id == file_id, DraftFile.draft_id == draft_id))
