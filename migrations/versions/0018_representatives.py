"""Let a person whom a party names act for it without an office.

The old release runs on the new table: it only reads sittings of offices.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("sitting") as batch:
        batch.alter_column("organisation_id", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    """Back."""
    op.execute("UPDATE session SET sitting_id = NULL WHERE sitting_id IN (SELECT id FROM sitting WHERE organisation_id IS NULL)")
    op.execute(
        "UPDATE pending_step SET sitting_id = NULL WHERE sitting_id IN (SELECT id FROM sitting WHERE organisation_id IS NULL)"
    )
    op.execute("DELETE FROM sitting WHERE organisation_id IS NULL")
    with op.batch_alter_table("sitting") as batch:
        batch.alter_column("organisation_id", existing_type=sa.Uuid(), nullable=False)
