"""Real hours by week, the brake on hours, the document gate, tasks that become paid, and the level that lasts."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0007"
down_revision = "followup_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "week_hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_week_hours_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_hours")),
        sa.UniqueConstraint("placement_id", "monday", name=op.f("uq_week_hours_placement_id")),
    )
    op.create_table(
        "hour_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("agreed", sa.Float(), nullable=False),
        sa.Column("worked", sa.Float(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adviser_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adviser_by", sa.String(), nullable=True),
        sa.Column("coordinator_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("coordinator_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_hour_review_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_review")),
        sa.UniqueConstraint("placement_id", "monday", name=op.f("uq_hour_review_placement_id")),
    )
    op.create_index(
        "ix_hour_review_open", "hour_review", ["placement_id"],
        postgresql_where="adviser_at IS NULL OR coordinator_at IS NULL",
    )  # fmt: skip
    op.create_table(
        "document_gate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("gate_code", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("document_ref", sa.String(), nullable=True),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_document_gate_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_gate")),
        sa.UniqueConstraint("placement_id", "gate_code", name=op.f("uq_document_gate_placement_id")),
    )
    op.create_table(
        "work_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weekly_hours", sa.Float(), nullable=False),
        sa.Column("mastered_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_work_task_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_task")),
    )
    op.create_index("ix_work_task_placement_id", "work_task", ["placement_id"], unique=False)
    audit.attach("week_hours")
    audit.attach("hour_review")
    audit.attach("document_gate", never=("document_ref",))
    audit.attach("work_task", never=("name",))
    op.add_column("placement", sa.Column("hours_hidden", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.alter_column("placement", "hours_hidden", server_default=None)
    op.add_column("placement", sa.Column("sustainable_hours", sa.Float(), nullable=True))
    op.add_column("placement", sa.Column("sustainable_from", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("placement", "sustainable_from")
    op.drop_column("placement", "sustainable_hours")
    op.drop_column("placement", "hours_hidden")
    op.drop_index("ix_work_task_placement_id", table_name="work_task")
    op.drop_table("work_task")
    op.drop_table("document_gate")
    op.drop_index("ix_hour_review_open", table_name="hour_review")
    op.drop_table("hour_review")
    op.drop_table("week_hours")
