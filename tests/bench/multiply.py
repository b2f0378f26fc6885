"""Multiply real cases inside a PostgreSQL database: new ids everywhere, and chains that verify.

Each copy is a whole case: every row of every kernel table that belongs to it, with fresh ids, its own number,
its own times, and the ledger hashed anew, so that `tourism-odr verify` passes over all of it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

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


def multiply(session: Session, case_ids: list[UUID], copies: int) -> int:
    """Copy each case ``copies`` times by COPY; returns how many cases were added."""
    originals = [_rows_of(session, case_id) for case_id in case_ids]
    driver = session.connection().connection.driver_connection
    number = 0
    batch: dict[str, list[Row]] = {}
    for _ in range(copies):
        for rows in originals:
            number += 1
            for name, made in _copy(rows, number).items():
                batch.setdefault(name, []).extend(made)
        if number % 2000 < len(originals):
            _write(driver, batch)
            batch = {}
    _write(driver, batch)
    session.commit()
    return number


def _tables() -> Iterator[Table]:
    for table in Base.metadata.sorted_tables:
        if "case_id" in table.c and table.name not in ("secret_link", "reveal", "invitation"):
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


def _copy(rows: dict[str, list[Row]], number: int) -> dict[str, list[Row]]:
    """The same case once more: ids mapped, times moved, chains hashed anew."""
    ids = {row["id"]: uuid4() for found in rows.values() for row in found if isinstance(row.get("id"), UUID)}
    shift = timedelta(minutes=number % 40_000)
    made = {name: [_moved(row, ids, shift) for row in found] for name, found in rows.items()}
    made["case"][0]["number"] = f"LY-2026-B{number:07d}"
    for document in made["document"]:
        document["number"] = document["number"] and f"{document['number']}-{number}"
    for notice in made["notice"]:
        notice["message_id"] = str(uuid4())
    for place in made["place"]:
        _rehash(place, [e for e in made["event"] if e["place_id"] == place["id"]])
    return made


def _moved(row: Row, ids: dict[UUID, UUID], shift: timedelta) -> Row:
    return {key: _value(value, ids, shift) for key, value in row.items()}


def _value(value: Any, ids: dict[UUID, UUID], shift: timedelta) -> Any:
    if isinstance(value, UUID):
        return ids.get(value, value)
    if isinstance(value, datetime):
        return value + shift
    return value


def _rehash(place: Row, events: list[Row]) -> None:
    previous = ""
    for row in sorted(events, key=lambda e: e["number"]):
        row["previous"] = previous
        row["hash"] = previous = ledger.link(Event(**{k: v for k, v in row.items() if k != "hash"}))
    place["head"] = previous


def _write(driver: Any, batch: dict[str, list[Row]]) -> None:
    """COPY the rows; references are checked when the transaction ends."""
    from psycopg.types.json import Jsonb

    for table in Base.metadata.sorted_tables:
        rows = batch.get(table.name)
        if not rows:
            continue
        columns = [c.name for c in table.columns if c.name in rows[0]]
        names = ", ".join(f'"{c}"' for c in columns)
        json = {c.name for c in table.columns if c.type.__class__.__name__ == "JSON"}
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row([Jsonb(row[c]) if c in json and row[c] is not None else row[c] for c in columns])


def places_and_events(session: Session) -> tuple[int, int]:
    """How many places and lines there are."""
    from sqlalchemy import func

    return (
        session.scalar(select(func.count()).select_from(Place)) or 0,
        session.scalar(select(func.count()).select_from(Event)) or 0,
    )
