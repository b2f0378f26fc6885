"""The road through mediation to performance."""

import sqlalchemy as sa
from alembic import op

from tourism_odr.db import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("by_body_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_appointment_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name="fk_appointment_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name="fk_appointment_person_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
    )
    op.create_index("ix_appointment_case_id", "appointment", ["case_id"], unique=False)
    op.create_index("ix_appointment_person_id", "appointment", ["person_id"], unique=False)
    op.create_table(
        "offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("respondent_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("pay_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_offer_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name="fk_offer_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_offer_item_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name="fk_offer_party_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["party.id"],
            name="fk_offer_respondent_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
    )
    op.create_index("ix_offer_case_id", "offer", ["case_id"], unique=False)
    op.create_index("ix_offer_respondent_id", "offer", ["respondent_id"], unique=False)
    op.create_table(
        "performance",
        sa.Column("instalment_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_performance_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["instalment_id"],
            ["subject.id"],
            name="fk_performance_instalment_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("instalment_id", name="pk_performance"),
    )
    op.create_index("ix_performance_case_id", "performance", ["case_id"], unique=False)
    op.create_table(
        "service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("answer_day", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("served_at", UTCDateTime(), nullable=True),
        sa.Column("proof_id", sa.Uuid(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_service_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name="fk_service_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["item.id"], name="fk_service_proof_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["party.id"],
            name="fk_service_respondent_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_service"),
    )
    op.create_index("ix_service_case_id", "service", ["case_id"], unique=False)
    op.create_index("ix_service_respondent_id", "service", ["respondent_id"], unique=False)
    op.create_table(
        "transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("from_body_id", sa.Uuid(), nullable=False),
        sa.Column("to_body_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_transfer_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["from_body_id"],
            ["organisation.id"],
            name="fk_transfer_from_body_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name="fk_transfer_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_transfer_item_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["to_body_id"],
            ["organisation.id"],
            name="fk_transfer_to_body_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_transfer"),
    )
    op.create_index("ix_transfer_case_id", "transfer", ["case_id"], unique=False)
    op.create_table(
        "urge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("mediator_id", sa.Uuid(), nullable=True),
        sa.Column("due_day", sa.Date(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("reply_id", sa.Uuid(), nullable=True),
        sa.Column("finding_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_urge_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["item.id"], name="fk_urge_finding_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name="fk_urge_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["person.id"], name="fk_urge_mediator_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["item.id"], name="fk_urge_order_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name="fk_urge_party_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["item.id"], name="fk_urge_reply_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_urge"),
    )
    op.create_index("ix_urge_case_id", "urge", ["case_id"], unique=False)
    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=20), nullable=False),
        sa.Column("drafter_id", sa.Uuid(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("locked_at", UTCDateTime(), nullable=True),
        sa.Column("effect_at", UTCDateTime(), nullable=True),
        sa.Column("joint_confirmation", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_agreement_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name="fk_agreement_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name="fk_agreement_offer_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreement"),
    )
    op.create_index("ix_agreement_case_id", "agreement", ["case_id"], unique=False)
    op.create_table(
        "offer_recipient",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("accepted_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offer.id"],
            name="fk_offer_recipient_offer_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.id"],
            name="fk_offer_recipient_party_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_offer_recipient"),
        sa.UniqueConstraint("offer_id", "party_id", name="uq_offer_recipient_offer_id_party_id"),
    )
    op.create_index("ix_offer_recipient_offer_id", "offer_recipient", ["offer_id"], unique=False)
    op.create_table(
        "clause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=True),
        sa.Column("payee_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.Column("default", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name="fk_clause_agreement_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["payee_id"], ["party.id"], name="fk_clause_payee_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["payer_id"], ["party.id"], name="fk_clause_payer_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clause"),
        sa.UniqueConstraint("agreement_id", "number", name="uq_clause_agreement_id_number"),
    )
    op.create_index("ix_clause_agreement_id", "clause", ["agreement_id"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("power_id", sa.Uuid(), nullable=True),
        sa.Column("signed_at", UTCDateTime(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name="fk_signature_agreement_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name="fk_signature_party_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["power_id"], ["power.id"], name="fk_signature_power_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signature"),
        sa.UniqueConstraint("agreement_id", "party_id", name="uq_signature_agreement_id_party_id"),
    )
    op.create_index("ix_signature_agreement_id", "signature", ["agreement_id"], unique=False)
    op.create_index("ix_signature_party_id", "signature", ["party_id"], unique=False)
    op.create_table(
        "instalment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("clause_id", sa.Uuid(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("proof_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name="fk_instalment_agreement_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name="fk_instalment_case_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["clause_id"],
            ["clause.id"],
            name="fk_instalment_clause_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["subject.id"], name="fk_instalment_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["payee_id"], ["party.id"], name="fk_instalment_payee_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["payer_id"], ["party.id"], name="fk_instalment_payer_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["item.id"], name="fk_instalment_proof_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_instalment"),
    )
    op.create_index("ix_instalment_agreement_id", "instalment", ["agreement_id"], unique=False)
    op.create_index("ix_instalment_case_id", "instalment", ["case_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_table("instalment")
    op.drop_table("signature")
    op.drop_table("clause")
    op.drop_table("offer_recipient")
    op.drop_table("agreement")
    op.drop_table("urge")
    op.drop_table("transfer")
    op.drop_table("service")
    op.drop_table("performance")
    op.drop_table("offer")
    op.drop_table("appointment")
