"""Who lives in a housing area, and what was promised there."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "followup_0015"
down_revision = "followup_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area_promise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("promised", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_promise")),
    )
    op.create_index("ix_area_promise_area_code", "area_promise", ["area_code"])
    op.create_index(op.f("ix_area_promise_company_id"), "area_promise", ["company_id"])
    op.create_table(
        "area_resident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("benefit", sa.String(), nullable=False),
        sa.Column("dagpenge_until", sa.Date(), nullable=True),
        sa.Column("qualifications", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_resident")),
    )
    op.create_index("ix_area_resident_area_code", "area_resident", ["area_code"])
    op.create_index(op.f("ix_area_resident_citizen_id"), "area_resident", ["citizen_id"])
    audit.attach("area_resident")
    audit.attach("area_promise")


def downgrade() -> None:
    op.drop_table("area_resident")
    op.drop_table("area_promise")
