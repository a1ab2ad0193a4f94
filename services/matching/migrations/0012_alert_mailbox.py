"""Where a consultant's mail about saved searches goes."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "matching_0012"
down_revision = "matching_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert_mailbox",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_alert_mailbox")),
    )
    audit.attach("alert_mailbox", never=("mailbox",))


def downgrade() -> None:
    op.drop_table("alert_mailbox")
