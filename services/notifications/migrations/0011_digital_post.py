"""Digital Post: the number that a letter is addressed by, and what is told of a letter afterwards."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "notifications_0011"
down_revision = "notifications_0010"
branch_labels = None
depends_on = None
SECRET = ("name", "email", "phone", "email_failed")


def upgrade() -> None:
    op.add_column("address", sa.Column("cpr_secret", sa.String(), nullable=True))
    op.execute("DROP TRIGGER audit ON address")
    audit.attach("address", never=(*SECRET, "cpr_secret"))
    op.create_table(
        "post_status",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("people", postgresql.ARRAY(sa.UUID()), nullable=False),
        sa.Column("state_code", sa.String(), nullable=False),
        sa.Column("failure_code", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_post_status_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_status")),
    )
    op.create_index(op.f("ix_post_status_message_id"), "post_status", ["message_id"])
    audit.attach("post_status")


def downgrade() -> None:
    op.drop_table("post_status")
    op.execute("DROP TRIGGER audit ON address")
    op.drop_column("address", "cpr_secret")
    audit.attach("address", never=SECRET)
