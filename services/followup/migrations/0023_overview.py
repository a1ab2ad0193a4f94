"""What is counted for the leader's overview: things that others told of, and the goal that a first contact was given."""

import sqlalchemy as sa
from alembic import op

revision = "followup_0023"
down_revision = "followup_0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fact",
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("figure", "id", name=op.f("pk_fact")),
    )
    op.create_index("ix_fact_day", "fact", ["day"])
    op.add_column("first_contact", sa.Column("local_goal_due", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("first_contact", "local_goal_due")
    op.drop_table("fact")
