"""The links by which mentors come to see their placements."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0002"
down_revision = "followup_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mentor_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_mentor_invitation_code_hash")),
    )
    op.create_index("ix_mentor_invitation_subject", "mentor_invitation", ["subject", "mentor_id"])
    audit.attach("mentor_invitation", never=("code_hash",))


def downgrade() -> None:
    op.drop_index("ix_mentor_invitation_subject", table_name="mentor_invitation")
    op.drop_table("mentor_invitation")
