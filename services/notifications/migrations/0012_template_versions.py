"""Which versions of a template were in use, and since when."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "notifications_0012"
down_revision = "notifications_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "template_version",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_template_version")),
    )
    audit.attach("template_version")


def downgrade() -> None:
    op.drop_table("template_version")
