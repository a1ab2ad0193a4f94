"""Whom the night's look over all open needs brings forward where. Not in the change history, as attention is not."""

import sqlalchemy as sa
from alembic import op

revision = "matching_0033"
down_revision = "matching_0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attention_need",
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("need_id", name=op.f("pk_attention_need")),
    )
    op.create_table(
        "attention_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attention_place")),
        sa.UniqueConstraint("need_id", "citizen_id", name=op.f("uq_attention_place_need_id")),
    )
    op.create_index("ix_attention_place_citizen_id", "attention_place", ["citizen_id"])


def downgrade() -> None:
    op.drop_table("attention_place")
    op.drop_table("attention_need")
