"""What counts in a list as well: shifts, strengths and months of a person, languages and offers, mentors' hours."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0015"
down_revision = "matching_0014"
branch_labels = None
depends_on = None

ADDED = {"knowledge": ("shifts", "strengths", "months"), "need_profile": ("languages", "offers")}


def upgrade() -> None:
    for table, names in ADDED.items():
        for name in names:
            codes = sa.Column(name, postgresql.ARRAY(sa.String()), nullable=False, server_default="{}")
            op.add_column(table, codes)
            op.alter_column(table, name, server_default=None)
    op.create_table(
        "mentor_hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("windows", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("at_once", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_hours")),
        sa.ForeignKeyConstraint(
            ["workplace_id"], ["workplace.id"], name=op.f("fk_mentor_hours_workplace_id_workplace")
        ),
    )
    op.create_index(op.f("ix_mentor_hours_workplace_id"), "mentor_hours", ["workplace_id"])
    audit.attach("mentor_hours", never=("name",))


def downgrade() -> None:
    op.drop_table("mentor_hours")
    for table, names in ADDED.items():
        for name in names:
            op.drop_column(table, name)
