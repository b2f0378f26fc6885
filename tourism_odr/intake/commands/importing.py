"""Many entries of another channel out of a CSV file: tried first, each row with its mistakes, then entered."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from uuid import UUID
from zoneinfo import ZoneInfo

from tourism_odr.cases.categories import GROUPS, MARKETS
from tourism_odr.cases.items import Words
from tourism_odr.cases.opening import Claimed, Complaint, NamedRespondent
from tourism_odr.cases.papers.words import CHANNELS
from tourism_odr.db import db
from tourism_odr.intake.commands.entering import (
    AlreadyEnteredError,
    EnterComplaint,
    Origin,
    enter_complaint,
    known_number,
)
from tourism_odr.intake.commands.lodging import LodgeComplaint
from tourism_odr.intake.queries.counter import registered
from tourism_odr.intake.queries.lodging import Body
from tourism_odr.people import contacts
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.rulebooks import local_zone
from tourism_odr.text import M, Message

COLUMNS = (
    "channel", "number", "channel_received", "received", "reply_by", "category", "market", "name", "phone", "email",
    "business", "story", "refund", "elsewhere",
)  # fmt: skip
NEEDED = ("channel", "number", "channel_received", "received", "name", "story")
ROWS_MOST = 500
CODES = [group.code for group in GROUPS]
EXAMPLE = (
    "12345", "20261124-0001", "2026-11-23 16:20", "2026-11-24 09:05", "2026-12-01", "shopping", "domestic", "演示人员",
    "13800000000", "", "演示旅行社有限公司", "导游带至计划外购物店，要求退还购物款。", "800.00", "",
)  # fmt: skip


@dataclass(frozen=True)
class RowMistake:
    """What is wrong in which line and column of the file."""

    line: int
    column: str
    message: Message


@dataclass
class Outcome:
    """What an import did, or would do."""

    really: bool
    right: int = 0
    numbers: list[str] = field(default_factory=list)  # of the cases that were made
    mistakes: list[RowMistake] = field(default_factory=list)


def example() -> bytes:
    """The columns and one row, as a spreadsheet opens it."""
    made = io.StringIO()
    csv.writer(made).writerows([COLUMNS, EXAMPLE])
    return ("\ufeff" + made.getvalue()).encode()


def read(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows with their line numbers; refuses what is no such file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError(M("The file is not UTF-8. Save it as CSV UTF-8 and send it again.")) from None
    reader = csv.DictReader(io.StringIO(text))
    missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
    if missing:
        raise RefusedError(M("The column %(column)s is missing.", column=missing[0]))
    rows = [(reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}) for row in reader]
    if len(rows) > ROWS_MOST:
        raise RefusedError(M("The file has too many rows. Split it."))
    return rows


def import_entries(
    rows: list[tuple[int, dict[str, str]]], body: Body, *, really: bool, by: Actor, at: datetime
) -> Outcome:
    """Enter every row that is right, each in a unit of work of its own; else only say what would happen."""
    outcome, seen = Outcome(really), set[tuple[str, str]]()
    names = registered({row.get("business", "") for _, row in rows if row.get("business")})
    for line, row in rows:
        key = (row["channel"], row["number"])
        wrong = list(_mistakes(line, row, key in seen, body, at))
        seen.add(key)
        outcome.mistakes += wrong
        if wrong:
            continue
        if really:
            try:
                outcome.numbers.append(enter_complaint(_command(row, body, names, at), by=by, at=at).number)
            except AlreadyEnteredError as again:
                outcome.mistakes.append(RowMistake(line, "number", again.message))
                continue
        outcome.right += 1
    return outcome


def _mistakes(line: int, row: Mapping[str, str], twice: bool, body: Body, at: datetime) -> Iterator[RowMistake]:
    for column in NEEDED:
        if not row[column]:
            yield RowMistake(line, column, M("This cell is empty."))
    if row["channel"] and row["channel"] not in CHANNELS:
        yield RowMistake(line, "channel", M("No such channel. Use one of: %(known)s.", known=", ".join(CHANNELS)))
    known = known_number(db.session(), row["channel"], row["number"])
    if twice or known:
        yield RowMistake(line, "number", M("This number of the channel was entered already."))
    yield from _wrong_values(line, row, body, at)


def _wrong_values(line: int, row: Mapping[str, str], body: Body, at: datetime) -> Iterator[RowMistake]:
    sent, ours = _instant(row["channel_received"], body), _instant(row["received"], body)
    for column, value in (("channel_received", sent), ("received", ours)):
        if row[column] and (value is None or value > at):
            yield RowMistake(line, column, M("Enter a past day, or day and time, such as 2026-11-24 09:05."))
    if sent and ours and ours < sent:
        yield RowMistake(line, "received", M("We cannot have received it before the channel did."))
    for column, (right, message) in VALUES.items():
        if row.get(column) and not right(row[column]):
            yield RowMistake(line, column, message)


def _command(row: Mapping[str, str], body: Body, names: Mapping[str, UUID | None], at: datetime) -> EnterComplaint:
    business, amount = row.get("business", ""), _amount(row.get("refund", ""))
    complaint = Complaint(
        body_id=body.id, jurisdiction=body.jurisdiction, category=row.get("category") or GROUPS[-1].code,
        market=row.get("market") or next(iter(MARKETS)), channel=row["channel"], locale="zh-Hans",
        statement=Words(row["story"], "zh-Hans"), respondents=(NamedRespondent(business or None, names.get(business)),),
        claims=(Claimed("refund", amount),) if amount else (),
    )  # fmt: skip
    person = LodgeComplaint(
        complaint, name=row["name"], phone=contacts.phone(row.get("phone", "")) if row.get("phone") else None,
        email=contacts.email(row.get("email", "")) if row.get("email") else None,
    )  # fmt: skip
    sent, ours = _instant(row["channel_received"], body), _instant(row["received"], body)
    origin = Origin(row["channel"], row["number"], sent or at, ours or at, _day(row.get("reply_by", "")))
    return EnterComplaint(person, origin, row.get("elsewhere", ""))


def _instant(text: str, body: Body) -> datetime | None:
    """A local day, or day and time; a day alone begins it."""
    day, _, clock = text.strip().replace("T", " ").partition(" ")
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock or "00:00"), ZoneInfo(local_zone(body.jurisdiction)))
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount > 0 else None


VALUES: dict[str, tuple[Callable[[str], object], Message]] = {
    "reply_by": (_day, M("Enter a day such as 2026-12-01.")),
    "category": (CODES.__contains__, M("No such category. Use one of: %(known)s.", known=", ".join(CODES))),
    "market": (MARKETS.__contains__, M("No such market. Use one of: %(known)s.", known=", ".join(MARKETS))),
    "refund": (_amount, M("Enter an amount such as 1,400 or 1400.50.")),
    "phone": (contacts.phone, M("Enter a phone number such as 138 1234 1234 or +44 7700 900123.")),
    "email": (contacts.email, M("Enter an e-mail address such as name@example.com.")),
}
