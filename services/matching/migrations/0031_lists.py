"""Lists on their way in, for an hour."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "matching_0031"
down_revision = "matching_0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("take", sa.String(), nullable=True),
        sa.Column("columns", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("report", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_import")),
    )
    op.create_index(op.f("ix_list_import_expires_at"), "list_import", ["expires_at"], unique=False)
    # Not the updates: a big list tells of its progress many times.
    audit.attach("list_import", never=("content", "report"), verbs="INSERT OR DELETE")


def downgrade() -> None:
    op.drop_table("list_import")
