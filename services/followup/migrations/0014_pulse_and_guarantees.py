"""One question to citizen, company and mentor, and their answers; job guarantees and how their demands are met."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0014"
down_revision = "followup_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pulse",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_pulse_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
    )
    op.create_index("ix_pulse_placement_id", "pulse", ["placement_id", "asked_at"])
    op.create_table(
        "pulse_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pulse_id", sa.Uuid(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pulse_id"], ["pulse.id"], name=op.f("fk_pulse_answer_pulse_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_answer")),
        sa.UniqueConstraint("pulse_id", "party", name=op.f("uq_pulse_answer_pulse_id")),
    )
    audit.attach("pulse")
    audit.attach("pulse_answer", never=("answer",))
    _guarantees()


def downgrade() -> None:
    op.drop_table("guarantee_assessment")
    op.drop_table("job_guarantee")
    op.drop_table("pulse_answer")
    op.drop_table("pulse")


def _guarantees() -> None:
    op.create_table(
        "job_guarantee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("target_hours", sa.Float(), nullable=False),
        sa.Column("earliest_end", sa.Date(), nullable=False),
        sa.Column("latest_end", sa.Date(), nullable=False),
        sa.Column("policies", sa.String(), nullable=False),
        sa.Column("agreed_by", sa.String(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("concluded_by", sa.String(), nullable=True),
        sa.Column("outcome_code", sa.String(), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_job_guarantee_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_guarantee")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_job_guarantee_placement_id")),
    )
    op.create_index("ix_job_guarantee_open", "job_guarantee", ["latest_end"], postgresql_where="concluded_on IS NULL")
    op.create_table(
        "guarantee_assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("guarantee_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["guarantee_id"], ["job_guarantee.id"], name=op.f("fk_guarantee_assessment_guarantee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guarantee_assessment")),
        sa.UniqueConstraint("guarantee_id", "on_day", "criterion", name=op.f("uq_guarantee_assessment_guarantee_id")),
    )
    audit.attach("job_guarantee")
    audit.attach("guarantee_assessment")
