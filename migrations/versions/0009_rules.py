"""Keep rules that somebody confirmed, calendars that were announced, and deadlines counted anew.

The old release runs on the new tables.
"""

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "calendar_year",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("calendar", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("days_off", sa.JSON(), nullable=False),
        sa.Column("days_worked", sa.JSON(), nullable=False),
        sa.Column("notice", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UTCDateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
            name="fk_calendar_year_decided_by",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["person.id"],
            name="fk_calendar_year_ended_by",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"],
            ["person.id"],
            name="fk_calendar_year_proposed_by",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_year"),
    )
    op.create_index("ix_calendar_year_status", "calendar_year", ["status"], unique=False)

    op.create_table(
        "rule_confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("article", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("checked_by", sa.String(length=200), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name="fk_rule_confirmation_person_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rule_confirmation"),
        sa.UniqueConstraint("version", "rule", name="uq_rule_confirmation_version_rule"),
    )
    op.create_table(
        "clock_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("old_day", sa.Date(), nullable=False),
        sa.Column("new_day", sa.Date(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_clock_change_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["clock_id"], ["clock.id"], name="fk_clock_change_clock_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clock_change"),
    )
    op.create_index("ix_clock_change_case_id", "clock_change", ["case_id"], unique=False)
    op.create_index("ix_clock_change_cause_id", "clock_change", ["cause_id"], unique=False)
    op.create_index("ix_clock_change_clock_id", "clock_change", ["clock_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_clock_change_clock_id", table_name="clock_change")
    op.drop_index("ix_clock_change_cause_id", table_name="clock_change")
    op.drop_index("ix_clock_change_case_id", table_name="clock_change")

    op.drop_table("clock_change")
    op.drop_table("rule_confirmation")
    op.drop_index("ix_calendar_year_status", table_name="calendar_year")

    op.drop_table("calendar_year")
