"""Engagements that matching tells of, announced erasures, and when a citizen was last heard of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "intake_0003"
down_revision = "intake_0002"
branch_labels = None
depends_on = "shared_0003"


def upgrade() -> None:
    op.create_table(
        "engagement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
    )
    op.create_index(op.f("ix_engagement_citizen_id"), "engagement", ["citizen_id"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("classes", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("policies", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_by", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by", sa.String(), nullable=True),
        sa.Column("stop_reason_code", sa.String(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_citizen_id"), "erasure", ["citizen_id"], unique=False)
    op.create_index("ix_erasure_open", "erasure", ["due_on", "id"], unique=False, postgresql_where="erased_at IS NULL")
    audit.attach("erasure")
    op.add_column("citizen", sa.Column("changed_at", sa.DateTime(timezone=True)))
    op.add_column("job_wishes", sa.Column("recorded_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE citizen SET changed_at = registered_at")
    op.execute("UPDATE job_wishes SET recorded_at = clock_timestamp()")
    op.alter_column("citizen", "changed_at", nullable=False)
    op.alter_column("job_wishes", "recorded_at", nullable=False)
    op.drop_constraint(op.f("fk_first_contact_citizen_id"), "first_contact", type_="foreignkey")
    op.drop_constraint(op.f("fk_visitation_citizen_id"), "visitation", type_="foreignkey")


def downgrade() -> None:
    op.create_foreign_key(op.f("fk_visitation_citizen_id"), "visitation", "citizen", ["citizen_id"], ["id"])
    op.create_foreign_key(op.f("fk_first_contact_citizen_id"), "first_contact", "citizen", ["citizen_id"], ["id"])
    op.drop_column("job_wishes", "recorded_at")
    op.drop_column("citizen", "changed_at")
    op.drop_table("erasure")
    op.drop_table("engagement")
