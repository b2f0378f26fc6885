"""What officers write: a text in Chinese, with English beside it where the reader needs that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases import items, steps
from tourism_odr.cases.errors import MovedOnError
from tourism_odr.cases.items import Words, add_item
from tourism_odr.cases.models import Case, Item, ItemText, Place, Subject
from tourism_odr.people.actor import Actor

CHINESE, ENGLISH = "zh-Hans", "en"


@dataclass(frozen=True)
class Bilingual:
    """Chinese prevails in official papers; English may be empty."""

    zh: str
    en: str = ""

    def paper(self) -> dict[str, str]:
        """As the builders of documents take it."""
        return {"zh": self.zh, "en": self.en}


NOTHING = Bilingual("")


def write_letter(
    session: Session, place: Place, text: Bilingual, *, by: Actor, at: datetime, subject_id: UUID | None = None
) -> list[Item]:
    """One letter a language into ``place``; the step that follows records the digests."""
    written = ((text.zh, CHINESE), (text.en, ENGLISH))
    return [
        add_item(session, place, items.LETTER, by=by, at=at, words=Words(body, language), subject_id=subject_id)
        for body, language in written
        if body
    ]


def digests(letters: Sequence[Item]) -> tuple[str, ...]:
    """What the ledger keeps of them."""
    return tuple(letter.digest for letter in letters)


def read_letter(session: Session, case_id: UUID, recorded: Sequence[str]) -> Bilingual:
    """The letter whose digests a step recorded, put together again; empty where it was erased."""
    rows = session.execute(
        select(ItemText.language, ItemText.body)
        .join(Item, Item.id == ItemText.item_id)
        .where(Item.case_id == case_id, Item.kind == items.LETTER, Item.digest.in_(recorded))
    )
    found = {row.language: row.body for row in rows}
    return Bilingual(found.get(CHINESE, ""), found.get(ENGLISH, ""))


def lock_as_seen(session: Session, subject_id: UUID, step: str, seen: int | None) -> tuple[Case, Subject]:
    """Lock the case, and refuse when the subject is no longer as the officer saw it.

    For steps that begin another subject: the door itself asks no version of what is new.
    """
    case, subject = steps.lock(session, subject_id)
    if seen is not None and subject.version != seen:
        raise MovedOnError(subject.id, step, subject.stage)
    return case, subject
