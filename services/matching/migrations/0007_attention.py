"""When a list showed somebody last. Not in the change history: a list that is looked at is in the look-up log."""

import sqlalchemy as sa
from alembic import op

revision = "matching_0007"
down_revision = "matching_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attention",
        sa.Column("citizen_id", sa.Uuid(), nullable=False, primary_key=True),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("shown_before", sa.Date(), nullable=True),
    )


def downgrade() -> None:
    op.drop_table("attention")
