"""What a court does with a suit: registers it, returns it, refuses it by ruling, ends it and tells the outcome."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourism_odr.cases import steps
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.items import LETTER, Words, add_item
from tourism_odr.cases.models import CourtOutcome, CourtReceipt, Filing, FilingPoint
from tourism_odr.cases.models.filing import SMALL
from tourism_odr.cases.places import place_of
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.organisations import people_of
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import COURT, Role
from tourism_odr.referral.queries.checklist import GROUNDS, POINTS
from tourism_odr.text import M, say

CHINESE = "zh-Hans"
INSTRUMENT, WITHDRAWN, REFUSED = "instrument", "suit-withdrawn", "refused"


@dataclass(frozen=True)
class Suit:
    """The suit that a form is about, and its version as it was shown."""

    case_id: UUID
    filing_id: UUID
    seen: int


@dataclass(frozen=True)
class Register:
    """The court's own number, the judge, and by which procedure."""

    suit: Suit
    number: str
    judge_id: UUID
    procedure: str


@dataclass(frozen=True)
class Return:
    """Everything that is to be corrected: (code of ``POINTS``, words); and by when."""

    suit: Suit
    points: tuple[tuple[str, str], ...]
    day: date


@dataclass(frozen=True)
class Ruling:
    """A ruling: its own number and its reasons; ``code`` is one of ``GROUNDS`` for a refusal."""

    suit: Suit
    words: str
    number: str = ""
    appeal_to: str = ""
    code: str = ""


@dataclass(frozen=True)
class Ending:
    """How the suit ended: a code, what is to be paid, on which day; for an instrument the words of the two sides."""

    suit: Suit
    code: str
    day: date
    amount: Decimal | None = None
    words: str = ""


def suit_of(session: Session, suit: Suit) -> Filing:
    """The suit under the case's lock, when it is one of this case; ``NotYoursError`` otherwise."""
    filing = session.get(Filing, suit.filing_id)
    if filing is None or filing.case_id != suit.case_id:
        raise NotYoursError("no suit of this case")
    steps.lock(session, filing.id)
    return filing


def write(session: Session, filing: Filing, words: str, by: Actor, at: datetime) -> tuple[UUID, str]:
    """Lay what the court or the mediator wrote into the place of the suit; id and digest of the item."""
    _, subject = steps.lock(session, filing.id)
    item = add_item(
        session, place_of(session, subject), LETTER, by=by, at=at, words=Words(words, CHINESE), subject_id=filing.id, court=True
    )
    return item.id, item.digest


def register(command: Register, *, by: Actor, at: datetime) -> None:
    """Give the suit its number, its judge and its procedure."""
    with unit_of_work() as session:
        filing = suit_of(session, command.suit)
        taken = select(Filing.id).where(Filing.court_id == filing.court_id, Filing.number == command.number, Filing.id != filing.id)
        if session.scalars(taken).first():
            raise RefusedError(M("This court has another suit with this number."))
        if command.judge_id not in people_of(filing.court_id, Role.JUDGE, at):
            raise RefusedError(M("Select a judge of this court."))
        if command.procedure == SMALL and filing.foreign:
            raise RefusedError(M("The small claims procedure is closed to foreign-related cases (Civil Procedure Law art. 166)."))
        filing.number, filing.judge_id, filing.procedure = command.number, command.judge_id, command.procedure
        filing.registered_at = at
        steps.take(
            filing.id, "filing.register", by=by, at=at, seen=command.suit.seen, facts={"kind": command.procedure}
        )


def return_(command: Return, *, by: Actor, at: datetime) -> None:
    """One notice of everything that is missing (Online Litigation Rules art. 9), with the day that the court sets."""
    if not command.points:
        raise RefusedError(M("Say what is to be corrected."))
    if command.day <= local_day(at):
        raise RefusedError(M("Set a day after today."))
    with unit_of_work() as session:
        filing = suit_of(session, command.suit)
        before = session.scalar(select(func.max(FilingPoint.returned)).where(FilingPoint.filing_id == filing.id)) or 0
        digests, said = [], []
        for number, (code, words) in enumerate(command.points, 1):
            point = POINTS[code]
            item_id, digest = write(session, filing, words or say(point.title, CHINESE), by, at)
            digests.append(digest)
            said.append(f"{say(point.title, CHINESE)}{'：' if words else ''}{words}")
            session.add(
                FilingPoint(
                    id=uuid4(), filing_id=filing.id, case_id=filing.case_id, returned=before + 1, number=number,
                    paper=point.paper, ground=code, item_id=item_id, at=at,
                )
            )  # fmt: skip
        steps.take(
            filing.id, "filing.return", by=by, at=at, seen=command.suit.seen, digests=tuple(digests),
            days={"correct": command.day}, papers={"points": said}, facts={"number": len(said)},
        )  # fmt: skip


def refuse(command: Ruling, *, by: Actor, at: datetime) -> None:
    """The judge refuses to register the suit; the appeal stands in the ruling."""
    if command.code not in GROUNDS:
        raise RefusedError(M("Select a ground."))
    with unit_of_work() as session:
        filing = suit_of(session, command.suit)
        reasons = f"{say(GROUNDS[command.code], CHINESE)}\n{command.words}"
        item_id, digest = write(session, filing, reasons, by, at)
        _note(session, filing, REFUSED, local_day(at), None, at, item_id)
        steps.take(
            filing.id, "filing.refuse", by=by, at=at, seen=command.suit.seen, digests=(digest,), facts={"ground": command.code},
            papers={"words": reasons, "own_number": command.number, "appeal_to": command.appeal_to},
        )  # fmt: skip


def issue_instrument(command: Ending, *, by: Actor, at: datetime) -> None:
    """The judge issues the civil mediation instrument; it takes effect with the last receipt."""
    _end(command, "filing.instrument", INSTRUMENT, by, at)


def permit_withdrawal(command: Ending, *, by: Actor, at: datetime) -> None:
    """The judge permits the withdrawal for which the plaintiff applied."""
    _end(command, "filing.permit-withdrawal", WITHDRAWN, by, at)


def decide(command: Ending, *, by: Actor, at: datetime) -> None:
    """Tell here how the court decided: code, amount and day."""
    _end(command, "filing.decide", command.code, by, at)


def _end(command: Ending, step: str, code: str, by: Actor, at: datetime) -> None:
    with unit_of_work() as session:
        filing = suit_of(session, command.suit)
        item_id: UUID | None = None
        digests: tuple[str, ...] = ()
        if command.words:
            item_id, digest = write(session, filing, command.words, by, at)
            digests = (digest,)
        _note(session, filing, code, command.day, command.amount, at, item_id)
        steps.take(
            filing.id, step, by=by, at=at, seen=command.suit.seen, digests=digests, facts={"kind": code},
            papers={"words": command.words},
        )  # fmt: skip


def _note(
    session: Session, filing: Filing, code: str, day: date, amount: Decimal | None, at: datetime, item_id: UUID | None
) -> None:
    session.add(
        CourtOutcome(
            filing_id=filing.id, case_id=filing.case_id, code=code, amount=amount, currency=filing.currency, day=day,
            item_id=item_id, at=at,
        )
    )  # fmt: skip


@dataclass(frozen=True)
class Receipt:
    """Whose receipt of the instrument, on which day and how (a code of ``HOW``)."""

    suit: Suit
    party_id: UUID
    day: date
    how: str


def confirm_receipt(command: Receipt, *, by: Actor, at: datetime, code_checked: bool = False) -> None:
    """A side has the instrument in hand; with the last receipt it takes effect."""
    with unit_of_work() as session:
        filing = suit_of(session, command.suit)
        had = select(CourtReceipt.id).where(CourtReceipt.filing_id == filing.id, CourtReceipt.party_id == command.party_id)
        if session.scalars(had).first():
            raise RefusedError(M("This receipt is on record already."))
        session.add(
            CourtReceipt(
                id=uuid4(), filing_id=filing.id, case_id=filing.case_id, party_id=command.party_id, how=command.how,
                day=command.day, at=at,
            )
        )  # fmt: skip
        session.flush()
        steps.take(
            filing.id, "filing.record-receipt" if by.role in COURT else "filing.confirm-receipt", by=by, at=at, seen=command.suit.seen, party_id=command.party_id,
            facts={"method": command.how}, papers={"code_checked": code_checked},
        )  # fmt: skip
