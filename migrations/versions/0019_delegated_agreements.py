"""Name the suit whose court delegated the mediation of an agreement.

The old release runs on the new table: it reads an agreement without asking for a suit.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("agreement") as batch:
        batch.add_column(sa.Column("suit_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(batch.f("fk_agreement_suit_id"), "subject", ["suit_id"], ["id"])


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("agreement") as batch:
        batch.drop_constraint(batch.f("fk_agreement_suit_id"), type_="foreignkey")
        batch.drop_column("suit_id")
