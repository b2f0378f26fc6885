"""The register of operators out of a CSV file: tried first, then taken over; every row's mistake is named."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from tourism_odr.db import db
from tourism_odr.people import contacts, organisations
from tourism_odr.people.models import Organisation
from tourism_odr.text import M, Message

COLUMNS = (
    "name", "name_en", "uscc", "licence", "territory", "phone", "email", "address", "branch_of_uscc", "aliases",
)  # fmt: skip
NEEDED = ("name", "uscc")
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015
WEIGHTS = [3**place % 31 for place in range(17)]
ROWS_MOST = 20_000


@dataclass(frozen=True)
class RowError:
    """What is wrong in which line and column of the file."""

    line: int
    column: str
    message: Message


@dataclass
class Report:
    """What an import did, or would do."""

    new: int = 0
    changed: int = 0
    same: int = 0
    errors: list[RowError] = field(default_factory=list)


def uscc_check(first: str) -> str:
    """The eighteenth sign of a unified social credit code, from the seventeen before it."""
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(first, WEIGHTS, strict=True))
    return SIGNS[(31 - total % 31) % 31]


def uscc_is_right(code: str) -> bool:
    """Eighteen signs of which the last proves the others."""
    return len(code) == 18 and all(c in SIGNS for c in code) and uscc_check(code[:17]) == code[17]


def import_register(text: str, *, at: datetime, source: str, source_day: date, dry_run: bool) -> Report:
    """Take over every row that is right; with ``dry_run`` only say what would happen.  In the caller's unit."""
    report = Report()
    seen: set[str] = set()
    for line, row in _rows(text, report):
        wrong = _mistakes(line, row, seen)
        report.errors += wrong
        if not wrong:
            seen.add(row["uscc"])
            _take_over(row, report, at, source, source_day, dry_run)
    return report


def _rows(text: str, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
    for column in missing:
        report.errors.append(RowError(1, column, M("The column %(column)s is missing.", column=column)))
    if missing:
        return
    try:
        for number, row in enumerate(reader, 1):
            if number > ROWS_MOST:
                report.errors.append(RowError(reader.line_num, "", M("The file has too many rows. Split it.")))
                return
            plain = {column: (row.get(column) or "").strip() for column in COLUMNS}
            plain["uscc"] = plain["uscc"].upper()
            yield reader.line_num, plain
    except csv.Error:
        report.errors.append(RowError(reader.line_num, "", M("This line cannot be read as CSV.")))


def _mistakes(line: int, row: dict[str, str], seen: set[str]) -> list[RowError]:
    checks = (
        ("name", 0 < len(row["name"]) <= 200, M("Enter a name of at most 200 characters.")),
        ("uscc", uscc_is_right(row["uscc"]), M("This is no valid unified social credit code.")),
        ("uscc", row["uscc"] not in seen, M("This code stands in the file twice.")),
        ("email", not row["email"] or contacts.email(row["email"]), M("This is no e-mail address.")),
        ("phone", not row["phone"] or contacts.phone(row["phone"]), M("This is no telephone number.")),
        (
            "branch_of_uscc",
            not row["branch_of_uscc"] or row["branch_of_uscc"].upper() in seen or _by_uscc(row["branch_of_uscc"]),
            M("The head office is neither in the register nor above in the file."),
        ),
    )
    return [RowError(line, column, message) for column, right, message in checks if not right]


def _take_over(
    row: dict[str, str], report: Report, at: datetime, source: str, source_day: date, dry_run: bool
) -> None:
    known = _by_uscc(row["uscc"])
    if known is None:
        report.new += 1
        if not dry_run:
            _add(row, at, source, source_day)
        return
    wanted = {"name": row["name"], "name_en": row["name_en"], "licence": row["licence"] or None}
    wanted["territory"] = row["territory"]
    changes = {column: value for column, value in wanted.items() if getattr(known, column) != value}
    fresh = _contacts(row) - {(held.kind, held.value) for held in organisations.contacts_of(known.id)}
    if not changes and not fresh:
        report.same += 1
        return
    report.changed += 1
    if dry_run:
        return
    for column, value in changes.items():
        setattr(known, column, value)
    known.source, known.source_day = source, source_day
    organisations.add_names(known.id, [row["name"], row["name_en"], *_aliases(row)])
    for kind, value in sorted(fresh):
        organisations.add_contact(known.id, kind, value, source=source, source_day=source_day, at=at)


def _add(row: dict[str, str], at: datetime, source: str, source_day: date) -> None:
    head = _by_uscc(row["branch_of_uscc"]) if row["branch_of_uscc"] else None
    organisations.register_operator(
        row["name"],
        at=at,
        source=source,
        source_day=source_day,
        name_en=row["name_en"],
        territory=row["territory"],
        uscc=row["uscc"],
        licence=row["licence"],
        branch_of=head.id if head else None,
        contacts=sorted(_contacts(row)),
        aliases=_aliases(row),
    )


def _contacts(row: dict[str, str]) -> set[tuple[str, str]]:
    found = {
        ("e-mail", contacts.email(row["email"]) or ""),
        ("phone", contacts.phone(row["phone"]) or ""),
        ("address", row["address"]),
    }
    return {(kind, value) for kind, value in found if value}


def _aliases(row: dict[str, str]) -> list[str]:
    return [alias.strip() for alias in re.split(r"[;；]", row["aliases"]) if alias.strip()]


def _by_uscc(code: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.uscc == code.strip().upper()))
