"""With which mentor a citizen shares a plan; a mentor who is known by another id, with a version."""

import sqlalchemy as sa
from alembic import op

from shared import audit

revision = "followup_0021"
down_revision = "followup_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_sharing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_plan_sharing_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_sharing")),
        sa.UniqueConstraint("placement_id", "mentor_id", name=op.f("uq_plan_sharing_placement_id")),
    )
    audit.attach("plan_sharing")
    op.add_column("mentor_alias", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("mentor_alias", "version", server_default=None)
    op.alter_column("mentor_alias", "mentor_id", nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM mentor_alias WHERE mentor_id IS NULL")
    op.alter_column("mentor_alias", "mentor_id", nullable=False)
    op.drop_column("mentor_alias", "version")
    op.drop_table("plan_sharing")
