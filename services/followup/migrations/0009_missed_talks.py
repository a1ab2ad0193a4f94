"""Talks at the desk that somebody did not come to, as intake tells them."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0009"
down_revision = "followup_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "missed_talk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_talk")),
    )
    op.create_index(op.f("ix_missed_talk_citizen_id"), "missed_talk", ["citizen_id"], unique=False)
    audit.attach("missed_talk")


def downgrade() -> None:
    op.drop_table("missed_talk")
