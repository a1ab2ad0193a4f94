"""When citizen and company meet, between both yeses and the agreement."""

import sqlalchemy as sa
from alembic import op

revision = "matching_0014"
down_revision = "matching_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("match", sa.Column("meeting_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("match", "meeting_at")
