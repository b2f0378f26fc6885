"""Writing into a place: words, files and cards, each with its salted digest for the ledger."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.ledger import digest_text
from tourism_odr.cases.models import Evidence, Item, ItemText, Place
from tourism_odr.people.actor import Actor

TALK = "talk"
NOTE = "note"
FILE = "file"
CARD = "card"
STATEMENT = "statement"  # the complaint's own words
ANSWER = "answer"
LETTER = "letter"  # what an officer wrote: reasons, lists, orders
# What may never go to a court, whatever its author wishes: talk, offers, notes (Interpretation of CPL art. 107).
NEVER_TO_COURT = frozenset({TALK, NOTE, CARD})


@dataclass(frozen=True)
class Words:
    """A text with its language (a BCP 47 tag)."""

    body: str
    language: str


@dataclass(frozen=True)
class StoredFile:
    """A file that the evidence store holds already, with the derivatives that are shown instead of it."""

    digest: str
    size: int
    kind: str
    mime: str
    name: str
    shown: dict[str, str]


def add_item(
    session: Session,
    place: Place,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    words: Words | None = None,
    file: StoredFile | None = None,
    party_id: UUID | None = None,
    subject_id: UUID | None = None,
    copy_of: UUID | None = None,
    court: bool = False,
    id: UUID | None = None,
) -> Item:
    """Lay one thing into ``place``.  The caller holds the case's lock and takes the step that records its digest."""
    salt = secrets.token_hex(16)
    parts = [kind, words.language if words else "", words.body if words else "", file.digest if file else ""]
    place.items += 1
    item = Item(
        id=id or uuid4(),
        case_id=place.case_id,
        place_id=place.id,
        number=place.items,
        kind=kind,
        role=by.role.value,
        author_id=by.person_id,
        party_id=party_id,
        subject_id=subject_id,
        copy_of=copy_of,
        at=at,
        court=court and kind not in NEVER_TO_COURT,
        digest=digest_text(salt, parts),
    )
    session.add(item)
    session.add(
        ItemText(
            item_id=item.id,
            salt=salt,
            language=words.language if words else "",
            body=words.body if words else "",
        )
    )
    if file:
        session.add(
            Evidence(
                item_id=item.id,
                digest=file.digest,
                size=file.size,
                kind=file.kind,
                mime=file.mime,
                name=file.name,
                shown=file.shown,
            )
        )
    return item


def place_for(session: Session, place_id: UUID, case_id: UUID) -> Place:
    """The place, when it is one of this case; ``NotYoursError`` otherwise (parent and child must match)."""
    place = session.get(Place, place_id)
    if place is None or place.case_id != case_id:
        raise NotYoursError("no such place in this case")
    return place
