"""Keep applications to competent bodies, and archive volumes with what is to be made of them.

The old release runs on the new tables; cases that it ends get no volume.
"""

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=True),
        sa.Column("rests_on", sa.String(length=20), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("receiver", sa.String(length=200), nullable=True),
        sa.Column("receiver_en", sa.String(length=200), nullable=True),
        sa.Column("receiver_id", sa.Uuid(), nullable=True),
        sa.Column("asked_id", sa.Uuid(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.String(length=20), nullable=True),
        sa.Column("sent_proof", sa.String(length=200), nullable=True),
        sa.Column("proof_id", sa.Uuid(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("receipt", sa.String(length=200), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("told_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_id"], ["item.id"], name="fk_application_asked_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_application_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["item.id"],
            name="fk_application_decision_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name="fk_application_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["item.id"], name="fk_application_letter_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["item.id"], name="fk_application_proof_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"],
            ["organisation.id"],
            name="fk_application_receiver_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["party.id"],
            name="fk_application_respondent_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["told_id"], ["item.id"], name="fk_application_told_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_application"),
    )
    op.create_index("ix_application_case_id", "application", ["case_id"], unique=False)

    op.create_table(
        "volume",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("retention", sa.String(length=20), nullable=False),
        sa.Column("rules", sa.String(length=60), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("filed_at", UTCDateTime(), nullable=True),
        sa.Column("filed_by", sa.Uuid(), nullable=True),
        sa.Column("remark_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_volume_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["person.id"], name="fk_volume_filed_by", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name="fk_volume_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["item.id"], name="fk_volume_remark_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_volume"),
        sa.UniqueConstraint("case_id", "number", name="uq_volume_case_id_number"),
    )
    op.create_index("ix_volume_case_id", "volume", ["case_id"], unique=False)

    op.create_table(
        "application_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name="fk_application_file_application_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
            name="fk_application_file_item_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_application_file"),
        sa.UniqueConstraint("application_id", "item_id", name="uq_application_file_application_id_item_id"),
    )
    op.create_index(
        "ix_application_file_application_id", "application_file", ["application_id"], unique=False
    )

    op.create_table(
        "volume_loan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("volume_id", sa.Uuid(), nullable=False),
        sa.Column("borrower", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("lent_at", UTCDateTime(), nullable=False),
        sa.Column("lent_by", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("back_at", UTCDateTime(), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["lent_by"], ["person.id"], name="fk_volume_loan_lent_by", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["person.id"], name="fk_volume_loan_taken_by", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["volume_id"],
            ["volume.id"],
            name="fk_volume_loan_volume_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_volume_loan"),
    )
    op.create_index("ix_volume_loan_volume_id", "volume_loan", ["volume_id"], unique=False)

    op.create_table(
        "volume_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("supplement", sa.Boolean(), nullable=False),
        sa.Column("created", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("volume_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_volume_order_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["volume_id"],
            ["volume.id"],
            name="fk_volume_order_volume_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_volume_order"),
    )
    op.create_index("ix_volume_order_case_id", "volume_order", ["case_id"], unique=False)
    op.create_index("ix_volume_order_done_at_created", "volume_order", ["done_at", "created"], unique=False)

    op.create_table(
        "volume_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("volume_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_volume_entry_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name="fk_volume_entry_document_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_volume_entry_item_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["volume_id"],
            ["volume.id"],
            name="fk_volume_entry_volume_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_volume_entry"),
        sa.UniqueConstraint("volume_id", "part", "number", name="uq_volume_entry_volume_id_part_number"),
    )
    op.create_index("ix_volume_entry_case_id", "volume_entry", ["case_id"], unique=False)
    op.create_index("ix_volume_entry_volume_id", "volume_entry", ["volume_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_volume_entry_volume_id", table_name="volume_entry")
    op.drop_index("ix_volume_entry_case_id", table_name="volume_entry")

    op.drop_table("volume_entry")
    op.drop_index("ix_volume_order_done_at_created", table_name="volume_order")
    op.drop_index("ix_volume_order_case_id", table_name="volume_order")

    op.drop_table("volume_order")
    op.drop_index("ix_volume_loan_volume_id", table_name="volume_loan")

    op.drop_table("volume_loan")
    op.drop_index("ix_application_file_application_id", table_name="application_file")

    op.drop_table("application_file")
    op.drop_index("ix_volume_case_id", table_name="volume")

    op.drop_table("volume")
    op.drop_index("ix_application_case_id", table_name="application")

    op.drop_table("application")
