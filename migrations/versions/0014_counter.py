"""Let offices act for a party in recorded sittings, and keep where a matter came from.

The old release runs on the new tables: it knows no sittings, so nobody acts in one.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

LATER: dict[str, Any] = {"initially": "DEFERRED", "deferrable": True}


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "sitting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("power_id", sa.Uuid(), nullable=True),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("means", sa.String(8), nullable=False),
        sa.Column("began", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=True),
        sa.Column("ended", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sitting_person_id", **LATER),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_sitting_organisation_id", **LATER),
        sa.PrimaryKeyConstraint("id", name="pk_sitting"),
    )
    for column in ("person_id", "case_id", "power_id"):
        op.create_index(f"ix_sitting_{column}", "sitting", [column], unique=False)
    for table, indexed in (("session", True), ("pending_step", False)):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("sitting_id", sa.Uuid(), nullable=True))
            batch.create_foreign_key(f"fk_{table}_sitting_id", "sitting", ["sitting_id"], ["id"], **LATER)
            if indexed:
                batch.create_index(f"ix_{table}_sitting_id", ["sitting_id"], unique=False)
    op.create_table(
        "external",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("number", sa.String(80), nullable=False),
        sa.Column("channel_received_at", UTCDateTime(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("reply_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["subject.id"], name="fk_external_id", **LATER),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_external_case_id", **LATER),
        sa.PrimaryKeyConstraint("id", name="pk_external"),
        sa.UniqueConstraint("channel", "number", name="uq_external_channel_number"),
    )
    op.create_index("ix_external_case_id", "external", ["case_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_table("external")
    for table, indexed in (("pending_step", False), ("session", True)):
        with op.batch_alter_table(table) as batch:
            if indexed:
                batch.drop_index(f"ix_{table}_sitting_id")
            batch.drop_constraint(f"fk_{table}_sitting_id", type_="foreignkey")
            batch.drop_column("sitting_id")
    op.drop_table("sitting")
