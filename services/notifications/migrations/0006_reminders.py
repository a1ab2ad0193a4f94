"""Finding the reminders whose time has come."""

from alembic import op

revision = "notifications_0006"
down_revision = "notifications_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_message_planned", "message", ["next_try_at", "id"], postgresql_where="state = 'planned'")


def downgrade() -> None:
    op.drop_index("ix_message_planned", table_name="message", postgresql_where="state = 'planned'")
