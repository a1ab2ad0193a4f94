"""Hours that citizens note themselves count once they are confirmed; all that staff noted is."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0015"
down_revision = "intake_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("work_hours", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("work_hours", sa.Column("confirmed_by", sa.String(), nullable=True))
    op.execute("UPDATE work_hours SET confirmed_at = noted_at, confirmed_by = noted_by")


def downgrade() -> None:
    op.drop_column("work_hours", "confirmed_by")
    op.drop_column("work_hours", "confirmed_at")
