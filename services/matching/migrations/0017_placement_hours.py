"""The weekly hours of placements as follow-up tells them, so that the ratio counts what is worked now."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "matching_0017"
down_revision = "matching_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "placement_hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("placement_hours", sa.Double(), nullable=False),
        sa.Column("paid_hours", sa.Double(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_hours")),
    )
    for column in ("placement_id", "citizen_id"):
        op.create_index(op.f(f"ix_placement_hours_{column}"), "placement_hours", [column])
    audit.attach("placement_hours")


def downgrade() -> None:
    op.drop_table("placement_hours")
