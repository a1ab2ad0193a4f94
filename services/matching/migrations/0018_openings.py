"""Visits, and the tasks that were spotted on them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0018"
down_revision = "matching_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("p_number", sa.String(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_name", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_visit_company_id_company")),
        sa.ForeignKeyConstraint(["p_number"], ["workplace.p_number"], name=op.f("fk_visit_p_number_workplace")),
    )
    for name in ("company_id", "p_number", "visited_on"):
        op.create_index(op.f(f"ix_visit_{name}"), "visit", [name])
    audit.attach("visit", never=("noted_name",))
    op.create_table(
        "spotted_opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("p_number", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("windows", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("skilled_hours", sa.Float(), nullable=True),
        sa.Column("known_before", sa.Boolean(), nullable=False),
        sa.Column("unadvertised", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("need_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotted_opening")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_spotted_opening_visit_id_visit")),
        sa.ForeignKeyConstraint(
            ["p_number"], ["workplace.p_number"], name=op.f("fk_spotted_opening_p_number_workplace")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_spotted_opening_need_id_need")),
    )
    for name in ("visit_id", "p_number", "need_id"):
        op.create_index(op.f(f"ix_spotted_opening_{name}"), "spotted_opening", [name])
    audit.attach("spotted_opening", never=("task", "done_by"))


def downgrade() -> None:
    op.drop_table("spotted_opening")
    op.drop_table("visit")
