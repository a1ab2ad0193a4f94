"""What a moved talk and an agreed step of hours were before, so that it can be taken back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "followup_0003"
down_revision = "followup_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact", sa.Column("moved_from", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact", sa.Column("moved_from_reason_code", sa.String(), nullable=True))
    op.add_column("hour_agreement", sa.Column("before", postgresql.JSONB(), nullable=True))
    op.add_column("hour_agreement", sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM hour_agreement WHERE taken_back_at IS NOT NULL")
    op.drop_column("hour_agreement", "taken_back_at")
    op.drop_column("hour_agreement", "before")
    op.drop_column("contact", "moved_from_reason_code")
    op.drop_column("contact", "moved_from")
