"""Let several notices to one reader leave in one letter.

The old release runs on the new table: it sends each notice by itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("notice", sa.Column("with_id", sa.Uuid(), nullable=True))
    op.create_index("ix_notice_with_id", "notice", ["with_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_notice_with_id", "notice")
    with op.batch_alter_table("notice") as batch:
        batch.drop_column("with_id")
