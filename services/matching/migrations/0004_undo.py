"""Where a match goes back to when its last answer is taken back."""

import sqlalchemy as sa
from alembic import op

revision = "matching_0004"
down_revision = "matching_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("match", sa.Column("state_before", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("match", "state_before")
