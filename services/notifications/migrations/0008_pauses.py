"""Channels that operations have stopped."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "notifications_0008"
down_revision = "notifications_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_pause",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_pause")),
    )
    audit.attach("channel_pause")


def downgrade() -> None:
    op.drop_table("channel_pause")
