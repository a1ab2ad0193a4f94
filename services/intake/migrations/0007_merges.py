"""The trace of a record that went into another."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "intake_0007"
down_revision = "intake_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "citizen_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("merged_by", sa.String(), nullable=True),
        sa.Column("cpr_index", sa.LargeBinary(), nullable=True),
        sa.Column("record", sa.String(), nullable=True),
        sa.Column("freed_visitation_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen_merge")),
        sa.UniqueConstraint("cpr_index", name=op.f("uq_citizen_merge_cpr_index")),
    )
    op.create_index(op.f("ix_citizen_merge_into_id"), "citizen_merge", ["into_id"], unique=False)
    audit.attach("citizen_merge", never=("cpr_index", "record"))


def downgrade() -> None:
    op.drop_table("citizen_merge")
