"""The suggestion for the whole office, and its lines. Lines have no change history: what people decide is a match."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0009"
down_revision = "matching_0008"
branch_labels = None
depends_on = None

NUMBERS = ("needs", "seats", "candidates", "best_people", "best_points", "most_people", "most_points")


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("aim", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("policies", postgresql.ARRAY(sa.String()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    audit.attach("plan")
    op.create_table(
        "plan_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("boost", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_line_plan_id_plan")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_plan_line_need_id_need")),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], name=op.f("fk_plan_line_match_id_match")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_line")),
    )
    op.create_index(op.f("ix_plan_line_plan_id"), "plan_line", ["plan_id"])
    op.create_index(op.f("ix_plan_line_citizen_id"), "plan_line", ["citizen_id"])


def downgrade() -> None:
    op.drop_table("plan_line")
    op.drop_table("plan")
