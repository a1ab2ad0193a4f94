"""The time that a talk was first given, so that a citizen's own move is told from a late offer."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0014"
down_revision = "intake_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visitation", sa.Column("first_starts_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE visitation SET first_starts_at = starts_at WHERE moved_by IS NULL")


def downgrade() -> None:
    op.drop_column("visitation", "first_starts_at")
