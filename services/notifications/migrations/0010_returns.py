"""What comes back: bounces, answers to letters, and what was read of the mailbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "notifications_0010"
down_revision = "notifications_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("address", sa.Column("email_failed", sa.String(), nullable=True))
    op.create_table(
        "bounce",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("people", postgresql.ARRAY(sa.UUID()), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_bounce_message_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce")),
        sa.UniqueConstraint("message_id", "kind", name=op.f("uq_bounce_message_id_kind")),
    )
    op.create_table(
        "reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("people", postgresql.ARRAY(sa.UUID()), nullable=False),
        sa.Column("words_sealed", sa.String(), nullable=False),
        sa.Column("from_known", sa.Boolean(), nullable=False),
        sa.Column("files", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_reply_message_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_table(
        "returned_mail",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_returned_mail")),
    )
    # The trail leaves out how to reach somebody, so the trigger is made anew with the new column among the others.
    op.execute("DROP TRIGGER audit ON address")
    audit.attach("address", never=("name", "email", "phone", "email_failed"))
    audit.attach("bounce")
    audit.attach("reply", never=("words_sealed",))


def downgrade() -> None:
    for table in ("returned_mail", "reply", "bounce"):
        op.drop_table(table)
    op.execute("DROP TRIGGER audit ON address")
    audit.attach("address", never=("name", "email", "phone"))
    op.drop_column("address", "email_failed")
