"""What people choose about messages to them, and why a message went as it did."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "notifications_0007"
down_revision = "notifications_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("address", sa.Column("choices", postgresql.JSONB(), server_default="{}", nullable=False))
    op.add_column("message", sa.Column("chosen_code", sa.String(), nullable=True))
    op.add_column("message", sa.Column("template_version", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("message", "template_version")
    op.drop_column("message", "chosen_code")
    op.drop_column("address", "choices")
