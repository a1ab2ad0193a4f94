"""Jobs to apply for, what was asked about them, and how far their letters got."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "intake_0010"
down_revision = "intake_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("opening_ref", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("apply_at", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_policy", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("result_code", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("followed_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("followed_up_by", sa.String(), nullable=True),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contacted_by", sa.String(), nullable=True),
        sa.Column("contact_code", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_referral")),
    )
    op.create_index(op.f("ix_job_referral_citizen_id"), "job_referral", ["citizen_id"], unique=False)
    op.create_index("ix_job_referral_state", "job_referral", ["state", "due_on", "id"], unique=False)
    op.create_table(
        "letter_fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_referral_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("detail_code", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_referral_id"], ["job_referral.id"], name=op.f("fk_letter_fact_job_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_fact")),
        sa.UniqueConstraint("message_id", "channel", "step", name=op.f("uq_letter_fact_message_id_channel_step")),
    )
    op.create_index(op.f("ix_letter_fact_job_referral_id"), "letter_fact", ["job_referral_id"], unique=False)
    op.create_table(
        "reason_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_referral_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_policy", sa.String(), nullable=False),
        sa.Column("ground_code", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_referral_id"], ["job_referral.id"], name=op.f("fk_reason_request_job_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_request")),
        sa.UniqueConstraint("job_referral_id", name=op.f("uq_reason_request_job_referral_id")),
    )
    audit.attach("job_referral", never=("said",))
    audit.attach("reason_request", never=("said",))
    audit.attach("letter_fact")


def downgrade() -> None:
    op.drop_table("reason_request")
    op.drop_index(op.f("ix_letter_fact_job_referral_id"), table_name="letter_fact")
    op.drop_table("letter_fact")
    op.drop_index("ix_job_referral_state", table_name="job_referral")
    op.drop_index(op.f("ix_job_referral_citizen_id"), table_name="job_referral")
    op.drop_table("job_referral")
