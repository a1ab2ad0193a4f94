"""Talks of the contact course, and who finds work alone."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0020"
down_revision = "followup_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    op.create_index("ix_interview_citizen_id", "interview", ["citizen_id", "held_on"])
    op.create_table(
        "interview_standing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_standing")),
        sa.UniqueConstraint("citizen_id", name=op.f("uq_interview_standing_citizen_id")),
    )
    audit.attach("interview")
    audit.attach("interview_standing")


def downgrade() -> None:
    op.drop_table("interview_standing")
    op.drop_table("interview")
