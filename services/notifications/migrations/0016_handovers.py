"""What was taken by a supplier and is not marked as sent yet."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0016"
down_revision = "notifications_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_handover")),
    )


def downgrade() -> None:
    op.drop_table("handover")
