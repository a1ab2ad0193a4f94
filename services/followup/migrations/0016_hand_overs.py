"""Cases that change hands, for good or for a holiday, with the promises in them."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0016"
down_revision = "followup_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_owner", sa.String(), nullable=False),
        sa.Column("to_owner", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index("ix_hand_over_to_owner", "hand_over", ["to_owner"])
    op.create_index("ix_hand_over_from_owner", "hand_over", ["from_owner"])
    op.create_table(
        "hand_over_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hand_over_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hand_over_id"], ["hand_over.id"], name=op.f("fk_hand_over_line_hand_over_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_hand_over_line_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over_line")),
    )
    op.create_index("ix_hand_over_line_hand_over_id", "hand_over_line", ["hand_over_id", "placement_id"])
    op.create_index("ix_hand_over_line_placement_id", "hand_over_line", ["placement_id"])
    audit.attach("hand_over")
    audit.attach("hand_over_line")


def downgrade() -> None:
    op.drop_table("hand_over_line")
    op.drop_table("hand_over")
