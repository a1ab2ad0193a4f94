"""Contacts that ended at the door: who has left is in no contact course."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0024"
down_revision = "followup_0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "door_ending",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_ending")),
    )
    op.create_index("ix_door_ending_citizen_id", "door_ending", ["citizen_id"])
    audit.attach("door_ending")


def downgrade() -> None:
    op.drop_table("door_ending")
