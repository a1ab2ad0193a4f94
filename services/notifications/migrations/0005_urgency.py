"""What goes first where many wait, and who shares a mailbox."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0005"
down_revision = "notifications_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("urgency", sa.SmallInteger(), server_default=sa.text("1"), nullable=False))
    op.drop_index("ix_message_due", table_name="message", postgresql_where="state = 'queued'")
    op.create_index("ix_message_due", "message", ["urgency", "next_try_at", "id"], postgresql_where="state = 'queued'")
    op.create_index("ix_address_email", "address", ["email"])


def downgrade() -> None:
    op.drop_index("ix_address_email", table_name="address")
    op.drop_index("ix_message_due", table_name="message", postgresql_where="state = 'queued'")
    op.create_index("ix_message_due", "message", ["next_try_at", "id"], postgresql_where="state = 'queued'")
    op.drop_column("message", "urgency")
