"""Writing a complaint page by page: what was typed is kept from the first answer on, whatever happens next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tourism_odr.cases.items import StoredFile
from tourism_odr.db import unit_of_work
from tourism_odr.intake.models import Draft, DraftFile
from tourism_odr.people import envelope
from tourism_odr.people.secrets import hash_secret, new_secret

Typed = dict[str, list[str]]
FIRST = "problem"


class WrittenElsewhereError(Exception):
    """The same page was saved in another tab since this one was opened; nothing was overwritten."""


class TooManyFilesError(Exception):
    """The draft holds as many files as a complaint may carry."""


@dataclass(frozen=True)
class PageWritten:
    """One page as it was typed; ``tab`` names the open page, ``seen`` is the version that it showed."""

    page: str
    typed: Mapping[str, list[str]]
    tab: str = ""
    seen: int = 0
    done: bool = True


def save_page(secret: str | None, written: PageWritten, at: datetime) -> str:
    """Keep one page; begins the draft when there is none.  Answers the secret that opens it."""
    with unit_of_work() as session:
        draft = find(session, secret)
        if draft is None or draft.case_id is not None or secret is None:
            secret = new_secret()
            draft = Draft(id=uuid4(), secret_hash=hash_secret(secret), created=at, changed=at,
                          sealed=envelope.close(secret, {}))  # fmt: skip
            session.add(draft)
        pages = envelope.unclose(secret, draft.sealed)
        pages[written.page] = _merged(pages.get(written.page), written)
        draft.sealed, draft.changed = envelope.close(secret, pages), at
        return secret


def _merged(before: dict[str, object] | None, written: PageWritten) -> dict[str, object]:
    """The page with its next version, unless another tab wrote it since."""
    version = int(str(before["version"])) if before else 0
    changed_since = before is not None and version != written.seen and before["tab"] != written.tab
    if before and changed_since and before["typed"] != dict(written.typed):
        raise WrittenElsewhereError(written.page)
    done = written.done or bool(before and before["done"])
    return {"version": version + 1, "tab": written.tab, "typed": dict(written.typed), "done": done}


def find(session: Session, secret: str | None) -> Draft | None:
    """The draft of this secret, locked for whoever changes it."""
    if not secret:
        return None
    wanted = select(Draft).where(Draft.secret_hash == hash_secret(secret))
    return session.scalars(wanted.with_for_update()).first()


def add_file(secret: str, file: StoredFile, most: int, at: datetime) -> UUID | None:
    """Lay a stored file to the draft; None when the draft is gone."""
    with unit_of_work() as session:
        draft = find(session, secret)
        if draft is None or draft.case_id is not None:
            return None
        held, last = session.execute(
            select(func.count(DraftFile.id), func.max(DraftFile.number)).where(DraftFile.draft_id == draft.id)
        ).one()
        if held >= most:
            raise TooManyFilesError
        row = DraftFile(id=uuid4(), draft_id=draft.id, number=(last or 0) + 1, added=at, **vars(file))
        session.add(row)
        draft.changed = at
        return row.id


def remove_file(secret: str, file_id: UUID, at: datetime) -> None:
    """Take a file back; one of another draft is left alone."""
    with unit_of_work() as session:
        draft = find(session, secret)
        if draft is not None and draft.case_id is None:
            session.execute(delete(DraftFile).where(DraftFile.id == file_id, DraftFile.draft_id == draft.id))
            draft.changed = at


def discard(secret: str) -> None:
    """Erase the draft with everything in it; also what was handed out after sending."""
    with unit_of_work() as session:
        draft = find(session, secret)
        if draft is not None:
            session.execute(delete(DraftFile).where(DraftFile.draft_id == draft.id))
            session.delete(draft)
