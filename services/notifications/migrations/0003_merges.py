"""The trace of a record that went into another, as intake tells it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "notifications_0003"
down_revision = "notifications_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "citizen_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("freed_visitation_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen_merge")),
    )
    op.create_index(op.f("ix_citizen_merge_into_id"), "citizen_merge", ["into_id"], unique=False)
    audit.attach("citizen_merge")


def downgrade() -> None:
    op.drop_table("citizen_merge")
