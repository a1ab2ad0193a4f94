"""Who signs in as which mentor, which mentors are the same, and what waits for one."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "notifications_0015"
down_revision = "notifications_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mentor_login",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_login")),
    )
    op.create_index("ix_mentor_login_subject", "mentor_login", ["subject"])
    op.create_table(
        "known_mentor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_mentor")),
    )
    audit.attach("mentor_login")
    audit.attach("known_mentor")
    op.add_column("notice", sa.Column("mentor_id", sa.Uuid(), nullable=True))
    op.create_index("ix_notice_mentor_id", "notice", ["mentor_id"])


def downgrade() -> None:
    op.drop_index("ix_notice_mentor_id", "notice")
    op.drop_column("notice", "mentor_id")
    op.drop_table("known_mentor")
    op.drop_table("mentor_login")
