"""Keep the figures of supervising bodies: what changed, one fact a case, sums, closed months.

The old release runs on the new tables; what it writes meanwhile is counted by `tourism-odr figures recount --mend`.
Every case that stands is work for the first count.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = ("figure_state", "figure_revision", "figure_month", "figure_count", "figure_fact", "case_change")


def _qualities() -> list[sa.Column[Any]]:
    return [
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("market", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(12), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
    ]


def _body(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=name, initially="DEFERRED", deferrable=True)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "case_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_change"),
    )
    op.create_index("ix_case_change_case_id", "case_change", ["case_id"])
    op.create_table(
        "figure_fact",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("stay", sa.Integer(), nullable=False),
        sa.Column("figure", sa.String(30), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        *_qualities(),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "stay", "figure", "unit", "month", name="pk_figure_fact"),
    )
    op.create_index("ix_figure_fact_list", "figure_fact", ["figure", "body_id", "month"])
    op.create_table(
        "figure_count",
        sa.Column("cut", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("figure", sa.String(30), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        *_qualities(),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "cut", "figure", "month", "body_id", "kind", "category", "channel", "market", "unit", "value",
            name="pk_figure_count",
        ),
    )  # fmt: skip
    _closing()
    op.execute('INSERT INTO case_change (id, case_id, at) SELECT id, id, moved FROM "case"')


def _closing() -> None:
    op.create_table(
        "figure_month",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=False),
        _body("fk_figure_month_body_id"),
        sa.PrimaryKeyConstraint("body_id", "month", name="pk_figure_month"),
    )
    op.create_table(
        "figure_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("cut", sa.Integer(), nullable=False),
        sa.Column("figure", sa.String(30), nullable=False),
        *_qualities(),
        sa.Column("old", sa.BigInteger(), nullable=False),
        sa.Column("new", sa.BigInteger(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        _body("fk_figure_revision_body_id"),
        sa.PrimaryKeyConstraint("id", name="pk_figure_revision"),
    )
    op.create_index("ix_figure_revision_month", "figure_revision", ["body_id", "month"])
    op.create_table(
        "figure_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("counted_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_figure_state"),
    )


def downgrade() -> None:
    """Back."""
    for name in TABLES:
        op.drop_table(name)
