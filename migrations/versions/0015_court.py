"""What came of a suit, who received the court's instrument, and where both sides read with the court.

The old release runs beside the new tables: it knows no court.
"""

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _to(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=name, initially="DEFERRED", deferrable=True)


def upgrade() -> None:
    """Forward."""
    _outcomes()
    _receipts()
    with op.batch_alter_table("filing") as batch:
        batch.add_column(sa.Column("sides_place_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key("fk_filing_sides_place_id", "place", ["sides_place_id"], ["id"], initially="DEFERRED", deferrable=True)


def _outcomes() -> None:
    op.create_table(
        "court_outcome",
        sa.Column("filing_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("amount", sa.Numeric(14, 2), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("effect_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("filing_id", name="pk_court_outcome"),
        _to("court_outcome", "filing_id", "filing"),
        _to("court_outcome", "case_id", "case"),
        _to("court_outcome", "item_id", "item"),
    )
    op.create_index("ix_court_outcome_case_id", "court_outcome", ["case_id"])


def _receipts() -> None:
    op.create_table(
        "court_receipt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filing_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_court_receipt"),
        sa.UniqueConstraint("filing_id", "party_id", name="uq_court_receipt_filing_id_party_id"),
        _to("court_receipt", "filing_id", "filing"),
        _to("court_receipt", "case_id", "case"),
        _to("court_receipt", "party_id", "party"),
    )
    op.create_index("ix_court_receipt_filing_id", "court_receipt", ["filing_id"])
    op.create_index("ix_court_receipt_case_id", "court_receipt", ["case_id"])


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("filing") as batch:
        batch.drop_constraint("fk_filing_sides_place_id", type_="foreignkey")
        batch.drop_column("sides_place_id")
    op.drop_table("court_receipt")
    op.drop_table("court_outcome")
