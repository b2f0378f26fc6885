"""Multiply real cases inside a PostgreSQL database: new ids everywhere, and chains that verify.

Each copy is a whole case: every row of every kernel table that belongs to it, with fresh ids, its own number,
its own times, and the ledger hashed anew, so that `tourism-odr verify` passes over all of it.
"""

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from tourism_odr.cases import ledger
from tourism_odr.cases.models import (
    Agreement,
    Case,
    Clause,
    Document,
    DocumentFile,
    Event,
    Evidence,
    Item,
    ItemText,
    Offer,
    OfferRecipient,
    Place,
    Signature,
)
from tourism_odr.db import Base

Row = dict[str, Any]
# Tables without a case column: by which column they hang on which table.
HANGING = (
    (ItemText, "item_id", Item),
    (Evidence, "item_id", Item),
    (Clause, "agreement_id", Agreement),
    (Signature, "agreement_id", Agreement),
    (OfferRecipient, "offer_id", Offer),
    (DocumentFile, "document_id", Document),
)
NOT_OF_THE_CASE = ("secret_link", "printed_code", "reveal", "invitation", "draft")
BATCH = 2000
MARK = re.compile(r"@#(\d+)#@")
ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def multiply(session: Session, case_ids: list[UUID], copies: int, *, first: int = 1) -> int:
    """Add ``copies`` cases, taking the originals in turn; ``first`` begins their numbers.

    References hold by construction, so the triggers that would check each are left out while copying.
    """
    moulds = [Mould(_rows_of(session, case_id)) for case_id in case_ids]
    session.rollback()
    driver: Any = session.connection().connection.driver_connection
    with driver.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    batch: dict[str, list[str]] = {}
    for number in range(copies):
        moulds[number % len(moulds)].cast(first + number, batch)
        if number % BATCH == BATCH - 1:
            _write(driver, batch)
    _write(driver, batch)
    session.commit()
    return copies


def _tables() -> Iterator[Table]:
    for table in Base.metadata.sorted_tables:
        if "case_id" in table.c and table.name not in NOT_OF_THE_CASE:
            yield table


def _rows_of(session: Session, case_id: UUID) -> dict[str, list[Row]]:
    """Every row of the case, by table."""
    case: Any = Case.__table__
    rows = {"case": [dict(r) for r in session.execute(select(case).where(case.c.id == case_id)).mappings()]}
    for table in _tables():
        found = session.execute(select(table).where(table.c.case_id == case_id)).mappings()
        rows[table.name] = [dict(r) for r in found]
    for model, column, parent in HANGING:
        table = Base.metadata.tables[model.__tablename__]
        ids = [row["id"] for row in rows[parent.__tablename__]]
        rows[table.name] = [dict(r) for r in session.execute(select(table).where(table.c[column].in_(ids))).mappings()]
    return rows


class Text:
    """A text with marked gaps, made ready for filling in again and again."""

    def __init__(self, marked: str) -> None:
        parts = MARK.split(marked)
        self.gaps = [int(gap) for gap in parts[1::2]]
        self.form = "%s".join(part.replace("%", "%%") for part in parts[::2])

    def filled(self, values: list[str]) -> str:
        """With each gap's value."""
        return self.form % tuple([values[gap] for gap in self.gaps])


class Mould:
    """One case as rows in the form of COPY, with gaps where each copy differs."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self.ids = list({row["id"]: None for found in rows.values() for row in found if isinstance(row.get("id"), UUID)})
        self.messages = len(rows["notice"])
        self.times: list[datetime] = []
        self.size = 1 + len(self.ids) + self.messages  # gap 0 is the number of the copy
        self.gaps: dict[Any, int] = {value: 1 + number for number, value in enumerate(self.ids)}
        self._name(rows)
        self.lines = self._chains(rows)
        marked = {name: "".join(self._line(name, row) for row in found) for name, found in rows.items() if found}
        self.tables = {name: Text(text) for name, text in marked.items()}

    def cast(self, number: int, batch: dict[str, list[str]]) -> None:
        """One copy, added to what is to be written."""
        drawn = os.urandom(16 * (self.size - 1)).hex()
        values = [str(number)]
        values += [
            f"{drawn[n:n + 8]}-{drawn[n + 8:n + 12]}-{drawn[n + 12:n + 16]}-{drawn[n + 16:n + 20]}-{drawn[n + 20:n + 32]}"
            for n in range(0, len(drawn), 32)
        ]  # fmt: skip
        shift = timedelta(seconds=number % 86_400)
        values += [(at - shift).isoformat(timespec="microseconds") for at in self.times]
        for line in self.lines:
            values.append(ledger.hashed(line.filled(values)))
        for name, text in self.tables.items():
            batch.setdefault(name, []).append(text.filled(values))

    def _name(self, rows: dict[str, list[Row]]) -> None:
        """What is unique beside ids."""
        rows["case"][0]["number"] = "LY-2026-B@#0#@"
        for document in rows["document"]:
            document["number"] = document["number"] and f"{document['number']}-@#0#@"
        for number, notice in enumerate(rows["notice"]):
            notice["message_id"] = f"@#{1 + len(self.ids) + number}#@"
        found = {v: None for some in rows.values() for row in some for v in row.values() if isinstance(v, datetime)}
        self.times = list(found)
        self.gaps |= {at: self.size + number for number, at in enumerate(self.times)}

    def _chains(self, rows: dict[str, list[Row]]) -> list[Text]:
        """The text of each ledger line, in the order in which they are hashed."""
        lines: list[Text] = []
        for place in rows["place"]:
            place["head"] = ""
            for row in sorted((e for e in rows["event"] if e["place_id"] == place["id"]), key=lambda e: e["number"]):
                row["previous"] = place["head"]
                marked = {key: self._marked(value) for key, value in row.items()}
                lines.append(Text(ledger.canonical(_Marked(marked))))
                row["hash"] = place["head"] = f"@#{self.size + len(self.times) + len(lines) - 1}#@"
        return lines

    def _marked(self, value: Any) -> Any:
        if isinstance(value, UUID | datetime):
            return f"@#{self.gaps[value]}#@" if value in self.gaps else value
        return value

    def _line(self, name: str, row: Row) -> str:
        json_columns = {c.name for c in Base.metadata.tables[name].columns if c.type.__class__.__name__ == "JSON"}
        return "\t".join(_copied(self._marked(v), json=k in json_columns) for k, v in row.items()) + "\n"


class _Marked:
    """A ledger line whose times are marks already."""

    def __init__(self, row: Row) -> None:
        vars(self).update(row)
        self.at = _Time(row["at"])


class _Time(str):
    """A mark that stands for a time."""

    def isoformat(self, **_form: str) -> str:
        return str(self)


def _copied(value: Any, *, json: bool) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if json:
        return _dumped(value).translate(ESCAPES)
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, int | Decimal | UUID | date):
        return str(value)
    return str(value).translate(ESCAPES)


def _dumped(value: Any) -> str:
    return json.dumps(value)


def _write(driver: Any, batch: dict[str, list[str]]) -> None:
    """COPY the rows."""
    for table in Base.metadata.sorted_tables:
        lines = batch.pop(table.name, None)
        if lines:
            names = ", ".join(f'"{c.name}"' for c in table.columns)
            with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
                copy.write("".join(lines))


def places_and_events(session: Session) -> tuple[int, int]:
    """How many places and lines there are."""
    from sqlalchemy import func

    return (
        session.scalar(select(func.count()).select_from(Place)) or 0,
        session.scalar(select(func.count()).select_from(Event)) or 0,
    )
