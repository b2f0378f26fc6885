"""The limit: Flask, SQLAlchemy Core and the driver, with comparable rows and nothing of ours."""

from typing import Any
from uuid import UUID, uuid4

from flask import Flask, jsonify, request
from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Engine,
    Index,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
    create_engine,
    insert,
    select,
)

from tourism_odr.clock import now

PAGE = """<!doctype html><html lang="en"><title>List</title><h1>List</h1><table>
{% for row in rows %}<tr><td>{{ row.number }}<td>{{ row.stage }}<td>{{ row.due }}<td>{{ row.said }}</tr>{% endfor %}
</table></html>"""
metadata = MetaData()
complaint = Table(
    "bare_complaint", metadata,
    Column("id", Uuid, primary_key=True), Column("number", String(40), unique=True), Column("body_id", Uuid),
    Column("stage", String(30)), Column("due", DateTime(timezone=True)), Column("said", String), Column("trip", JSON),
    Index("ix_bare_desk", "body_id", "stage", "due"),
)  # fmt: skip
stored = Table(
    "bare_file", metadata,
    Column("id", Uuid, primary_key=True), Column("complaint_id", Uuid, index=True), Column("name", String(200)),
    Column("content", LargeBinary),
)  # fmt: skip
BODY = UUID(int=1)


def bare_app(address: str) -> tuple[Flask, Engine]:
    """An application with one page that writes a complaint and its file, and one that reads 25."""
    app = Flask("bare")
    engine = create_engine(address)
    metadata.create_all(engine)
    page = app.jinja_env.from_string(PAGE)  # compiled once, as a file would be

    @app.post("/")
    def write() -> Any:
        made = _row(request.form["said"])
        with engine.begin() as connection:
            connection.execute(insert(complaint), made)
            connection.execute(insert(stored), {"id": uuid4(), "complaint_id": made["id"], "name": "a.jpg", "content": b"a" * 10240})
        return jsonify(number=made["number"])

    @app.get("/")
    def read() -> Any:
        wanted = select(complaint).where(complaint.c.body_id == BODY, complaint.c.stage == "lodged")
        with engine.connect() as connection:
            rows = connection.execute(wanted.order_by(complaint.c.due).limit(25)).all()
        return page.render(rows=rows)

    return app, engine


def fill(engine: Engine, size: int) -> None:
    """As many rows as there are cases."""
    with engine.begin() as connection:
        for begun in range(0, size, 5000):
            connection.execute(insert(complaint), [_row("It rained.") for _ in range(min(5000, size - begun))])
        connection.exec_driver_sql("ANALYZE bare_complaint")


def _row(said: str) -> dict[str, Any]:
    id = uuid4()
    return {"id": id, "number": str(id), "body_id": BODY, "stage": "lodged", "due": now(), "said": said, "trip": {"fee": "4400"}}
