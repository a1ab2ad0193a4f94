"""Families' meetings as they were noted before they were noted otherwise."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "followup_0019"
down_revision = "followup_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forum_before",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("forum_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("decisions", sa.String(), nullable=True),
        sa.Column("there", postgresql.JSONB(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["family_forum.id"], name=op.f("fk_forum_before_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_before")),
    )
    op.create_index("ix_forum_before_forum_id", "forum_before", ["forum_id"])
    audit.attach("forum_before", never=("decisions", "there"))


def downgrade() -> None:
    op.drop_table("forum_before")
