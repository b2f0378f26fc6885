"""Suits, the papers that the plaintiff signs, and what the court wants corrected.

The old release runs beside the new tables: it knows no suit.
"""

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, initially="DEFERRED", deferrable=True)


def upgrade() -> None:
    """Forward."""
    _suits()
    _papers()
    _points()


def _suits() -> None:
    op.create_table(
        "filing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("plaintiff_id", sa.Uuid(), nullable=False),
        sa.Column("respondents", sa.JSON(), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("venue", sa.String(length=20), nullable=False),
        sa.Column("foreign", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("fee", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("small_claim", sa.Boolean(), nullable=False),
        sa.Column("handed_in", sa.JSON(), nullable=True),
        sa.Column("submitted_at", UTCDateTime(), nullable=True),
        sa.Column("invited_at", UTCDateTime(), nullable=True),
        sa.Column("registered_at", UTCDateTime(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("procedure", sa.String(length=20), nullable=True),
        sa.Column("judge_id", sa.Uuid(), nullable=True),
        sa.Column("begun_at", UTCDateTime(), nullable=True),
        _to("filing", "id", "subject"),
        _to("filing", "case_id", "case"),
        _to("filing", "court_id", "organisation"),
        _to("filing", "plaintiff_id", "party"),
        _to("filing", "agreement_id", "agreement"),
        _to("filing", "judge_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_filing"),
    )
    op.create_index("ix_filing_case_id", "filing", ["case_id"], unique=False)
    op.create_index("ix_filing_court_id", "filing", ["court_id"], unique=False)


def _papers() -> None:
    op.create_table(
        "filing_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filing_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signed_at", UTCDateTime(), nullable=True),
        sa.Column("signed_digest", sa.String(length=64), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("power_id", sa.Uuid(), nullable=True),
        _to("filing_paper", "filing_id", "filing"),
        _to("filing_paper", "case_id", "case"),
        _to("filing_paper", "power_id", "power"),
        sa.PrimaryKeyConstraint("id", name="pk_filing_paper"),
        sa.UniqueConstraint("filing_id", "kind", name="uq_filing_paper_filing_id_kind"),
    )
    op.create_index("ix_filing_paper_filing_id", "filing_paper", ["filing_id"], unique=False)
    op.create_index("ix_filing_paper_case_id", "filing_paper", ["case_id"], unique=False)


def _points() -> None:
    op.create_table(
        "filing_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filing_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("corrected_at", UTCDateTime(), nullable=True),
        _to("filing_point", "filing_id", "filing"),
        _to("filing_point", "case_id", "case"),
        _to("filing_point", "item_id", "item"),
        sa.PrimaryKeyConstraint("id", name="pk_filing_point"),
    )
    op.create_index("ix_filing_point_filing_id", "filing_point", ["filing_id"], unique=False)
    op.create_index("ix_filing_point_case_id", "filing_point", ["case_id"], unique=False)


def downgrade() -> None:
    """Back."""
    for table in ("filing_point", "filing_paper", "filing"):
        op.drop_table(table)
