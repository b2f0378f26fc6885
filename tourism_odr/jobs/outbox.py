"""The sender: the only code that lets a message leave.

A notice is claimed with a lease that lapses, put into words once, sent outside of any transaction, and
marked.  Whoever dies between sending and marking is followed by another who sends the same message with
the same Message-ID: at least once, never a different text.
"""

import hashlib
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tourism_odr.cases import rendering
from tourism_odr.cases.models import Clock, Document, Notice
from tourism_odr.cases.models.document import ISSUED
from tourism_odr.cases.outgoing import FAILED, note_bounce
from tourism_odr.cases.telling import WAITING
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import letters, serving
from tourism_odr.jobs.addresses import addresses_of
from tourism_odr.jobs.mail import Mailer, MailLaterError, MailRefusedError
from tourism_odr.people.codes import LIVES
from tourism_odr.people.mailing import PREFIX, open_from_outbox
from tourism_odr.text import N_, say

log = logging.getLogger(__name__)
SENT, PAGE = "sent", "page"
BATCH = 20
LEASE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
ERROR_MOST = 500
CLOSE = N_("%(count)s days are close in your cases")
RULE = "\n\n* * *\n\n"
TOGETHER = frozenset({"_other/deadline"})  # what can wait for each other: one letter instead of many
SHORT_LIVED = frozenset({"_other/code"})  # of no use once the code has lapsed


@dataclass(frozen=True)
class Office:
    """What the sender needs of its surroundings."""

    mailer: Mailer
    sender: str
    base_url: str
    service_name: str

    @property
    def host(self) -> str:
        """The right side of every Message-ID."""
        return urlsplit(self.base_url).hostname or "localhost"


@dataclass(frozen=True)
class Letter:
    """One notice, ready to leave."""

    notice_id: UUID
    message_id: str
    locale: str
    addresses: tuple[str, ...]
    subject: str
    text: str = field(repr=False)
    attachment: tuple[str, bytes] | None = field(default=None, repr=False)


def post(at: datetime, office: Office, *, batch: int = BATCH) -> int:
    """Send what is waiting; answers how many notices were dealt with, sent or not."""
    done = 0
    while claimed := _claim(at, batch):
        for notice_id in claimed:
            _deal_with(notice_id, at, office)
        done += len(claimed)
    return done


def _claim(at: datetime, batch: int) -> list[UUID]:
    with unit_of_work() as session:
        free = or_(Notice.leased_until.is_(None), Notice.leased_until <= at)
        rows = session.scalars(
            select(Notice)
            .where(Notice.status == WAITING, Notice.next_at <= at, free)
            .where(or_(Notice.with_id.is_(None), Notice.with_id == Notice.id))
            .order_by(Notice.next_at, Notice.id)
            .limit(batch)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            row.leased_until, row.attempts = at + LEASE, row.attempts + 1
            if row.template in TOGETHER and row.with_id is None:
                _gather(session, row, at)
        return [row.id for row in rows if row.with_id in (None, row.id)]


def _gather(session: Session, first: Notice, at: datetime) -> None:
    """What waits for the same reader leaves with ``first``, now and at every new try, under its Message-ID."""
    same = select(Notice).where(
        Notice.status == WAITING, Notice.next_at <= at, Notice.template.in_(TOGETHER), Notice.with_id.is_(None),
        Notice.person_id == first.person_id, Notice.organisation_id == first.organisation_id,
        Notice.role == first.role, Notice.locale == first.locale,
    )  # fmt: skip
    for row in session.scalars(same.with_for_update(skip_locked=True)):
        row.with_id = first.id


def _bundle(session: Session, first: Notice) -> list[Notice]:
    """The notices that leave in one letter, as they were written."""
    if first.with_id is None:
        return [first]
    together = select(Notice).where(Notice.with_id == first.id).order_by(Notice.created, Notice.id)
    return list(session.scalars(together))


def _deal_with(notice_id: UUID, at: datetime, office: Office) -> None:
    """Prepare, send, mark: three separate things, and only the middle one may take long."""
    try:
        letter = _prepare(notice_id, at, office)
        if letter is None:
            return
        for address in letter.addresses:
            office.mailer.send(_message(letter, address, at, office), address)
    except MailRefusedError as refused:
        _mark(notice_id, at, FAILED, str(refused))
        record_bounce(notice_id, at)
    except MailLaterError as later:
        _postpone(notice_id, at, str(later))
    except Exception as wrong:  # one bad notice must not stop the others
        log.exception("notice %s could not be sent", notice_id)
        _postpone(notice_id, at, f"error: {type(wrong).__name__}")
    else:
        _mark(notice_id, at, SENT)


def _prepare(notice_id: UUID, at: datetime, office: Office) -> Letter | None:
    """Words and addresses; None when there is nothing to send."""
    attachment = _attachment(notice_id, at)
    with unit_of_work() as session:
        notice = session.get_one(Notice, notice_id)
        if notice.template in SHORT_LIVED and notice.created + LIVES <= at:
            _end(notice, at, FAILED, "lapsed before it could be sent")
            return None
        bundle = _bundle(session, notice)
        said = [_in_words(session, one, office) for one in bundle]
        subject = said[0][0] if len(said) == 1 else say(CLOSE, notice.locale, count=len(said))
        addresses = addresses_of(notice, at)
        if not addresses:
            for one in bundle:
                _end(one, at, PAGE)
            serving.nobody_to_write_to(notice, at)
            return None
        secrets = _secrets(notice) | serving.invitation_for(notice, addresses[0], at)
        text = letters.with_secrets(RULE.join(body for _, body in said), secrets)
        return Letter(
            notice.id,
            notice.message_id,
            notice.locale,
            tuple(addresses),
            subject,
            text,
            attachment,
        )


def _in_words(session: Session, notice: Notice, office: Office) -> tuple[str, str]:
    """Subject and body, put into words once and kept with their digest."""
    if notice.subject_line is None or notice.body is None:
        told = notice.params | {"counts": _counts(session, notice)}
        notice.subject_line, notice.body = letters.in_words(notice.template, notice.locale, told, office.base_url)
        notice.digest = hashlib.sha256(f"{notice.subject_line}\n\n{notice.body}".encode()).hexdigest()
    return notice.subject_line, notice.body


def _counts(session: Session, notice: Notice) -> list[dict[str, Any]]:
    """Why the dates that the notice names are those dates: of the clocks that its step started, or of its own."""
    if notice.case_id is None or not (notice.params.get("days") or notice.params.get("clock")):
        return []
    clocks = session.scalars(select(Clock).where(Clock.case_id == notice.case_id, Clock.pending_id.is_(None)))
    step, own = str(notice.event_id), notice.params.get("clock")
    return [one.derivation for one in clocks if one.derivation.get("evidence") == step or str(one.id) == own]


def _secrets(notice: Notice) -> dict[str, str]:
    sealed = letters.sealed_names(notice.params)
    if notice.person_id is None:
        return {}
    return {name: open_from_outbox(notice.person_id, value) for name, value in sealed.items()}


def _attachment(notice_id: UUID, at: datetime) -> tuple[str, bytes] | None:
    """The paper that goes with the notice; a draft is not issued yet, so the notice waits for it."""
    notice = db.session().get_one(Notice, notice_id)
    document = db.session().get(Document, notice.document_id) if notice.document_id else None
    if document is None:
        return None
    if document.status != ISSUED:
        raise MailLaterError("the document waits for its signer")
    return f"{document.kind}.pdf", rendering.file_of(document, notice.locale, at)


def _message(letter: Letter, address: str, at: datetime, office: Office) -> EmailMessage:
    """Plain text, and the same as HTML; nothing in it that an automatic answer would reply to."""
    message = EmailMessage()
    message["Subject"] = letter.subject
    message["From"] = formataddr((office.service_name, office.sender))
    message["To"] = address
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{letter.message_id}@{office.host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letters.as_html(letter.text, letter.locale), subtype="html")
    if letter.attachment:
        name, data = letter.attachment
        message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    message["Content-Language"] = letter.locale  # last: setting a content clears every header about one
    return message


def _mark(notice_id: UUID, at: datetime, status: str, error: str | None = None) -> None:
    with unit_of_work() as session:
        for one in _bundle(session, session.get_one(Notice, notice_id)):
            _end(one, at, status, error)


def _end(notice: Notice, at: datetime, status: str, error: str | None = None) -> None:
    """Nothing more will be sent: secrets that waited in the parameters are forgotten."""
    notice.status, notice.leased_until = status, None
    notice.error = error[:ERROR_MOST] if error else None
    notice.sent_at = at if status == SENT else None
    notice.params = {key: value for key, value in notice.params.items() if not key.startswith(PREFIX)}


def _postpone(notice_id: UUID, at: datetime, error: str) -> None:
    """Try again, each time after twice as long, up to an hour."""
    with unit_of_work() as session:
        notice = session.get_one(Notice, notice_id)
        doublings = min(max(notice.attempts - 1, 0), 10)
        notice.next_at = at + min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
        notice.error, notice.leased_until = error[:ERROR_MOST], None


def record_bounce(notice_id: UUID, at: datetime) -> None:
    """A message came back; somebody who reads the mailbox tells us."""
    with unit_of_work():
        note_bounce(notice_id, at)
