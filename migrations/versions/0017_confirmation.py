"""Joint applications for judicial confirmation, whose agreements a court confirms, and editions that replace others.

The old release runs beside the new tables and columns: it knows no confirmation.
"""

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, initially="DEFERRED", deferrable=True)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("submission", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("enforcement_number", sa.String(length=80), nullable=True),
        sa.Column("judge_id", sa.Uuid(), nullable=True),
        sa.Column("hearing_at", UTCDateTime(), nullable=True),
        sa.Column("heard_at", UTCDateTime(), nullable=True),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        _to("confirmation", "id", "subject"),
        _to("confirmation", "case_id", "case"),
        _to("confirmation", "agreement_id", "agreement"),
        _to("confirmation", "court_id", "organisation"),
        _to("confirmation", "judge_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_confirmation"),
    )
    op.create_index("ix_confirmation_case_id", "confirmation", ["case_id"], unique=False)
    op.create_index("ix_confirmation_agreement_id", "confirmation", ["agreement_id"], unique=False)
    _applicants()
    _roster()
    _editions()


def _applicants() -> None:
    op.create_table(
        "applicant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("confirmation_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("power_id", sa.Uuid(), nullable=True),
        sa.Column("signed_at", UTCDateTime(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        _to("applicant", "confirmation_id", "confirmation"),
        _to("applicant", "party_id", "party"),
        _to("applicant", "power_id", "power"),
        sa.PrimaryKeyConstraint("id", name="pk_applicant"),
        sa.UniqueConstraint("confirmation_id", "party_id", name="uq_applicant_confirmation_id_party_id"),
    )
    op.create_index("ix_applicant_confirmation_id", "applicant", ["confirmation_id"], unique=False)


def _roster() -> None:
    op.create_table(
        "court_roster",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        _to("court_roster", "court_id", "organisation"),
        _to("court_roster", "body_id", "organisation"),
        _to("court_roster", "set_by", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_court_roster"),
    )
    op.create_index("ix_court_roster_body", "court_roster", ["body_id", "court_id"], unique=False)


def _editions() -> None:
    with op.batch_alter_table("agreement") as batch:
        batch.add_column(sa.Column("court_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("submission", sa.String(length=20), nullable=True))
        batch.add_column(sa.Column("replaces_id", sa.Uuid(), nullable=True))
        for column, other in (("court_id", "organisation"), ("replaces_id", "agreement")):
            batch.create_foreign_key(
                f"fk_agreement_{column}", other, [column], ["id"], initially="DEFERRED", deferrable=True
            )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("agreement") as batch:
        for column in ("court_id", "replaces_id"):
            batch.drop_constraint(f"fk_agreement_{column}", type_="foreignkey")
        for column in ("court_id", "submission", "replaces_id"):
            batch.drop_column(column)
    for table in ("court_roster", "applicant", "confirmation"):
        op.drop_table(table)
