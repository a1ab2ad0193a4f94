"""Finding a person's messages, and those of today, without reading all of them."""

from alembic import op

revision = "notifications_0002"
down_revision = "notifications_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_message_recipient_id", "message", ["recipient_id", "id"])
    op.create_index("ix_message_sent_at", "message", ["sent_at"])


def downgrade() -> None:
    op.drop_index("ix_message_sent_at", table_name="message")
    op.drop_index("ix_message_recipient_id", table_name="message")
