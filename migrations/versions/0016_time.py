"""Time that stands still, and time that becomes longer by the consent of every side.

The old release runs beside the new tables: it halts no clock and asks nobody for more time.
"""

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, initially="DEFERRED", deferrable=True)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "pause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        _to("pause", "id", "subject"),
        _to("pause", "case_id", "case"),
        _to("pause", "about_id", "subject"),
        _to("pause", "item_id", "item"),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
    )
    op.create_index("ix_pause_case_id", "pause", ["case_id"], unique=False)
    op.create_index("ix_pause_about_id", "pause", ["about_id"], unique=False)
    _extensions()


def _extensions() -> None:
    op.create_table(
        "extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        _to("extension", "id", "subject"),
        _to("extension", "case_id", "case"),
        _to("extension", "about_id", "subject"),
        _to("extension", "clock_id", "clock"),
        _to("extension", "party_id", "party"),
        _to("extension", "item_id", "item"),
        sa.PrimaryKeyConstraint("id", name="pk_extension"),
    )
    for column in ("case_id", "about_id", "clock_id"):
        op.create_index(f"ix_extension_{column}", "extension", [column], unique=False)
    op.create_table(
        "extension_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("extension_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=True),
        _to("extension_consent", "extension_id", "extension"),
        _to("extension_consent", "case_id", "case"),
        _to("extension_consent", "party_id", "party"),
        sa.PrimaryKeyConstraint("id", name="pk_extension_consent"),
        sa.UniqueConstraint("extension_id", "party_id", name="uq_extension_consent_extension_id_party_id"),
    )
    op.create_index("ix_extension_consent_extension_id", "extension_consent", ["extension_id"], unique=False)
    op.create_index("ix_extension_consent_case_id", "extension_consent", ["case_id"], unique=False)


def downgrade() -> None:
    """Back."""
    for table in ("extension_consent", "extension", "pause"):
        op.drop_table(table)
