"""What administration keeps of its own."""

import sqlalchemy as sa
from alembic import op
from tourism_odr.migrations.ledger_guard import guard, unguard

from tourism_odr.db import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "administrative_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name="fk_administrative_act_person_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_administrative_act"),
    )
    op.create_index("ix_administrative_act_at", "administrative_act", ["at"], unique=False)
    op.create_index("ix_administrative_act_target_id", "administrative_act", ["target_id"], unique=False)
    guard("administrative_act")


def downgrade() -> None:
    """Back."""
    unguard("administrative_act")
    op.drop_table("administrative_act")
