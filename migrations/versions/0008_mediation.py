"""What mediation keeps of its own."""

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "answer_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_answer_draft_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name="fk_answer_draft_person_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["party.id"],
            name="fk_answer_draft_respondent_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer_draft"),
        sa.UniqueConstraint("respondent_id", "person_id", name="uq_answer_draft_respondent_id_person_id"),
    )
    op.create_index("ix_answer_draft_case_id", "answer_draft", ["case_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_table("answer_draft")
