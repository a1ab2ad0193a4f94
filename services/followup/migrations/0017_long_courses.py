"""A placement's part in a longer course, and what was clear at its end."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0017"
down_revision = "followup_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "long_course",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("role_by", sa.String(), nullable=False),
        sa.Column("role_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome_code", sa.String(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.Column("outcome_by", sa.String(), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_long_course_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_long_course")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_long_course_placement_id")),
    )
    audit.attach("long_course", never=("reasons",))


def downgrade() -> None:
    op.drop_table("long_course")
