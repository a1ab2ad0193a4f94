"""The job bank: seasons, and former people who may be asked again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0023"
down_revision = "matching_0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "season",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("months", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("positions", sa.Integer(), nullable=False),
        sa.Column("pattern_need_id", sa.Uuid(), nullable=False),
        sa.Column("last_need_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season")),
        sa.ForeignKeyConstraint(["workplace_id"], ["workplace.id"], name=op.f("fk_season_workplace_id_workplace")),
        sa.ForeignKeyConstraint(["pattern_need_id"], ["need.id"], name=op.f("fk_season_pattern_need_id_need")),
        sa.ForeignKeyConstraint(["last_need_id"], ["need.id"], name=op.f("fk_season_last_need_id_need")),
    )
    op.create_index(op.f("ix_season_workplace_id"), "season", ["workplace_id"])
    audit.attach("season", never=("name",))
    op.create_table(
        "alumnus",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("heard_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alumnus")),
        sa.UniqueConstraint("citizen_id", "company_id", name=op.f("uq_alumnus_citizen_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_alumnus_company_id_company")),
    )
    for name in ("citizen_id", "company_id"):
        op.create_index(op.f(f"ix_alumnus_{name}"), "alumnus", [name])
    audit.attach("alumnus")


def downgrade() -> None:
    op.drop_table("alumnus")
    op.drop_table("season")
