"""Clocks, documents, notices, and what was read."""

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("last_at", UTCDateTime(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.Column("failed_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_job_run"),
    )
    op.create_table(
        "standing_authority",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["body_id"],
            ["organisation.id"],
            name="fk_standing_authority_body_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"],
            ["person.id"],
            name="fk_standing_authority_signed_by",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_standing_authority"),
    )
    op.create_index("ix_standing_authority_body_id", "standing_authority", ["body_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_reading_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
    )
    op.create_index("ix_reading_case_id", "reading", ["case_id"], unique=False)
    op.create_table(
        "read_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name="fk_read_mark_place_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_read_mark"),
        sa.UniqueConstraint("place_id", "person_id", name="uq_read_mark_place_id_person_id"),
    )
    op.create_table(
        "clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.Column("weak", sa.Boolean(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("derivation", sa.JSON(), nullable=False),
        sa.Column("missed_step", sa.String(length=50), nullable=True),
        sa.Column("pending_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_clock_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name="fk_clock_subject_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clock"),
    )
    op.create_index("ix_clock_case_id", "clock", ["case_id"], unique=False)
    op.create_index("ix_clock_due", "clock", ["status", "due_at"], unique=False)
    op.create_index("ix_clock_pending_id", "clock", ["pending_id"], unique=False)
    op.create_index("ix_clock_subject_id", "clock", ["subject_id"], unique=False)
    op.create_index(
        "uq_clock_running",
        "clock",
        ["subject_id", "key"],
        unique=True,
        sqlite_where=sa.text("status IN ('running', 'paused')"),
        postgresql_where=sa.text("status IN ('running', 'paused')"),
    )
    op.create_table(
        "pending_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=50), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("clicked_at", UTCDateTime(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_pending_step_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["subject.id"],
            name="fk_pending_step_subject_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pending_step"),
    )
    op.create_index("ix_pending_step_case_id", "pending_step", ["case_id"], unique=False)
    op.create_index("ix_pending_step_subject_id", "pending_step", ["subject_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created", UTCDateTime(), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=True),
        sa.Column("signer_id", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"],
            ["standing_authority.id"],
            name="fk_document_authority_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["body_id"],
            ["organisation.id"],
            name="fk_document_body_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_document_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name="fk_document_event_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name="fk_document_place_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["subject.id"],
            name="fk_document_subject_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("body_id", "number", name="uq_document_body_id_number"),
    )
    op.create_index("ix_document_body_id", "document", ["body_id"], unique=False)
    op.create_index("ix_document_case_id", "document", ["case_id"], unique=False)
    op.create_index("ix_document_subject_id", "document", ["subject_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created", UTCDateTime(), nullable=False),
        sa.Column("next_at", UTCDateTime(), nullable=False),
        sa.Column("leased_until", UTCDateTime(), nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("bounced_at", UTCDateTime(), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.Column("subject_line", sa.String(length=300), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_notice_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name="fk_notice_event_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_case_id", "notice", ["case_id"], unique=False)
    op.create_index("ix_notice_due", "notice", ["status", "next_at"], unique=False)
    op.create_index("ix_notice_organisation_id", "notice", ["organisation_id"], unique=False)
    op.create_index("ix_notice_person_id", "notice", ["person_id"], unique=False)
    op.create_table(
        "document_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name="fk_document_file_document_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document_file"),
        sa.UniqueConstraint("document_id", "locale", name="uq_document_file_document_id_locale"),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("document_file")
    op.drop_table("notice")
    op.drop_table("document")
    op.drop_table("pending_step")
    op.drop_table("clock")
    op.drop_table("read_mark")
    op.drop_table("reading")
    op.drop_table("standing_authority")
    op.drop_table("job_run")
